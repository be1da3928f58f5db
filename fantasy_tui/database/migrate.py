"""Migrations, run inside the app's event loop or by the plain `alembic` command."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

import fantasy_tui
from fantasy_tui.database.engine import make_engine, redact
from fantasy_tui.database.errors import MigrationFailed, StoreTooNew
from fantasy_tui.database.explain import explain
from fantasy_tui.database.revision import HEAD, stored_revision
from fantasy_tui.database.roles import owns_schema

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

# Alembic's context is global to the process, and an asyncio lock belongs to one loop.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


def script_location() -> Path:
    """The folder of migrations: inside an installed package, beside it in a checkout."""
    package = Path(fantasy_tui.__file__).parent
    installed = package / "_alembic"
    return installed if installed.is_dir() else package.parent / "alembic"


def alembic_config() -> Config:
    """Alembic's configuration without an ini file."""
    from alembic.config import Config

    config = Config(stdout=io.StringIO())  # what it has to say is for its own command line
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    return config


async def upgrade(url: str, revision: str = "head") -> None:
    """Upgrade; raises StoreUnreachable, StoreTooNew, MigrationFailed. Two at once: one waits for the other."""
    from alembic import command

    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str) -> None:
    """Downgrade; same errors as `upgrade`."""
    from alembic import command

    await _run(url, lambda config: command.downgrade(config, revision))


async def current(url: str) -> str | None:
    """The stored revision; none for an empty database."""
    engine = make_engine(url, poolclass=NullPool)
    try:
        with explain(redact(url)):
            async with engine.connect() as connection:
                return await stored_revision(connection)
    finally:
        await engine.dispose()


async def check(url: str) -> list[str]:
    """How the stored schema differs from the models; empty when it does not."""
    from alembic import command
    from alembic.util.exc import CommandError

    try:
        await _run(url, command.check)
    except MigrationFailed as failed:
        if isinstance(failed.__cause__, CommandError):
            return str(failed.__cause__).splitlines()
        raise
    return []


async def _run(url: str, act: Callable[[Config], None]) -> None:
    from alembic.script import ScriptDirectory

    config = alembic_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    engine = make_engine(url, migrating=True, begin="IMMEDIATE", poolclass=NullPool)
    failure = MigrationFailed(
        f"The database {redact(url)} could not be migrated; its schema is as it was, the log has the cause."
    )

    def work(connection: Connection) -> None:
        config.attributes["connection"] = connection
        try:
            act(config)
        except (DBAPIError, OSError):
            raise  # may be one the user can mend
        except Exception as error:
            log.warning("a migration did not go through", exc_info=error)
            raise failure from error

    try:
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            with explain(redact(url)):
                async with engine.connect() as connection:
                    stored = await stored_revision(connection)
                    if stored is not None and stored not in known:
                        raise StoreTooNew(
                            f"The database {redact(url)} was made by a newer version of fantasy-tui"
                            f" (revision {stored}); upgrade the app."
                        )
                    if stored not in (None, HEAD) and not await owns_schema(connection):
                        raise MigrationFailed(
                            f"The database {redact(url)} is at revision {stored} and this app needs {HEAD}:"
                            " its owner has to run `fantasy-tui db upgrade`."
                        )
                    # The migration begins a transaction of its own.
                    await connection.rollback()
                    await connection.run_sync(work)
    except DBAPIError as error:
        log.warning("a migration did not go through", exc_info=error)
        raise failure from error
    finally:
        await engine.dispose()
