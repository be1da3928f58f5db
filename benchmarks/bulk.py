"""A first sync into Postgres against bare COPY, and whole copies, with their memory: `python -m benchmarks bulk`."""

import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import asyncpg
import msgspec
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from benchmarks import made_up
from benchmarks.row import Row
from fantasy_tui.crud.mirror import mirror
from fantasy_tui.database import bulk
from fantasy_tui.database.base import Base
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.migrate import upgrade
from fantasy_tui.database.moving import move
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player, Projection
from tests import databases, postgres

ROUNDS = 5
PROJECTIONS = 50_000
AIM = 1.5
LARGER = 4
FLAT_AIM = 1.25
"""Peak memory at `LARGER` times the rows, against that at the rows themselves."""
TURN_AIM = 10
"""Milliseconds for which the event loop may be held."""

Rows = list[dict[str, Any]]


def projection(number: int, rng: random.Random) -> dict[str, Any]:
    """One of a player's week, as `mirror` is given it."""
    week, player = divmod(number, made_up.PLAYERS)
    return {
        "player_id": str(player + 1),
        "season": "2024",
        "week": week + 1,
        "source": "sleeper",
        "stats": {f"stat_{n:02}": round(rng.uniform(0, 30), 2) for n in range(15)},
        "as_of": made_up.NOW,
        "source_hash": f"{number:032x}",
    }


def projections(count: int) -> Iterator[dict[str, Any]]:
    """The same at every call, one at a time."""
    rng = random.Random(made_up.SEED)
    return (projection(number, rng) for number in range(count))


async def floor(url: str, table: sa.Table, rows: Rows) -> float:
    """Seconds of asyncpg's COPY into a temporary table and INSERT ... SELECT; values made ready before."""
    stamps = dict.fromkeys(("created_at", "updated_at", "last_synced"), made_up.NOW)
    documents = {column.name for column in table.columns if isinstance(column.type, sa.JSON)}
    names = [*rows[0], *stamps]
    records = [
        tuple(
            msgspec.json.encode(value).decode() if name in documents and value is not None else value
            for name, value in {**row, **stamps}.items()
        )
        for row in rows
    ]
    keys = [key.name for key in table.primary_key.columns]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in (*keys, "created_at"))
    listed = ", ".join(names)
    connection = await asyncpg.connect(**_reach(url))
    start = perf_counter()
    async with connection.transaction():
        await connection.execute(
            f"CREATE TEMPORARY TABLE stage ON COMMIT DROP AS SELECT {listed} FROM {table.name} WITH NO DATA"
        )
        await connection.copy_records_to_table("stage", records=records, columns=names)
        await connection.execute(
            f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM stage"
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
        )
    took = perf_counter() - start
    await connection.close()
    return took


def _reach(url: str) -> dict[str, Any]:
    parsed = sa.make_url(url)
    return {"host": parsed.query["host"], "user": parsed.username, "database": parsed.database}


async def through_mirror(url: str, model: type[Base], rows: Rows, turns: list[float]) -> float:
    """Seconds of the write of a first sync; the longest that the event loop was held goes to `turns`."""
    store = Store(url)
    async with store.read() as session:
        await session.execute(sa.text("SELECT 1"))
    watching = asyncio.create_task(_watch(turns))
    start = perf_counter()
    changes = await store.write(lambda session: mirror(session, model, rows, within={}))
    took = perf_counter() - start
    watching.cancel()
    await store.close()
    if changes.inserted != len(rows):
        raise AssertionError(changes)
    return took


async def _watch(turns: list[float]) -> None:
    """The processor's time between two turns: the clock's would show what else this machine does."""
    turns.append(0.0)
    while True:
        before = thread_time()
        await asyncio.sleep(0)
        turns[-1] = max(turns[-1], thread_time() - before)


async def first_sync(folder: Path) -> list[Row]:
    """Players into an empty database, then projections beside them, by both ways in turn."""
    url, template = postgres.url(folder, "bench"), "bench_template"
    tables: list[tuple[type[Base], Rows]] = [
        (Player, made_up.player_rows(made_up.players_file())),
        (Projection, list(projections(PROJECTIONS))),
    ]
    found: list[Row] = []
    await databases.clone(folder, template, "template0")
    await upgrade(postgres.url(folder, template))
    for model, rows in tables:
        table = Base.metadata.tables[model.__tablename__]
        turns: list[float] = []
        ways: dict[str, Callable[[], Awaitable[float]]] = {
            "COPY + INSERT..SELECT": lambda table=table, rows=rows: floor(url, table, rows),  # type: ignore[misc]
            "first sync": lambda model=model, rows=rows, turns=turns: through_mirror(  # type: ignore[misc]
                url, model, rows, turns
            ),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, run in ways.items():
                await databases.clone(folder, "bench", template)
                times[name].append(await run())
                await databases.drop(folder, "bench")
        base = median(times["COPY + INSERT..SELECT"])
        for name, taken in times.items():
            aim = AIM if name == "first sync" else None
            what = f"bulk, Postgres: {name}, {len(rows):,} {table.name}"
            found.append(Row(what, median(taken) * 1e3, "ms", aim, median(taken) / base))
        what = f"bulk, Postgres: longest turn of the event loop, {table.name}"
        found.append(Row(what, median(turns) * 1e3, "ms", TURN_AIM))
        # The next table's rows refer to this one's.
        await through_mirror(postgres.url(folder, template), model, rows, [])
    await databases.drop(folder, template)
    return found


async def _stream(url: str, count: int) -> None:
    """Write so many projections that are made as they are asked for."""
    engine = make_engine(url, poolclass=NullPool, begin="IMMEDIATE")
    async with engine.begin() as connection:
        table = Base.metadata.tables["projections"]
        await bulk.write(connection, table, bulk.pages(projections(count)))
    await engine.dispose()


def alone(what: str, *arguments: str) -> float:
    """Run one of this module's own jobs in a process of its own; returns its peak memory in MB."""
    job = json.dumps([what, *arguments])
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.bulk", job], capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def job(what: str, *arguments: str) -> None:
    """What `alone` runs; prints its peak memory in MB."""
    if what == "stream":
        url, count = arguments
        asyncio.run(_stream(url, int(count)))
    else:
        source, target = arguments
        asyncio.run(move(source, target, Base.metadata.sorted_tables))
    # Not getrusage: its peak is the parent's where that is higher.
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(int(peak) / 1024)


async def _with_players(url: str) -> None:
    await upgrade(url)
    store = Store(url)
    players = made_up.player_rows(made_up.players_file())
    await store.write(lambda session: mirror(session, Player, players, within={}))
    await store.close()


def memory(folder: Path, home: Path) -> Iterator[Row]:
    """Peak memory of a write and of a whole copy, at the rows and at `LARGER` times as many; and a copy's time."""
    streamed: list[float] = []
    moved: dict[str, list[float]] = {}
    seconds: dict[str, tuple[float, int]] = {}
    for times in (1, LARGER):
        count, name = times * PROJECTIONS, f"bench_{times}"
        asyncio.run(databases.clone(folder, name, "template0"))
        url = postgres.url(folder, name)
        asyncio.run(_with_players(url))
        streamed.append(alone("stream", url, str(count)))
        back, again = f"sqlite:///{home / name}.db", postgres.url(folder, f"{name}_again")
        asyncio.run(databases.clone(folder, f"{name}_again", "template0"))
        for what, source, target in (("Postgres to SQLite", url, back), ("SQLite to Postgres", back, again)):
            asyncio.run(upgrade(target))
            start = perf_counter()
            moved.setdefault(what, []).append(alone("move", source, target))
            seconds[what] = (perf_counter() - start, count + made_up.PLAYERS)
        for one in (name, f"{name}_again"):
            asyncio.run(databases.drop(folder, one))
    yield from _flat("write", streamed)
    for what, peaks in moved.items():
        took, rows = seconds[what]
        yield Row(f"db copy, {what}: {rows:,} rows, copied and verified", rows / took, "/s")
        yield from _flat(f"db copy, {what}", peaks)


def _flat(what: str, peaks: Iterable[float]) -> Iterator[Row]:
    once, more = peaks
    yield Row(f"{what}: peak memory, {PROJECTIONS:,} rows", once, "MB")
    yield Row(f"{what}: peak memory, {LARGER * PROJECTIONS:,} rows", more, "MB", FLAT_AIM, more / once)


def measure() -> Iterator[Row]:
    """On a cluster of its own with the options of the tests."""
    cluster = postgres.start(f"bench-{uuid.uuid4().hex}")
    yield from asyncio.run(first_sync(cluster))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield from memory(cluster, Path(name))


if __name__ == "__main__":
    job(*json.loads(sys.argv[1]))
