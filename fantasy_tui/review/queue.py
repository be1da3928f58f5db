"""The queue: every decision that waits, in all leagues, by deadline and then by gain."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from fantasy_tui.review.card import NOTHING_KNOWN, card_of
from fantasy_tui.review.checklist import agreed, checklist, proof_of
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.links import conflicts, links, overtaken, touched

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store
    from fantasy_tui.models import AgentDecision

UNREADABLE = "This recommendation cannot be read; run the agents again to replace it"


class DecisionNotFound(Exception):
    """There is no such decision; the message is for the user."""

    def __init__(self, decision_id: str) -> None:
        super().__init__(
            f"No decision {decision_id} is stored for you; `fantasy-tui queue` lists what waits."
        )


async def waiting(store: Store, user_id: str, now: datetime, *, actionable: bool = True) -> list[QueueItem]:
    """The user's decisions that wait for an answer and reach the thresholds the user has set.

    Not `actionable`: those that fall short of them, toss-ups and reports instead.
    """
    from fantasy_tui.review.preferences import chosen

    asked = await all_waiting(store, user_id, now)
    admits = (await chosen(store, user_id)).preferences.admits
    kept = [one for one in asked if admits(one.decision_type, one.confidence_score, one.gain) is actionable]
    return kept if actionable else [*kept, *await _listed(store, user_id, now)]


async def waiting_by_league(store: Store, user_id: str, now: datetime) -> Counter[str]:
    """How many decisions of `waiting` each league has."""
    from fantasy_tui.crud import decision as decisions
    from fantasy_tui.review.preferences import chosen_in

    async with store.read() as session:
        admits = (await chosen_in(session, user_id)).preferences.admits
        terms = await decisions.terms(session, user_id, now)
    return Counter(league_id for league_id, kind, confidence, gain in terms if admits(kind, confidence, gain))


async def all_waiting(store: Store, user_id: str, now: datetime) -> list[QueueItem]:
    """The user's decisions that wait for an answer, whatever thresholds are set, and how they are linked."""
    async with store.read() as session:
        return await waiting_in(session, user_id, now)


async def waiting_in(session: AsyncSession, user_id: str, now: datetime) -> list[QueueItem]:
    """The same, within a session."""
    from fantasy_tui.crud import decision as decisions
    from fantasy_tui.crud.proof import approved_open

    found = await decisions.pending(session, user_id, now)
    approved = await approved_open(session, user_id, now) if found else []
    # A card takes a fifth of a millisecond: of hundreds a key would be felt to wait.
    return await asyncio.to_thread(_linked, found, approved, now)


def _linked(
    found: Sequence[tuple[AgentDecision, str]], approved: Sequence[tuple[AgentDecision, str]], now: datetime
) -> list[QueueItem]:
    """What waits as items, each with those others, waiting or approved, that touch the same players."""
    from fantasy_tui.agents.recommendation import readable

    checked = [(row, league, readable(row.recommendation)) for row, league in found]
    items = [_item(row, league, now, document) for row, league, document in checked]
    moves = {
        row.id: touched(document["summary"], (row.league_id, row.roster_id), document)
        for row, _, document in checked
        if document is not None
    }
    done = [
        touched(document["summary"], (row.league_id, row.roster_id), document)
        for row, _ in approved
        if row.expires_at > now  # what was missed stands in nobody's way
        and (document := readable(agreed(row.recommendation, row.user_action_taken))) is not None
    ]
    linked, torn, late = links(moves), conflicts(moves), overtaken(moves, done)
    return [
        replace(
            item,
            linked=(*late.get(item.id, ()), *linked.get(item.id, ())),
            conflicts=torn.get(item.id, ()),
            overtaken=bool(late.get(item.id)),
        )
        for item in items
    ]


async def _listed(store: Store, user_id: str, now: datetime) -> list[QueueItem]:
    """Toss-ups and reports."""
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.pending(session, user_id, now, actionable=False)
    return [queue_item(row, league, now) for row, league in found]


async def snoozed(store: Store, user_id: str, now: datetime) -> list[QueueItem]:
    """The user's decisions that are set aside until later."""
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.pending(session, user_id, now, snoozed=True)
    return [queue_item(row, league, now) for row, league in found]


async def look_up(store: Store, decision_id: str, user_id: str, now: datetime) -> QueueItem:
    """One decision, whatever its status, by id or a unique beginning of it; raises DecisionNotFound."""
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.find(session, decision_id, user_id)
    if found is None:
        raise DecisionNotFound(decision_id)
    item = queue_item(*found, now)
    if item.status != "pending" or not item.actionable:
        return item
    # Which others touch the same players is known among all that wait.
    return next((one for one in await all_waiting(store, user_id, now) if one.id == item.id), item)


async def document_of(
    store: Store, decision_id: str, user_id: str, now: datetime
) -> tuple[QueueItem, dict[str, Any] | None]:
    """A decision with its checked recommendation, none where that breaks its rules; raises DecisionNotFound."""
    from fantasy_tui.agents.recommendation import readable
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.find(session, decision_id, user_id)
    if found is None:
        raise DecisionNotFound(decision_id)
    return queue_item(*found, now), readable(found[0].recommendation)


async def successor(store: Store, decision_id: str, user_id: str, now: datetime) -> QueueItem | None:
    """What waits on the question of a decision: itself, or what stands in its place; none when nothing does."""
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.find(session, decision_id, user_id)
        if found is None:
            raise DecisionNotFound(decision_id)
        same = await decisions.of_subject(session, found[0])
    standing = next((one for one in same if decisions.waits_at(one, now)), None)
    return await look_up(store, standing.id, user_id, now) if standing is not None else None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event of a decision's audit."""

    version: int
    at: datetime
    action: str
    door: str
    note: str | None


async def history(store: Store, decision_id: str) -> list[AuditLine]:
    """What happened to a decision, oldest first."""
    from fantasy_tui.crud import decision_events

    async with store.read() as session:
        events = await decision_events.events(session, decision_id)
    return [AuditLine(e.version, e.at, e.action.value, e.door.value, e.note) for e in events]


def status_of(decision: AgentDecision, now: datetime) -> str:
    """In one word where a decision stands."""
    if decision.user_approved is not None:
        return "approved" if decision.user_approved else "rejected"
    if decision.superseded_by is not None or (
        decision.closed_at is not None and decision.closed_at < decision.expires_at
    ):
        return "superseded"
    if decision.closed_at is not None or decision.expires_at <= now:
        return "expired"
    return "pending"


def queue_item(decision: AgentDecision, league: str, now: datetime) -> QueueItem:
    """The stored row as a plain value; a recommendation that breaks its rules is shown as unreadable."""
    from fantasy_tui.agents.recommendation import readable

    return _item(decision, league, now, readable(decision.recommendation))


def _item(decision: AgentDecision, league: str, now: datetime, document: dict[str, Any] | None) -> QueueItem:
    from fantasy_tui.agents.recommendation import readable
    from fantasy_tui.review.snooze import said

    answered = agreed(decision.recommendation, decision.user_action_taken)
    to_do = document if answered is decision.recommendation else readable(answered)
    return QueueItem(
        id=decision.id,
        league_id=decision.league_id,
        league=league,
        roster_id=decision.roster_id,
        decision_type=decision.decision_type.value,
        season=decision.season,
        week=decision.week,
        summary=document["summary"] if document is not None else UNREADABLE,
        gain=decision.expected_gain,
        confidence_score=decision.confidence_score,
        expires_at=decision.expires_at,
        status=status_of(decision, now),
        created_at=decision.created_at,
        model_version=decision.model_version,
        card=card_of(document) if document is not None else NOTHING_KNOWN,
        note=(decision.user_action_taken or {}).get("note"),
        policy=(decision.user_action_taken or {}).get("policy"),
        decided_at=decision.decided_at,
        actionable=decision.actionable,
        horizon=decision.horizon,
        as_of=decision.as_of,
        steps=checklist(to_do).texts if to_do is not None else (),
        proof=proof_of(decision.proof),
        snoozed_until=decision.snoozed_until,
        snoozed_for=said(decision.snoozed_for, document or {}),
    )
