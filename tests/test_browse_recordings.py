"""The recorded leagues in week 10 of 2024 as a person looks at them."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.config import load_settings
from fantasy_tui.football.board import Lineup, Total
from fantasy_tui.workspace import Workspace
from tests.sleeper.test_recordings import bring, replay


@pytest.fixture
async def workspace(
    recordings: Path,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock_reset: None,
) -> AsyncIterator[Workspace]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    shutil.copyfile(sqlite_template, tmp_path / "fantasy.db")
    url = f"sqlite+aiosqlite:///{tmp_path / 'fantasy.db'}"
    with replay(recordings, "--week", "10") as served:
        await asyncio.to_thread(bring, url, served)
        workspace = await Workspace.open(load_settings(database_url=url, now=served.now, offline=True))
    yield workspace
    await workspace.close()
    set_clock(None)


async def test_real_leagues(workspace: Workspace) -> None:
    browse = workspace.browse
    for league in await browse.leagues():
        table = await browse.standings(league.league_id)
        assert sum(t.odds.playoffs for t in table.teams if t.odds is not None) == pytest.approx(6)
        for team in table.teams:
            won = sum(week.outcome == "W" for week in team.results)
            lost = sum(week.outcome == "L" for week in team.results)
            assert won + lost == 9
            # Where the median counts too, a record has a second game a week.
            assert (team.wins, team.losses) == (won, lost) or table.median_game
            assert sum(week.points for week in team.results) == pytest.approx(team.points_for, abs=0.01)
        last = await browse.matchup(league.league_id, 9)
        assert last is not None
        assert last.theirs is not None
        final = {team.roster_id: team.results[-1] for team in table.teams}
        assert last.curve[-1].win == last.win
        assert len(last.curve) > 5
        pairs: list[tuple[Lineup | Total, Lineup | Total, float | None]] = [
            (last.mine, last.theirs, last.win),
            *((m.one, m.other, m.win) for m in last.others),
        ]
        assert len(pairs) == len(table.teams) // 2
        for one, other, win in pairs:
            assert win == float(final[one.roster_id].outcome == "W")
            assert (one.points, other.points) == (final[one.roster_id].points, final[other.roster_id].points)
        board = await browse.waivers(league.league_id)
        assert board is not None
        assert all(0.03 <= option.chance <= 0.97 for option in board.options)
        depth = await browse.depth(league.league_id)
        assert depth is not None
        assert [week.week for week in depth.byes] == list(range(10, 18))
        moves = await browse.transactions(league.league_id)
        assert moves.total >= len(moves.rows) > 0
        assert [row.at for row in moves.rows] == sorted((row.at for row in moves.rows), reverse=True)
