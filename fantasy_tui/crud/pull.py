"""Brings a local copy up to date with the shared database: what differs is copied, what is gone is removed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from fantasy_tui.crud.paced import paced
from fantasy_tui.crud.scope import Part, Scope
from fantasy_tui.database.copying import APPEND_ONLY, among, copy_rows
from fantasy_tui.database.store import Store
from fantasy_tui.models import League

_AT_ONCE = 500
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """Rows that a pull wrote or removed."""

    written: int = 0
    removed: int = 0

    def __add__(self, other: Pulled) -> Pulled:
        return Pulled(self.written + other.written, self.removed + other.removed)

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


async def pull(shared: Store, copy: Store, user_id: str) -> Pulled:
    """Make the copy's rows of this user's equal to those of the shared database; raises StoreError.

    One instant of the shared database, one transaction on the copy. Answers given on the copy that the shared
    database does not have must have been replayed before.
    """
    async with shared.read() as session:
        if shared.dialect == "postgresql":
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        scope = await Scope.of(session, user_id)
        source = await session.connection()

        async def work(own: AsyncSession) -> Pulled:
            target = await own.connection()
            await target.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
            async with _audit_open(target):
                done = await _bring_all(source, target, scope)
            # Whoever brought a league into the shared database is nobody here.
            await own.execute(
                sa.update(League)
                .where(League.user_id != user_id)
                .values(user_id=user_id, updated_at=League.updated_at)
            )
            return done

        return await copy.write(work)


@asynccontextmanager
async def _audit_open(copy: AsyncConnection) -> AsyncIterator[None]:
    """Until then the copy's audit may be changed, in this transaction alone: the one that counts is the shared one."""
    asked = sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decision_events'"
    )
    triggers = (await copy.execute(asked)).all()
    for name, _ in triggers:
        await copy.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, made in triggers:
        await copy.exec_driver_sql(made)


async def _bring_all(source: AsyncConnection, target: AsyncConnection, scope: Scope) -> Pulled:
    done = Pulled()
    for part in scope.own():
        done += await _bring(source, target, part)
    fetched = await _bring(source, target, scope.fetched())
    if fetched:
        for part in scope.shared():
            done += await _bring(source, target, part)
    return done + fetched


async def _bring(source: AsyncConnection, target: AsyncConnection, part: Part) -> Pulled:
    """One table's rows."""
    have = await _marks(target, part)
    if not have:
        return Pulled(written=await copy_rows(source, target, part.table, part.where, upsert=True))
    there = await _marks(source, part)
    changed = [key for key, mark in there.items() if have.get(key, _ABSENT) != mark]
    gone = [key for key in have if key not in there]
    keys = sa.tuple_(*part.table.primary_key.columns)
    # The audit's are never written over: two may have changed places.
    replaced = [key for key in changed if key in have] if part.table.name in APPEND_ONLY else []
    for some in _chunks([*gone, *replaced]):
        await target.execute(part.table.delete().where(keys.in_(some)))
    for some in _chunks(changed):
        await copy_rows(source, target, part.table, among(source, part.table, some), upsert=True)
    return Pulled(len(changed), len(gone))


_ABSENT = object()


async def _marks(connection: AsyncConnection, part: Part) -> dict[Key, Key]:
    """Each row's key, and what tells its state."""
    keys = list(part.table.primary_key.columns)
    asked = sa.select(*keys, *(part.table.c[name] for name in part.marks)).where(part.where)
    rows = await paced(connection, asked)
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows}


def _chunks(keys: Sequence[Key]) -> list[list[Key]]:
    return [list(keys[at : at + _AT_ONCE]) for at in range(0, len(keys), _AT_ONCE)]
