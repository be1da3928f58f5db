"""One sync's means: ask for a resource only if it changed, write it with its state in one transaction, report."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import sync_state
from fantasy_tui.crud.mirror import Changes
from fantasy_tui.database.store import Store
from fantasy_tui.sleeper.client import IN_FLIGHT, Reply, SleeperClient, unreadable
from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.errors import SleeperError, SleeperUnreachable
from fantasy_tui.sleeper.report import ResourceReport, SyncProgress

T = TypeVar("T")
Write = Callable[[AsyncSession, T], Awaitable[Changes]]
log = logging.getLogger(__name__)

# Stat corrections land for about a week; after that a week stays as it is.
CORRECTIONS = timedelta(days=8)
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two looks whether another sync has written what both of us have fetched."""


class _Taken(Exception):
    """Another sync writes the same at this moment."""


class Run:
    """A sync that is under way."""

    def __init__(
        self,
        store: Store,
        client: SleeperClient,
        now: datetime,
        on_progress: Callable[[SyncProgress], None],
    ) -> None:
        self.store = store
        self.client = client
        self.now = now
        self.reports: list[ResourceReport] = []
        self.week_ends: dict[int, datetime] = {}
        """Last kickoff of each week of the season."""
        self._known: dict[str, sync_state.Known] = {}
        self._confirmed: dict[str, sync_state.Known] = {}
        self._on_progress = on_progress
        self._planned = 0
        # Answers wait here, not for a connection: that wait has an end.
        self._writing = asyncio.Semaphore(IN_FLIGHT)

    async def begin(self) -> None:
        """Read what earlier syncs have left."""
        async with self.store.read() as session:
            self._known = await sync_state.known(session)

    async def end(self) -> None:
        """Record in one transaction what was asked for and had not changed, and tell other screens of it all."""
        confirmed = self._confirmed

        async def work(session: AsyncSession) -> None:
            await sync_state.confirm(session, confirmed, self.now)

        if confirmed or self.reports:
            await self.store.write(work)

    def plan(self, resources: int) -> None:
        """Say that so many more resources will be brought up to date."""
        self._planned += resources

    def checked_at(self, key: str) -> datetime | None:
        """When the resource was last confirmed."""
        return self._known[key].checked_at if key in self._known else None

    def is_settled(self, key: str, week: int) -> bool:
        """True when the resource of a week was fetched after the week's last correction could land."""
        checked, end = self.checked_at(key), self.week_ends.get(week)
        return checked is not None and end is not None and checked >= end + CORRECTIONS

    async def forget(self, session: AsyncSession, *beginnings: str) -> None:
        """Have the resources whose keys begin so sent again by this sync or, should it fail, by a later one."""
        keys = [key for key in self._known if key.startswith(beginnings)]
        for key in keys:
            self._known[key] = replace(self._known[key], etag=None, digest=None)
        await sync_state.forget(session, keys)

    async def fetch(self, resource: Resource[T], *, again: bool = False) -> Reply[T]:
        """Ask for a resource, telling Sleeper what is known unless it is to be sent `again`."""
        known = None if again else self._known.get(resource.key)
        return await self.client.get(
            resource, etag=known.etag if known else None, digest=known.digest if known else None
        )

    async def bring(
        self,
        resource: Resource[T],
        step: str,
        write: Write[T],
        *,
        again: bool = False,
        optional: bool = False,
    ) -> Changes:
        """Bring one resource up to date; what cannot be read is skipped and reported.

        Raises SleeperUnreachable unless the resource is `optional`.
        """
        try:
            return await self.keep(resource, step, await self.fetch(resource, again=again), write)
        except SleeperError as error:
            if isinstance(error, SleeperUnreachable) and not optional:
                raise
            self.skip(resource.key, step, error)
            return Changes()

    async def keep(
        self, resource: Resource[T], step: str, reply: Reply[T], write: Write[T], *, alone: Sequence[str] = ()
    ) -> Changes:
        """Write an answer and its state in one transaction; raises SleeperBadAnswer where its values make no sense.

        No other sync writes the resource, or what else is to be had `alone`, meanwhile.
        """
        value = reply.value
        changes = Changes()
        if value is None:
            self._confirm(resource.key, reply)
        else:

            async def work(session: AsyncSession) -> Changes:
                if await self._is_stored(session, resource.key, reply):
                    self._confirm(resource.key, reply)
                    return Changes()
                done = await write(session, value)
                await sync_state.record(
                    session,
                    resource.key,
                    etag=reply.etag,
                    digest=reply.digest,
                    at=self.now,
                    changed=bool(done),
                )
                return done

            try:
                changes = await self.write(work, resource.key, *alone)
            except ValueError as error:
                raise unreadable(resource, "with values that make no sense", str(error)) from error
        self.reports.append(ResourceReport(resource.key, changes.inserted, changes.updated, changes.deleted))
        self._tell(step)
        return changes

    def _confirm(self, key: str, reply: Reply[T]) -> None:
        self._confirmed[key] = sync_state.Known(reply.etag, reply.digest, self.now)

    async def _is_stored(self, session: AsyncSession, key: str, reply: Reply[T]) -> bool:
        """True when another sync has stored this very answer since ours began."""
        known = self._known.get(key)
        if known is not None and known.digest == reply.digest:
            return False  # asked for again for a reason
        state = await sync_state.get_state(session, key)
        return state is not None and reply.digest is not None and state.digest == reply.digest

    async def write(self, work: Callable[[AsyncSession], Awaitable[T]], *alone: str) -> T:
        """Write in a transaction, taking turns with the sync's other writes.

        What is to be had `alone` is not waited for within a transaction, whose own locks others would wait for.
        """

        async def exclusively(session: AsyncSession) -> T:
            for key in alone:
                if not await sync_state.take(session, key):
                    raise _Taken
            return await work(session)

        pause = FIRST_PAUSE
        while True:
            try:
                async with self._writing:
                    return await self.store.write(exclusively, announced=False)
            except _Taken:
                await asyncio.sleep(random.uniform(0.5, 1) * pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def skip(self, key: str, step: str, error: SleeperError) -> None:
        """Go on without a resource."""
        log.warning("%s skipped: %s (%s)", key, error, error.detail)
        self.reports.append(ResourceReport(key, skipped=str(error)))
        self._tell(step)

    def _tell(self, step: str) -> None:
        self._on_progress(SyncProgress(step, len(self.reports), max(self._planned, len(self.reports))))
