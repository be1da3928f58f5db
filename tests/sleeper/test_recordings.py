"""Real leagues, recorded and replayed: the whole way from Sleeper's answers to a league's own points."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from fantasy_tui.database.store import Store
from fantasy_tui.football.scoring import league_points
from fantasy_tui.models import (
    Game,
    League,
    LeagueMember,
    Matchup,
    Player,
    PlayerStats,
    Projection,
    Roster,
    Transaction,
)
from fantasy_tui.sleeper.client import SleeperClient
from fantasy_tui.sleeper.report import SyncReport
from fantasy_tui.sleeper.sync import sync
from tests import databases

CHECKOUT = Path(__file__).resolve().parents[2]
KEEPER, IDP, SUPERFLEX = "800000000000000001", "800000000000000002", "800000000000000003"
ME = "700000000000000001"

# One worker for each database: what it prepares is prepared once.
ON_SQLITE, ON_POSTGRES = (pytest.mark.xdist_group(f"recordings on {name}") for name in ("SQLite", "Postgres"))


@dataclass(frozen=True)
class Replay:
    """A running server of recorded answers, and the time at which it pretends to be."""

    url: str
    now: datetime

    @property
    def games_url(self) -> str:
        return f"{self.url}/nflverse/games.csv"


@contextmanager
def replay(recordings: Path, *options: str) -> Iterator[Replay]:
    server = subprocess.Popen(
        [sys.executable, str(recordings / "replay.py"), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        url = server.stdout.readline().strip()
        now = datetime.fromisoformat(server.stdout.readline().strip().partition("=")[2])
        yield Replay(url, now)
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


@pytest.fixture(scope="module")
def week_10(recordings: Path) -> Iterator[Replay]:
    with replay(recordings, "--week", "10") as served:
        yield served


def bring(url: str, served: Replay) -> SyncReport:
    """One sync of manager_one into a database."""

    async def work() -> SyncReport:
        store = Store(url)
        try:
            async with SleeperClient(served.url) as client:
                return await sync(store, client, "manager_one", games_url=served.games_url, now=served.now)
        finally:
            await store.close()

    return asyncio.run(work())


def read(url: str, *statements: sa.Select[int]) -> list[int]:
    """One number of each statement."""

    async def work() -> list[int]:
        store = Store(url)
        try:
            async with store.read() as session:
                return [(await session.execute(one)).scalar_one() for one in statements]
        finally:
            await store.close()

    return asyncio.run(work())


@pytest.fixture(scope="module")
def sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("recordings") / "fantasy.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="module")
def postgresql(cluster: Path) -> Iterator[str]:
    name = f"r_{uuid.uuid4().hex[:12]}"
    yield asyncio.run(databases.clone(cluster, name))
    asyncio.run(databases.drop(cluster, name))


@dataclass(frozen=True)
class Synced:
    """A database after its first sync."""

    url: str
    report: SyncReport


@pytest.fixture(
    scope="module",
    params=[pytest.param("sqlite", marks=ON_SQLITE), pytest.param("postgresql", marks=ON_POSTGRES)],
)
def synced(request: pytest.FixtureRequest, week_10: Replay) -> Synced:
    url = str(request.getfixturevalue(request.param))
    return Synced(url, bring(url, week_10))


def test_a_first_sync(synced: Synced) -> None:
    assert synced.report.skipped == ()
    assert (synced.report.username, synced.report.updated, synced.report.deleted) == ("manager_one", 0, 0)
    counts = read(
        synced.url,
        *(
            sa.select(sa.func.count()).select_from(model)
            for model in (League, Roster, Matchup, Game, Player, Transaction, PlayerStats, Projection)
        ),
    )
    leagues, rosters, matchups, games, players, moves, stats, projections = counts
    # Of the weeks ahead, up to the playoffs, who meets whom.
    assert (leagues, rosters, matchups) == (3, 34, 34 * 14)
    assert (games, players) == (272, 11_400)
    assert moves > 900
    assert stats > 9_000
    assert projections > 4_000
    assert synced.report.inserted > 30_000
    (assumed,) = read(synced.url, sa.select(sa.func.count()).where(Game.kickoff_assumed))
    assert assumed == 0


def test_a_second_sync_changes_nothing(synced: Synced, week_10: Replay) -> None:
    report = bring(synced.url, week_10)
    assert (report.changed, report.skipped) == (0, ())
    assert report.requests < synced.report.requests / 2


def test_my_teams(synced: Synced) -> None:
    async def work() -> tuple[list[Roster], list[LeagueMember]]:
        store = Store(synced.url)
        try:
            async with store.read() as session:
                teams = await session.scalars(sa.select(Roster).where(Roster.roster_id == 3))
                return list(teams), list(await session.scalars(sa.select(LeagueMember)))
        finally:
            await store.close()

    teams, members = asyncio.run(work())
    mine = {team.league_id: team for team in teams}
    assert mine[KEEPER].owner_id == mine[SUPERFLEX].owner_id == ME
    assert mine[IDP].owner_id != ME
    assert ME in (mine[IDP].co_owners or ())
    assert all("\x00" not in (member.team_name or "") for member in members)
    assert any(member.team_name is None for member in members)
    assert any("\x1b" in (member.team_name or "") for member in members), (
        "kept as it is: the screens clean it"
    )


def points_that_differ(url: str, weeks: range) -> tuple[dict[str, int], list[tuple[object, ...]]]:
    """Recorded points by league, and those that are not what we make of the stored stats."""

    async def work() -> tuple[dict[str, int], list[tuple[object, ...]]]:
        store = Store(url)
        try:
            async with store.read() as session:
                scoring = {
                    one.id: one.scoring_settings or {} for one in await session.scalars(sa.select(League))
                }
                lines = {
                    (row.player_id, row.week): row.stats or {}
                    for row in await session.execute(
                        sa.select(PlayerStats.player_id, PlayerStats.week, PlayerStats.stats)
                    )
                }
                recorded = (
                    await session.execute(sa.select(Matchup.league_id, Matchup.week, Matchup.players_points))
                ).all()
        finally:
            await store.close()
        checked = dict.fromkeys(scoring, 0)
        wrong: list[tuple[object, ...]] = []
        for row in recorded:
            for player, points in (row.players_points or {}).items():
                if row.week in weeks:
                    checked[row.league_id] += 1
                    ours = league_points(lines.get((player, row.week), {}), scoring[row.league_id])
                    if abs(ours - points) > 0.02:
                        wrong.append((row.league_id, row.week, player, points, ours))
        return checked, wrong

    return asyncio.run(work())


def test_stored_stats_give_each_leagues_own_points(synced: Synced) -> None:
    checked, wrong = points_that_differ(synced.url, range(1, 10))
    assert wrong == []
    assert set(checked) == {KEEPER, IDP, SUPERFLEX}
    assert min(checked.values()) > 1_300


@ON_SQLITE
def test_a_season_later_every_week_gives_the_leagues_own_points(
    recordings: Path, sqlite: str, week_10: Replay
) -> None:
    """The store of week 10, brought to the end of week 17."""
    bring(sqlite, week_10)
    with replay(recordings, "--week", "17", "--played") as served:
        report = bring(sqlite, served)
        assert report.skipped == ()
        assert bring(sqlite, served).changed == 0
    checked, wrong = points_that_differ(sqlite, range(1, 18))
    assert wrong == []
    assert set(checked) == {KEEPER, IDP, SUPERFLEX}
    assert min(checked.values()) > 2_500


def start(folder: Path, file: Path, served: Replay) -> subprocess.Popen[str]:
    """`fantasy-tui sync manager_one` in a process of its own."""
    own = {
        "FANTASY_DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        "FANTASY_SLEEPER_URL": served.url,
        "FANTASY_GAMES_URL": served.games_url,
        "FANTASY_NOW": served.now.isoformat(),
        "PYTHONPATH": str(CHECKOUT),
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(folder)),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FANTASY_")}
    return subprocess.Popen(
        [sys.executable, "-m", "fantasy_tui", "sync", "manager_one"],
        env=kept | own,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_after(process: subprocess.Popen[str], step: str, wait: float) -> None:
    """Kill without warning, so long after its progress tells of the step."""
    assert process.stderr is not None
    for line in process.stderr:
        if f" {step}" in line:
            break
    else:
        pytest.fail("the sync ended before it could be killed")
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL or wait


def is_consistent(file: Path) -> None:
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # What a resource is said to have brought is there.
        states = {row[0] for row in connection.execute("SELECT resource FROM sync_state")}
        for table, resource in (("players", "players"), ("games", "games"), ("users", "user/manager_one")):
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert (resource in states) <= (count > 0), table
        for league_id in (KEEPER, IDP, SUPERFLEX):
            (count,) = connection.execute(
                "SELECT count(*) FROM rosters WHERE league_id = ?", (league_id,)
            ).fetchone()
            expected = 0 if f"league/{league_id}/rosters" not in states else 10 if league_id == KEEPER else 12
            assert count == expected
    finally:
        connection.close()


def test_a_sync_that_is_killed(tmp_path: Path, sqlite_template: Path, week_10: Replay) -> None:
    file = tmp_path / "fantasy.db"
    shutil.copyfile(sqlite_template, file)
    # After the leagues come the players, whose one transaction takes a second or more.
    for step, wait in (
        ("season", 0.0),
        ("leagues", 0.7),
        ("rosters of", 0.0),
        ("projections of week 10", 0.0),
    ):
        kill_after(start(tmp_path, file, week_10), step, wait)
        is_consistent(file)
    process = start(tmp_path, file, week_10)
    said, progress = process.communicate(timeout=60)
    assert process.returncode == 0, progress
    assert said.startswith("3 leagues, ")
    is_consistent(file)
    checked, wrong = points_that_differ(f"sqlite+aiosqlite:///{file}", range(1, 10))
    assert wrong == []
    assert min(checked.values()) > 1_300
    assert bring(f"sqlite+aiosqlite:///{file}", week_10).changed == 0
