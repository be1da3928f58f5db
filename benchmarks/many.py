"""Fifty programs that answer the same 1,000 decisions at once: `python -m benchmarks many`.

On Postgres with fsync, over a local socket; all programs share the cores of this machine, so that the times are those
of a crowd on one computer. That each decision is decided once, that every loser is told by whom, and that no program
has a connection beyond its pool is asserted.
"""

import asyncio
import uuid
from collections.abc import Iterator

from benchmarks.row import Row
from fantasy_tui.database.migrate import upgrade
from tests import databases, postgres
from tests.many import POOL, answer_at_once, check

PROGRAMS, ITEMS = 50, 1000
_AS_IN_EARNEST: tuple[str, ...] = ("max_connections=200", "listen_addresses=")


def measure() -> Iterator[Row]:
    """Every answer of every program."""
    postgres.OPTIONS = _AS_IN_EARNEST  # read as the cluster starts
    cluster = postgres.start(f"bench-{uuid.uuid4().hex}")
    asyncio.run(databases.admin(cluster, "CREATE DATABASE many"))
    url = postgres.url(cluster, "many")
    asyncio.run(upgrade(url))
    outcome, user, ids = answer_at_once(url, PROGRAMS, ITEMS)
    asyncio.run(check(url, outcome, user, ids))
    what = f"{PROGRAMS} reviewers, Postgres:"
    yield Row(f"{what} decisions decided once, of {ITEMS:,}", len(outcome.won), "")
    yield Row(f"{what} losers told who won", len(outcome.lost), "")
    yield Row(f"{what} deadlocks", outcome.deadlocks, "", aim=0)
    yield Row(f"{what} connections at once", outcome.connections, "", aim=PROGRAMS * POOL)
    yield Row(f"{what} answers a second", (len(outcome.won) + len(outcome.lost)) / outcome.seconds, "1/s")
    yield Row(f"{what} an answer, median", 1000 * outcome.quantile(0.5), "ms")
    yield Row(f"{what} an answer, 99th percentile", 1000 * outcome.quantile(0.99), "ms")
