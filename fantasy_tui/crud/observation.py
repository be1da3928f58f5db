"""Queries about what was known when: changes are appended, and read back as of an instant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.bulk import CHUNK
from fantasy_tui.models import Observation, ObservationKind

Value = dict[str, Any] | None


async def remember(
    session: AsyncSession,
    kind: ObservationKind,
    scope: str,
    values: Mapping[str, Value],
    seen_at: datetime,
    *,
    whole: bool = False,
) -> int:
    """Append what differs from what was last seen in the scope; returns how many changes there were.

    `whole` says that `values` is all there is: a subject that is missing from it is gone.
    """
    last = await known(session, kind, scope)
    if whole:
        values = {**dict.fromkeys(last), **values}
    changes = {subject: value for subject, value in values.items() if last.get(subject) != value}
    if not changes:
        return 0
    # A clock that stands still, as in a replay, may see a second change at one instant: the last one counts.
    taken = set(
        await session.scalars(
            select(Observation.subject).where(
                Observation.kind == kind, Observation.scope == scope, Observation.seen_at == seen_at
            )
        )
    )
    for subject in taken & changes.keys():
        row = await session.get(Observation, (kind, scope, subject, seen_at))
        if row is not None:
            row.value = changes[subject]
    fresh = [
        {"kind": kind, "scope": scope, "subject": subject, "seen_at": seen_at, "value": value}
        for subject, value in changes.items()
        if subject not in taken
    ]
    for start in range(0, len(fresh), CHUNK):
        await session.execute(insert(Observation), fresh[start : start + CHUNK])
    return len(changes)


async def known(
    session: AsyncSession, kind: ObservationKind, scope: str, at: datetime | None = None
) -> dict[str, dict[str, Any]]:
    """By subject, what was last seen in the scope until `at` (none: until now), without what was gone by then."""
    bounds = [Observation.kind == kind, Observation.scope == scope]
    if at is not None:
        bounds.append(Observation.seen_at <= at)
    newest = (
        select(Observation.subject, func.max(Observation.seen_at).label("seen_at"))
        .where(*bounds)
        .group_by(Observation.subject)
        .subquery()
    )
    rows = await session.execute(
        select(Observation.subject, Observation.value)
        .join(
            newest,
            (newest.c.subject == Observation.subject) & (newest.c.seen_at == Observation.seen_at),
        )
        .where(Observation.kind == kind, Observation.scope == scope)
    )
    return {row.subject: row.value for row in rows if row.value is not None}
