"""Queries about leagues and their members."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.models import League, LeagueMember, User

_FIELDS = ("name", "season", "sport", "status", "total_rosters", "avatar", "previous_league_id")
_DOCUMENTS = ("roster_positions", "scoring_settings", "settings")


async def get_league(session: AsyncSession, league_id: str) -> League | None:
    """The league with this Sleeper league_id."""
    return await session.get(League, league_id)


async def get_or_create_league(
    session: AsyncSession, league_id: str, user_id: str, league_data: Mapping[str, Any]
) -> League:
    """The league, refreshed from `league_data` (Sleeper's object), or added under `user_id`.

    A league that exists keeps the user who brought it; what `league_data` leaves out is left as it was.
    """
    league = await session.get(League, league_id)
    if league is None:
        league = League(id=league_id, user_id=user_id)
        session.add(league)
    for field in (*_FIELDS, *_DOCUMENTS):
        if field in league_data:
            setattr(league, field, league_data[field])
    if "metadata" in league_data:
        league.details = league_data["metadata"]
    league.last_synced = utcnow()
    await session.flush()
    return league


async def get_user_leagues(session: AsyncSession, user_id: str, *, left: bool = False) -> list[League]:
    """A user's leagues by name: those the user brought and those shared with another user of this store.

    Leagues the user has left are kept in the store; `left` asks for those instead.
    """
    sleeper_id = select(User.sleeper_user_id).where(User.id == user_id).scalar_subquery()
    membership = select(LeagueMember.league_id, LeagueMember.left_at).where(
        LeagueMember.user_id == sleeper_id
    )
    memberships = {row.league_id: row.left_at for row in await session.execute(membership)}
    leagues = await session.scalars(
        select(League)
        .where(or_(League.user_id == user_id, League.id.in_(memberships)))
        .order_by(League.name, League.id)
    )
    return [league for league in leagues if (memberships.get(league.id) is not None) is left]
