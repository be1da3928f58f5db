"""A league as it is known now, and as it was known then, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound, load_league_view
from fantasy_tui.crud.observation import remember
from fantasy_tui.crud.season import week_starts
from fantasy_tui.football.projection import Basis
from fantasy_tui.models import (
    Game,
    League,
    Matchup,
    ObservationKind,
    Player,
    PlayerStats,
    Projection,
    Roster,
    SyncState,
)
from tests.leagues import NOW, build

WEEK = timedelta(days=7)
THEN = NOW - timedelta(hours=2)
"""Before week 10's first kickoff."""


@pytest.fixture
async def league(session: AsyncSession) -> AsyncSession:
    """The two leagues, and that a sync has seen week 11 by now."""
    await build(session)
    await session.execute(sa.update(Game).values(spread_line=3.0, total_line=45.0))
    return session


async def go_on(session: AsyncSession) -> None:
    """A week later everything has been synced again."""
    session.add(SyncState(resource="players", checked_at=NOW + WEEK, changed_at=NOW + WEEK))
    await session.flush()


async def view(session: AsyncSession, at: Any = NOW, **options: Any) -> Any:
    user = await session.scalar(sa.text("SELECT id FROM users"))
    return await load_league_view(session, "A", user, at, **options)


async def test_now(league: AsyncSession) -> None:
    now = await view(league)
    assert (now.week, now.mine.roster_id, now.mine.wins) == (10, 1, 6)
    chase = now.players["3"]
    assert (chase.injury_status, chase.team, chase.points) == ("Questionable", "CIN", 0.0)
    assert chase.lines.team_total == 21.0  # away, the home team is favoured by 3 of 45
    assert chase.lines.opponent_total == 24.0
    assert now.weeks_ahead == (11,)
    assert now.bench_slots == 3


async def test_the_weeks_ahead_know_byes_and_injuries(league: AsyncSession) -> None:
    await league.execute(sa.delete(Game).where(Game.week == 11, Game.home == "BUF"))
    now = await view(league)
    assert now.players["8"].ahead == (0.0,)  # Buffalo rests
    assert now.players["1"].ahead[0] > 10
    assert now.players["6"].ahead == (0.0,)  # on injured reserve
    assert now.players["3"].ahead[0] > 0


async def test_a_healthy_player_whom_nobody_projects_this_week_is_not_counted_on(
    league: AsyncSession,
) -> None:
    of_his = (Projection.player_id == "1") & (Projection.week >= 10)
    await league.execute(sa.delete(Projection).where(of_his))
    assert (await view(league)).players["1"].ahead == (0.0,)
    # The hurt have a reason.
    await league.execute(sa.update(Player).where(Player.player_id == "1").values(injury_status="Out"))
    assert (await view(league)).players["1"].ahead[0] > 0


async def test_also_brings_players_who_are_nobodys(league: AsyncSession) -> None:
    assert "12" not in (await view(league)).players
    assert "12" in (await view(league, also={"12"})).players


async def test_an_unknown_league(league: AsyncSession) -> None:
    with pytest.raises(LeagueNotFound):
        await load_league_view(league, "nowhere", None, NOW)


async def test_then_shows_nothing_of_what_came_later(league: AsyncSession) -> None:
    """Points, records, rosters, designations and projections are those of the time."""
    before = await view(league, THEN)
    await go_on(league)
    await league.execute(sa.update(Matchup).where(Matchup.week == 10).values(points=150.0))
    await league.execute(sa.update(Roster).values(wins=12, players=["12"], starters=["12"]))
    await league.execute(sa.update(Player).where(Player.player_id == "1").values(injury_status="IR"))
    await league.execute(sa.update(PlayerStats).where(PlayerStats.week >= 10).values(stats={"pass_yd": 999}))
    then = await view(league, THEN)
    assert then.week == 10
    assert then.mine.points is None
    assert {p: then.players[p].points for p in then.mine.players} == dict.fromkeys(then.mine.players)
    assert then.mine.players == before.mine.players
    assert then.mine.starters == before.mine.starters
    assert then.players["1"].injury_status is None
    assert (then.mine.wins, then.mine.losses, then.mine.ties) == (0, 0, 1)  # week 9, 99 points each
    assert {s.name for s in then.sources} == {"what was known then", "no injury report of that week"}


async def test_then_reads_what_was_seen_until_then(league: AsyncSession) -> None:
    remembered: list[tuple[ObservationKind, str, dict[str, Any]]] = [
        (ObservationKind.PROJECTION, "2024:10:sleeper", {"1": {"pass_yd": 100.0}}),
        (ObservationKind.INJURY, "nfl", {"1": {"team": "KC", "injury_status": "Doubtful"}, "2": {"team": "DAL"}}),
        (ObservationKind.LINES, "2024:10", {"KC": {"spread": 10.0, "total": 50.0}}),
        (
            ObservationKind.LINEUP,
            "A:10",
            {"1": {"players": ["1", "2"], "starters": ["1", "0"], "reserve": ["2"], "taxi": None, "waiver_position": 3}},
        ),
    ]  # fmt: skip
    for kind, scope, values in remembered:
        await remember(league, kind, scope, values, THEN - timedelta(hours=3))
        await remember(
            league, kind, scope, {key: {"later": True} for key in values}, THEN + timedelta(hours=1)
        )
    await league.execute(sa.update(Projection).values(as_of=NOW + WEEK, stats={"pass_yd": 999.0}))
    await go_on(league)
    then = await view(league, THEN)
    mahomes = then.players["1"]
    assert mahomes.projection.parts == (("sleeper", 4.0),)
    assert (mahomes.injury_status, mahomes.lines.team_total) == ("Doubtful", 30.0)
    assert then.players["2"].team == "DAL"
    assert (then.mine.players, then.mine.starters) == (("1", "2"), ("1", None, None, None))
    assert (then.mine.reserve, then.mine.waiver_position) == (("2",), 3)


async def test_a_week_fetched_only_later_has_its_last_published_projections(league: AsyncSession) -> None:
    await league.execute(sa.update(Projection).values(as_of=NOW + WEEK))
    later = {"player_id": "1", "season": "2024", "week": 11, "source": "sleeper"}
    league.add(Projection(**later, stats={"pass_yd": 999.0}, as_of=NOW + WEEK))
    await go_on(league)
    then = await view(league, THEN)
    assert then.players["1"].projection.basis is Basis.COMPONENTS
    assert "projections as last published" in {source.name for source in then.sources}
    assert then.players["1"].ahead[0] < 20  # week 11 was not published then


async def test_a_source_that_went_stale_drops_out(league: AsyncSession) -> None:
    league.add(SyncState(resource="projections/2024/10", checked_at=NOW, changed_at=NOW))
    for source, hours in (("fresh", 1), ("old", 40)):
        league.add(
            Projection(
                player_id="1", season="2024", week=10, source=source, stats={"pass_yd": 500.0},
                as_of=NOW - timedelta(hours=hours),
            )
        )  # fmt: skip
    await league.flush()
    now = await view(league)
    assert now.dropped_sources == ("old",)
    assert {name for name, _ in now.players["1"].projection.parts} == {"sleeper", "fresh"}


async def test_the_first_kickoff_of_each_week(league: AsyncSession) -> None:
    starts = await week_starts(league, "2024")
    assert set(starts) == {9, 10, 11}
    assert starts[10] == NOW - timedelta(minutes=30)
    league_of = await league.get(League, "A")
    assert league_of is not None


@pytest.mark.parametrize("named_before", [False, True])
async def test_a_regular_whom_sources_leave_out(league: AsyncSession, named_before: bool) -> None:
    """Never named, he counts as what he scores; named until lately, nobody expects him to play."""
    await league.execute(sa.delete(Projection).where(Projection.player_id == "2"))
    line = {"gp": 1, "rush_yd": 95.0}
    league.add(PlayerStats(id="2:2024:7", player_id="2", season="2024", week=7, stats=line))
    if named_before:
        row = {"player_id": "2", "season": "2024", "week": 9, "source": "sleeper"}
        league.add(Projection(**row, stats={"rush_yd": 90.0}, as_of=NOW - WEEK))
    await league.flush()
    player = (await view(league)).players["2"]
    assert player.projection.basis is (Basis.NONE if named_before else Basis.AVERAGE)
    assert (player.projection.points > 5) is not named_before
    assert (player.ahead[0] > 5) is not named_before
