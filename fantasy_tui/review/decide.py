"""What a person does about a decision: approve, reject; whoever comes second is told who was first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.decision_events import next_instant, one_at_a_time
from fantasy_tui.crud.user import get_user
from fantasy_tui.models import AgentDecision, DecisionAction, Door
from fantasy_tui.review.moved import moved_since
from fantasy_tui.review.queue import UNREADABLE, DecisionNotFound, status_of
from fantasy_tui.review.snooze import snooze
from fantasy_tui.review.undo import redo, undo
from fantasy_tui.review.verdict import DecisionConflict, Moved, NothingToUndo, Verdict

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

__all__ = [
    "DecisionConflict",
    "Moved",
    "NothingToUndo",
    "Verdict",
    "approve",
    "redo",
    "reject",
    "snooze",
    "undo",
]


async def approve(
    store: Store,
    decision_id: str,
    *,
    actor: str,
    door: Door,
    now: datetime,
    edit: dict[str, Any] | None = None,
    edit_gain: float | None = None,
    edit_confidence: int | None = None,
    policy: str | None = None,
    only_if: Callable[[AsyncSession], Awaitable[bool]] | None = None,
) -> Verdict:
    """Approve a waiting decision, or an edited recommendation in its place; `policy` is the rule that does it.

    What it rests on is read again in the same transaction, in which `only_if` is asked too. The numbers are those
    of the edit. Raises DecisionNotFound, Moved when the world is another one than the recommendation's, or
    DecisionConflict.
    """

    async def work(session: AsyncSession) -> Verdict:
        decision, league = await _waiting(session, decision_id, actor, now)
        document = readable(edit if edit is not None else decision.recommendation)
        if document is None or document["kind"] != decision.decision_type.value:
            raise DecisionConflict(f"{UNREADABLE}.")
        if only_if is not None and not await only_if(session):
            raise DecisionConflict(f"“{document['summary']}” is left to the person.")
        changes = await moved_since(session, decision, document, now)
        if changes:
            raise Moved(changes)
        taken: dict[str, Any] = {"action": DecisionAction.APPROVE.value}
        if policy is not None:
            taken["policy"] = policy
        at = await next_instant(session, actor, now, door)
        if edit is not None:
            taken |= {"edit": document, "expected_gain": edit_gain, "confidence": edit_confidence}
            edited = {"user_action_taken": taken | {"action": DecisionAction.EDIT.value}}
            await _answer(session, decision, edited, DecisionAction.EDIT, actor, door, now, at)
        values = _closed(taken, actor, now, approved=True)
        note = f"by rule {policy[:8]}" if policy is not None else None
        await _answer(session, decision, values, DecisionAction.APPROVE, actor, door, now, at, note=note)
        return Verdict(
            decision.id,
            league,
            str(document["summary"]),
            DecisionAction.APPROVE.value,
            now,
            edited=edit is not None,
        )

    return await store.write(work)


async def reject(
    store: Store, decision_id: str, *, actor: str, door: Door, now: datetime, reason: str | None = None
) -> Verdict:
    """Reject a waiting decision, perhaps with a reason; raises DecisionNotFound or DecisionConflict."""

    async def work(session: AsyncSession) -> Verdict:
        decision, league = await _waiting(session, decision_id, actor, now)
        taken: dict[str, Any] = {"action": DecisionAction.REJECT.value}
        if reason:
            taken["note"] = reason
        values = _closed(taken, actor, now, approved=False)
        at = await next_instant(session, actor, now, door)
        await _answer(session, decision, values, DecisionAction.REJECT, actor, door, now, at, note=reason)
        summary = str(decision.recommendation["summary"])
        return Verdict(decision.id, league, summary, DecisionAction.REJECT.value, now)

    return await store.write(work)


async def _waiting(session: AsyncSession, decision_id: str, actor: str, now: datetime) -> decisions.Named:
    """The decision and its league's name while it waits; raises DecisionNotFound or DecisionConflict."""
    found = await decisions.find(session, decision_id, actor)
    if found is None:
        raise DecisionNotFound(decision_id)
    decision, _ = found
    # Whoever comes too late need not stand in line to hear it: many of them would hold up those who are in time.
    if decisions.waits_at(decision, now):
        await one_at_a_time(session, actor)
        await session.refresh(decision)
    if not decisions.waits_at(decision, now):
        raise DecisionConflict(await _why_closed(session, decision, now))
    return found


def _closed(taken: dict[str, Any], actor: str, now: datetime, *, approved: bool) -> dict[str, Any]:
    return {
        "user_approved": approved,
        "user_action_taken": taken,
        "decided_at": now,
        "decided_by": actor,
        "closed_at": now,
        "snoozed_until": None,
        "snoozed_for": None,
    }


async def _answer(
    session: AsyncSession,
    decision: AgentDecision,
    values: dict[str, Any],
    action: DecisionAction,
    actor: str,
    door: Door,
    now: datetime,
    at: datetime,
    note: str | None = None,
) -> None:
    """Compare-and-set with the event; raises DecisionConflict when somebody else came first."""
    done = await decisions.change(
        session,
        decision,
        values,
        action=action,
        actor=actor,
        door=door,
        at=at,
        must_be_open_at=now,
        note=note,
    )
    if not done:
        await session.refresh(decision)
        raise DecisionConflict(await _why_closed(session, decision, now))


async def _why_closed(session: AsyncSession, decision: AgentDecision, now: datetime) -> str:
    """Who answered, or what else ended the wait, and when."""
    summary = decision.recommendation["summary"]
    status = status_of(decision, now)
    if decision.decided_at is not None:
        who = await get_user(session, decision.decided_by) if decision.decided_by else None
        name = who.display_name if who is not None else "someone"
        return f"“{summary}” was already {status} by {name} at {decision.decided_at:%Y-%m-%d %H:%M} UTC."
    if not decision.actionable and status == "pending":
        return f"“{summary}” is listed for your information: there is nothing to approve or reject."
    if status == "superseded":
        return f"“{summary}” was replaced by newer advice; look at the queue again."
    if status == "pending":
        return f"“{summary}” was changed by someone else at this moment; look again."
    return f"“{summary}” expired at {decision.expires_at:%Y-%m-%d %H:%M} UTC."
