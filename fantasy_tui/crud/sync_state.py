"""Queries about what was fetched, and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_user_leagues
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


async def ages(session: AsyncSession, resources: Collection[str] | None = None) -> dict[str, datetime]:
    """When each of these resources was last confirmed by its source; none: of all that are stored, which are many."""
    asked = select(SyncState.resource, SyncState.checked_at)
    rows = await session.execute(
        asked if resources is None else asked.where(SyncState.resource.in_(resources))
    )
    return {row.resource: row.checked_at for row in rows}


async def record(
    session: AsyncSession, resource: str, *, etag: str | None, digest: str | None, at: datetime, changed: bool
) -> None:
    """Keep that the resource was checked at `at`, and whether rows changed; others may do so at the same time.

    Whoever records several in one transaction does so in the order of their names: nobody waits in a circle.
    """
    kept = {"etag": etag, "digest": digest, "checked_at": at}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SyncState).values(resource=resource, changed_at=at, **kept)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["resource"], set_=kept | ({"changed_at": at} if changed else {})
        ),
        execution_options={"populate_existing": True},
    )


async def leagues_checked_at(session: AsyncSession, user_id: str) -> datetime | None:
    """When the least recently confirmed rosters of the user's leagues of the newest season were confirmed."""
    leagues = await get_user_leagues(session, user_id)
    newest = max((league.season for league in leagues), default=None)
    rosters = [f"league/{league.id}/rosters" for league in leagues if league.season == newest]
    return await session.scalar(select(func.min(SyncState.checked_at)).where(SyncState.resource.in_(rosters)))


async def known(session: AsyncSession) -> dict[str, Known]:
    """Every resource's last answer."""
    rows = await session.execute(
        select(SyncState.resource, SyncState.etag, SyncState.digest, SyncState.checked_at)
    )
    return {row.resource: Known(row.etag, row.digest, row.checked_at) for row in rows}


async def take(session: AsyncSession, resource: str) -> bool:
    """Have a resource to oneself until the transaction ends; False, without waiting, where another sync has it.

    SQLite's writers come one after the other anyway.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    key = func.hashtextextended(f"fantasy sync {resource}", 0)
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(key))))


async def confirm(session: AsyncSession, answers: Mapping[str, Known], at: datetime) -> None:
    """Keep that these answers still stood at `at`, where they are the stored ones.

    Those that another sync writes at this moment are passed over: it says the same.
    """
    mine = await session.scalars(
        select(SyncState)
        .where(SyncState.resource.in_(answers))
        .order_by(SyncState.resource)
        .with_for_update(skip_locked=True)
    )
    for state in mine:
        answer = answers[state.resource]
        if state.digest == answer.digest:
            state.etag, state.checked_at = answer.etag, max(at, state.checked_at)
    await session.flush()


async def forget(session: AsyncSession, resources: Collection[str]) -> None:
    """Have these resources sent whole when they are asked for next."""
    await session.execute(
        update(SyncState).where(SyncState.resource.in_(resources)).values(etag=None, digest=None)
    )
