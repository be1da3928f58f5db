"""Fills both databases by the fastest means and keeps them between runs: `python -m benchmarks.scale_build`."""

import asyncio
import itertools
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

from benchmarks.scale_rows import COLUMNS, NOW, SIZES, TABLES, Record, Size
from benchmarks.scale_server import CACHE, connect, serving, url
from fantasy_tui.database.store import Store

_CHUNK = 20_000
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON relname = indexname
    WHERE schemaname = 'public' AND tablename = $1
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = pg_class.oid)
"""


def sqlite_url(size: Size) -> str:
    """The filled file."""
    return f"sqlite+aiosqlite:///{CACHE / size.name}.db"


def urls(size: Size) -> dict[str, str]:
    """Both engines' databases of a size."""
    return {"SQLite": sqlite_url(size), "Postgres": url(size.name)}


def stamped(table: str) -> tuple[str, ...]:
    """Columns that every row of the table has beside its own."""
    if table in ("games", "players", "leagues"):
        return ("created_at", "updated_at", "last_synced")
    return (
        () if table in ("decision_events", "agent_decisions", "sync_state") else ("created_at", "updated_at")
    )


async def build(size: Size) -> None:
    """Fill what is not there yet."""
    await _build_sqlite(size)
    await _build_postgres(size)


async def _build_postgres(size: Size) -> None:
    admin = await connect("postgres")
    there = await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", size.name)
    half_made = f"{size.name}_half"
    if not there:
        await admin.execute(f"DROP DATABASE IF EXISTS {half_made} WITH (FORCE)")
        await admin.execute(f"CREATE DATABASE {half_made}")
        await _prepare(url(half_made))
        connection = await connect(half_made)
        # Neither foreign keys nor triggers look at each row.
        await connection.execute("SET session_replication_role = replica")
        for table, made in TABLES.items():
            started = perf_counter()
            await _copy(connection, table, made(size))
            _told(size, "Postgres", table, started)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()
        await admin.execute(f"ALTER DATABASE {half_made} RENAME TO {size.name}")
    await admin.close()


async def _copy(connection: Any, table: str, rows: Iterator[Record]) -> None:
    indexes = await connection.fetch(_INDEXES, table)
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    stamps = stamped(table)
    records = (row + (NOW,) * len(stamps) for row in rows)
    for page in _pages(records):
        await connection.copy_records_to_table(table, records=page, columns=(*COLUMNS[table], *stamps))
    for _, definition in indexes:
        await connection.execute(definition)


async def _build_sqlite(size: Size) -> None:
    file, half_made = CACHE / f"{size.name}.db", CACHE / f"{size.name}.half"
    if file.exists():
        return
    half_made.unlink(missing_ok=True)
    await _prepare(f"sqlite+aiosqlite:///{half_made}")
    connection = sqlite3.connect(half_made, isolation_level=None)
    for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-2000000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    for table, made in TABLES.items():
        started = perf_counter()
        own = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        indexes = connection.execute(own, (table,)).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        columns = (*COLUMNS[table], *stamped(table))
        stamps = (_text(NOW),) * len(stamped(table))
        places = ", ".join("?" * len(columns))
        connection.execute("BEGIN")
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
            (tuple(map(_text, row)) + stamps for row in made(size)),
        )
        for _, definition in indexes:
            connection.execute(definition)
        connection.execute("COMMIT")
        _told(size, "SQLite", table, started)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    half_made.rename(file)


def _text(value: Any) -> Any:
    """Instants and days as the app stores them in SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _pages(records: Iterable[Record]) -> Iterator[list[Record]]:
    records = iter(records)
    while page := list(itertools.islice(records, _CHUNK)):
        yield page


async def _prepare(database: str) -> None:
    store = Store(database)
    await store.prepare()
    await store.close()


def _told(size: Size, engine: str, table: str, started: float) -> None:
    print(f"{size.name} {engine} {table}: {perf_counter() - started:.1f} s", file=sys.stderr, flush=True)


async def build_all() -> None:
    """Every size, the small ones first."""
    for size in SIZES:
        await build(size)


if __name__ == "__main__":
    with serving():
        asyncio.run(build_all())
