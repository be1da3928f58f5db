"""A season of one league of twelve, replayed by every agent for every team: `python -m benchmarks backtest`."""

import asyncio
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.row import Row
from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.backtest.before import stored_leagues, view_before
from fantasy_tui.backtest.run import FIRST_WEEK, backtest
from fantasy_tui.backtest.workers import cores
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType
from tests.backtest import season

LEAGUE = "A"
AIM = 2.0
"""Each week's view is loaded twice: for the agents, and for what was expected of the line-ups of a horizon."""


async def _filled(file: Path) -> Store:
    store = Store(f"sqlite+aiosqlite:///{file}")
    await store.prepare()
    made_up = season.make(size=season.REAL)
    await store.write(lambda session: season.fill(session, made_up, remembered=True))
    return store


async def _views(store: Store) -> float:
    """Seconds to load what was known before each week, and nothing else."""
    async with store.read() as session:
        (league,) = await stored_leagues(session, "2024", LEAGUE)
    start = perf_counter()
    for week in (week for week in league.weeks if week >= FIRST_WEEK):
        async with store.read() as session:
            await view_before(session, league, week)
    return perf_counter() - start


async def _replayed(store: Store, kinds: Collection[AgentTaskType], jobs: int) -> tuple[float, int]:
    """Seconds of a back-test and how often an agent ran."""
    start = perf_counter()
    found = await backtest(store, "2024", kinds=kinds, league_id=LEAGUE, jobs=jobs)
    return perf_counter() - start, sum(one.runs for one in found.kinds)


def measure() -> Iterator[Row]:
    """The views alone, then with line-ups, with every agent, and with a process a core."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        store = asyncio.run(_filled(Path(name) / "fantasy.db"))
        floor = asyncio.run(_views(store))
        weeks = season.REAL.final - FIRST_WEEK + 1
        yield Row(f"backtest: views before {weeks} weeks of a league of 12", floor, "s")
        spent, runs = asyncio.run(_replayed(store, [AgentTaskType.LINEUP_OPTIMIZATION], 1))
        yield Row(f"backtest: line-ups alone, {runs} runs, one process", spent, "s", AIM, spent / floor)
        one, runs = asyncio.run(_replayed(store, AGENTS, 1))
        yield Row(f"backtest: every agent, {runs} runs, one process", one, "s", None, one / floor)
        many, _ = asyncio.run(_replayed(store, AGENTS, cores()))
        yield Row(f"backtest: every agent, {cores()} processes v one", many, "s", None, many / one)
        asyncio.run(store.close())
