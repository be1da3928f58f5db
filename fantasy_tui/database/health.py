"""What a database tells about itself, for people who look for what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from fantasy_tui.database.engine import make_engine, normalise, redact
from fantasy_tui.database.explain import explain

_POSTGRES = """
    SELECT current_setting('server_version'), pg_database_size(current_database()),
           current_setting('transaction_read_only') = 'on',
           (SELECT extversion FROM pg_extension WHERE extname = 'vector')
"""


@dataclass(frozen=True, slots=True)
class Health:
    """A database that answers and lets us begin a transaction that writes."""

    engine: str
    """Its name and version."""
    size: int
    """Bytes, without what SQLite keeps in its log."""
    read_only: bool = False
    """True for a Postgres that takes no changes, such as a standby."""
    journal: str | None = None
    """SQLite's journal mode; "wal" is what the app asks for."""
    vectors: str | None = None
    """The version of pgvector; none on SQLite, and on a Postgres without it."""


async def health(url: str) -> Health:
    """Ask it; nothing in it is changed. Raises StoreError."""
    # IMMEDIATE takes SQLite's lock for writing at once: a file that is locked or may not be written says so.
    engine = make_engine(url, poolclass=NullPool, begin="IMMEDIATE")
    ask = _sqlite if normalise(url).get_backend_name() == "sqlite" else _postgres
    try:
        with explain(redact(url)):
            async with engine.connect() as connection:
                return await ask(connection)
    finally:
        await engine.dispose()


async def _sqlite(connection: AsyncConnection) -> Health:
    version = await connection.scalar(text("SELECT sqlite_version()"))
    pages = await connection.scalar(text("PRAGMA page_count"))
    size = await connection.scalar(text("PRAGMA page_size"))
    journal = await connection.scalar(text("PRAGMA journal_mode"))
    return Health(f"SQLite {version}", pages * size, journal=journal)


async def _postgres(connection: AsyncConnection) -> Health:
    version, size, read_only, vectors = (await connection.execute(text(_POSTGRES))).one()
    return Health(f"PostgreSQL {version}", size, read_only=read_only, vectors=vectors)
