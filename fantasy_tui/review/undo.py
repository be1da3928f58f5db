"""Taking answers back, newest first, and giving them again; all of it is read from the audit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import decision_events as trail
from fantasy_tui.models import AgentDecision, DecisionAction, DecisionEvent, Door
from fantasy_tui.review.moved import moved_since
from fantasy_tui.review.verdict import DecisionConflict, Moved, NothingToUndo, Verdict

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

_WAITS = dict.fromkeys(
    (
        "user_approved",
        "user_action_taken",
        "decided_at",
        "decided_by",
        "closed_at",
        "snoozed_until",
        "snoozed_for",
        "proof",
    )
)


async def undo(store: Store, *, actor: str, door: Door, now: datetime) -> Verdict:
    """Take back the user's newest answer that still can be: the decision waits again, set aside or not before.

    Answers whose deadline has passed, or which Sleeper already shows as carried out, stand and are passed over.
    Raises NothingToUndo or DecisionConflict.
    """

    async def work(session: AsyncSession) -> Verdict:
        await trail.one_at_a_time(session, actor)
        found = await trail.last_answer(session, actor, now)
        if found is None:
            raise await _nothing_to_undo(session, actor, now)
        decision, league, _ = found
        summary = _summary(decision)
        # Whoever proposes for the roster at this moment is waited for: one question is open once.
        await decisions.lock_roster(session, decision.league_id, decision.roster_id)
        if decision.closed_at is not None and await decisions.is_asked(session, decision):
            raise DecisionConflict(f"“{summary}” cannot be undone: newer advice on the same question waits.")
        values = _WAITS | {"executed": False}
        at = await trail.next_instant(session, actor, now, door)
        await _change(session, decision, values, DecisionAction.UNDO, actor, door, at)
        return Verdict(decision.id, league, summary, DecisionAction.UNDO.value, now)

    return await store.write(work)


async def redo(store: Store, *, actor: str, door: Door, now: datetime) -> Verdict:
    """Give again the answer that was taken back last, unless the user has answered anything since.

    An approval is checked against the world as any other is. Raises NothingToUndo, Moved or DecisionConflict.
    """

    async def work(session: AsyncSession) -> Verdict:
        await trail.one_at_a_time(session, actor)
        found = await trail.last_undone(session, actor, now)
        if found is None:
            raise NothingToUndo("There is nothing to redo: nothing was taken back since your last answer.")
        decision, league, undone = found
        values = _again(undone, actor, now)
        summary = _summary(decision, values["user_action_taken"])
        if values["user_approved"]:
            edit = (values["user_action_taken"] or {}).get("edit")
            document = readable(edit or decision.recommendation)
            changes = await moved_since(session, decision, document, now) if document is not None else ()
            if changes:
                raise Moved(changes)
        at = await trail.next_instant(session, actor, now, door)
        await _change(session, decision, values, DecisionAction.REDO, actor, door, at)
        return Verdict(
            decision.id, league, summary, DecisionAction.REDO.value, now, until=values["snoozed_until"]
        )

    return await store.write(work)


async def _nothing_to_undo(
    session: AsyncSession, actor: str, now: datetime
) -> NothingToUndo | DecisionConflict:
    """Why nothing can be taken back: there is nothing, or what there is stands."""
    found = await trail.last_answer(session, actor, now, standing_too=True)
    if found is None:
        return NothingToUndo("There is no decision of yours to undo.")
    decision, _, _ = found
    why = "its deadline has passed" if decision.expires_at <= now else "it is carried out in Sleeper already"
    return DecisionConflict(f"“{_summary(decision)}” cannot be undone: {why}.")


def _again(undone: DecisionEvent, actor: str, now: datetime) -> dict[str, Any]:
    """The state that was taken back, decided anew; a snooze has its old end."""
    state = undone.before or {}
    approved = state.get("user_approved")
    word = DecisionAction.APPROVE if approved else DecisionAction.REJECT
    taken = state.get("user_action_taken") or ({"action": word.value} if approved is not None else None)
    answered = approved is not None
    return {
        "user_approved": approved,
        "user_action_taken": taken,
        "decided_at": now if answered else None,
        "decided_by": actor if answered else None,
        "closed_at": now if answered else None,
        **trail.snooze_of(state),
    }


def _summary(decision: AgentDecision, taken: dict[str, Any] | None = None) -> str:
    """What was answered: the recommendation, or what was approved in its place."""
    taken = taken if taken is not None else decision.user_action_taken or {}
    return str((taken.get("edit") or decision.recommendation)["summary"])


async def _change(
    session: AsyncSession,
    decision: AgentDecision,
    values: dict[str, Any],
    action: DecisionAction,
    actor: str,
    door: Door,
    at: datetime,
) -> None:
    done = await decisions.change(session, decision, values, action=action, actor=actor, door=door, at=at)
    if not done:
        raise DecisionConflict(
            f"“{decision.recommendation['summary']}” was changed by someone else at this moment; look again."
        )
