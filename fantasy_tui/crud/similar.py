"""Profiles of players: made from their stat lines, stored, and the nearest ones found."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Float, Text, cast, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from fantasy_tui.football.profile import POSITIONS, SHARING, cosine, profiles, shipped
from fantasy_tui.models import Player, PlayerStats

DIGITS = 6
"""Those that a profile is stored with; 32-bit floats hold them."""
CHUNK = 50
"""Vectors written at a time: between two chunks a screen may draw."""
_SLACK = 1e-5
"""Farther than pgvector's 32-bit sums can be off."""

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A player used like another one."""

    player_id: str
    name: str
    position: str | None
    team: str | None
    similarity: float
    """Cosine of the two profiles, -1 to 1."""


async def store_profiles(session: AsyncSession, season: str, week: int) -> int:
    """Bring every player's profile to where it stands after this week of the season; the number of rows written.

    Quarterbacks, backs, receivers and tight ends with three games have one; all others are left without. Reads all
    lines of the season: worth calling when stats have changed.
    """
    rows = (await session.execute(select(Player.player_id, Player.position, Player.team))).all()
    position = {row.player_id: row.position for row in rows}
    team = {row.player_id: row.team for row in rows}
    weeks = [await _lines(session, season, number) for number in range(1, week + 1)]
    found = await asyncio.to_thread(profiles, weeks, team)
    version = shipped().version
    wanted: dict[str, tuple[Vector, str]] = {
        player: (vector, version) for player, vector in found.items() if position[player] in POSITIONS
    }
    stored = await _stored(session)
    changes: list[dict[str, Any]] = [
        {"player_id": player, "profile": list(vector), "profile_version": made}
        for player, (vector, made) in wanted.items()
        if stored.get(player) != (vector, made)
    ]
    changes += [
        {"player_id": player, "profile": None, "profile_version": None}
        for player in stored
        if player not in wanted
    ]
    for start in range(0, len(changes), CHUNK):
        await session.execute(update(Player), changes[start : start + CHUNK])
    return len(changes)


async def _lines(session: AsyncSession, season: str, week: int) -> dict[str, dict[str, Any]]:
    """The week's lines of those who make up their team's totals; parsed off the loop, a screen may be waiting."""
    rows = await session.execute(
        select(PlayerStats.player_id, cast(PlayerStats.stats, Text))
        .join(Player, Player.player_id == PlayerStats.player_id)
        .where(PlayerStats.season == season, PlayerStats.week == week, Player.position.in_(SHARING))
    )
    texts = [(player, text) for player, text in rows if text is not None]
    return await asyncio.to_thread(_parsed, texts)


def _parsed(texts: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    return {player: decoder.decode(text) for player, text in texts}


async def _stored(session: AsyncSession) -> Mapping[str, tuple[Vector, str | None]]:
    rows = await session.execute(
        select(Player.player_id, Player.profile, Player.profile_version).where(Player.profile.is_not(None))
    )
    return {row.player_id: (_exact(row.profile), row.profile_version) for row in rows}


def _exact(stored: Sequence[float]) -> Vector:
    """The vector as it was made, whatever 32 bits made of it."""
    return tuple(round(number, DIGITS) for number in stored)


async def similar_players(
    session: AsyncSession,
    player_id: str,
    *,
    positions: Collection[str] | None = None,
    among: Collection[str] | None = None,
    limit: int = 5,
) -> list[Similar]:
    """The players nearest to this one by the cosine of their profiles, nearest first, ties by id; never himself.

    `positions` and `among` (ids, such as the free agents) bound who is asked about; none where he has no profile.
    Every candidate is looked at, with no index that could miss one, and both databases give the same answer.
    """
    own = (
        await session.execute(
            select(Player.profile, Player.profile_version).where(
                Player.player_id == player_id, Player.profile.is_not(None)
            )
        )
    ).one_or_none()
    if own is None or limit <= 0:
        return []
    vector = _exact(own.profile)
    bounds: list[ColumnElement[bool]] = [
        Player.player_id != player_id,
        Player.profile.is_not(None),
        Player.profile_version == own.profile_version,
    ]
    if positions is not None:
        bounds.append(Player.position.in_(list(positions)))
    if among is not None:
        bounds.append(Player.player_id.in_(list(among)))
    if session.get_bind().dialect.name == "postgresql":
        bounds.append(_within_reach(vector, bounds, limit))
    columns = (
        Player.player_id,
        Player.full_name,
        Player.first_name,
        Player.last_name,
        Player.position,
        Player.team,
        Player.profile,
    )
    rows = await session.execute(select(*columns).where(*bounds))
    found = [
        Similar(
            row.player_id,
            row.full_name or f"{row.first_name or ''} {row.last_name or ''}".strip() or row.player_id,
            row.position,
            row.team,
            cosine(vector, _exact(row.profile)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.similarity, one.player_id))[:limit]


def _within_reach(vector: Vector, bounds: Sequence[ColumnElement[bool]], limit: int) -> ColumnElement[bool]:
    """As near as the last of the nearest by pgvector, and a little more: its sums are too short to break ties."""
    distance = Player.profile.op("<=>", return_type=Float())(list(vector))
    nearest = select(distance.label("distance")).where(*bounds).order_by(distance).limit(limit).subquery()
    reach = select(func.max(nearest.c.distance)).scalar_subquery()
    return distance <= reach + _SLACK
