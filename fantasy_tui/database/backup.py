"""A copy of a SQLite file that is in use, as of one instant; writers go on meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

from fantasy_tui.database.engine import BUSY_TIMEOUT_MS, normalise, redact
from fantasy_tui.database.errors import StoreError

PAGES = 256
"""Pages a step: a megabyte, after which others have a turn."""


class BackupFailed(StoreError):
    """There is no backup; the message says why."""


class _Stopped(Exception):
    """Nobody waits for the backup any more."""


async def backup(
    url: str,
    file: Path,
    *,
    force: bool = False,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Write the SQLite database to `file`, readable by its owner alone; returns its bytes.

    The file appears whole and checked, or not at all. Raises BackupFailed.
    """
    parsed = normalise(url)
    if parsed.get_backend_name() != "sqlite":
        raise BackupFailed(
            f"{redact(url)} is a Postgres, whose backups are made by pg_dump;"
            " `fantasy-tui db copy` can bring it into a SQLite file."
        )
    loop, stop = asyncio.get_running_loop(), threading.Event()

    def tell(done: int, total: int) -> None:
        if stop.is_set():
            raise _Stopped
        loop.call_soon_threadsafe(on_progress, done, total)

    work = asyncio.ensure_future(asyncio.to_thread(_whole, Path(parsed.database or ""), file, force, tell))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.set()
        with contextlib.suppress(_Stopped):
            await work
        raise


def _whole(source: Path, file: Path, force: bool, tell: Callable[[int, int], None]) -> int:
    if not source.is_file():
        raise BackupFailed(f"There is no database file {source}.")
    if file.exists() and file.samefile(source):
        raise BackupFailed(f"{file} is the database itself: name another file.")
    if file.is_dir():
        raise BackupFailed(f"{file} is a folder: name a file.")
    if file.exists() and not force:
        raise BackupFailed(f"{file} exists already: name another file, or add --force.")
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(source, beside, tell)
        size = _settle(beside)
        beside.replace(file)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be written: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise BackupFailed(f"The database {source} could not be backed up: {error}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return size


def _copy(source: Path, beside: Path, tell: Callable[[int, int], None]) -> None:
    """Page by page from one read transaction: SQLite would begin anew after each foreign write otherwise."""
    origin = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    copy = sqlite3.connect(beside)
    try:
        origin.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master")
        origin.backup(copy, pages=PAGES, progress=lambda _, left, total: tell(total - left, total))
        # One file that needs no log beside it, wherever it is taken.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise BackupFailed(f"The copy of {source} is damaged and was thrown away: {found}.")
    finally:
        copy.close()
        origin.close()


def _settle(file: Path) -> int:
    """On disk for certain; its size."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)
