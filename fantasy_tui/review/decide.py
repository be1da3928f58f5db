"""What a person does about a decision: approve, reject, undo; whoever comes second is told who was first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.user import get_user
from fantasy_tui.models import AgentDecision, DecisionAction, Door
from fantasy_tui.review.queue import DecisionNotFound, status_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store


class DecisionConflict(Exception):
    """The decision no longer waits, or cannot be undone; the message says who did what and when."""


class NothingToUndo(Exception):
    """The user has not decided anything that could be undone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was done, after it is in the database."""

    decision_id: str
    league: str
    summary: str
    action: str
    """approve, reject or undo."""
    at: datetime


async def approve(store: Store, decision_id: str, *, actor: str, door: Door, now: datetime) -> Verdict:
    """Approve a waiting decision; raises DecisionNotFound or DecisionConflict."""
    return await _decide(store, decision_id, actor, door, now, DecisionAction.APPROVE, None)


async def reject(
    store: Store, decision_id: str, *, actor: str, door: Door, now: datetime, reason: str | None = None
) -> Verdict:
    """Reject a waiting decision, perhaps with a reason; raises DecisionNotFound or DecisionConflict."""
    return await _decide(store, decision_id, actor, door, now, DecisionAction.REJECT, reason)


async def undo(store: Store, *, actor: str, door: Door, now: datetime) -> Verdict:
    """Take back the user's last approval or rejection; raises NothingToUndo or DecisionConflict."""

    async def work(session: AsyncSession) -> Verdict:
        found = await decisions.last_decided(session, actor)
        if found is None:
            raise NothingToUndo("There is no decision of yours to undo.")
        decision, league = found
        summary = str(decision.recommendation["summary"])
        if decision.expires_at <= now:
            raise DecisionConflict(f"“{summary}” cannot be undone: its deadline has passed.")
        older = await decisions.of_subject(session, decision)
        if any(other.closed_at is None for other in older):
            raise DecisionConflict(f"“{summary}” cannot be undone: newer advice on the same question waits.")
        values = {
            "user_approved": None,
            "user_action_taken": None,
            "decided_at": None,
            "decided_by": None,
            "closed_at": None,
        }
        done = await decisions.change(
            session, decision, values, action=DecisionAction.UNDO, actor=actor, door=door, at=now
        )
        if not done:
            raise DecisionConflict(f"“{summary}” was changed by someone else at this moment; look again.")
        return Verdict(decision.id, league, summary, DecisionAction.UNDO.value, now)

    return await store.write(work)


async def _decide(
    store: Store,
    decision_id: str,
    actor: str,
    door: Door,
    now: datetime,
    action: DecisionAction,
    reason: str | None,
) -> Verdict:
    """Answer a decision in one transaction with its audit event."""

    async def work(session: AsyncSession) -> Verdict:
        found = await decisions.find(session, decision_id, actor)
        if found is None:
            raise DecisionNotFound(decision_id)
        decision, league = found
        taken: dict[str, Any] = {"action": action.value}
        if reason:
            taken["note"] = reason
        values = {
            "user_approved": action is DecisionAction.APPROVE,
            "user_action_taken": taken,
            "decided_at": now,
            "decided_by": actor,
            "closed_at": now,
        }
        done = await decisions.change(
            session,
            decision,
            values,
            action=action,
            actor=actor,
            door=door,
            at=now,
            must_be_open_at=now,
            note=reason,
        )
        if not done:
            await session.refresh(decision)
            raise DecisionConflict(await _why_closed(session, decision, now))
        return Verdict(decision.id, league, str(decision.recommendation["summary"]), action.value, now)

    return await store.write(work)


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
    return f"“{summary}” expired at {decision.expires_at:%Y-%m-%d %H:%M} UTC."
