"""Reads of the app on 10,000 to 1,000,000 decisions and 200,000 to 5,000,000 stat lines, on both engines.

`python -m benchmarks scale`; the first run fills the databases. Every figure is a ratio to the app's own read of one
row by its primary key, taken in turns with it. What was found is kept for `benchmarks.growth` to draw.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import scale_build
from benchmarks.row import Row
from benchmarks.scale_rows import HEAVY, NORMAL, NOW, SEASON, SIZES, WEEK, Size
from benchmarks.scale_server import CACHE, serving
from fantasy_tui.crud import decision, decision_events, history, proof, settle, sync_state, track
from fantasy_tui.crud.player import weekly_stats
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, Door, League, PlayerStats

FOUND = CACHE / "found.json"
ROUNDS = 40
LONGEST = 4.0
"""Seconds for one read's rounds; a few are made whatever they take."""
PAGE = 50

FLOOR = "one decision by its key"
AIMS = {"queue, first 50": 2.0, "queue, last 50 by keyset": 2.0}

OF_ONE_LEAGUE = ("league/l1a/rosters", "players", "games", f"projections/{SEASON}/{WEEK}")

Read = Callable[[], Awaitable[Any]]


async def _far_place(session: AsyncSession, user: str) -> decision.Place:
    """Where the last page of the queue begins."""
    last: decision.Place | None = None
    while found := await decision.pending(session, user, NOW, PAGE * 10, after=last):
        before, last = last, decision.place_of(found[-1][0])
        if len(found) < PAGE * 10:
            return before or last
    assert last is not None
    return last


async def _reads(session: AsyncSession, user: str, size: Size) -> dict[str, Read]:
    """What the app asks; the first is the floor."""
    few = select(AgentDecision.id).where(AgentDecision.user_id == user).limit(ROUNDS)
    ids = iter([*(await session.scalars(few)).all()] * 1000)
    middle = await _far_place(session, user)
    of_history = await _oldest_of(session, user, pages=200 if user == HEAVY and size is SIZES[-1] else 20)
    one = await session.get_one(AgentDecision, next(ids))
    everything = history.Wanted()
    first = [one.id for one, _ in await decision.pending(session, user, NOW, PAGE)]
    by_keys = select(AgentDecision, League.name).join(League).where(AgentDecision.id.in_(first))
    return {
        FLOOR: lambda: session.get(AgentDecision, next(ids)),
        "queue, first 50": lambda: decision.pending(session, user, NOW, PAGE),
        "the same 50 by their keys": lambda: _all(session.execute(by_keys)),
        "queue, last 50 by keyset": lambda: decision.pending(session, user, NOW, PAGE, after=middle),
        "queue, counts by league": lambda: decision.terms(session, user, NOW),
        "queue, approved and to do": lambda: proof.approved_open(session, user, NOW),
        "queue, any deadline passed": lambda: decision.any_late(session, user, NOW),
        "undo, what would be undone": lambda: decision_events.last_answer(session, user, NOW),
        "answer, its instant": lambda: decision_events.next_instant(session, user, NOW, Door.TUI),
        "agents, same question": lambda: decision.of_subject(session, one),
        "history, first 50": lambda: history.page(session, user, everything, limit=PAGE),
        "history, a far page by keyset": lambda: history.page(
            session, user, everything, limit=PAGE, older_than=of_history
        ),
        "settle, what has ended": lambda: settle.ended(session, user, NOW),
        "settle, what is due": lambda: settle.due(session, user),
        "record, all settled": lambda: settle.settled(session, user),
        "agents, past calls": lambda: track.past_calls(session, user),
        "ages of what a league shows": lambda: sync_state.ages(session, OF_ONE_LEAGUE),
        "player, one season": lambda: weekly_stats(session, "5000", SEASON),
        "players, one week's keys": lambda: session.execute(
            select(PlayerStats.id, PlayerStats.source_hash).where(
                PlayerStats.season == SEASON, PlayerStats.week == WEEK
            )
        ),
    }


async def _all(answer: Awaitable[Any]) -> Any:
    return (await answer).all()


async def _oldest_of(session: AsyncSession, user: str, pages: int) -> history.Place:
    found = await history.page(session, user, history.Wanted(), limit=pages * PAGE)
    return found[-1].place


async def _timed(session: AsyncSession, reads: dict[str, Read]) -> dict[str, float]:
    """Median milliseconds of each, all of them in turns with the floor."""
    floors: list[float] = []
    found: dict[str, float] = {}
    for name, read in reads.items():
        times: list[float] = []
        began = perf_counter()
        while len(times) < ROUNDS and (len(times) < 3 or perf_counter() - began < LONGEST):
            for one, into in ((reads[FLOOR], floors), (read, times)):
                session.expunge_all()
                started = perf_counter()
                await one()
                into.append(perf_counter() - started)
        found[name] = median(times) * 1e3
    return {**found, FLOOR: median(floors) * 1e3}


async def _measured(size: Size) -> dict[str, dict[str, dict[str, float]]]:
    """By engine and user."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for engine, database in scale_build.urls(size).items():
        store = Store(database)
        for user in (NORMAL, HEAVY):
            async with store.read() as session:
                times = await _timed(session, await _reads(session, user, size))
            found.setdefault(engine, {})[user] = times
        await store.close()
    return found


def measure() -> Iterator[Row]:
    """Fill what is not there; then every size on both engines, for a normal user and for the heavy one."""
    kept: dict[str, Any] = {}
    with serving():
        asyncio.run(scale_build.build_all())
        for size in SIZES:
            kept[size.name] = {
                "decisions": size.decisions,
                "stats": size.stats,
                "ms": asyncio.run(_measured(size)),
            }
            for engine, users in kept[size.name]["ms"].items():
                for user, times in users.items():
                    who = "heavy user" if user == HEAVY else "a user"
                    for name, ms in times.items():
                        label = f"{engine}, {size.decisions:,} decisions, {who}: {name}"
                        yield Row(label, ms, "ms", AIMS.get(name), ms / times[FLOOR])
    FOUND.write_text(json.dumps(kept, indent=1))
