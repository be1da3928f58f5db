"""Queries about decisions and their audit; every change is compare-and-set and leaves an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import (
    AgentDecision,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
    League,
    Roster,
)

STATE_FIELDS = ("user_approved", "decided_at", "decided_by", "closed_at", "snoozed_until", "superseded_by")

Named = tuple[AgentDecision, str]
"""A decision and its league's name."""


def _with_league() -> Select[AgentDecision, str]:
    return select(AgentDecision, League.name).join(League, League.id == AgentDecision.league_id)


def _waits(user_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        AgentDecision.user_id == user_id,
        AgentDecision.closed_at.is_(None),
        AgentDecision.expires_at > now,
    )


async def pending(
    session: AsyncSession, user_id: str, now: datetime, limit: int = 1000, *, actionable: bool = True
) -> list[Named]:
    """A user's decisions that wait, by deadline, horizon and gain; not `actionable`: toss-ups and reports instead."""
    rows = await session.execute(
        _with_league()
        .where(*_waits(user_id, now), AgentDecision.actionable.is_(actionable))
        .order_by(
            AgentDecision.expires_at,
            # What is about this week alone comes first: the rest can still be done next week.
            func.coalesce(AgentDecision.settles_week, AgentDecision.week),
            AgentDecision.expected_gain.desc(),
            AgentDecision.created_at,
            AgentDecision.id,
        )
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


async def find(session: AsyncSession, decision_id: str, user_id: str) -> Named | None:
    """A user's decision by its id, or by the beginning of one when only one begins so."""
    rows = (
        await session.execute(
            _with_league()
            .where(
                AgentDecision.user_id == user_id,
                AgentDecision.id.startswith(decision_id, autoescape=True),
            )
            .limit(2)
        )
    ).all()
    exact = [row for row in rows if row[0].id == decision_id] or rows
    return (exact[0][0], exact[0][1]) if len(exact) == 1 else None


async def of_subject(session: AsyncSession, like: AgentDecision) -> list[AgentDecision]:
    """All decisions, newest first, on the same question: user, roster, kind, week and subject."""
    return list(
        await session.scalars(
            select(AgentDecision)
            .where(
                *(
                    getattr(AgentDecision, field) == getattr(like, field)
                    for field in (
                        "user_id",
                        "league_id",
                        "roster_id",
                        "decision_type",
                        "season",
                        "week",
                        "subject",
                    )
                )
            )
            .order_by(AgentDecision.created_at.desc(), AgentDecision.id)
        )
    )


async def open_of_kind(
    session: AsyncSession, user_id: str, league_id: str, roster_id: int, kind: AgentTaskType
) -> list[AgentDecision]:
    """A roster's decisions of one kind that are not closed."""
    return list(
        await session.scalars(
            select(AgentDecision).where(
                AgentDecision.user_id == user_id,
                AgentDecision.league_id == league_id,
                AgentDecision.roster_id == roster_id,
                AgentDecision.decision_type == kind,
                AgentDecision.closed_at.is_(None),
            )
        )
    )


async def lock_roster(session: AsyncSession, league_id: str, roster_id: int) -> None:
    """Until the transaction ends nobody else proposes for this roster (SQLite's writers queue anyway)."""
    await session.execute(
        select(Roster.id)
        .where(Roster.league_id == league_id, Roster.roster_id == roster_id)
        .with_for_update()
    )


def state_of(decision: AgentDecision) -> dict[str, Any]:
    """What the audit keeps of a decision's state, as JSON values."""
    values = {field: getattr(decision, field) for field in STATE_FIELDS}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


async def change(
    session: AsyncSession,
    decision: AgentDecision,
    values: dict[str, Any],
    *,
    action: DecisionAction,
    actor: str,
    door: Door,
    at: datetime,
    must_be_open_at: datetime | None = None,
    note: str | None = None,
) -> bool:
    """Write `values` and one event, if the decision still has the version read; False when it has not.

    `must_be_open_at` also asks that it be undecided and not expired at that instant.
    """
    same = and_(AgentDecision.id == decision.id, AgentDecision.version == decision.version)
    if must_be_open_at is not None:
        same = and_(
            same,
            AgentDecision.user_approved.is_(None),
            AgentDecision.actionable.is_(True),
            AgentDecision.closed_at.is_(None),
            AgentDecision.expires_at > must_be_open_at,
        )
    before = state_of(decision)
    changed = await session.execute(
        update(AgentDecision)
        .where(same)
        .values(version=AgentDecision.version + 1, updated_at=at, **values)
        .returning(AgentDecision.version)
        .execution_options(synchronize_session=False)
    )
    version = changed.scalar_one_or_none()
    if version is None:
        return False
    await session.refresh(decision)
    session.add(
        DecisionEvent(
            decision_id=decision.id,
            version=version,
            at=at,
            actor=actor,
            door=door,
            action=action,
            before=before,
            after=state_of(decision),
            note=note,
        )
    )
    await session.flush()
    return True


async def add(session: AsyncSession, decision: AgentDecision, *, door: Door, at: datetime) -> None:
    """Store a new decision with the event of its proposal."""
    session.add(decision)
    await session.flush()
    session.add(
        DecisionEvent(
            decision_id=decision.id,
            version=decision.version,
            at=at,
            actor=decision.user_id,
            door=door,
            action=DecisionAction.PROPOSE,
            before=None,
            after=state_of(decision),
        )
    )
    await session.flush()


async def any_late(session: AsyncSession, user_id: str, now: datetime) -> bool:
    """True when a deadline has passed that `expire` has not closed yet."""
    late = select(AgentDecision.id).where(
        AgentDecision.user_id == user_id, AgentDecision.closed_at.is_(None), AgentDecision.expires_at <= now
    )
    return await session.scalar(late.limit(1)) is not None


async def expire(session: AsyncSession, user_id: str, now: datetime) -> int:
    """Close the decisions whose deadline has passed; returns how many."""
    late = await session.scalars(
        select(AgentDecision).where(
            AgentDecision.user_id == user_id,
            AgentDecision.closed_at.is_(None),
            AgentDecision.expires_at <= now,
        )
    )
    closed = [
        await change(
            session,
            decision,
            {"closed_at": decision.expires_at},
            action=DecisionAction.EXPIRE,
            actor=user_id,
            door=Door.AGENT,
            at=now,
        )
        for decision in late
    ]
    return sum(closed)


async def events(session: AsyncSession, decision_id: str) -> Sequence[DecisionEvent]:
    """The audit of one decision, oldest first."""
    found = await session.scalars(
        select(DecisionEvent).where(DecisionEvent.decision_id == decision_id).order_by(DecisionEvent.version)
    )
    return found.all()


async def last_decided(session: AsyncSession, user_id: str) -> Named | None:
    """The decision the user approved or rejected last and has not undone since."""
    row = (
        await session.execute(
            _with_league()
            .join(
                DecisionEvent,
                and_(
                    DecisionEvent.decision_id == AgentDecision.id,
                    DecisionEvent.version == AgentDecision.version,
                ),
            )
            .where(
                DecisionEvent.actor == user_id,
                DecisionEvent.action.in_((DecisionAction.APPROVE, DecisionAction.REJECT)),
            )
            .order_by(DecisionEvent.at.desc(), AgentDecision.id)
            .limit(1)
        )
    ).first()
    return (row[0], row[1]) if row is not None else None


async def waiting_by_league(session: AsyncSession, user_id: str, now: datetime) -> dict[str, int]:
    """How many decisions wait in each league."""
    waiting: dict[str, int] = {}
    for league_id in await session.scalars(
        select(AgentDecision.league_id).where(*_waits(user_id, now), AgentDecision.actionable.is_(True))
    ):
        waiting[league_id] = waiting.get(league_id, 0) + 1
    return waiting
