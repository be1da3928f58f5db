"""One sync's means: ask for a resource only if it changed, write it with its state in one transaction, report."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
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
        self._confirmed: list[tuple[str, str | None, str | None]] = []
        self._on_progress = on_progress
        self._planned = 0
        # Answers wait here, not for a connection: that wait has an end.
        self._writing = asyncio.Semaphore(IN_FLIGHT)

    async def begin(self) -> None:
        """Read what earlier syncs have left."""
        async with self.store.read() as session:
            self._known = await sync_state.known(session)

    async def end(self) -> None:
        """Record in one transaction what was asked for and had not changed."""
        confirmed = self._confirmed

        async def work(session: AsyncSession) -> None:
            for key, etag, digest in confirmed:
                await sync_state.record(session, key, etag=etag, digest=digest, at=self.now, changed=False)

        if confirmed:
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

    async def keep(self, resource: Resource[T], step: str, reply: Reply[T], write: Write[T]) -> Changes:
        """Write an answer and its state in one transaction; raises SleeperBadAnswer where its values make no sense."""
        value = reply.value
        changes = Changes()
        if value is None:
            self._confirmed.append((resource.key, reply.etag, reply.digest))
        else:

            async def work(session: AsyncSession) -> Changes:
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
                changes = await self.write(work)
            except ValueError as error:
                raise unreadable(resource, "with values that make no sense", str(error)) from error
        self.reports.append(ResourceReport(resource.key, changes.inserted, changes.updated, changes.deleted))
        self._tell(step)
        return changes

    async def write(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Write in a transaction, taking turns with the sync's other writes."""
        async with self._writing:
            return await self.store.write(work)

    def skip(self, key: str, step: str, error: SleeperError) -> None:
        """Go on without a resource."""
        log.warning("%s skipped: %s (%s)", key, error, error.detail)
        self.reports.append(ResourceReport(key, skipped=str(error)))
        self._tell(step)

    def _tell(self, step: str) -> None:
        self._on_progress(SyncProgress(step, len(self.reports), max(self._planned, len(self.reports))))
