"""Queries about the audit of decisions: what happened, what can be taken back, what can be given again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from fantasy_tui.crud.season import current_week
from fantasy_tui.models import AgentDecision, DecisionAction, DecisionEvent, Door, League, User

Traced = tuple[AgentDecision, str, DecisionEvent]
"""A decision, its league's name, and the event in question."""

_OWN_DOORS = (Door.TUI, Door.CLI)
_ANSWERS = (DecisionAction.APPROVE, DecisionAction.REJECT, DecisionAction.SNOOZE)
# What syncs add to a decision afterwards does not make an answer anybody else's.
_AFTERTHOUGHTS = (DecisionAction.APPLY, DecisionAction.SETTLE)
_A_TICK = timedelta(microseconds=1)


async def events(session: AsyncSession, decision_id: str) -> Sequence[DecisionEvent]:
    """The audit of one decision, oldest first."""
    found = await session.scalars(
        select(DecisionEvent).where(DecisionEvent.decision_id == decision_id).order_by(DecisionEvent.version)
    )
    return found.all()


async def one_at_a_time(session: AsyncSession, user_id: str) -> None:
    """Until the transaction ends no other answer of this user's is given (SQLite's writers queue anyway)."""
    await session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


async def next_instant(session: AsyncSession, user_id: str, now: datetime, door: Door) -> datetime:
    """`now`, or just after the user's last own event: the order of answers survives clocks that disagree."""
    if door not in _OWN_DOORS:
        return now
    last = await _last_own(session, user_id, await _in_play(session, user_id, now))
    return max(now, last + _A_TICK) if last is not None else now


async def _in_play(
    session: AsyncSession, user_id: str, now: datetime, *, over_too: bool = False
) -> CompoundSelect[str]:
    """The user's decisions that wait or were answered and can still change; or, `over_too`, all of these weeks.

    By the index of unsettled decisions: of a season's thousands only those of its last weeks are read.
    """
    season = await session.scalar(
        select(func.max(AgentDecision.season)).where(
            AgentDecision.user_id == user_id, AgentDecision.settled_at.is_(None)
        )
    )
    week = (await current_week(session, season, now) if season is not None else None) or 0
    asked = select(AgentDecision.id).where(
        AgentDecision.user_id == user_id,
        AgentDecision.settled_at.is_(None),
        AgentDecision.season == season,
    )
    if not over_too:
        waits_or_answered = or_(AgentDecision.closed_at.is_(None), AgentDecision.user_approved.is_not(None))
        asked = asked.where(AgentDecision.expires_at > now, waits_or_answered)
    return union_all(
        asked.where(AgentDecision.settles_week >= week), asked.where(AgentDecision.settles_week.is_(None))
    )


async def _last_own(
    session: AsyncSession, user_id: str, among: CompoundSelect[str], actions: Sequence[DecisionAction] = ()
) -> datetime | None:
    asked = select(func.max(DecisionEvent.at)).where(
        DecisionEvent.decision_id.in_(among),
        DecisionEvent.door.in_(_OWN_DOORS),
    )
    return await session.scalar(asked.where(DecisionEvent.action.in_(actions)) if actions else asked)


def _last_of_its_decision(
    among: CompoundSelect[str], doors: Sequence[Door]
) -> Select[AgentDecision, str, DecisionEvent]:
    """Decisions with the last event that changed their state, where that came in by one of the doors."""
    later = aliased(DecisionEvent)
    overtaken = (
        select(later.id)
        .where(
            later.decision_id == DecisionEvent.decision_id,
            later.version > DecisionEvent.version,
            later.action.not_in(_AFTERTHOUGHTS),
        )
        .exists()
    )
    return (
        select(AgentDecision, League.name, DecisionEvent)
        .join(League, League.id == AgentDecision.league_id)
        .join(DecisionEvent, DecisionEvent.decision_id == AgentDecision.id)
        .where(AgentDecision.id.in_(among), DecisionEvent.door.in_(doors), ~overtaken)
    )


async def last_answer(
    session: AsyncSession, user_id: str, now: datetime, *, standing_too: bool = False
) -> Traced | None:
    """The user's newest answer that nobody has changed since, an automatic one included.

    One whose deadline has passed or that is carried out stands, and is passed over unless `standing_too`.
    """
    asleep: ColumnElement[bool] = AgentDecision.snoozed_until > now
    among = await _in_play(session, user_id, now, over_too=standing_too)
    asked = _last_of_its_decision(among, (*_OWN_DOORS, Door.POLICY)).where(
        DecisionEvent.action.in_((*_ANSWERS, DecisionAction.REDO)),
        or_(AgentDecision.user_approved.is_not(None), and_(AgentDecision.closed_at.is_(None), asleep)),
    )
    if not standing_too:
        asked = asked.where(AgentDecision.expires_at > now, AgentDecision.executed.is_(False))
    return await _first(session, asked)


async def last_undone(session: AsyncSession, user_id: str, now: datetime) -> Traced | None:
    """The user's newest undo that nothing has happened after: nothing to the decision, no new answer at all."""
    among = await _in_play(session, user_id, now)
    asked = _last_of_its_decision(among, _OWN_DOORS).where(
        AgentDecision.closed_at.is_(None),
        AgentDecision.expires_at > now,
        DecisionEvent.action == DecisionAction.UNDO,
    )
    # An answer counts whatever has become of its decision since.
    every = await _in_play(session, user_id, now, over_too=True)
    answered = await _last_own(session, user_id, every, _ANSWERS)
    if answered is not None:
        asked = asked.where(DecisionEvent.at > answered)
    return await _first(session, asked)


async def _first(session: AsyncSession, asked: Select[AgentDecision, str, DecisionEvent]) -> Traced | None:
    newest = asked.order_by(DecisionEvent.at.desc(), AgentDecision.id).limit(1)
    row = (await session.execute(newest)).first()
    return (row[0], row[1], row[2]) if row is not None else None


def snooze_of(state: dict[str, Any]) -> dict[str, Any]:
    """The columns of a snooze as the audit has kept them."""
    until = state.get("snoozed_until")
    return {
        "snoozed_until": datetime.fromisoformat(until) if until else None,
        "snoozed_for": state.get("snoozed_for"),
    }
