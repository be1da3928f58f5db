"""200 programs killed with -9 while they approve decisions: `python -m benchmarks killed`.

Half of them on SQLite, half on Postgres, each at a random moment after its first approval. That everything a program
told is stored with its event, and that nothing is half written, is asserted; the rows say how much there was of it.
"""

import asyncio
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from benchmarks.row import Row
from fantasy_tui.database.migrate import upgrade
from tests import databases, postgres
from tests.killed import kill_many

KILLS, EACH = 100, 10


def measure() -> Iterator[Row]:
    """SQLite, then Postgres over a local socket."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield from _on("SQLite", f"sqlite+aiosqlite:///{Path(name) / 'fantasy.db'}")
    cluster = postgres.start(f"bench-{uuid.uuid4().hex}")
    asyncio.run(databases.admin(cluster, "CREATE DATABASE killed"))
    yield from _on("Postgres", postgres.url(cluster, "killed"))


def _on(name: str, url: str) -> Iterator[Row]:
    asyncio.run(upgrade(url))
    count = kill_many(url, KILLS, each=EACH, seed=7)
    yield Row(f"kill -9, {name}: programs killed while approving", count.kills, "")
    yield Row(f"kill -9, {name}: approvals told, all of them stored", count.told, "")
    yield Row(f"kill -9, {name}: stored whole, but killed before telling", count.untold, "")
