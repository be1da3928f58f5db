"""The queue: every decision that waits, in all leagues, by deadline and then by gain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from fantasy_tui.football.freshness import is_stale
from fantasy_tui.review.card import NOTHING_KNOWN, Card, card_of
from fantasy_tui.review.links import links, touched

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store
    from fantasy_tui.models import AgentDecision


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One decision, read from the store."""

    id: str
    league_id: str
    league: str
    roster_id: int
    decision_type: str
    season: str
    week: int
    summary: str
    gain: float
    """Expected league points over the horizon."""
    confidence_score: int
    """0 to 100."""
    expires_at: datetime
    status: str
    """pending, approved, rejected, superseded or expired."""
    created_at: datetime
    model_version: str
    card: Card
    note: str | None = None
    decided_at: datetime | None = None
    actionable: bool = True
    """False for toss-ups and reports."""
    horizon: str = "week"
    as_of: datetime | None = None
    """When the oldest input was last confirmed."""
    linked: tuple[str, ...] = ()
    """Other decisions that wait and touch the same players, a sentence each."""

    def confidence_at(self, now: datetime) -> int:
        """The confidence to show: lower than the frozen one once its inputs are old on a game day."""
        if self.card.stale or self.as_of is None or not is_stale(self.as_of, self.expires_at, now):
            return self.confidence_score
        from fantasy_tui.football.odds import weakened

        return round(100 * weakened(self.confidence_score / 100))


UNREADABLE = "This recommendation cannot be read; run the agents again to replace it"


class DecisionNotFound(Exception):
    """There is no such decision; the message is for the user."""

    def __init__(self, decision_id: str) -> None:
        super().__init__(
            f"No decision {decision_id} is stored for you; `fantasy-tui queue` lists what waits."
        )


async def waiting(store: Store, user_id: str, now: datetime, *, actionable: bool = True) -> list[QueueItem]:
    """The user's decisions that wait for an answer; not `actionable`: toss-ups and reports instead."""
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        found = await decisions.pending(session, user_id, now, actionable=actionable)
    items = [queue_item(row, league, now) for row, league in found]
    if not actionable:
        return items
    linked = links(
        {
            item.id: touched(item.summary, (item.league_id, item.roster_id), row.recommendation)
            for item, (row, _) in zip(items, found, strict=True)
            if item.card is not NOTHING_KNOWN
        }
    )
    return [replace(item, linked=linked.get(item.id, ())) for item in items]


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
    return next((one for one in await waiting(store, user_id, now) if one.id == item.id), item)


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
    from fantasy_tui.crud import decision as decisions

    async with store.read() as session:
        events = await decisions.events(session, decision_id)
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

    document = readable(decision.recommendation)
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
        decided_at=decision.decided_at,
        actionable=decision.actionable,
        horizon=decision.horizon,
        as_of=decision.as_of,
    )
