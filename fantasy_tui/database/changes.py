"""Tells that something else has written to the store: PRAGMA data_version on SQLite, NOTIFY on Postgres."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

CHANNEL = "fantasy_tui_changed"


class Changes:
    """A token that moves with every foreign commit; one connection is kept for it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._heard = 0
        self._version = 0
        self._own = uuid.uuid4().hex
        self._lock = asyncio.Lock()

    async def announce(self, session: AsyncSession) -> None:
        """Within a transaction: tell the others once it commits (SQLite needs no telling)."""
        if self._engine.dialect.name == "postgresql":
            await session.execute(
                text("SELECT pg_notify(:channel, :own)"), {"channel": CHANNEL, "own": self._own}
            )

    async def token(self) -> int:
        """A number that differs from the last one when another connection has committed since."""
        async with self._lock:
            try:
                await (self._listen if self._engine.dialect.name == "postgresql" else self._look)()
            except BaseException:
                # A connection that failed or whose use was cancelled may miss what comes.
                await self.close()
                raise
            return self._heard

    async def _look(self) -> None:
        """Ask SQLite; versions of two connections have nothing to do with each other."""
        if self._connection is None:
            self._connection = await self._engine.connect()
            self._heard += 1
        version = (await self._connection.exec_driver_sql("PRAGMA data_version")).scalar_one()
        await self._connection.rollback()
        if version != self._version:
            self._version = version
            self._heard += 1

    async def _listen(self) -> None:
        """Keep a listening connection, outside any transaction; a new one counts as a change."""
        if self._connection is not None:
            raw = await self._connection.get_raw_connection()
            driver: Any = raw.driver_connection
            if not driver.is_closed():
                return
            await self.close()
        self._connection = await self._engine.connect()
        driver = (await self._connection.get_raw_connection()).driver_connection
        await driver.add_listener(CHANNEL, self._hear)
        self._heard += 1

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        if payload != self._own:
            self._heard += 1

    async def close(self) -> None:
        """Close the connection: one that listens must not return to the pool."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()
