"""Opens the app on the demo: a database of its own, built on the first start and kept for the next."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.folders import data_folder

VERSION = 10
"""Rises whenever the same seed gives other rows than before; a file of another version is built anew."""

_PATIENCE = 30.0


def launch_demo(*, seed: int = 7, fresh: bool = False) -> int:
    """Open the app offline on the demo and return its exit code; raises StoreError as `demo_settings` does."""
    settings = demo_settings(seed=seed, fresh=fresh)
    from fantasy_tui.tui.launch import launch

    return launch(settings, demo=True)


def demo_settings(*, seed: int = 7, fresh: bool = False) -> dict[str, Any]:
    """The settings of the demo, its database made; `fresh` forgets what was decided.

    Raises StoreError when the database cannot be made.
    """
    return {
        "database_url": f"sqlite+aiosqlite:///{demo_file(seed, fresh=fresh)}",
        "now": NOW,
        "offline": True,
        "username": USERNAME,
    }


def demo_file(seed: int = 7, *, fresh: bool = False, folder: Path | None = None) -> Path:
    """The demo's database in `folder` (none: the user-data folder), built when it is not there or `fresh`.

    It gets its name only once it is whole. Raises StoreError.
    """
    folder = folder or data_folder()
    file = folder / f"demo-{VERSION}-{seed}.db"
    if fresh or not file.is_file():
        _rebuild(file, seed, fresh=fresh)
    return file


def _rebuild(file: Path, seed: int, *, fresh: bool) -> None:
    import asyncio

    from fantasy_tui.database.errors import StoreError
    from fantasy_tui.demo.build import build_file
    from fantasy_tui.demo.progress import line

    half = file.with_suffix(".building")
    try:
        file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        with _alone(file.parent / "demo.lock"):
            if file.is_file() and not fresh:
                return
            _remove(half)
            with line() as on_progress:
                asyncio.run(build_file(half, seed, on_progress))
            for old in file.parent.glob("demo-*.db"):
                if not old.name.startswith(f"demo-{VERSION}-"):
                    _remove(old)
            _remove(file)
            half.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The demo cannot be made in {file.parent}: {error}.") from error


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; SQLite's lock goes with the process that holds it, however it ends."""
    connection = sqlite3.connect(lock, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _remove(file: Path) -> None:
    """Delete a database with its log: a log left behind would be read into the next file of that name."""
    for part in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + part).unlink(missing_ok=True)
