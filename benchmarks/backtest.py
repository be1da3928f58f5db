"""A season of one league of twelve, replayed by every agent for every team: `python -m benchmarks backtest`."""

import asyncio
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from statistics import median
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
"""Reading the season and its results, and running the agent, together cost no more than loading the views again."""
ROUNDS = 3


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


async def _measured(file: Path) -> list[Row]:
    store = await _filled(file)
    try:
        await _views(store)  # what is done once at first use is no part of it
        floor = median([await _views(store) for _ in range(ROUNDS)])
        alone, few = await _replayed(store, [AgentTaskType.LINEUP_OPTIMIZATION], 1)
        one, runs = await _replayed(store, AGENTS, 1)
        many, _ = await _replayed(store, AGENTS, cores())
    finally:
        await store.close()
    weeks = season.REAL.final - FIRST_WEEK + 1
    return [
        Row(f"backtest: views before {weeks} weeks of a league of 12", floor, "s"),
        Row(f"backtest: line-ups alone, {few} runs, one process", alone, "s", AIM, alone / floor),
        Row(f"backtest: every agent, {runs} runs, one process", one, "s", None, one / floor),
        Row(f"backtest: every agent, {cores()} processes v one", many, "s", None, many / one),
    ]


def measure() -> Iterator[Row]:
    """The views alone, then with line-ups, with every agent, and with a process a core."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield from asyncio.run(_measured(Path(name) / "fantasy.db"))
