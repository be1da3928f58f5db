"""Leagues at a glance, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.overview import LeagueSummary, league_summaries
from fantasy_tui.crud.standings import load_table
from fantasy_tui.football.standings import standings
from fantasy_tui.models import League, LeagueMember, Matchup, Roster
from tests.leagues import HOSTILE, NOW, build


@pytest.fixture
async def user(session: AsyncSession) -> str:
    return await build(session)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every SELECT sent while the test runs."""
    sent: list[str] = []

    def keep(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield sent
    event.remove(Engine, "before_cursor_execute", keep)


async def summary(session: AsyncSession, user: str, league: str = "A") -> LeagueSummary:
    return next(s for s in await league_summaries(session, user, NOW, {}) if s.league_id == league)


async def test_record_rank_points_and_opponent(session: AsyncSession, user: str) -> None:
    found = await summary(session, user)
    assert (found.wins, found.losses, found.ties, found.rank) == (6, 3, 0, 2)
    assert (found.points_for, found.points_against) == (1001.0, 990.5)
    assert (found.team_name, found.my_roster_id, found.opponent, found.week) == ("My Team", 1, HOSTILE[0], 10)
    assert found.synced_at == NOW - timedelta(minutes=5)


async def test_a_tie_is_half_a_win(session: AsyncSession, user: str) -> None:
    roster = await session.get_one(Roster, "A:1")
    roster.ties = 3
    await session.flush()
    assert (await summary(session, user)).rank == 1


async def test_the_place_is_that_of_the_table_with_its_divisions(session: AsyncSession, user: str) -> None:
    (await session.get_one(League, "A")).settings = {"divisions": 2}
    for roster_id, group in ((1, 1), (2, 2), (3, 2)):
        (await session.get_one(Roster, f"A:{roster_id}")).settings = {"division": group}
    await session.flush()
    session.expire_all()
    table = standings(await load_table(session, "A", user, NOW))
    found = await summary(session, user)
    assert found.rank == next(team.place for team in table.teams if team.mine) == 2
    (await session.get_one(Roster, "A:1")).settings = {"division": 2}
    (await session.get_one(Roster, "A:3")).settings = {"division": 1}
    await session.flush()
    session.expire_all()
    table = standings(await load_table(session, "A", user, NOW))
    assert (await summary(session, user)).rank == next(team.place for team in table.teams if team.mine) == 3


async def test_decisions_that_wait_are_the_queues_count(session: AsyncSession, user: str) -> None:
    found = await league_summaries(session, user, NOW, {"A": 3})
    assert {one.league_id: one.waiting for one in found} == {"A": 3, "B": 0}


async def test_nobody_to_play_without_a_matchup(session: AsyncSession, user: str) -> None:
    matchup = await session.get_one(Matchup, ("A", 10, 1))
    matchup.matchup_id = None
    await session.flush()
    assert (await summary(session, user)).opponent is None


async def test_out_of_season_there_is_no_week_and_no_opponent(session: AsyncSession, user: str) -> None:
    league = await session.get_one(League, "A")
    league.status = "complete"
    await session.flush()
    found = await summary(session, user)
    assert (found.week, found.opponent, found.rank) == (None, None, 2)


async def test_leagues_left_are_marked_and_last(session: AsyncSession, user: str) -> None:
    member = await session.get_one(LeagueMember, ("A", "me"))
    member.left_at = NOW
    await session.flush()
    assert [(s.league_id, s.left) for s in await league_summaries(session, user, NOW, {})] == [
        ("B", False),
        ("A", True),
    ]


async def test_a_commissioner_without_a_team_has_no_record(session: AsyncSession, user: str) -> None:
    roster = await session.get_one(Roster, "A:1")
    roster.owner_id = "someone"
    await session.flush()
    found = await summary(session, user)
    assert (found.my_roster_id, found.team_name, found.rank, found.opponent) == (None, None, None, None)


async def test_the_newest_season_comes_first(session: AsyncSession, user: str) -> None:
    session.add(League(id="new", user_id=user, name="Zeta", season="2025", status="pre_draft"))
    await session.flush()
    assert [s.league_id for s in await league_summaries(session, user, NOW, {})] == ["new", "A", "B"]


async def test_more_leagues_are_not_more_queries(
    session: AsyncSession, user: str, statements: list[str]
) -> None:
    await league_summaries(session, user, NOW, {})
    before = len(statements)
    for number in range(10):
        session.add(League(id=str(number), user_id=user, name=f"More {number}", season="2024"))
    await session.flush()
    statements.clear()
    assert len(await league_summaries(session, user, NOW, {})) == 12
    assert len(statements) == before


async def test_nobody_has_no_leagues(session: AsyncSession) -> None:
    assert await league_summaries(session, "nobody", NOW, {}) == []
