"""The store as everything above sees it: read, write, prepare, close."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from fantasy_tui.database.acting import Acting
from fantasy_tui.database.changes import Changes
from fantasy_tui.database.engine import make_engine, normalise, redact
from fantasy_tui.database.explain import explain

T = TypeVar("T")
log = logging.getLogger(__name__)


class Store:
    """A database: one transaction a write, shielded from cancellation; a session of its own for each read."""

    def __init__(self, url: str, *, pool_size: int = 10, max_overflow: int = 20) -> None:
        self.url = url
        self.redacted_url = redact(url)
        self.dialect = normalise(url).get_backend_name()
        self._reader = make_engine(url, pool_size=pool_size, max_overflow=max_overflow)
        if self.dialect == "sqlite":
            # One writer: the others queue in the event loop instead of sleeping inside SQLite.
            self._writer = make_engine(url, pool_size=1, max_overflow=0, begin="IMMEDIATE")
        else:
            self._writer = self._reader
            self._acting = Acting(self._reader)
        self._read = async_sessionmaker(self._reader, expire_on_commit=False)
        self._write = async_sessionmaker(self._writer, expire_on_commit=False)
        self._changes = Changes(self._reader, listens=pool_size + max_overflow > 1)

    def act_for(self, user_id: str) -> None:
        """See and write this user's own rows from the next transaction on (SQLite keeps nothing from anybody)."""
        if self.dialect == "postgresql":
            self._acting.user_id = user_id

    async def prepare(self) -> None:
        """Bring the schema up to date; raises StoreUnreachable, StoreTooNew or MigrationFailed."""
        from fantasy_tui.database.revision import HEAD, stored_revision

        with explain(self.redacted_url):
            async with self._reader.connect() as connection:
                revision = await stored_revision(connection)
        if revision != HEAD:
            from fantasy_tui.database.migrate import upgrade  # imports Alembic

            await upgrade(self.url)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session to read with; nothing done in it is committed."""
        with explain(self.redacted_url):
            async with self._read() as session:
                yield session

    async def write(self, work: Callable[[AsyncSession], Awaitable[T]], *, announced: bool = True) -> T:
        """Run `work` in one transaction and commit; rolled back when it raises.

        Once begun it ends, whatever happens to the caller's task: a cancelled SQLite write would hold its lock.
        Not `announced`, Postgres tells others of it with the next write that is: commits that tell go one by one.
        """
        return await unbroken(self._transaction(work, announced))

    async def _transaction(self, work: Callable[[AsyncSession], Awaitable[T]], announced: bool) -> T:
        with explain(self.redacted_url):
            async with self._write() as session, session.begin():
                done = await work(session)
                if announced:
                    await self._changes.announce(session)
                return done

    def on_news(self, call: Callable[[], None]) -> None:
        """Have `call` called, in the event loop, as soon as the token is worth a look; Postgres alone tells.

        Only while the token is asked for from time to time: that also reconnects after an outage.
        """
        self._changes.on_news = call

    async def changed_token(self) -> int:
        """A number that moves when another connection has committed to the store."""
        with explain(self.redacted_url):
            return await self._changes.token()

    async def close(self) -> None:
        """Give back every connection."""
        await self._changes.close()
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()


async def unbroken(work: Awaitable[T]) -> T:
    """Await `work` to its end however often the caller is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("a write failed whose caller was gone", exc_info=error)
        raise
