"""Whatever is pressed, clicked, pasted and resized at random, the app stays well and no decision is lost.

Thousands of keys are pressed in every run. CRAWL_STEPS=5000 hunts: it takes so many steps for each seed,
CRAWL_SEEDS=7,8 takes these seeds, and a failure is then cut down to what is needed for it;
CRAWL_WORDS="1 enter size=40x10" takes these steps again.
"""

import os
import shutil
import time
import traceback
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    DecisionAction,
    DecisionEvent,
    Door,
    League,
    LeagueMember,
    Player,
)
from fantasy_tui.review.verdict import Verdict
from tests.leagues import HOSTILE
from tests.tui.crawling import draw, draw_keys, walk

pytestmark = pytest.mark.usefixtures("surroundings")

STEPS = int(os.environ.get("CRAWL_STEPS", "80"))
KEYS = 500
"""Pressed as fast as the app takes them, in every run of the tests."""
SEEDS = [int(seed) for seed in os.environ.get("CRAWL_SEEDS", "1,2,3").split(",")]
HUNTING = "CRAWL_STEPS" in os.environ
PATIENCE = 240.0
"""Seconds in which a failure is cut down."""
FOUND = (
    "0 escape",  # went back from the first screen of a stack
    "x enter enter",  # closed what was on top once the dialog was gone
    "enter wait escape escape",
    "e down down h enter escape",  # looked for the footer of a screen that was left before it had one
    "enter wait a a",
)
"""What ended the app once."""
RUDE = ("[@click=app.crawled]x[/]", *HOSTILE)


@dataclass
class Fault:
    """What went wrong, and the steps up to there."""

    error: Exception
    words: list[str]


@pytest.fixture
async def rude(demo_template: Path, tmp_path: Path) -> Path:
    """The demo, with names in it that are markup, actions and escape sequences."""
    file = tmp_path / "rude.db"
    shutil.copyfile(demo_template, file)

    async def rename(session: AsyncSession) -> None:
        for table, id, name in (
            (League, League.id, "name"),
            (LeagueMember, LeagueMember.user_id, "team_name"),
            (Player, Player.player_id, "full_name"),
        ):
            # Every third name is rude.
            for number, key in enumerate(sorted(set(await session.scalars(select(id))))):
                if number % 3 == 0:
                    now = getattr(table, name)
                    worse = RUDE[number // 3 % len(RUDE)] + now
                    await session.execute(update(table).where(id == key).values({name: worse}))

    store = Store(_url(file))
    await store.write(rename)
    await store.close()
    return file


@pytest.mark.timeout(240)
async def test_nothing_breaks_under_thousands_of_keys(rude: Path, tmp_path: Path) -> None:
    fault = await _fault(rude, tmp_path, draw_keys(1, KEYS), every=250)
    if fault is not None:
        raise fault.error


@pytest.mark.skipif(not HUNTING, reason="a hunt: set CRAWL_STEPS")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_breaks_under_random_hands(rude: Path, tmp_path: Path, seed: int) -> None:
    words = os.environ.get("CRAWL_WORDS", "").split() or draw(seed, STEPS)
    fault = await _fault(rude, tmp_path, words)
    if fault is not None:
        fewer = await _shortest(rude, tmp_path, fault) if HUNTING else fault.words
        told = "".join(traceback.format_exception(fault.error))
        pytest.fail(f'{told}\nCRAWL_WORDS="{" ".join(fewer)}" does it again.', pytrace=False)


@pytest.mark.parametrize("words", FOUND)
async def test_what_a_crawl_has_found_is_mended(rude: Path, tmp_path: Path, words: str) -> None:
    fault = await _fault(rude, tmp_path, words.split())
    if fault is not None:
        raise fault.error


async def _fault(template: Path, folder: Path, words: Sequence[str], every: int = 25) -> Fault | None:
    """What these steps break, from a fresh store."""
    taken: list[str] = []
    file = Path(mkdtemp(dir=folder), "crawl.db")
    shutil.copyfile(template, file)
    before = await _ids(file)
    try:
        verdicts = await walk(_url(file), words, taken, every)
        await _nothing_lost(file, before, verdicts)
    except Exception as error:
        return Fault(error, taken)
    return None


async def _nothing_lost(file: Path, before: set[str], verdicts: Sequence[Verdict]) -> None:
    """Every decision is what its events tell, and every answer the app told is among them, in order."""
    store = Store(_url(file))
    async with store.read() as session:
        rows = {row.id: row for row in await session.scalars(select(AgentDecision))}
        events = list(await session.scalars(select(DecisionEvent).order_by(DecisionEvent.version)))
    await store.close()
    trails = defaultdict(list)
    for event in events:
        trails[event.decision_id].append(event)
    assert before <= rows.keys() == trails.keys()
    for id, row in rows.items():
        trail = trails[id]
        assert [event.version for event in trail] == list(range(1, row.version + 1))
        assert trail[0].action is DecisionAction.PROPOSE
        for earlier, later in pairwise(trail):
            assert later.before == earlier.after
        assert decisions.state_of(row) == trail[-1].after
    for id in rows:
        told = [verdict.action for verdict in verdicts if verdict.decision_id == id]
        stored = [
            str(event.action)
            for event in trails[id]
            if event.door is Door.TUI and event.action is not DecisionAction.EDIT
        ]
        assert stored[len(stored) - len(told) :] == told


async def _ids(file: Path) -> set[str]:
    store = Store(_url(file))
    async with store.read() as session:
        ids = set(await session.scalars(select(AgentDecision.id)))
    await store.close()
    return ids


async def _shortest(template: Path, folder: Path, fault: Fault) -> list[str]:
    """Steps cut out for as long as what is left breaks in the same way, and patience lasts."""
    words, until = fault.words, time.monotonic() + PATIENCE

    async def same(fewer: list[str]) -> bool:
        found = await _fault(template, folder, fewer)
        return found is not None and _kind(found.error) == _kind(fault.error)

    # Most often the last few are enough.
    for last in (25, 50, 100):
        if last < len(words) and await same(words[-last:]):
            words = words[-last:]
            break
    size = len(words)
    while size > 1:
        size, start = (size + 1) // 2, 0
        while start < len(words) and time.monotonic() < until:
            fewer = words[:start] + words[start + size :]
            if await same(fewer):
                words = fewer
            else:
                start += size
    return words


def _kind(error: BaseException) -> tuple[str, str]:
    """Two errors of one kind are one error: type and place, or what was found wrong."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = str(error).strip().rsplit("\n", 1)[-1] if isinstance(error, AssertionError) else last.filename
    return type(error).__name__, place


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"
