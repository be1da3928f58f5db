"""Hearing of others' commits on Postgres: NOTIFY where it reaches us, else a look at the snapshot."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

CHANNEL = "fantasy_tui_changed"
_PROBE = "probe:"
_HEARD_WITHIN = 1.0
"""Seconds in which a notice of our own must come back, or none ever will."""
_PING_AFTER = 10.0
"""Seconds of silence after which the connection is asked whether it is still there."""
_PING_WITHIN = 5.0
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")

log = logging.getLogger(__name__)


class Listener:
    """One connection that listens; where notices do not come through (a pooler between), none is kept.

    `deaf` from the start where no connection is to be kept. `on_notice` is called with the payload as soon as one
    arrives, `on_lost` once the connection was cut.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        on_notice: Callable[[str], None],
        on_lost: Callable[[], None],
        *,
        deaf: bool = False,
    ) -> None:
        self._engine = engine
        self._on_notice = on_notice
        self._on_lost = on_lost
        self._connection: AsyncConnection | None = None
        self._driver: Any = None
        self._answered = 0.0
        self._probe = asyncio.Event()
        self._probe_payload = ""
        self._deaf = deaf
        self._snapshot: str | None = None

    async def missed(self) -> bool:
        """Listen, anew where need be; True when something may have happened that no notice told of."""
        if self._deaf:
            return await self._compare()
        if self._driver is not None and await self._is_there():
            return False
        await self.close()
        await self._listen()
        return True

    async def close(self) -> None:
        """Close the connection: one that listens must not return to the pool."""
        connection, self._connection, self._driver = self._connection, None, None
        self._snapshot = None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

    async def _listen(self) -> None:
        """Outside any transaction, in which no notice would come."""
        from asyncpg import PostgresError

        self._connection = await self._engine.connect()
        driver: Any = (await self._connection.get_raw_connection()).driver_connection
        try:
            await driver.add_listener(CHANNEL, self._hear)
        except PostgresError as error:
            if driver.is_closed():
                raise ConnectionError(str(error)) from error
            log.info("LISTEN is refused (%s): others' changes are looked for instead", error)
            await self._give_up()
            return
        driver.add_termination_listener(self._cut)
        self._driver, self._answered = driver, time.monotonic()
        if not await self._hears():
            log.info("no notices come through: others' changes are looked for instead")
            await self._give_up()

    async def _hears(self) -> bool:
        """Whether a notice sent on another connection comes back on this one."""
        self._probe.clear()
        self._probe_payload = _PROBE + uuid.uuid4().hex
        async with self._engine.connect() as other:
            await other.execute(_NOTIFY, {"channel": CHANNEL, "payload": self._probe_payload})
            await other.commit()
        try:
            await asyncio.wait_for(self._probe.wait(), _HEARD_WITHIN)
        except TimeoutError:
            return False
        return True

    async def _give_up(self) -> None:
        await self.close()
        self._deaf = True
        await self._compare()

    async def _compare(self) -> bool:
        """Whether any transaction has begun or ended since the last look: cheap, and it errs on the safe side."""
        async with self._engine.connect() as connection:
            snapshot = str(await connection.scalar(text("SELECT pg_current_snapshot()::text")))
        before, self._snapshot = self._snapshot, snapshot
        return before != snapshot

    async def _is_there(self) -> bool:
        """False once the connection is closed, or no longer answers though nobody has closed it."""
        if self._driver.is_closed():
            return False
        if time.monotonic() - self._answered < _PING_AFTER:
            return True
        try:
            await self._driver.execute("SELECT 1", timeout=_PING_WITHIN)
        except Exception as error:
            log.info("the listening connection is gone: %r", error)
            return False
        self._answered = time.monotonic()
        return True

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self._answered = time.monotonic()
        if payload == self._probe_payload:
            self._probe.set()
        elif not str(payload).startswith(_PROBE):
            self._on_notice(str(payload))

    def _cut(self, driver: object) -> None:
        if driver is self._driver:
            self._on_lost()
