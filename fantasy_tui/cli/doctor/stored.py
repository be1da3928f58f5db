"""The database: which it is, whether it can be used, how full its disk is, and how old what it holds."""

from __future__ import annotations

import shutil
import stat
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.cli.doctor.finding import Finding, fault, ok, warning
from fantasy_tui.cli.settings import shown_url
from fantasy_tui.clock import utcnow
from fantasy_tui.database import migrate
from fantasy_tui.database.engine import normalise
from fantasy_tui.database.errors import StoreError
from fantasy_tui.database.health import Health, health
from fantasy_tui.database.revision import HEAD
from fantasy_tui.failures import UNREACHABLE

if TYPE_CHECKING:
    from datetime import datetime

STALE = timedelta(days=1)
FULL = 200_000_000
"""Free bytes below which a season's sync may not fit."""
LONG_LOG = 200_000_000
"""Bytes of SQLite's log from which it is clear that nobody folds it back."""
_KINDS = {"leagues": "league/", "players": "players", "projections": "projections/", "kickoffs": "games"}


async def database(context: Context) -> AsyncIterator[Finding]:
    """All about the database; a file that is not there yet is not made."""
    name, url = shown_url(context.database_url), context.database_url
    try:
        file = _file(url)
        if file is not None and not file.exists():
            yield ok("database", f"{name} is not there yet; it is made when it is first needed.")
            yield _disk(file)
            yield _never()
            return
        found, revision = await health(url), await migrate.current(url)
    except StoreError as error:
        yield fault("database", str(error), code=UNREACHABLE)
        return
    yield _answers(name, found)
    if revision != HEAD:
        yield fault(
            "schema",
            f"At revision {revision or 'none'}; this app needs {HEAD}.",
            "Run `fantasy-tui db upgrade`.",
        )
        return
    yield ok("schema", f"Up to date (revision {revision}).")
    if file is not None:
        for finding in _on_disk(file, found):
            yield finding
    elif found.vectors is None:
        yield fault(
            "pgvector", "The extension is not there.", "Let an administrator run CREATE EXTENSION vector."
        )
    else:
        yield ok("pgvector", f"Version {found.vectors}.")
    async for finding in _data(context):
        yield finding


def _file(url: str) -> Path | None:
    parsed = normalise(url)
    path = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(path) if path and path != ":memory:" else None


def _answers(name: str, found: Health) -> Finding:
    what = f"{name} ({found.engine}, {_size(found.size)})"
    if found.read_only:
        return fault("database", f"{what} takes no changes.", "Connect to the primary, not to a standby.")
    return ok("database", f"{what} answers and can be written.")


def _on_disk(file: Path, found: Health) -> Iterator[Finding]:
    yield _disk(file)
    log = file.with_name(f"{file.name}-wal")
    waiting = log.stat().st_size if log.exists() else 0
    if found.journal != "wal":
        yield warning(
            "journal",
            f"The journal is “{found.journal}”: screens wait while something is written.",
            "Keep the file on a local disk; network disks know no write-ahead log.",
        )
    elif waiting > LONG_LOG:
        yield warning(
            "journal", f"The write-ahead log has grown to {_size(waiting)}.", "Close every fantasy-tui once."
        )
    else:
        yield ok("journal", f"Write-ahead log, {_size(waiting)}.")
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        yield warning("permissions", f"Others can read {file} ({mode:03o}).", f"Run chmod 600 {file}")
    else:
        yield ok("permissions", f"The file is yours alone ({mode:03o}).")


def _disk(file: Path) -> Finding:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    if free < FULL:
        return warning(
            "disk", f"{_size(free)} are free at {folder}.", "A season's sync may not fit: make room."
        )
    return ok("disk", f"{_size(free)} are free.")


async def _data(context: Context) -> AsyncIterator[Finding]:
    """How long ago each kind of data was confirmed by its source."""
    async with context.workspace(for_user=False) as workspace:
        ages, leagues = await workspace.fetched(), await workspace.synced_at()
    if not ages:
        yield _never()
        return
    for kind, begins in _KINDS.items():
        fetched = [at for resource, at in ages.items() if resource.startswith(begins)]
        # A shared database has the leagues of others as well, of whatever age.
        yield _aged(kind, [leagues] if kind == "leagues" and leagues is not None else fetched)


def _aged(kind: str, fetched: list[datetime]) -> Finding:
    if not fetched:
        return warning(kind, "Never fetched.", "Run `fantasy-tui sync`.")
    # Of the leagues the one that was left behind counts; of the weeks the latest.
    at, now = (min if kind == "leagues" else max)(fetched), utcnow()
    if now - at > STALE:
        return warning(kind, f"Last fetched {output.ago(at, now)}.", "Run `fantasy-tui sync`.")
    return ok(kind, f"Fetched {output.ago(at, now)}.")


def _never() -> Finding:
    return warning(
        "leagues", "None has been synced yet.", "Run `fantasy-tui sync USERNAME`, or open the app."
    )


def _size(number: int) -> str:
    """Bytes as people say them, in powers of 1000."""
    for unit, bytes_of_it in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if number >= bytes_of_it:
            return f"{number / bytes_of_it:,.1f} {unit}"
    return f"{number / 1000:,.0f} kB"
