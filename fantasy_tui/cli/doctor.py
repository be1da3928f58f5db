"""The command `doctor`: is everything there that the app needs?"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.cli.settings import shown_url
from fantasy_tui.clock import utcnow
from fantasy_tui.config import ConfigError
from fantasy_tui.database import migrate
from fantasy_tui.database.engine import normalise
from fantasy_tui.database.errors import StoreError
from fantasy_tui.database.revision import HEAD
from fantasy_tui.failures import ELSE, OK, UNREACHABLE, USAGE
from fantasy_tui.logs import LogFile, log_file

STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it ended; `code` is the exit code it asks for."""

    check: str
    message: str
    code: int = OK


async def doctor(context: Context) -> int:
    """Check everything, even after a failure; the first failure gives the exit code."""
    settings = _settings(context)
    findings = [settings]
    if settings.code == OK:
        database = await _database(context)
        findings += [database, await _data(context, database), await _sleeper(context)]
    findings += [_log(), _terminal()]
    if context.json:
        output.as_json([{"check": f.check, "ok": f.code == OK, "message": f.message} for f in findings])
    else:
        rows = [("ok" if f.code == OK else "PROBLEM", f.check, f.message) for f in findings]
        output.say(*output.table(("", "CHECK", "FOUND"), rows))
    return next((finding.code for finding in findings if finding.code != OK), OK)


def _settings(context: Context) -> Finding:
    try:
        settings = context.settings
    except ConfigError as error:
        return Finding("settings", str(error), USAGE)
    whose = f"of {settings.username}" if settings.username else "of the only user stored"
    return Finding("settings", f"Can be used; the leagues shown are those {whose}.")


async def _database(context: Context) -> Finding:
    """Reachable, and at the right revision; a file that is not there yet is not made."""
    name = shown_url(context.database_url)
    try:
        if _missing_file(context.database_url):
            return Finding("database", f"{name} is not there yet; it is made when it is first needed.")
        revision = await migrate.current(context.database_url)
    except StoreError as error:
        return Finding("database", str(error), UNREACHABLE)
    if revision != HEAD:
        found = f"{name} is at revision {revision or 'none'} and this app needs {HEAD}"
        return Finding("database", f"{found}: run `fantasy-tui db upgrade`.", ELSE)
    return Finding("database", f"{name} answers and is up to date (revision {revision}).")


def _missing_file(url: str) -> bool:
    parsed = normalise(url)
    path = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return bool(path) and path != ":memory:" and not Path(str(path)).exists()


async def _data(context: Context, database: Finding) -> Finding:
    """How long ago Sleeper confirmed the leagues."""
    if database.code != OK:
        return Finding("data", "Not looked at, because of the database.", database.code)
    synced = None
    if not _missing_file(context.database_url):
        async with context.workspace(for_user=False) as workspace:
            synced = await workspace.synced_at()
    if synced is None:
        return Finding("data", "No league has been synced yet: run `fantasy-tui sync USERNAME`.", ELSE)
    age = output.ago(synced, utcnow())
    if utcnow() - synced > STALE:
        return Finding("data", f"The leagues were last synced {age}: run `fantasy-tui sync`.", ELSE)
    return Finding("data", f"The leagues were synced {age}.")


async def _sleeper(context: Context) -> Finding:
    """Sleeper answers; not asked in offline mode."""
    if context.settings.offline:
        return Finding("sleeper", "Not asked: offline mode is on.")
    from fantasy_tui.sleeper import endpoints
    from fantasy_tui.sleeper.client import SleeperClient
    from fantasy_tui.sleeper.errors import SleeperError

    try:
        async with SleeperClient(str(context.settings.sleeper_url)) as client:
            await client.get(endpoints.state())
    except SleeperError as error:
        return Finding("sleeper", str(error), UNREACHABLE)
    return Finding("sleeper", "Answers.")


def _log() -> Finding:
    path = log_file()
    handler = LogFile(path)
    try:
        handler.probe()
    except OSError as error:
        return Finding("log", f"{path} cannot be written: {error.strerror}.", ELSE)
    finally:
        handler.close()
    return Finding("log", f"{path} can be written.")


def _terminal() -> Finding:
    if sys.stdout is None or not sys.stdout.isatty():
        return Finding("terminal", "This output goes elsewhere; the app itself needs a terminal.")
    if os.environ.get("TERM", "") in ("", "dumb"):
        return Finding("terminal", "TERM names no terminal that can show screens.", ELSE)
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        return Finding(
            "terminal", f"Shows {sys.stdout.encoding}, not UTF-8: set LANG to a UTF-8 locale.", ELSE
        )
    size = shutil.get_terminal_size()
    return Finding("terminal", f"{os.environ['TERM']}, {size.columns} columns, {size.lines} lines.")
