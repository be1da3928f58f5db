"""A whole database into another: checked before, one transaction on the target, verified before it is kept."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from fantasy_tui.database.copying import Differs, copy_rows, verify_rows
from fantasy_tui.database.emptying import empty, first_with_rows, lock
from fantasy_tui.database.engine import make_engine, normalise, redact
from fantasy_tui.database.errors import StoreError
from fantasy_tui.database.explain import explain
from fantasy_tui.database.migrate import current, upgrade
from fantasy_tui.database.revision import HEAD


class CopyRefused(StoreError):
    """Nothing was copied; the message says why."""


class CopyFailed(StoreError):
    """The copy did not go through; the target's rows are as they were."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a copy is; a row counts when it is copied and again when it is verified."""

    done: int
    total: int
    doing: str


_LACKS_A_RIGHT = "42501"
Tell = Callable[[Progress], None]


async def move(
    source_url: str,
    target_url: str,
    tables: Sequence[sa.Table],
    *,
    replace: bool = False,
    on_progress: Tell = lambda _: None,
) -> dict[str, int]:
    """Copy and verify every table, those first that others refer to; returns the rows of each.

    The target is migrated first. It must hold no row, unless `replace` says that they are to be removed. Raises
    CopyRefused, CopyFailed, or what `explain` makes of a database that cannot be used.
    """
    _check_names(source_url, target_url)
    if (revision := await current(source_url)) != HEAD:
        raise CopyRefused(
            f"The database {redact(source_url)} is at revision {revision or 'none'} and this app needs {HEAD}:"
            " run `fantasy-tui db upgrade` on it first."
        )
    await upgrade(target_url)
    async with _both(source_url, target_url) as (source, target):
        if await _one_database(source, target):
            raise CopyRefused(f"Both are the same database: {redact(target_url)}.")
        await lock(target, tables)
        if replace:
            await empty(target, tables)
        elif (held := await first_with_rows(target, tables)) is not None:
            raise CopyRefused(
                f"The database {redact(target_url)} holds rows already (in {held}): name an empty one,"
                " or add --replace to lose everything that is in it."
            )
        return await _copy_all(source, target, tables, on_progress)


async def _copy_all(
    source: AsyncConnection, target: AsyncConnection, tables: Sequence[sa.Table], tell: Tell
) -> dict[str, int]:
    counts = {
        table.name: await source.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in tables
    }
    done, total = 0, 2 * sum(counts.values())

    def counter(doing: str) -> Callable[[int], None]:
        def on_page(rows: int) -> None:
            nonlocal done
            done += rows
            tell(Progress(done, total, doing))

        return on_page

    for table in tables:
        with _naming(table.name):
            await copy_rows(source, target, table, on_page=counter(f"copying {table.name}"))
    for table in tables:
        with _naming(table.name):
            verified = await verify_rows(
                source, target, table, alone=True, on_page=counter(f"verifying {table.name}")
            )
            assert verified == counts[table.name], "a snapshot does not change"
    if target.dialect.name == "postgresql":
        await target.execute(sa.text(f"ANALYZE {', '.join(counts)}"))
    return counts


@contextmanager
def _naming(table: str) -> Iterator[None]:
    """Have what goes wrong say in which table."""
    try:
        yield
    except Differs as differs:
        raise CopyFailed(f"The copy is not like the original: {differs} Nothing of it was kept.") from differs
    except DBAPIError as error:
        error.add_note(f"table {table}")
        raise


def _check_names(source_url: str, target_url: str) -> None:
    """Refuse what the URLs alone show to be wrong, before a file could be made."""
    source, target = normalise(source_url), normalise(target_url)
    for url in (source, target):
        if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
            raise CopyRefused("A database in memory cannot be copied: name a file, as in sqlite:///file.")
    if source.get_backend_name() == "sqlite":
        file = Path(source.database or "")
        if not file.is_file():
            raise CopyRefused(f"There is no database file {file}.")
        if target.get_backend_name() == "sqlite" and file.resolve() == Path(target.database or "").resolve():
            raise CopyRefused(f"Both are the same file: {file}.")


@asynccontextmanager
async def _both(source_url: str, target_url: str) -> AsyncIterator[tuple[AsyncConnection, AsyncConnection]]:
    """The source as of one instant, and a transaction on the target that is committed if all goes well."""
    engines = (
        make_engine(source_url, poolclass=NullPool),
        make_engine(target_url, poolclass=NullPool, begin="IMMEDIATE"),
    )
    blamed = target_url

    @event.listens_for(engines[0].sync_engine, "handle_error")
    def _blame_source(_: Any) -> None:
        nonlocal blamed
        blamed = source_url

    try:
        async with AsyncExitStack() as stack:
            with explain(redact(source_url)):
                source = await stack.enter_async_context(engines[0].connect())
                await _begin_snapshot(source)
            with explain(redact(target_url)):
                target = await stack.enter_async_context(engines[1].begin())
            yield source, target
    except (DBAPIError, OSError, TimeoutError) as error:
        raise _told(error, redact(blamed)) from error
    finally:
        for engine in engines:
            await engine.dispose()


async def _begin_snapshot(source: AsyncConnection) -> None:
    if source.dialect.name != "postgresql":
        await source.execute(sa.text("SELECT 1 FROM alembic_version"))  # what begins SQLite's
        return
    await source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    # A part of the rows must not pass for all of them: an error where policies would leave out some.
    await source.execute(sa.text("SET LOCAL row_security = off"))


def _told(error: DBAPIError | OSError, database: str) -> StoreError:
    """The error as a sentence: the one for what the user can mend, or else what the driver said, and where."""
    try:
        with explain(database):
            raise error
    except DBAPIError as unexplained:
        said = str(unexplained.driver_exception).partition("\n")[0]
    except StoreError as told:
        if not isinstance(error, DBAPIError) or error.orig is None:
            return told
        if getattr(error.orig, "sqlstate", None) != _LACKS_A_RIGHT:
            return told
        said = "this needs the owner of the tables, who sees and may write all of their rows"
    where = ", ".join([database, *getattr(error, "__notes__", [])])
    return CopyFailed(f"The copy failed and nothing of it was kept ({where}): {said}.")


async def _one_database(source: AsyncConnection, target: AsyncConnection) -> bool:
    """Whether two Postgres connections, however their URLs are written, have come to one database."""
    if {source.dialect.name, target.dialect.name} != {"postgresql"}:
        return False
    key = {"key": secrets.randbits(62)}
    await target.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), key)
    return not await source.scalar(sa.text("SELECT pg_try_advisory_xact_lock(:key)"), key)
