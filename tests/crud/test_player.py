"""Players: light rows, owners, and one in detail, on both databases."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.player import PlayerInLeague, all_players, owners, player_detail
from fantasy_tui.football.search import UNRANKED
from fantasy_tui.models import League, LeagueMember, Matchup, Roster
from tests.leagues import HOSTILE, NOW, PLAYERS, build


@pytest.fixture
async def user(session: AsyncSession) -> str:
    return await build(session)


async def in_league(session: AsyncSession, player_id: str, user: str, league: str = "A") -> PlayerInLeague:
    detail = await player_detail(session, player_id, user, NOW)
    assert detail is not None
    return next(line for line in detail.leagues if line.league_id == league)


async def test_all_players_are_light_rows(session: AsyncSession, user: str) -> None:
    rows = {row.player_id: row for row in await all_players(session)}
    assert len(rows) == len(PLAYERS) + 1
    assert rows["3"].name == "Ja'Marr Chase"
    assert (rows["3"].injury_status, rows["3"].positions) == ("Questionable", frozenset({"WR"}))
    assert (rows["PHI"].name, rows["PHI"].search_rank) == ("Philadelphia Eagles", UNRANKED)


async def test_owners_name_team_and_league(session: AsyncSession, user: str) -> None:
    held = await owners(session, user)
    assert [(o.league, o.team_name, o.mine) for o in held["2"]] == [
        ("Alpha League", "My Team", True),
        ("Beta " + HOSTILE[1], "My Team", True),
    ]
    assert [(o.team_name, o.mine) for o in held["8"]] == [(HOSTILE[0], False), ("Rivals", False)]
    assert "12" not in held


async def test_a_co_owner_owns(session: AsyncSession, user: str) -> None:
    roster = await session.get_one(Roster, "A:2")
    roster.co_owners = ["me"]
    await session.flush()
    assert [o.mine for o in (await owners(session, user))["8"]] == [True, False]


async def test_leagues_left_and_past_seasons_do_not_count(session: AsyncSession, user: str) -> None:
    member = await session.get_one(LeagueMember, ("B", "me"))
    member.left_at = NOW
    session.add(League(id="old", user_id=user, name="Old", season="2023", status="complete"))
    await session.flush()
    session.add(Roster(id="old:1", league_id="old", roster_id=1, owner_id="me", players=["12"]))
    await session.flush()
    held = await owners(session, user)
    assert [o.league_id for o in held["2"]] == ["A"]
    assert "12" not in held


async def test_points_are_sleepers_own_where_he_was_on_a_roster(session: AsyncSession, user: str) -> None:
    # Week 8 has no matchups: scored from his 118 rushing yards and two catches.
    assert (await in_league(session, "2", user)).weekly == ((8, 13.8), (9, 11.5))
    assert (await in_league(session, "2", user, "B")).weekly == ((8, 12.8), (9, 11.5))


async def test_this_weeks_points_show_once_he_has_scored(session: AsyncSession, user: str) -> None:
    assert (await in_league(session, "1", user)).weekly[-1] == (10, 10.4)
    assert [week for week, _ in (await in_league(session, "3", user)).weekly] == [8, 9]


async def test_a_free_agent_is_scored_from_his_stats(session: AsyncSession, user: str) -> None:
    for week in (9, 10):
        matchup = await session.get_one(Matchup, ("A", week, 2))
        matchup.players_points = {}
    roster = await session.get_one(Roster, "A:2")
    roster.players = ["8"]
    await session.flush()
    line = await in_league(session, "9", user)
    assert line.owner is None
    assert line.weekly == ((8, 13.3), (9, 13.4))


async def test_projection_is_in_each_leagues_scoring(session: AsyncSession, user: str) -> None:
    full, half = await in_league(session, "2", user), await in_league(session, "2", user, "B")
    assert (full.projected, half.projected, full.basis) == (13.0, 12.0, "components")


async def test_nobody_is_projected_on_a_bye(session: AsyncSession, user: str) -> None:
    line = await in_league(session, "4", user)
    assert (line.projected, line.basis) == (None, "bye")


async def test_a_defence_has_a_detail_too(session: AsyncSession, user: str) -> None:
    line = await in_league(session, "PHI", user)
    assert (line.projected, line.basis, line.weekly, line.owner) == (None, "none", (), None)


async def test_an_unknown_player_is_none(session: AsyncSession, user: str) -> None:
    assert await player_detail(session, "nobody", user, NOW) is None


async def test_status_and_number_come_along(session: AsyncSession, user: str) -> None:
    detail = await player_detail(session, "2", user, NOW)
    assert detail is not None
    assert (detail.age, detail.number, detail.status, detail.week) == (27, 2, "Active", 10)
