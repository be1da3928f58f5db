"""Queries about decisions and their audit; every change is compare-and-set and leaves an event."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_, update
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

STATE_FIELDS = (
    "user_approved",
    "user_action_taken",
    "decided_at",
    "decided_by",
    "closed_at",
    "snoozed_until",
    "snoozed_for",
    "superseded_by",
    "executed",
    "proof",
)
BEFORE_DEADLINE = timedelta(minutes=10)
"""A snoozed decision is back so long before its deadline, whatever else happens."""

Named = tuple[AgentDecision, str]
"""A decision and its league's name."""


class Place(NamedTuple):
    """Where in the queue a decision stands: no two have the same."""

    expires_at: datetime
    last_week: int
    loss: float
    created_at: datetime
    id: str


# What is about this week alone comes first: the rest can still be done next week.
_LAST_WEEK = func.coalesce(AgentDecision.settles_week, AgentDecision.week)
_QUEUE = (
    AgentDecision.expires_at,
    _LAST_WEEK,
    -AgentDecision.expected_gain,
    AgentDecision.created_at,
    AgentDecision.id,
)


def place_of(decision: AgentDecision) -> Place:
    """Where the decision stands."""
    last_week = decision.settles_week if decision.settles_week is not None else decision.week
    return Place(decision.expires_at, last_week, -decision.expected_gain, decision.created_at, decision.id)


def _with_league() -> Select[AgentDecision, str]:
    return select(AgentDecision, League.name).join(League, League.id == AgentDecision.league_id)


def _waits(user_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        AgentDecision.user_id == user_id,
        AgentDecision.closed_at.is_(None),
        AgentDecision.expires_at > now,
    )


def _awake(now: datetime) -> ColumnElement[bool]:
    """Not snoozed, or back again."""
    return or_(
        AgentDecision.snoozed_until.is_(None),
        AgentDecision.snoozed_until <= now,
        AgentDecision.expires_at <= now + BEFORE_DEADLINE,
    )


def waits_at(decision: AgentDecision, now: datetime) -> bool:
    """Whether a decision as it was read can be answered."""
    return (
        decision.user_approved is None
        and decision.actionable
        and decision.closed_at is None
        and decision.expires_at > now
    )


async def pending(
    session: AsyncSession,
    user_id: str,
    now: datetime,
    limit: int = 1000,
    *,
    actionable: bool = True,
    snoozed: bool = False,
    after: Place | None = None,
) -> list[Named]:
    """A user's decisions that wait, by deadline, horizon and gain; not `actionable`: toss-ups and reports instead.

    `snoozed`: those set aside until later instead. `after`: the page that follows this place.
    """
    asked = select(AgentDecision.id).where(
        *_waits(user_id, now),
        AgentDecision.actionable.is_(actionable),
        ~_awake(now) if snoozed else _awake(now),
    )
    if after is not None:
        # The deadline alone once more: by it the index is entered.
        asked = asked.where(AgentDecision.expires_at >= after.expires_at, tuple_(*_QUEUE) > tuple(after))
    # The page alone first: documents of several kilobytes take no part in the sort.
    page = asked.order_by(*_QUEUE).limit(limit).cte("page")
    rows = await session.execute(_with_league().join(page, page.c.id == AgentDecision.id).order_by(*_QUEUE))
    return [(row[0], row[1]) for row in rows]


async def asleep_for(session: AsyncSession, user_id: str, now: datetime, event: str) -> list[AgentDecision]:
    """A user's snoozed decisions that wait for an event whose name begins so."""
    return list(
        await session.scalars(
            select(AgentDecision).where(
                *_waits(user_id, now),
                ~_awake(now),
                AgentDecision.snoozed_for.startswith(event, autoescape=True),
            )
        )
    )


async def same_version(session: AsyncSession, read: AgentDecision) -> AgentDecision | None:
    """The decision in this session, if it still has the version that was read in another."""
    return await session.scalar(
        select(AgentDecision).where(AgentDecision.id == read.id, AgentDecision.version == read.version)
    )


async def find(session: AsyncSession, decision_id: str, user_id: str) -> Named | None:
    """A user's decision by its id, or by the beginning of one when only one begins so."""
    mine = _with_league().where(AgentDecision.user_id == user_id)
    exact = (await session.execute(mine.where(AgentDecision.id == decision_id))).first()
    if exact is not None:
        return exact[0], exact[1]
    # Ids are of digits and small letters: the range, unlike LIKE, is found by the key's index in any collation.
    in_reach = AgentDecision.id.between(decision_id, decision_id + "z")
    begin = mine.where(in_reach, AgentDecision.id.startswith(decision_id, autoescape=True)).limit(2)
    rows = (await session.execute(begin)).all()
    return (rows[0][0], rows[0][1]) if len(rows) == 1 else None


_SUBJECT = ("user_id", "league_id", "roster_id", "decision_type", "season", "week", "subject")


def _same_question(like: AgentDecision) -> tuple[ColumnElement[bool], ...]:
    return tuple(getattr(AgentDecision, field) == getattr(like, field) for field in _SUBJECT)


async def of_subject(session: AsyncSession, like: AgentDecision) -> list[AgentDecision]:
    """All decisions, newest first, on the same question: user, roster, kind, week and subject."""
    return list(
        await session.scalars(
            select(AgentDecision)
            .where(*_same_question(like))
            .order_by(AgentDecision.created_at.desc(), AgentDecision.id)
        )
    )


async def is_asked(session: AsyncSession, like: AgentDecision) -> bool:
    """Whether a decision on the same question is open."""
    asked = select(AgentDecision.id).where(*_same_question(like), AgentDecision.closed_at.is_(None)).limit(1)
    return await session.scalar(asked) is not None


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


async def supersede(
    session: AsyncSession, old: AgentDecision, fresh: AgentDecision, *, at: datetime, note: str
) -> bool:
    """Put a new decision in the place of an open one, with the events of both; False when that was answered first.

    The old one is closed before the new one can stand, and named by a link after: one event tells it whole.
    """
    before = state_of(old)
    closed = await _set(session, old, {"closed_at": at}, at, AgentDecision.closed_at.is_(None))
    if not closed:
        await session.refresh(old)
        return False
    await add(session, fresh, door=Door.AGENT, at=at)
    old.superseded_by = fresh.id
    await session.flush()
    _record(
        session,
        old,
        before,
        action=DecisionAction.SUPERSEDE,
        actor=old.user_id,
        door=Door.AGENT,
        at=at,
        note=note,
    )
    await session.flush()
    return True


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
    still: tuple[ColumnElement[bool], ...] = ()
    if must_be_open_at is not None:
        still = (
            AgentDecision.user_approved.is_(None),
            AgentDecision.actionable.is_(True),
            AgentDecision.closed_at.is_(None),
            AgentDecision.expires_at > must_be_open_at,
        )
    before = state_of(decision)
    if not await _set(session, decision, values, at, *still):
        return False
    _record(session, decision, before, action=action, actor=actor, door=door, at=at, note=note)
    await session.flush()
    return True


async def _set(
    session: AsyncSession,
    decision: AgentDecision,
    values: dict[str, Any],
    at: datetime,
    *still: ColumnElement[bool],
) -> bool:
    """Compare the version and set; the decision then has what was stored."""
    changed = await session.execute(
        update(AgentDecision)
        .where(AgentDecision.id == decision.id, AgentDecision.version == decision.version, *still)
        .values(version=AgentDecision.version + 1, updated_at=at, **values)
        .returning(AgentDecision.version)
        .execution_options(synchronize_session=False)
    )
    if changed.scalar_one_or_none() is None:
        return False
    await session.refresh(decision)
    return True


def _record(
    session: AsyncSession,
    decision: AgentDecision,
    before: dict[str, Any] | None,
    *,
    action: DecisionAction,
    actor: str,
    door: Door,
    at: datetime,
    note: str | None = None,
) -> None:
    """The event of what the decision has just become."""
    session.add(
        DecisionEvent(
            decision_id=decision.id,
            version=decision.version,
            at=at,
            actor=actor,
            door=door,
            action=action,
            before=before,
            after=state_of(decision),
            note=note,
        )
    )


async def add(session: AsyncSession, decision: AgentDecision, *, door: Door, at: datetime) -> None:
    """Store a new decision with the event of its proposal."""
    session.add(decision)
    await session.flush()
    _record(session, decision, None, action=DecisionAction.PROPOSE, actor=decision.user_id, door=door, at=at)
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


async def terms(session: AsyncSession, user_id: str, now: datetime) -> list[tuple[str, str, int, float]]:
    """League, kind, confidence and expected gain of every decision of `pending`."""
    rows = await session.execute(
        select(
            AgentDecision.league_id,
            AgentDecision.decision_type,
            AgentDecision.confidence_score,
            AgentDecision.expected_gain,
        ).where(*_waits(user_id, now), AgentDecision.actionable.is_(True), _awake(now))
    )
    return [(league_id, kind.value, confidence, gain) for league_id, kind, confidence, gain in rows]
