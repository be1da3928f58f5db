"""Carries answers that were given on a local copy to the shared database: each once, the first one holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.decision_events import one_at_a_time
from fantasy_tui.crud.merge import ANSWER_FIELDS, ANSWERS, Answer, Merged, Refused, Why, merge
from fantasy_tui.database.base import table_of
from fantasy_tui.database.copying import copy_rows
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTask, DecisionAction, DecisionEvent, League

_TOLD = frozenset({*ANSWERS, DecisionAction.EDIT.value})
"""Events that travel: what people and their rules said. The shared database makes all others itself."""
_AT_ONCE = 500
_HOLDS_NOT = {
    Why.LATE: "too late: kept, does not hold",
    Why.SECOND: "does not hold: another answer was first",
    Why.AGREES: "said before already",
}
_INSTANTS = frozenset({"decided_at", "closed_at", "snoozed_until"})


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that does not hold, for the user to know."""

    decision_id: str
    summary: str
    why: Why
    action: str
    at: datetime
    machine: str | None
    first_action: str | None = None
    """What was said first, when and where; none for what came too late."""
    first_at: datetime | None = None
    first_machine: str | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of the answers that were sent."""

    answers: int = 0
    """Those that the shared database did not have."""
    lost: tuple[Lost, ...] = ()

    def __add__(self, other: Replayed) -> Replayed:
        return Replayed(self.answers + other.answers, (*self.lost, *other.lost))


async def replay(copy: Store, shared: Store, user_id: str, since: datetime, now: datetime) -> Replayed:
    """Send what the user answered on the copy since then; done again it changes nothing. Raises StoreError.

    A decision is one transaction: what was sent stays sent when the connection breaks in between.
    """
    done = Replayed()
    async with copy.read() as session:
        given = await _given(session, user_id, since)
        async with shared.read() as there:
            known = await _known(there, [event.id for events in given.values() for event in events])
        source = await session.connection()
        for decision_id, events in given.items():
            if all(event.id in known for event in events):
                continue
            decision = await session.get(AgentDecision, decision_id)

            async def work(
                target: AsyncSession,
                decision_id: str = decision_id,
                decision: AgentDecision | None = decision,
                events: Sequence[DecisionEvent] = events,
                source: AsyncConnection = source,
            ) -> Replayed:
                await one_at_a_time(target, user_id)
                stored = await target.get(AgentDecision, decision_id, with_for_update=True)
                if stored is not None:
                    return await _add(target, stored, events, now)
                return await _bring(source, target, decision, events, now)

            done += await shared.write(work)
    return done


async def _given(session: AsyncSession, user_id: str, since: datetime) -> dict[str, list[DecisionEvent]]:
    """What was said since then, by decision, in order."""
    found = await session.scalars(
        sa.select(DecisionEvent)
        .where(
            DecisionEvent.actor == user_id,
            DecisionEvent.at >= since,
            DecisionEvent.action.in_([DecisionAction(one) for one in sorted(_TOLD)]),
        )
        .order_by(DecisionEvent.at, DecisionEvent.version)
    )
    by_decision: dict[str, list[DecisionEvent]] = defaultdict(list)
    for event in found:
        by_decision[event.decision_id].append(event)
    return by_decision


async def _known(session: AsyncSession, ids: Sequence[str]) -> set[str]:
    """Those of the events that are stored."""
    found: set[str] = set()
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        found.update(await session.scalars(sa.select(DecisionEvent.id).where(DecisionEvent.id.in_(some))))
    return found


async def _add(
    session: AsyncSession, decision: AgentDecision, events: Sequence[DecisionEvent], now: datetime
) -> Replayed:
    """Append what is new to the decision's audit, and let hold what was first."""
    known = await _events(session, decision.id)
    ids = {event.id for event in known}
    new = [event for event in events if event.id not in ids]
    if not new:
        return Replayed()
    added = [_copied(event, decision.version + place, now) for place, event in enumerate(new, start=1)]
    session.add_all(added)
    everything = [*known, *added]
    merged = _merged(everything, decision)
    _note(merged, {event.id: event for event in added})
    await _settle(session, decision, merged, decision.version + len(added), now)
    await session.flush()
    fresh = {event.id for event in added}
    lost = [one for one in merged.conflicts if one.answer.id in fresh or _overtaken(one, fresh)]
    return Replayed(
        sum(event.action.value in ANSWERS for event in added),
        tuple(_lost(one, decision, {event.id: event for event in everything}) for one in lost),
    )


def _note(merged: Merged, added: dict[str, DecisionEvent]) -> None:
    """Say in the audit, of what has just come, what does not hold and what it takes the place of."""
    for one in merged.refused:
        event = added.get(one.answer.id)
        if event is not None:
            event.note = "; ".join(part for part in (event.note, _HOLDS_NOT[one.why]) if part)
        elif one.first is not None and one.first.id in added and one.why is Why.SECOND:
            first = added[one.first.id]
            holds = f"was before the {one.answer.action} of {one.answer.at:%Y-%m-%d %H:%M:%S} UTC"
            first.note = "; ".join(part for part in (first.note, holds) if part)


def _overtaken(one: Refused, fresh: set[str]) -> bool:
    """True for an answer that held until an earlier one came."""
    return one.first is not None and one.first.id in fresh


async def _settle(
    session: AsyncSession, decision: AgentDecision, merged: Merged, version: int, now: datetime
) -> None:
    """Write what holds; a decision that is open again closes when its time is over or its question asked anew."""
    state = {name: _value(name, merged.state.get(name)) for name in ANSWER_FIELDS}
    holds_already = all(getattr(decision, name) == value for name, value in state.items())
    decision.version, decision.updated_at = version, now
    if holds_already:
        return
    if merged.standing is None and decision.closed_at is not None:
        if decision.user_approved is None:
            del state["closed_at"]  # no answer has closed it: superseded, expired or withdrawn
        elif decision.expires_at <= now:
            state["closed_at"] = decision.expires_at
        elif await decisions.is_asked(session, decision):
            state["closed_at"] = now
    if merged.standing is None:
        decision.proof, decision.executed = None, False
    for name, value in state.items():
        setattr(decision, name, value)


async def _bring(
    source: AsyncConnection,
    session: AsyncSession,
    decision: AgentDecision | None,
    events: Sequence[DecisionEvent],
    now: datetime,
) -> Replayed:
    """A decision that the agents made on the copy comes with its run and its whole audit, if it was answered."""
    if decision is None or decision.user_approved is None:
        return Replayed()
    if await session.get(League, decision.league_id) is None:
        last = [event for event in events if event.action.value in ANSWERS][-1]
        lost = Lost(decision.id, _summary(decision), Why.GONE, last.action.value, last.at, last.machine)
        return Replayed(lost=(lost,))
    target = await session.connection()
    # With `upsert` by way of a table of our own: row-level security takes no COPY into these.
    for model, where in (
        (AgentTask, AgentTask.id == decision.task_id),
        (AgentDecision, AgentDecision.id == decision.id),
        (DecisionEvent, DecisionEvent.decision_id == decision.id),
    ):
        await copy_rows(source, target, table_of(model), where, upsert=True)
    return Replayed(sum(event.action.value in ANSWERS for event in events))


async def conflicts(store: Store, user_id: str) -> list[Lost]:
    """Answers of the user's that do not hold beside another machine's, the newest first."""
    async with store.read() as session:
        replayed = sa.select(DecisionEvent.decision_id).where(
            DecisionEvent.actor == user_id, DecisionEvent.replayed_at.is_not(None)
        )
        found = await session.scalars(sa.select(AgentDecision).where(AgentDecision.id.in_(replayed)))
        lost: list[Lost] = []
        for decision in found.all():
            events = await _events(session, decision.id)
            by_id = {event.id: event for event in events}
            lost += [_lost(one, decision, by_id) for one in _merged(events, decision).conflicts]
    return sorted(lost, key=lambda one: one.at, reverse=True)


async def _events(session: AsyncSession, decision_id: str) -> list[DecisionEvent]:
    found = await session.scalars(
        sa.select(DecisionEvent)
        .where(DecisionEvent.decision_id == decision_id)
        .order_by(DecisionEvent.version)
    )
    return list(found)


def _merged(events: Sequence[DecisionEvent], decision: AgentDecision) -> Merged:
    answers = [
        Answer(event.id, event.at, event.action.value, event.before or {}, event.after or {})
        for event in events
        if event.action.value in ANSWERS
    ]
    return merge(answers, decision.expires_at)


def _copied(event: DecisionEvent, version: int, now: datetime) -> DecisionEvent:
    return DecisionEvent(
        id=event.id,
        decision_id=event.decision_id,
        version=version,
        at=event.at,
        actor=event.actor,
        door=event.door,
        action=event.action,
        before=event.before,
        after=event.after,
        note=event.note,
        machine=event.machine,
        replayed_at=now,
    )


def _lost(one: Refused, decision: AgentDecision, events: dict[str, DecisionEvent]) -> Lost:
    first = one.first if one.why is Why.SECOND else None
    return Lost(
        decision_id=decision.id,
        summary=_summary(decision),
        why=one.why,
        action=one.answer.action,
        at=one.answer.at,
        machine=events[one.answer.id].machine,
        first_action=first.action if first is not None else None,
        first_at=first.at if first is not None else None,
        first_machine=events[first.id].machine if first is not None else None,
    )


def _summary(decision: AgentDecision) -> str:
    return str(decision.recommendation["summary"])


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _INSTANTS and value is not None else value
