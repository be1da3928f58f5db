"""Queries about what was fetched, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import SyncState


@dataclass(frozen=True, slots=True)
class Known:
    """Enough of an answer to ask whether it has changed."""

    etag: str | None
    digest: str | None
    checked_at: datetime


async def get_state(session: AsyncSession, resource: str) -> SyncState | None:
    """The last answer of one resource."""
    return await session.get(SyncState, resource)


async def ages(session: AsyncSession) -> dict[str, datetime]:
    """When each resource was last confirmed by its source."""
    rows = await session.execute(select(SyncState.resource, SyncState.checked_at))
    return {row.resource: row.checked_at for row in rows}


async def record(
    session: AsyncSession, resource: str, *, etag: str | None, digest: str | None, at: datetime, changed: bool
) -> None:
    """Keep that the resource was checked at `at`, and whether rows changed."""
    state = await session.get(SyncState, resource)
    if state is None:
        state = SyncState(resource=resource, changed_at=at)
        session.add(state)
    state.etag, state.digest, state.checked_at = etag, digest, at
    if changed:
        state.changed_at = at
    await session.flush()


async def leagues_checked_at(session: AsyncSession) -> datetime | None:
    """When the least recently confirmed rosters were confirmed."""
    return await session.scalar(
        select(func.min(SyncState.checked_at)).where(SyncState.resource.like("league/%/rosters"))
    )


async def known(session: AsyncSession) -> dict[str, Known]:
    """Every resource's last answer."""
    rows = await session.execute(
        select(SyncState.resource, SyncState.etag, SyncState.digest, SyncState.checked_at)
    )
    return {row.resource: Known(row.etag, row.digest, row.checked_at) for row in rows}


async def forget(session: AsyncSession, resources: Collection[str]) -> None:
    """Have these resources sent whole when they are asked for next."""
    await session.execute(
        update(SyncState).where(SyncState.resource.in_(resources)).values(etag=None, digest=None)
    )
