"""Making sure that a database holds nothing, and that nobody else writes to it meanwhile."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

PATIENCE = "10s"
"""How long to wait for those who use the tables of a Postgres."""

_TRUNCATE_TRIGGERS = sa.text("""
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgtype & 32 <> 0
      AND tgrelid = ANY(SELECT to_regclass(name) FROM unnest(CAST(:names AS text[])) AS name)
""")


async def lock(connection: AsyncConnection, tables: Sequence[sa.Table]) -> None:
    """Keep other writers out until the transaction ends; on SQLite its BEGIN IMMEDIATE did."""
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        await connection.execute(sa.text(f"LOCK TABLE {_names(tables)} IN SHARE ROW EXCLUSIVE MODE"))


async def first_with_rows(connection: AsyncConnection, tables: Sequence[sa.Table]) -> str | None:
    """The name of a table that is not empty; none when all are."""
    for table in tables:
        if await connection.scalar(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(table)))):
            return table.name
    return None


async def empty(connection: AsyncConnection, tables: Sequence[sa.Table]) -> None:
    """Remove every row, the audit's too, in the caller's transaction; the triggers that keep it stand again after."""
    if connection.dialect.name == "postgresql":
        async with _truncating(connection, tables):
            await connection.execute(sa.text(f"TRUNCATE {_names(tables)}"))
        return
    kept = (
        await connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    ).all()
    for name, _ in kept:
        await connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in reversed(tables):
        await connection.execute(table.delete())
    for _, statement in kept:
        await connection.exec_driver_sql(statement)


@asynccontextmanager
async def _truncating(connection: AsyncConnection, tables: Sequence[sa.Table]) -> AsyncIterator[None]:
    """Without the triggers that refuse a TRUNCATE; only the tables' owner may do it."""
    names = {"names": [table.name for table in tables]}
    triggers = (await connection.execute(_TRUNCATE_TRIGGERS, names)).all()
    for table, trigger in triggers:
        await connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}"))
    yield
    for table, trigger in triggers:
        await connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}"))


def _names(tables: Sequence[sa.Table]) -> str:
    return ", ".join(table.name for table in tables)
