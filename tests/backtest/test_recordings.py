"""Real leagues, recorded: no agent may fail on them, and what is counted must add up."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.backtest.run import backtest
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, Roster
from fantasy_tui.sleeper.client import SleeperClient
from fantasy_tui.sleeper.sync import sync
from tests.sleeper.test_recordings import replay

# Trades of three real leagues take longer than a test may.
KINDS = [kind for kind in AGENTS if kind is not AgentTaskType.TRADE_ANALYSIS]
WEEK = 12


@pytest.fixture
async def season(recordings: Path, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """The whole season, fetched once after its last week."""
    shutil.copyfile(sqlite_template, tmp_path / "fantasy.db")
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'fantasy.db'}")
    with replay(recordings, "--week", "17", "--played") as served:
        async with SleeperClient(served.url) as client:
            await sync(store, client, "manager_one", games_url=served.games_url, now=served.now)
    yield store
    await store.close()


async def test_a_week_of_real_leagues(season: Store) -> None:
    found = await backtest(season, "2024", weeks=[WEEK], kinds=KINDS, jobs=1)
    async with season.read() as session:
        teams = len(list(await session.scalars(select(Roster.id))))
    by_kind = {one.kind: one for one in found.kinds}
    for kind in KINDS:
        assert (by_kind[kind].runs, by_kind[kind].errors) == (teams, 0), kind
        assert by_kind[kind].calls.n + by_kind[kind].toss_ups.n > 0, kind
    # Nobody plays two opponents, and every report is on a matchup that was decided.
    reports = by_kind[AgentTaskType.OPPONENT_ANALYSIS]
    assert reports.decisions == reports.calls.n <= teams
    assert reports.calls.mean_gain == pytest.approx(0, abs=0.01)
    assert found.lineups.team_weeks == teams
    for share in (found.lineups.agent, found.lineups.manager):
        assert share is not None
        assert 0.7 < share < 1
    assert {one.name: one.seen for one in found.inputs} == {
        "projections": 0, "injuries": 0, "line-ups": 0, "betting lines": 0,
    }  # fmt: skip
