"""Tells that something else has written to the store: PRAGMA data_version on SQLite, NOTIFY on Postgres."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from fantasy_tui.database.listen import CHANNEL, Listener


class Changes:
    """A token that moves with every foreign commit; on Postgres it is told of at once, too.

    `listens`: a connection of the pool may be kept for it.
    """

    def __init__(self, engine: AsyncEngine, *, listens: bool = True) -> None:
        self.on_news: Callable[[], None] | None = None
        """Called in the event loop when a notice has come, or the connection it would come on was cut."""
        self._engine = engine
        self._listener = (
            Listener(engine, self._hear, self._tell, deaf=not listens)
            if engine.dialect.name == "postgresql"
            else None
        )
        self._connection: AsyncConnection | None = None
        self._heard = 0
        self._version = 0
        self._own = uuid.uuid4().hex
        self._lock = asyncio.Lock()

    async def announce(self, session: AsyncSession) -> None:
        """Within a transaction: tell the others once it commits (SQLite needs no telling)."""
        if self._listener is not None:
            await session.execute(
                text("SELECT pg_notify(:channel, :own)"), {"channel": CHANNEL, "own": self._own}
            )

    async def token(self) -> int:
        """A number that differs from the last one when another connection has committed since."""
        async with self._lock:
            try:
                moved = await (self._listener.missed() if self._listener is not None else self._look())
            except BaseException:
                # A connection that failed or whose use was cancelled may miss what comes.
                await self._let_go()
                raise
            self._heard += moved
            return self._heard

    async def _look(self) -> bool:
        """Ask SQLite; versions of two connections have nothing to do with each other."""
        is_new = self._connection is None
        if self._connection is None:
            self._connection = await self._engine.connect()
        before = self._version
        self._version = (await self._connection.exec_driver_sql("PRAGMA data_version")).scalar_one()
        await self._connection.rollback()
        return is_new or self._version != before

    def _hear(self, payload: str) -> None:
        if payload != self._own:
            self._heard += 1
            self._tell()

    def _tell(self) -> None:
        if self.on_news is not None:
            self.on_news()

    async def close(self) -> None:
        """Tell of nothing any more."""
        self.on_news = None
        await self._let_go()

    async def _let_go(self) -> None:
        if self._listener is not None:
            await self._listener.close()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()
