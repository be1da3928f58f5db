"""Writing 11,400 players as sync does, against the bare drivers: `python -m benchmarks sync`."""

import asyncio
import sqlite3
import tempfile
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, cast

import asyncpg
import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from benchmarks import made_up
from benchmarks.row import Row
from fantasy_tui.clock import utcnow
from fantasy_tui.crud.mirror import Changes, mirror
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player
from fantasy_tui.sleeper import endpoints
from fantasy_tui.sleeper.client import Reply, SleeperClient
from fantasy_tui.sleeper.run import Run
from tests import postgres

ROUNDS = 7
FIRST_AIM = 1.25
UNCHANGED_AIM = 0.25

PlayerRows = list[dict[str, Any]]
Times = dict[str, list[float]]
JSON_COLUMNS = frozenset({"fantasy_positions", "player_data"})
STAMPS = ("created_at", "updated_at", "last_synced")


def records(rows: PlayerRows, stamp: object) -> Iterator[tuple[Any, ...]]:
    """The rows as a driver takes them: documents as text, the same stamps."""
    for row in rows:
        values = [
            msgspec.json.encode(value).decode() if name in JSON_COLUMNS and value is not None else value
            for name, value in row.items()
        ]
        yield (*values, stamp, stamp, stamp)


def raw_sqlite(file: Path, rows: PlayerRows) -> float:
    """Seconds of sqlite3's executemany in one durable transaction."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = (*rows[0], *STAMPS)
    statement = f"INSERT INTO players ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(statement, records(rows, utcnow().strftime("%Y-%m-%d %H:%M:%S.%f")))
    connection.execute("COMMIT")
    took = perf_counter() - start
    connection.close()
    return took


async def raw_postgres(folder: Path, database: str, rows: PlayerRows, *, copy: bool) -> float:
    """Seconds of asyncpg's executemany, or of COPY, in one transaction."""
    connection = await asyncpg.connect(host=str(folder), user="postgres", database=database)
    columns = (*rows[0], *STAMPS)
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    start = perf_counter()
    async with connection.transaction():
        if copy:
            await connection.copy_records_to_table(
                "players", records=records(rows, utcnow()), columns=columns
            )
        else:
            statement = f"INSERT INTO players ({', '.join(columns)}) VALUES ({places})"
            await connection.executemany(statement, records(rows, utcnow()))
    took = perf_counter() - start
    await connection.close()
    return took


async def through_sync(url: str, rows: PlayerRows, times: Times) -> None:
    """The write of a sync with its state, first and then with nothing changed; rows parsed before."""
    store = Store(url)
    # The rows stand where the answer's bytes would.
    players = cast(endpoints.Resource[PlayerRows], endpoints.players())
    async with SleeperClient("http://localhost") as nobody:
        run = Run(store, nobody, made_up.NOW, lambda _: None)
        await run.begin()

        async def write(session: AsyncSession, found: PlayerRows) -> Changes:
            return await mirror(session, Player, found, within={})

        for what, inserted in (("first", len(rows)), ("unchanged", 0)):
            start = perf_counter()
            changes = await run.keep(players, "players", Reply(rows, None, what), write)
            times[what].append(perf_counter() - start)
            if (changes.inserted, changes.updated) != (inserted, 0):
                raise AssertionError(f"{what}: {changes}")
    await store.close()


def compare(name: str, floors: list[str], times: Times) -> Iterator[Row]:
    """The rows of one database; the first floor is the one that aims are against."""
    base = median(times[floors[0]])
    for floor in floors:
        yield Row(f"{name}: {floor}", median(times[floor]) * 1e3, "ms", None, median(times[floor]) / base)
    for what, aim in (("first", FIRST_AIM), ("unchanged", UNCHANGED_AIM)):
        took = median(times[what])
        yield Row(f"{name}: sync's write, {what}", took * 1e3, "ms", aim, took / base)


async def on_sqlite(folder: Path, rows: PlayerRows) -> Times:
    """A new migrated file for every run."""
    times: Times = {"sqlite3 executemany": [], "first": [], "unchanged": []}
    for _ in range(ROUNDS):
        for raw in (True, False):
            file = folder / f"{uuid.uuid4().hex}.db"
            url = f"sqlite+aiosqlite:///{file}"
            store = Store(url)
            await store.prepare()
            await store.close()
            if raw:
                times["sqlite3 executemany"].append(raw_sqlite(file, rows))
            else:
                await through_sync(url, rows, times)
            file.unlink()
    return times


async def on_postgres(folder: Path, rows: PlayerRows) -> Times:
    """A new migrated database for every run, on a cluster of its own with the options of the tests."""
    times: Times = {"asyncpg executemany": [], "COPY": [], "first": [], "unchanged": []}
    database = "bench"
    url = postgres.url(folder, database)

    async def executemany() -> None:
        times["asyncpg executemany"].append(await raw_postgres(folder, database, rows, copy=False))

    async def copy() -> None:
        times["COPY"].append(await raw_postgres(folder, database, rows, copy=True))

    runs: tuple[Callable[[], Awaitable[None]], ...] = (
        executemany,
        copy,
        lambda: through_sync(url, rows, times),
    )
    admin = make_engine(postgres.url(folder, "postgres"), poolclass=NullPool)
    async with admin.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for _ in range(ROUNDS):
            for run in runs:
                await connection.execute(text(f"CREATE DATABASE {database}"))
                store = Store(url)
                await store.prepare()
                await store.close()
                await run()
                await connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))
    await admin.dispose()
    return times


def measure() -> Iterator[Row]:
    """Parsing apart, then both databases."""
    file = made_up.players_file()
    start = perf_counter()
    rows = made_up.player_rows(file)
    took = perf_counter() - start
    size = len(file) / len(rows)
    yield Row(f"sync: parse {len(rows):,} players of {size:,.0f} bytes into rows", took * 1e3, "ms")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        times = asyncio.run(on_sqlite(Path(name), rows))
    yield from compare("sync, SQLite", ["sqlite3 executemany"], times)
    cluster = postgres.start(f"bench-{uuid.uuid4().hex}")
    times = asyncio.run(on_postgres(cluster, rows))
    yield from compare("sync, Postgres", ["asyncpg executemany", "COPY"], times)
