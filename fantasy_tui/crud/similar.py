"""Profiles of players: made from their stat lines, stored, and the nearest ones found."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Float, LargeBinary, Text, cast, select, text, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from fantasy_tui.crud.paced import paced
from fantasy_tui.football.profile import POSITIONS, SHARING, cosine, profiles, shipped
from fantasy_tui.models import Player, PlayerStats

DIGITS = 6
"""Those that a profile is stored with; 32-bit floats hold them."""
CHUNK = 50
"""Vectors written at a time: between two chunks a screen may draw."""
_SPARE = 45
"""Found beside those asked for: so many may be as near as the last one, whom 32-bit sums cannot tell from him."""
_EFFORT = 100
"""pgvector's ef_search: of 100,000 made-up profiles the index missed none of the nearest five (docs/scale.md)."""

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
    rows = await paced(session, select(Player.player_id, Player.position, Player.team))
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
    rows = await paced(
        session,
        select(PlayerStats.player_id, cast(PlayerStats.stats, Text))
        .join(Player, Player.player_id == PlayerStats.player_id)
        .where(PlayerStats.season == season, PlayerStats.week == week, Player.position.in_(SHARING)),
    )
    texts = [(player, text) for player, text in rows if text is not None]
    return await asyncio.to_thread(_parsed, texts)


def _parsed(texts: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    return {player: decoder.decode(text) for player, text in texts}


async def _stored(session: AsyncSession) -> Mapping[str, tuple[Vector, str | None]]:
    rows = await paced(
        session,
        select(Player.player_id, Player.profile, Player.profile_version).where(Player.profile.is_not(None)),
    )
    return await asyncio.to_thread(
        lambda: {row.player_id: (_exact(row.profile), row.profile_version) for row in rows}
    )


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
    More than are asked for are found by 32-bit sums; their order is that of the exact ones, on both databases.
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
    on_postgres = session.get_bind().dialect.name == "postgresql"
    nearest = await (_by_index if on_postgres else _by_hand)(session, vector, bounds, limit + _SPARE)
    columns = (
        Player.player_id,
        Player.full_name,
        Player.first_name,
        Player.last_name,
        Player.position,
        Player.team,
        Player.profile,
    )
    rows = await session.execute(select(*columns).where(Player.player_id.in_(nearest)))
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


async def _by_index(
    session: AsyncSession, vector: Vector, bounds: Sequence[ColumnElement[bool]], count: int
) -> Sequence[str]:
    """The nearest by pgvector; where there are many, by its index, which is told to look far."""
    await session.execute(text(f"SET LOCAL hnsw.ef_search = {_EFFORT}"))
    await session.execute(text("SET LOCAL hnsw.iterative_scan = relaxed_order"))
    distance = Player.profile.op("<=>", return_type=Float())(list(vector))
    found = await session.scalars(select(Player.player_id).where(*bounds).order_by(distance).limit(count))
    return found.all()


async def _by_hand(
    session: AsyncSession, vector: Vector, bounds: Sequence[ColumnElement[bool]], count: int
) -> Sequence[str]:
    """The nearest among all, whose profiles SQLite keeps as the bytes of 32-bit floats."""
    stored = type_coerce(Player.profile, LargeBinary)
    rows = (await session.execute(select(Player.player_id, stored).where(*bounds))).all()
    return (
        await asyncio.to_thread(_nearest, rows, vector, count) if len(rows) > count else [r[0] for r in rows]
    )


def _nearest(rows: Sequence[Any], vector: Vector, count: int) -> list[str]:
    import numpy as np

    profiles = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32).reshape(len(rows), -1)
    alike = profiles @ np.asarray(vector, dtype=np.float32) / np.linalg.norm(profiles, axis=1)
    return [rows[place][0] for place in np.argpartition(-alike, count)[:count]]
