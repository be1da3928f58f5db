"""A hundred syncs at once on one Postgres, and who waits for whom: `python -m benchmarks scale_syncs`."""

import asyncio
import contextlib
import multiprocessing
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import scale_sleeper
from benchmarks.row import Row
from benchmarks.scale_server import CACHE, connect, serving, url
from fantasy_tui.database.store import Store
from fantasy_tui.sleeper.sync import sync
from tests.sleeper import fake

PROCESSES = 10
DATABASE = "syncs"
LONGEST_MS = 100.0
EVERY = 0.005
_WAITS = """
    SELECT pid, extract(epoch FROM clock_timestamp() - waitstart) * 1000 AS ms, locktype,
           coalesce(relation::regclass::text, '') AS relation, left(query, 90) AS query,
           (SELECT string_agg(left(b.query, 90), ' | ') FROM pg_stat_activity b
            WHERE b.pid = ANY (pg_blocking_pids(l.pid))) AS blocker
    FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE NOT granted AND waitstart IS NOT NULL AND a.datname = current_database()
"""


@dataclass
class Waits:
    """What was seen of locks while the syncs ran."""

    longest: float = 0.0
    """Milliseconds."""
    seen: dict[tuple[str, str, str], float] = field(default_factory=dict)
    """Lock, waiting and blocking statement: the longest wait."""
    connections: int = 0
    logged: int = 0
    """Waits of over 100 ms, of which the server missed none: it logs them after its deadlock_timeout."""


async def _watch(database: str, waits: Waits, end: asyncio.Event) -> None:
    connection = await connect(database)
    while not end.is_set():
        for row in await connection.fetch(_WAITS):
            what = (f"{row['locktype']} {row['relation']}", row["query"], row["blocker"] or "")
            waits.seen[what] = max(waits.seen.get(what, 0.0), row["ms"])
            waits.longest = max(waits.longest, row["ms"])
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        waits.connections = max(waits.connections, await connection.fetchval(count) - 1)
        await asyncio.sleep(EVERY)
    await connection.close()


async def _one(manager: int, version: int, minutes: int) -> tuple[float, str | None]:
    store = Store(url(DATABASE))
    started = perf_counter()
    said = None
    try:
        async with scale_sleeper.client(version) as client:
            now = fake.NOW + timedelta(minutes=minutes, microseconds=manager)
            await sync(store, client, f"manager{manager}", games_url=fake.GAMES_URL, now=now)
    except Exception:  # told to whoever measures
        said = traceback.format_exc(limit=-3)
    took = perf_counter() - started
    await store.close()
    return took, said


def _process(managers: list[int], pipe: Connection) -> None:
    """Do what is asked for: a version and the minutes since the first; none ends it."""

    for version in (1, 2):
        scale_sleeper.client(version)  # its answers are made before the clock runs
    pipe.send(None)

    async def all_at_once(version: int, minutes: int) -> list[tuple[float, str | None]]:
        return await asyncio.gather(*(_one(manager, version, minutes) for manager in managers))

    while (asked := pipe.recv()) is not None:
        pipe.send(asyncio.run(all_at_once(*asked)))


def _rounds(pipes: list[Connection]) -> Iterator[tuple[str, float, list[Any], Waits, int]]:
    for what, version, minutes in (("first", 1, 0), ("unchanged", 1, 2000), ("changed", 2, 4000)):
        waits = Waits()
        log = CACHE / "log"
        before = log.stat().st_size
        started = perf_counter()
        results, deadlocks = asyncio.run(_round(pipes, version, minutes, waits))
        took = perf_counter() - started
        waits.logged = log.read_bytes()[before:].count(b"still waiting for")
        yield what, took, results, waits, deadlocks


async def _round(
    pipes: list[Connection], version: int, minutes: int, waits: Waits
) -> tuple[list[tuple[float, str | None]], int]:
    end = asyncio.Event()
    connection = await connect(DATABASE)
    count = (
        "SELECT pg_stat_clear_snapshot(), deadlocks FROM pg_stat_database WHERE datname = current_database()"
    )
    before = (await connection.fetchrow(count))["deadlocks"]
    watching = asyncio.create_task(_watch(DATABASE, waits, end))
    for pipe in pipes:
        pipe.send((version, minutes))
    parts = await asyncio.gather(*(asyncio.to_thread(pipe.recv) for pipe in pipes))
    end.set()
    await watching
    await asyncio.sleep(1.5)  # statistics are told once a second
    deadlocks = (await connection.fetchrow(count))["deadlocks"] - before
    await connection.close()
    return [result for part in parts for result in part], deadlocks


async def _empty() -> None:
    admin = await connect("postgres")
    await admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    await admin.execute(f"CREATE DATABASE {DATABASE}")
    await admin.close()
    store = Store(url(DATABASE))
    await store.prepare()
    await store.close()


def measure() -> Iterator[Row]:
    """First, then with nothing changed, then with much changed; what waited longest goes to stderr."""
    with serving():
        asyncio.run(_empty())
        spawn = multiprocessing.get_context("spawn")
        with contextlib.ExitStack() as stack:
            pipes = []
            for number in range(PROCESSES):
                ours, theirs = spawn.Pipe()
                managers = list(range(number, scale_sleeper.MANAGERS, PROCESSES))
                process = spawn.Process(target=_process, args=(managers, theirs))
                process.start()
                stack.callback(process.join)
                stack.callback(ours.send, None)
                pipes.append(ours)
            for pipe in pipes:
                pipe.recv()
            for what, took, results, waits, deadlocks in _rounds(pipes):
                name = f"100 syncs, {what}"
                failed = [said for _, said in results if said is not None]
                for said in failed[:2]:
                    print(said, file=sys.stderr)
                yield Row(f"{name}: all done", took, "s")
                yield Row(f"{name}: one sync, median", median(one for one, _ in results), "s")
                yield Row(f"{name}: failed", len(failed), "", 0)
                yield Row(f"{name}: deadlocks", deadlocks, "", 0)
                yield Row(f"{name}: waits over 100 ms in the server's log", waits.logged, "", 0)
                yield Row(f"{name}: longest wait for a lock seen", waits.longest, "ms", LONGEST_MS)
                yield Row(f"{name}: most connections", waits.connections, "")
                longest = sorted(waits.seen.items(), key=lambda seen: -seen[1])[:8]
                for (lock, waiting, blocking), ms in longest:
                    print(f"  {ms:8.1f} ms {lock}: {waiting!r} behind {blocking!r}", file=sys.stderr)
