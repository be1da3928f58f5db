"""Writes rows that mirror an outside source: only what differs is touched, and what was touched is counted."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.database.base import Base

CHUNK = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that a write touched."""

    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.inserted + other.inserted, self.updated + other.updated, self.deleted + other.deleted
        )

    def __bool__(self) -> bool:
        return bool(self.inserted or self.updated or self.deleted)


def source_hash(source: bytes) -> str:
    """Hash of what a row was made from."""
    return hashlib.blake2b(source, digest_size=16).hexdigest()


def hashed(row: Row) -> Row:
    """The row with the hash of its own values, whatever the order of keys in its documents."""
    return {**row, "source_hash": source_hash(msgspec.json.encode(row, order="deterministic"))}


async def mirror(
    session: AsyncSession,
    model: type[Base],
    rows: Sequence[Row],
    *,
    within: Mapping[str, Any],
    prune: bool = False,
    fresh: Mapping[str, Any] | None = None,
) -> Changes:
    """Make the stored rows equal to `rows`, each with its key and `source_hash`.

    `within` bounds the rows compared (column: value); `prune` deletes those of them that `rows` lacks. `fresh` has
    values for rows that are written, which take no part in the comparison.
    """
    table = sa.inspect(model).local_table
    assert isinstance(table, sa.Table)
    keys = list(table.primary_key.columns)
    names = [key.name for key in keys]
    bounds = [table.c[name] == value for name, value in within.items()]
    stored = {
        tuple(row[:-1]): row[-1]
        for row in await session.execute(sa.select(*keys, table.c.source_hash).where(*bounds))
    }
    wanted = {tuple(row[name] for name in names): row for row in rows}
    now = utcnow()
    stamps = {name: now for name in ("created_at", "updated_at", "last_synced") if name in table.c}
    writes = [
        {**row, **stamps, **(fresh or {})}
        for key, row in wanted.items()
        if stored.get(key, _ABSENT) != row["source_hash"]
    ]
    if writes:
        await _upsert(session, table, names, writes)
    gone = [key for key in stored if key not in wanted] if prune else []
    for start in range(0, len(gone), CHUNK):
        await session.execute(
            table.delete().where(sa.tuple_(*keys).in_(gone[start : start + CHUNK]), *bounds)
        )
    inserted = sum(tuple(row[name] for name in names) not in stored for row in writes)
    return Changes(inserted, len(writes) - inserted, len(gone))


_ABSENT = object()


async def _upsert(session: AsyncSession, table: sa.Table, keys: Iterable[str], rows: list[Row]) -> None:
    connection = await session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    changing = [name for name in rows[0] if name not in (*keys, "created_at")]
    statement = statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in changing}
    )
    for start in range(0, len(rows), CHUNK):
        await connection.execute(statement, rows[start : start + CHUNK])
