"""Users and leagues, the test of the plan the product began with among them; on both databases."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_or_create_league, get_user_leagues
from fantasy_tui.crud.user import (
    create_user,
    get_only_user,
    get_user_by_sleeper_id,
    get_user_by_username,
    update_user_preferences,
)
from fantasy_tui.models import League, LeagueMember, User

SLEEPER_LEAGUE = {
    "name": "Dynasty",
    "season": "2024",
    "sport": "nfl",
    "status": "in_season",
    "total_rosters": 12,
    "roster_positions": ["QB", "BN"],
    "scoring_settings": {"pass_yd": 0.04},
    "settings": {"type": 2},
    "metadata": {"division_1": "East"},
}


async def test_database(session: AsyncSession) -> None:
    """Test database connectivity and basic CRUD."""
    test_user = await create_user(
        session, sleeper_user_id="test123", sleeper_username="testuser", display_name="Test User"
    )
    assert test_user.display_name == "Test User"
    retrieved = await get_user_by_sleeper_id(session, "test123")
    assert retrieved is not None
    assert retrieved.sleeper_user_id == "test123"
    assert retrieved.created_at.tzinfo is not None


async def test_one_row_a_sleeper_user(session: AsyncSession) -> None:
    await create_user(session, "1", "me", "Me")
    with pytest.raises(IntegrityError):
        await create_user(session, "1", "me", "Me")


async def test_users_are_found_by_name_in_any_case_and_by_sleeper_id(session: AsyncSession) -> None:
    user = await create_user(session, "700", "Manager_One", "Me")
    assert await get_only_user(session) is user
    await create_user(session, "701", "other", "Other")
    assert await get_user_by_username(session, "manager_ONE") is user
    assert await get_user_by_username(session, "700") is user
    assert await get_user_by_username(session, "nobody") is None
    assert await get_only_user(session) is None


async def test_preferences_are_replaced(session: AsyncSession) -> None:
    user = await create_user(session, "1", "me", "Me")
    assert user.preferences == {}
    updated = await update_user_preferences(session, user.id, {"theme": "nord"})
    assert updated is not None
    assert updated.preferences == {"theme": "nord"}
    assert await update_user_preferences(session, "nobody", {}) is None


async def test_a_league_is_created_once_and_refreshed_after(session: AsyncSession) -> None:
    user = await create_user(session, "1", "me", "Me")
    other = await create_user(session, "2", "other", "Other")
    created = await get_or_create_league(session, "L", user.id, SLEEPER_LEAGUE)
    assert created.details == {"division_1": "East"}
    again = await get_or_create_league(session, "L", other.id, {"name": "Renamed", "status": "complete"})
    assert again is created
    assert (again.name, again.status, again.season) == ("Renamed", "complete", "2024")
    assert again.user_id == user.id


async def test_shared_leagues_are_listed_and_left_ones_are_not(session: AsyncSession) -> None:
    user = await create_user(session, "1", "me", "Me")
    other = await create_user(session, "2", "other", "Other")
    for league_id, name in (("A", "Zebra"), ("B", "Apple"), ("C", "Gone")):
        await get_or_create_league(session, league_id, user.id, {**SLEEPER_LEAGUE, "name": name})
    await get_or_create_league(session, "D", other.id, SLEEPER_LEAGUE)
    session.add_all(
        [
            LeagueMember(league_id="A", user_id="2", display_name="Other"),
            LeagueMember(league_id="C", user_id="1", display_name="Me", left_at=user.created_at),
        ]
    )
    await session.flush()

    def names(leagues: list[League]) -> list[str]:
        return [league.name for league in leagues]

    assert names(await get_user_leagues(session, user.id)) == ["Apple", "Zebra"]
    assert names(await get_user_leagues(session, user.id, left=True)) == ["Gone"]
    assert names(await get_user_leagues(session, other.id)) == ["Dynasty", "Zebra"]


async def test_a_user_takes_leagues_and_what_hangs_on_them_along(session: AsyncSession) -> None:
    user = await create_user(session, "1", "me", "Me")
    await get_or_create_league(session, "L", user.id, SLEEPER_LEAGUE)
    session.add(LeagueMember(league_id="L", user_id="1", display_name="Me"))
    await session.flush()
    session.expunge_all()
    await session.delete(await session.get_one(User, user.id))
    await session.flush()
    assert await session.get(League, "L") is None
    assert await session.get(LeagueMember, ("L", "1")) is None


async def test_foreign_keys_hold(session: AsyncSession) -> None:
    session.add(League(id="L", user_id="nobody", name="x", season="2024"))
    with pytest.raises(IntegrityError):
        await session.flush()
