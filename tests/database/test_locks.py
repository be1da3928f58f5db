"""A second engine on a SQLite file leaves the first one's locks alone: no other process may take its log."""

import asyncio
import sqlite3
import sys

from sqlalchemy import text

from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.store import Store

OPEN_AND_LEAVE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM users").fetchall()
connection.close()
"""


async def test_what_is_written_after_another_process_has_left_is_kept(sqlite_url: str) -> None:
    file = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    store = Store(sqlite_url)
    await store.write(lambda session: session.execute(text("CREATE TABLE earlier (id INTEGER)")))
    await make_engine(sqlite_url).dispose()
    leaving = await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN_AND_LEAVE, file)
    assert await leaving.wait() == 0
    await store.write(lambda session: session.execute(text("CREATE TABLE kept (id INTEGER)")))
    other = sqlite3.connect(file)
    try:
        assert other.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    finally:
        other.close()
    await store.close()
