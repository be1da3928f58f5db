"""Players alike among 100,000 with a profile, on both engines: `python -m benchmarks scale_vectors`."""

import asyncio
import random
from collections.abc import Iterator
from statistics import fmean, median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.row import Row
from benchmarks.scale_server import CACHE, connect, serving, url
from fantasy_tui.crud.similar import similar_players
from fantasy_tui.database import bulk
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player
from fantasy_tui.models.player import PROFILE_DIMENSIONS

VECTORS = 100_000
DATABASE = "vectors"
ASKED = 30
AIM_MS = 10.0
LIMIT = 5
_NEAREST = (
    "SELECT player_id FROM players WHERE player_id <> $1 AND profile IS NOT NULL"
    " ORDER BY profile <=> (SELECT profile FROM players WHERE player_id = $1) LIMIT 5"
)


def _profiles() -> "np.ndarray[Any, Any]":
    """Unit vectors in forty clouds whose later components are smaller, as principal components are."""
    rng = np.random.default_rng(7)
    scale = np.linspace(1.0, 0.25, PROFILE_DIMENSIONS)
    kinds = rng.normal(size=(40, PROFILE_DIMENSIONS)) * scale
    made = kinds[rng.integers(0, 40, VECTORS)] + 0.6 * rng.normal(size=(VECTORS, PROFILE_DIMENSIONS)) * scale
    found: np.ndarray[Any, Any] = np.round(made / np.linalg.norm(made, axis=1, keepdims=True), 6)
    return found


async def _fill(store: Store) -> None:
    async with store.read() as session:
        if await session.get(Player, "0") is not None:
            return
    rows = (
        {"player_id": str(n), "full_name": f"Player {n}", "position": "WR", "profile": vector.tolist(),
         "profile_version": "made-up"}
        for n, vector in enumerate(_profiles())
    )  # fmt: skip

    async def work(session: Any) -> None:
        await bulk.write(await session.connection(), Player.metadata.tables["players"], bulk.pages(rows))

    await store.write(work)


def _asked() -> list[str]:
    return [str(n) for n in random.Random(3).sample(range(VECTORS), ASKED)]


async def _by_the_app(store: Store) -> tuple[float, list[list[str]]]:
    times, found = [], []
    async with store.read() as session:
        await similar_players(session, "1", limit=LIMIT)
        for player in _asked():
            started = perf_counter()
            alike = await similar_players(session, player, limit=LIMIT)
            times.append(perf_counter() - started)
            found.append([one.player_id for one in alike])
    return median(times) * 1e3, found


async def _bare(connection: Any) -> tuple[float, list[list[str]]]:
    times, found = [], []
    for player in _asked():
        started = perf_counter()
        rows = await connection.fetch(_NEAREST, player)
        times.append(perf_counter() - started)
        found.append([row[0] for row in rows])
    return median(times) * 1e3, found


def _recall(found: list[list[str]], true: list[list[str]]) -> float:
    return fmean(len(set(one) & set(other)) / LIMIT for one, other in zip(found, true, strict=True))


async def _database() -> None:
    admin = await connect("postgres")
    if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", DATABASE):
        await admin.execute(f"CREATE DATABASE {DATABASE}")
    await admin.close()


async def _measured() -> list[Row]:
    await _database()
    vectors = _profiles()
    true = []
    for player in map(int, _asked()):
        alike = vectors @ vectors[player]
        alike[player] = -2
        true.append([str(n) for n in np.argsort(-alike)[:LIMIT]])
    rows = []
    for engine, database in (
        ("SQLite", f"sqlite+aiosqlite:///{CACHE / DATABASE}.db"),
        ("Postgres", url(DATABASE)),
    ):
        store = Store(database)
        await store.prepare()
        await _fill(store)
        if engine == "Postgres":
            connection = await connect(DATABASE)
            await connection.execute("VACUUM ANALYZE players")
        ms, found = await _by_the_app(store)
        rows.append(Row(f"{engine}: similar players among {VECTORS:,}, as the app asks", ms, "ms", AIM_MS))
        rows.append(Row(f"{engine}: its recall", _recall(found, true), "", 1.0, None, True))
        await store.close()
    await connection.execute("SET enable_indexscan = off")
    ms, found = await _bare(connection)
    await connection.execute("RESET enable_indexscan")
    rows.append(Row("Postgres: pgvector, every vector looked at", ms, "ms", AIM_MS))
    started = perf_counter()
    await connection.execute("REINDEX INDEX ix_players_profile")
    rows.append(Row("Postgres: HNSW, made", perf_counter() - started, "s"))
    for effort in (40, 100, 200):
        await connection.execute(f"SET hnsw.ef_search = {effort}")
        ms, found = await _bare(connection)
        rows.append(Row(f"Postgres: HNSW, ef_search {effort}", ms, "ms", AIM_MS))
        rows.append(Row(f"Postgres: HNSW, ef_search {effort}: recall", _recall(found, true), ""))
    await connection.close()
    return rows


def measure() -> Iterator[Row]:
    """The app's own look-up, then pgvector alone, with an index of its own and without."""
    with serving():
        yield from asyncio.run(_measured())
