"""player_stats as one table and partitioned by season, five million rows each: `python -m benchmarks scale_parts`."""

import asyncio
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import scale_build
from benchmarks.row import Row
from benchmarks.scale_rows import PLAYERS, SEASON, SEASONS, SIZES, WEEK
from benchmarks.scale_server import connect, serving

ONE, MANY = "player_stats", "player_stats_by_season"
WORTH = 1.2
ROUNDS = 60
WRITES = 8
_NEXT = "2025"

READS = {
    "a player's season": f"SELECT week, stats FROM {{}} WHERE player_id = $1 AND season = '{SEASON}'",
    "a player's career": "SELECT season, week, stats FROM {} WHERE player_id = $1",
    "a week's keys": f"SELECT id, source_hash FROM {{}} WHERE season = '{SEASON}' AND week = {WEEK} AND $1 <> ''",
    "a season of 500 players": (
        f"SELECT player_id, week, stats FROM {{}} WHERE season = '{SEASON}' AND week < {WEEK}"
        " AND player_id = ANY (SELECT ($1::int + n)::varchar FROM generate_series(0, 499) n)"
    ),
}
_WEEK_AGAIN = f"""
    INSERT INTO {{table}} (id, player_id, season, week, stats, fantasy_points)
    SELECT id, player_id, season, week, stats, fantasy_points + 1 FROM {ONE}
    WHERE season = '{SEASON}' AND week = {{week}}
    ON CONFLICT ({{key}}) DO UPDATE SET stats = excluded.stats, fantasy_points = excluded.fantasy_points
"""
_NEW_WEEK = f"""
    INSERT INTO {{table}} (id, player_id, season, week, stats, fantasy_points)
    SELECT player_id || ':{_NEXT}:' || {{week}}, player_id, '{_NEXT}', {{week}}, stats, fantasy_points FROM {ONE}
    WHERE season = '{SEASON}' AND week = {{week}}
"""


async def _partitioned(connection: Any) -> None:
    if await connection.fetchval("SELECT to_regclass($1)", MANY) is not None:
        return
    async with connection.transaction():
        await connection.execute(
            f"CREATE TABLE {MANY} (LIKE {ONE} INCLUDING DEFAULTS) PARTITION BY LIST (season)"
        )
        for season in (*SEASONS, _NEXT):
            await connection.execute(
                f"CREATE TABLE {MANY}_{season} PARTITION OF {MANY} FOR VALUES IN ('{season}')"
            )
        await connection.execute(f"INSERT INTO {MANY} SELECT * FROM {ONE}")
        # A key of a partitioned table must hold what it is partitioned by.
        await connection.execute(f"ALTER TABLE {MANY} ADD PRIMARY KEY (season, id)")
        await connection.execute(f"CREATE INDEX ON {MANY} (player_id, season, week)")
        await connection.execute(f"CREATE INDEX ON {MANY} (season, week)")
        await connection.execute(
            f"ALTER TABLE {MANY} ADD FOREIGN KEY (player_id) REFERENCES players ON DELETE CASCADE"
        )
    await connection.execute(f"VACUUM ANALYZE {MANY}")


async def _compared() -> dict[str, tuple[float, float]]:
    """Median milliseconds of each on the one table and on the partitioned one, in turns."""
    connection = await connect(SIZES[-1].name)
    await connection.execute("SET plan_cache_mode = force_custom_plan")
    await _partitioned(connection)
    found: dict[str, tuple[list[float], list[float]]] = {}

    async def timed(what: str, which: int, statement: str, *values: Any, undone: bool = False) -> None:
        started = perf_counter()
        if undone:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(statement, *values)
            found.setdefault(what, ([], []))[which].append(perf_counter() - started)
            await transaction.rollback()
        else:
            await connection.fetch(statement, *values)
            found.setdefault(what, ([], []))[which].append(perf_counter() - started)

    tables = ((ONE, "id"), (MANY, "season, id"))
    for turn in range(-ROUNDS, ROUNDS):
        if turn == 0:
            found.clear()  # until now all was read for the first time
        for what, read in READS.items():
            for which, (table, _) in list(enumerate(tables))[:: -1 if turn % 2 else 1]:
                value: Any = 97 * (turn % ROUNDS) + 1
                value = value if "500" in what else str(value)
                await timed(what, which, read.format(table), value)
    for turn in range(WRITES):
        for which, (table, key) in list(enumerate(tables))[:: -1 if turn % 2 else 1]:
            again = _WEEK_AGAIN.format(table=table, key=key, week=turn + 1)
            await timed(f"write {PLAYERS:,} lines of a week again", which, again, undone=True)
            new = _NEW_WEEK.format(table=table, week=turn + 1)
            await timed(f"write {PLAYERS:,} lines of a new week", which, new, undone=True)
    await connection.close()
    return {what: (median(one) * 1e3, median(many) * 1e3) for what, (one, many) in found.items()}


def measure() -> Iterator[Row]:
    """The ratio says how many times slower the partitioned table is."""
    with serving():
        asyncio.run(scale_build.build(SIZES[-1]))
        for what, (one, many) in asyncio.run(_compared()).items():
            yield Row(
                f"player_stats by season: {what} (one table: {one:.2f} ms)", many, "ms", None, many / one
            )
