"""Engines for Postgres (asyncpg) and SQLite (aiosqlite), and all that differs between them when connecting."""

import contextlib
import errno
import os
import re
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import Pool

from fantasy_tui.database.errors import StoreError, StoreUnreachable
from fantasy_tui.database.options import arguments as connect_arguments

BUSY_TIMEOUT_MS = 5000
MANY = 100
"""Sets of values from which planning a statement for each of them costs more than it brings."""

_IN_QUERY = re.compile(r"([?&](?:ssl)?password=)[^&]*")
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def normalise(url: str) -> URL:
    """The URL with its async driver; raises StoreError for other databases or an unreadable URL."""
    try:
        parsed = make_url(url)
    except Exception:  # the parser's own error would repeat the URL, password included
        raise StoreError(
            "The database URL cannot be read; write sqlite:///file or postgresql://host/name."
        ) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise StoreError(f"{parsed.drivername} is not a database this app can use; use sqlite or postgresql.")
    return parsed.set(drivername=driver)


def redact(url: str) -> str:
    """The URL for people to read: without its passwords."""
    return _IN_QUERY.sub(r"\1***", normalise(url).render_as_string(hide_password=True))


def make_engine(
    url: str,
    *,
    pool_size: int = 10,
    max_overflow: int = 20,
    begin: str = "DEFERRED",
    migrating: bool = False,
    poolclass: type[Pool] | None = None,
) -> AsyncEngine:
    """An async engine; `begin` is how a SQLite transaction starts (DEFERRED or IMMEDIATE)."""
    parsed = normalise(url)
    options: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
    }
    if poolclass is not None:
        options["poolclass"] = poolclass
    else:
        options |= {"pool_size": pool_size, "max_overflow": max_overflow}
    if parsed.get_backend_name() == "postgresql":
        # The generic plan of a prepared statement can be 150 times slower on the queue.
        parsed, arguments = connect_arguments(parsed)
        arguments["server_settings"] = {"plan_cache_mode": "force_custom_plan"}
        engine = create_async_engine(parsed, pool_pre_ping=True, connect_args=arguments, **options)
        _plan_many_once(engine)
        return engine
    _private_file(parsed.database)
    engine = create_async_engine(parsed, **options)
    _own_transactions(engine, begin, migrating)
    return engine


def _plan_many_once(engine: AsyncEngine) -> None:
    """Plan a statement with many sets of values once and not for each: bulk writes take half the time."""

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def _many(
        _connection: Connection, cursor: Any, _statement: str, sets: Any, _context: Any, executemany: bool
    ) -> None:
        if executemany and len(sets) >= MANY:
            cursor.execute("SET LOCAL plan_cache_mode = auto")


def _private_file(database: str | None) -> None:
    """Make folder and file readable by their owner alone, before SQLite would make them with the umask."""
    if not database or database == ":memory:":
        return
    path = Path(database)
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
        # Closing a file that is there already would drop the locks that SQLite holds on it in this process,
        # and another process that leaves would take the write-ahead log along with everything in it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise StoreUnreachable(f"The database file {path} cannot be opened: {error.strerror}.") from None


def _own_transactions(engine: AsyncEngine, begin: str, migrating: bool) -> None:
    """Let SQLAlchemy, not sqlite3, begin transactions, so that SAVEPOINT and schema changes roll back."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        _stop_once(connection.driver_connection)
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        # A table rebuilt by a migration would otherwise take its children along.
        cursor.execute(f"PRAGMA foreign_keys={'OFF' if migrating else 'ON'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")


def _stop_once(connection: Any) -> None:
    """Let a connection that is stopped again wait for its first stop.

    SQLAlchemy stops one whose task is cancelled while it is closed, and aiosqlite's close stops it, too: the second
    stop would wait for ever for the thread that the first one has ended.
    """
    stop = connection.stop
    first: list[Any] = []

    def stop_once() -> Any:
        if not first:
            first.append(stop())
        return first[0]

    connection.stop = stop_once
