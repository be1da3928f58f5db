"""Queries about leagues and their members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.crud.mirror import Changes, source_hash
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
        league = await _added(session, league_id, user_id, league_data)
    for field in (*_FIELDS, *_DOCUMENTS):
        if field in league_data:
            setattr(league, field, league_data[field])
    if "metadata" in league_data:
        league.details = league_data["metadata"]
    league.last_synced = utcnow()
    await session.flush()
    return league


async def _added(
    session: AsyncSession, league_id: str, user_id: str, league_data: Mapping[str, Any]
) -> League:
    """The league, which another of its managers may have added at this moment."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"id": league_id, "user_id": user_id, "name": league_data["name"], "season": league_data["season"]}
    await session.execute(insert(League).values(new).on_conflict_do_nothing(index_elements=["id"]))
    return await session.get_one(League, league_id)


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


async def mark_left(session: AsyncSession, league_id: str, members: Collection[str], now: datetime) -> int:
    """Mark everyone of the league who is not among `members` as having left; returns how many."""
    return await _mark(
        session, now, LeagueMember.league_id == league_id, LeagueMember.user_id.not_in(members)
    )


async def mark_leagues_left(
    session: AsyncSession, sleeper_user_id: str, season: str, current: Collection[str], now: datetime
) -> int:
    """Mark that the person has left every stored league of the season but `current`; returns how many."""
    others = select(League.id).where(League.season == season, League.id.not_in(current))
    return await _mark(
        session, now, LeagueMember.user_id == sleeper_user_id, LeagueMember.league_id.in_(others)
    )


async def _mark(session: AsyncSession, now: datetime, *which: ColumnElement[bool]) -> int:
    left = await session.execute(
        update(LeagueMember)
        .where(LeagueMember.left_at.is_(None), *which)
        .values(left_at=now, source_hash=None, updated_at=now)
        .returning(LeagueMember.user_id)
    )
    return len(left.all())


async def unfinished_before(session: AsyncSession, user_id: str, season: str) -> list[str]:
    """Ids of the user's leagues of other seasons that were not over when last seen."""
    return [
        league.id
        for league in await get_user_leagues(session, user_id)
        if league.season != season and league.status != "complete"
    ]


async def refresh_league(
    session: AsyncSession, league_id: str, user_id: str, league_data: Mapping[str, Any]
) -> Changes:
    """Add the league, or refresh it where Sleeper's object has changed."""
    digest = source_hash(msgspec.json.encode(league_data, order="deterministic"))
    stored = await session.get(League, league_id)
    if stored is not None and stored.source_hash == digest:
        return Changes()
    league = await get_or_create_league(session, league_id, user_id, league_data)
    league.source_hash = digest
    await session.flush()
    return Changes(inserted=1) if stored is None else Changes(updated=1)


async def names_of(session: AsyncSession, league_ids: Collection[str]) -> dict[str, str]:
    """The names of these leagues."""
    rows = await session.execute(select(League.id, League.name).where(League.id.in_(league_ids)))
    return {row.id: row.name for row in rows}
