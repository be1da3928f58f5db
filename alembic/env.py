"""Runs migrations: on a connection handed over by the app, or on one of its own for the `alembic` command."""

import asyncio
from logging.config import fileConfig
from typing import Any, Literal

import pgvector.sqlalchemy  # noqa: F401  (without it reflection does not know the type of vector columns)
import sqlalchemy as sa
from alembic import context
from sqlalchemy.pool import NullPool

import fantasy_tui.models  # noqa: F401  (fills the metadata)
from fantasy_tui.database.base import Base
from fantasy_tui.database.engine import make_engine, normalise
from fantasy_tui.database.types import Embedding, UtcDateTime

# Any number; everyone who migrates the same database takes the same lock.
ADVISORY_LOCK = 7_329_410_056

config = context.config


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | Literal[False]:
    """Our column types by name in generated migrations."""
    if kind != "type":
        return False
    if isinstance(item, Embedding):
        return f"types.Embedding({item.dimensions})"
    if isinstance(item, UtcDateTime):
        return "types.UtcDateTime()"
    if isinstance(item, sa.JSON):
        return "types.JsonDoc"
    return False


def is_compared(item: Any, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """False for an index of a kind that Postgres alone has, elsewhere."""
    return kind != "index" or context.get_context().dialect.name == "postgresql" or not is_special(item)


def is_special(index: sa.Index) -> bool:
    """True for an index that is not a B-tree."""
    return bool(index.dialect_options["postgresql"]["using"])


def url() -> str:
    """`-x url=...`, else the app's setting."""
    given = context.get_x_argument(as_dictionary=True).get("url")
    if given:
        return given
    from fantasy_tui.config import load_settings

    return load_settings().database_url.get_secret_value()


def migrate(connection: sa.Connection) -> None:
    """All pending migrations in one transaction: all or nothing, on SQLite too."""
    postgres = connection.dialect.name == "postgresql"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_server_default=True,
        render_item=render_item,
        include_object=is_compared,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if postgres:
            # Whoever comes second waits here, then finds nothing to do. On SQLite, BEGIN IMMEDIATE does it.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        context.run_migrations()
        if not postgres:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")


async def migrate_alone() -> None:
    """On an engine of our own."""
    engine = make_engine(url(), migrating=True, begin="IMMEDIATE", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(
        dialect_name=normalise(url()).get_backend_name(), target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()
elif (handed_over := config.attributes.get("connection")) is not None:
    migrate(handed_over)
else:
    if config.config_file_name is not None:
        fileConfig(config.config_file_name, disable_existing_loggers=False)
    asyncio.run(migrate_alone())
