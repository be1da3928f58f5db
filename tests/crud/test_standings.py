"""What a league's table is made from, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.standings import load_table
from fantasy_tui.football.standings import standings
from fantasy_tui.models import League, Matchup, Roster
from tests.leagues import HOSTILE, NOW, build


@pytest.fixture
async def user(session: AsyncSession) -> str:
    return await build(session)


async def test_records_results_and_ages(session: AsyncSession, user: str) -> None:
    found = standings(await load_table(session, "A", user, NOW))
    first, mine, third = found.teams
    assert (first.team_name, first.wins, first.losses, first.mine) == (HOSTILE[0], 7, 2, False)
    assert (mine.place, mine.team_name, mine.manager, mine.mine) == (2, "My Team", "manager", True)
    assert (mine.points_for, mine.points_against) == (1001.0, 990.5)
    assert (third.team_name, third.manager, third.results, third.streak) == ("Team 3", None, (), None)
    # Week 10 is on: it is no result yet.
    assert [(w.week, w.points, w.opponent, w.outcome) for w in mine.results] == [(9, 99.0, 2, "T")]
    assert mine.streak == "T1"
    assert (found.week, found.season, found.status) == (10, "2024", "in_season")
    assert [(s.name, s.as_of) for s in found.sources] == [("Sleeper rosters", NOW - timedelta(minutes=5))]


async def test_a_commissioners_correction_counts(session: AsyncSession, user: str) -> None:
    (await session.get_one(Matchup, ("A", 9, 1))).custom_points = 98.0
    await session.flush()
    mine = next(t for t in standings(await load_table(session, "A", user, NOW)).teams if t.mine)
    assert (mine.results[0].points, mine.streak) == (98.0, "L1")


async def test_divisions_by_name(session: AsyncSession, user: str) -> None:
    league = await session.get_one(League, "A")
    league.settings = {
        **(league.settings or {}),
        "divisions": 2,
        "playoff_teams": 2,
        "playoff_week_start": 15,
    }
    league.details = {"division_1": "North"}
    for roster_id, division in ((1, 2), (2, 1), (3, 2)):
        (await session.get_one(Roster, f"A:{roster_id}")).settings = {"division": division}
    await session.flush()
    found = standings(await load_table(session, "A", user, NOW))
    assert found.divisions == ("North", "Division 2")
    assert [(t.roster_id, t.division, t.leads_division, t.qualifies) for t in found.teams] == [
        (2, 1, True, True),
        (1, 2, True, True),
        (3, 2, False, False),
    ]


async def test_once_over_the_last_week_is_a_result(session: AsyncSession, user: str) -> None:
    league = await session.get_one(League, "A")
    league.status = "complete"
    await session.flush()
    found = standings(await load_table(session, "A", user, NOW + timedelta(days=90)))
    mine = next(t for t in found.teams if t.mine)
    assert [w.week for w in mine.results] == [9, 10]
    assert found.no_odds == "The season is over."


async def test_what_came_later_is_not_known_earlier(session: AsyncSession, user: str) -> None:
    """The store was synced in week 10; in week 9 nobody had played that week."""
    found = standings(await load_table(session, "A", user, NOW - timedelta(days=7)))
    assert found.week == 9
    assert all(team.results == () for team in found.teams)
    assert {team.wins for team in found.teams} == {0}


async def test_a_league_that_is_not_there(session: AsyncSession, user: str) -> None:
    with pytest.raises(LeagueNotFound):
        await load_table(session, "nowhere", user, NOW)
