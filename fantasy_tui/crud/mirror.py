"""Writes rows that mirror an outside source: only what differs is touched, and what was touched is counted."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.database import bulk
from fantasy_tui.database.base import Base, table_of
from fantasy_tui.database.bulk import CHUNK

Row = dict[str, Any]
Key = tuple[Any, ...]


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
    table = table_of(model)
    keys = list(table.primary_key.columns)
    names = [key.name for key in keys]
    bounds = [table.c[name] == value for name, value in within.items()]
    found = (await session.execute(sa.select(*keys, table.c.source_hash).where(*bounds))).all()
    # In a thread: thousands of rows take longer than a key press may wait.
    writes, inserted, gone = await asyncio.to_thread(_differences, names, rows, found)
    now = utcnow()
    stamps: Row = {name: now for name in ("created_at", "updated_at", "last_synced") if name in table.c}
    stamps |= fresh or {}
    pages = bulk.pages({**row, **stamps} for row in writes)
    await bulk.write(await session.connection(), table, pages)
    if not prune:
        gone = []
    for start in range(0, len(gone), CHUNK):
        await session.execute(
            table.delete().where(sa.tuple_(*keys).in_(gone[start : start + CHUNK]), *bounds)
        )
    return Changes(inserted, len(writes) - inserted, len(gone))


def _differences(
    names: Sequence[str], rows: Sequence[Row], found: Iterable[Sequence[Any]]
) -> tuple[list[Row], int, list[Key]]:
    """The rows to write, how many of them are new, and the keys that are stored without a row.

    In the order of their keys: two who write the same rows then wait in line and not in a circle.
    """
    stored = {tuple(row[:-1]): row[-1] for row in found}
    wanted = {tuple(row[name] for name in names): row for row in rows}
    new = wanted.keys() - stored.keys()
    writes = [
        wanted[key] for key in sorted(wanted) if key in new or stored[key] != wanted[key]["source_hash"]
    ]
    return writes, len(new), sorted(stored.keys() - wanted.keys())
