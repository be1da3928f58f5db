"""A league's week and season by one reading, and how old its points are; on either engine."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.browse import Browse
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.database.store import Store
from fantasy_tui.football.view import Source
from fantasy_tui.models import League, Roster, SyncState
from fantasy_tui.review.choices import choose
from fantasy_tui.review.queue import waiting
from tests.decisions import add_decision
from tests.leagues import NOW, build

POINTS_AT = NOW - timedelta(seconds=40)


async def _season(session: AsyncSession) -> None:
    league = await session.get_one(League, "A")
    league.settings = {**(league.settings or {}), "playoff_teams": 2, "playoff_week_start": 12}
    session.add(SyncState(resource="league/A/matchups/10", checked_at=POINTS_AT, changed_at=POINTS_AT))


@pytest.fixture
async def browse(store: Store, clock_reset: None) -> Browse:
    set_clock(NOW)
    user_id = await store.write(build)
    await store.write(_season)
    return Browse(store, user_id)


async def test_it_is_what_matchup_and_standings_say(browse: Browse) -> None:
    found = await browse.outlook("A")
    board, table = await browse.matchup("A"), await browse.standings("A")
    assert found.board is not None
    assert board is not None
    # The clock runs on between the readings, and a game with it.
    assert found.board.mine.points == board.mine.points
    assert found.board.mine.projected == pytest.approx(board.mine.projected, abs=0.01)
    assert found.board.win == pytest.approx(board.win, abs=0.01)
    mine = next(team for team in table.teams if team.mine)
    assert found.mine is not None
    assert replace(found.mine, odds=None) == replace(mine, odds=None)
    assert found.odds is not None
    assert mine.odds is not None
    assert found.odds.playoffs == pytest.approx(mine.odds.playoffs, abs=0.02)
    assert sum(share for _, share in found.odds.final_wins) == pytest.approx(1)


async def test_without_odds_it_says_why(browse: Browse) -> None:
    found = await browse.outlook("B")
    assert (found.odds, found.standings.no_odds) == (None, "This league has no playoffs.")
    assert found.board is not None


async def test_without_a_team_there_is_no_matchup(browse: Browse, store: Store) -> None:
    async def leave(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).owner_id = "someone"

    await store.write(leave)
    found = await browse.outlook("A")
    assert (found.board, found.mine, found.odds) == (None, None, None)
    with pytest.raises(LeagueNotFound):
        await browse.outlook("nowhere")


async def test_points_have_an_age_of_their_own(browse: Browse) -> None:
    live, ahead = await browse.matchup("A"), await browse.matchup("A", 11)
    assert live is not None
    assert live.sources[0] == Source("Sleeper points", POINTS_AT)
    assert ahead is not None
    assert all(source.name != "Sleeper points" for source in ahead.sources)


async def test_decisions_that_wait_are_those_the_queue_shows(browse: Browse, store: Store) -> None:
    user_id, later = browse._user_id, NOW + timedelta(hours=3)
    for league, subject, confidence in (("A", "a", 60), ("A", "b", 80), ("B", "c", 61), ("A", "d", 90)):
        await add_decision(
            store, user_id, expires_at=later, league_id=league, subject=subject, confidence=confidence
        )
    await choose(store, user_id, "lineup_optimization.confidence", "70")
    shown = [item.league_id for item in await waiting(store, user_id, NOW)]
    assert shown.count("A") == 2
    assert {one.league_id: one.waiting for one in await browse.leagues()} == {"A": 2, "B": 0}
    await choose(store, user_id, "lineup_optimization.confidence", "own")
    assert {one.league_id: one.waiting for one in await browse.leagues()} == {"A": 3, "B": 1}


async def test_the_place_is_the_tables(browse: Browse, store: Store) -> None:
    async def divide(session: AsyncSession) -> None:
        league = await session.get_one(League, "A")
        league.settings = {**(league.settings or {}), "divisions": 2}
        for roster_id, division in ((1, 2), (2, 2), (3, 1)):
            roster = await session.get_one(Roster, f"A:{roster_id}")
            roster.settings = {"division": division}

    await store.write(divide)
    league = next(one for one in await browse.leagues() if one.league_id == "A")
    table = await browse.standings("A", odds=False)
    assert league.rank == next(team.place for team in table.teams if team.mine) == 3
