"""From `a` to the next decision on the screen with the answer committed: `python -m benchmarks flow`.

Forty decisions wait in five leagues. The floor is a bare Textual list that removes a row at the same key and shows
another text below; it and the app run at once and get their keys in turns.
"""

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import fantasy_tui
from benchmarks import made_up
from benchmarks.row import Row
from benchmarks.search import last_percent
from benchmarks.terminal import Terminal, environment, python
from fantasy_tui.agents.recommendation import LineupChange, PlayerLine, SlotLine, dump
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, League, Player, Roster
from tests import databases, postgres

AIM = 50.0
WAITING, LEAGUES = 40, 5
PATIENCE = 10.0
ROUNDS = 3
"""Times that the queue is filled and cleared; the first answer of each is left out: it still imports."""
LIST = f"""
from textual.app import App
from textual.widgets import DataTable, Static


class List(App):
    BINDINGS = [("a", "answer")]
    CSS = "DataTable {{ height: 1fr; }}"

    def compose(self):
        yield DataTable(cursor_type="row")
        yield Static("about 000")

    def on_mount(self):
        self.at = 0
        table = self.query_one(DataTable)
        table.add_columns("What", "Gain")
        for number in range({WAITING} + 1):
            table.add_row(f"Start Number {{number:03}}", "+1.0", key=str(number))

    def action_answer(self):
        self.query_one(DataTable).remove_row(str(self.at))
        self.at += 1
        self.query_one(Static).update(f"about {{self.at:03}}")


List().run()
"""


def _recommendation(
    number: int, starters: list[str], bench: list[str], injured: dict[str, str | None]
) -> dict[str, Any]:
    """One change in the line-up that stands, with a reason that no other has."""

    def line(player: str, points: float) -> PlayerLine:
        return PlayerLine(
            player_id=player,
            name=f"Player {player}",
            position="WR",
            team="KC",
            points=points,
            injury_status=injured.get(player),
        )

    before = [SlotLine(slot="FLEX", player=line(player, 9.0)) for player in starters]
    changed = number % len(before)
    after = list(before)
    after[changed] = SlotLine(slot="FLEX", player=line(bench[number % len(bench)], 11.0))
    return dump(
        LineupChange(
            summary=f"Start Number {number:03}",
            reasons=(_reason(number), *("One over another, +2.0." for _ in range(3))),
            sources=(),
            status_quo="The line-up as it stands is expected to score less.",
            before=tuple(before),
            after=tuple(after),
        )
    )


def _reason(number: int) -> str:
    return f"about {number:03}"


async def fill(store: Store) -> None:
    """The store of a real size, with forty decisions in five leagues instead of its own."""
    await store.prepare()
    await made_up.fill(store)

    async def work(session: AsyncSession) -> None:
        await session.execute(delete(AgentDecision))
        rosters = (
            await session.scalars(select(Roster).where(Roster.roster_id == 1).order_by(Roster.league_id))
        ).all()
        hurt = await session.execute(
            select(Player.player_id, Player.injury_status).where(Player.injury_status.is_not(None))
        )
        injured: dict[str, str | None] = {row[0]: row[1] for row in hurt}
        user_id = await session.scalar(select(League.user_id).limit(1))
        for number in range(WAITING):
            mine = rosters[number % LEAGUES]
            starters = list(mine.starters or ())
            bench = [player for player in mine.players or () if player not in starters]
            session.add(
                AgentDecision(
                    user_id=user_id,
                    league_id=mine.league_id,
                    roster_id=1,
                    task_id=f"task-{mine.league_id}",
                    decision_type=AgentTaskType.LINEUP_OPTIMIZATION,
                    season="2024",
                    week=10,
                    subject=str(number),
                    recommendation=_recommendation(number, starters, bench, injured),
                    reasoning="because",
                    confidence_score=60,
                    expected_gain=float(WAITING - number),
                    model_version="made-up",
                    # Later than a day: nothing comes on top of the queue as it is answered.
                    expires_at=made_up.NOW + timedelta(hours=30),
                )
            )

    await store.write(work)


async def wait_again(store: Store) -> None:
    """Let every decision wait once more."""
    values = dict.fromkeys(("user_approved", "user_action_taken", "decided_at", "decided_by", "closed_at"))
    await store.write(lambda session: session.execute(update(AgentDecision).values(**values)))


async def approved(store: Store) -> int:
    """How many are approved in the database."""
    async with store.read() as session:
        found = await session.scalar(
            select(func.count()).select_from(AgentDecision).where(AgentDecision.user_approved.is_(True))
        )
    return found or 0


class Times:
    """Seconds of each key, by what was waited for."""

    def __init__(self) -> None:
        self.bare: list[float] = []
        self.painted: list[float] = []
        self.both: list[float] = []


def clear_once(
    run: asyncio.Runner, store: Store, folder: Path, settings: dict[str, str], times: Times
) -> None:
    """Approve all forty with forty keys, the bare list keeping step."""
    bare_file = folder / "list.py"
    with (
        Terminal(python(str(bare_file)), folder, settings) as bare,
        Terminal(python("-m", "fantasy_tui"), folder, settings) as app,
    ):
        bare.wait_for(_reason(0))
        app.wait_for(_reason(0))
        app.drain(1.0)
        for number in range(1, WAITING):
            bare.drain()
            sent = bare.send("a")
            floor = bare.wait_for(_reason(number)) - sent
            app.drain(0.2)
            sent = app.send("a")
            painted = app.wait_for(_reason(number)) - sent
            while run.run(approved(store)) < number:
                if perf_counter() - sent > PATIENCE:
                    raise TimeoutError(f"answer {number} did not reach the database")
                sleep(0.0005)
            both = perf_counter() - sent
            if number > 1:
                times.bare.append(floor)
                times.painted.append(painted)
                times.both.append(both)


def clear(name: str, url: str, folder: Path) -> Iterator[Row]:
    """The rows of one database."""
    settings = environment(
        folder,
        FANTASY_DATABASE_URL=url,
        FANTASY_OFFLINE="1",
        FANTASY_USERNAME=made_up.USERNAME,
        FANTASY_NOW=made_up.NOW.isoformat(),
        # The app is started elsewhere, but is the one that is imported here.
        PYTHONPATH=str(Path(fantasy_tui.__file__).parents[1]),
    )
    times = Times()
    with asyncio.Runner() as run:
        store = Store(url)
        run.run(fill(store))
        for _ in range(ROUNDS):
            run.run(wait_again(store))
            # What was kept of the queue would put the cursor where the last round ended.
            shutil.rmtree(folder / "state", ignore_errors=True)
            clear_once(run, store, folder, settings, times)
        run.run(store.close())
    for what, share in (("median", median), ("99th percentile", last_percent)):
        floor = share(times.bare)
        yield Row(f"flow, {name}: bare Textual list, key to paint, {what}", floor * 1e3, "ms")
        for about, took in (("next one painted", times.painted), ("painted and committed", times.both)):
            value = share(took)
            aim = AIM if took is times.both else None
            yield Row(f"flow, {name}: a, {about}, {what}", value * 1e3, "ms", aim)
            yield Row(f"flow, {name}: the same against the bare list", value * 1e3, "ms", None, value / floor)


def measure() -> Iterator[Row]:
    """SQLite, then Postgres over a local socket."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "list.py").write_text(LIST, "utf-8")
        yield from clear("SQLite", f"sqlite+aiosqlite:///{folder / 'fantasy.db'}", folder)
        cluster = postgres.start(f"bench-{uuid.uuid4().hex}")
        url = postgres.url(cluster, "bench")
        asyncio.run(databases.admin(cluster, "CREATE DATABASE bench"))
        yield from clear("Postgres", url, folder)
