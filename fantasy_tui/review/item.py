"""A decision as the queue lists it: plain values, all that the first frame needs of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from fantasy_tui.football.freshness import is_stale
from fantasy_tui.review.card import Card

Urgency = Literal["now", "today", "later"]
NOW, TODAY = timedelta(hours=1), timedelta(hours=24)
PRESSING = timedelta(hours=2)
"""So long before its lock an approved decision that is not carried out is the loudest thing there is."""

APPLIED, PARTLY, MISSED, OVERTAKEN, OPEN = "applied", "partly", "missed", "overtaken", "open"
"""All of it was seen; some of it was; it was not done in time; something else made it moot; it can be done."""

_PLACE = {"waiver_wire": "players", "trade_analysis": "trade"}
"""The page of a league on which a kind of advice is carried out; line-ups are set on the team's."""


class ProvenStep(Struct, frozen=True):
    """A step and whether it was seen in Sleeper."""

    text: str
    done: bool
    late: bool = False
    """True when it cannot be done any more."""


class Proof(Struct, frozen=True):
    """What the last sync that saw anything new made of an approved decision."""

    state: str
    """applied, partly, missed, overtaken or open."""
    at: datetime
    """When a sync first saw it so."""
    steps: tuple[ProvenStep, ...]
    note: str | None = None

    @property
    def can_still_be_done(self) -> bool:
        """True while a step is neither done nor too late."""
        return self.state in (OPEN, PARTLY) and any(not step.done and not step.late for step in self.steps)


class QueueItem(Struct, frozen=True):
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
    """Other decisions, waiting or approved, that touch the same players, a sentence each."""
    conflicts: tuple[str, ...] = ()
    """The ids of those others that cannot be done beside it as both stand."""
    overtaken: bool = False
    """True where it cannot be done as it stands since another one was approved."""
    snoozed_until: datetime | None = None
    """When it comes back at the latest; in the past once it is back."""
    snoozed_for: str | None = None
    """What brings it back, in words."""
    steps: tuple[str, ...] = ()
    """What to do in Sleeper to carry it out."""
    proof: Proof | None = None
    """What syncs have seen of it since it was approved; none before the first one."""
    policy: str | None = None
    """The rule that approved it; none where a person answered, or nobody."""

    def is_pressing(self, now: datetime) -> bool:
        """True for what is approved, not seen in Sleeper, and locks within two hours."""
        to_do = self.proof is None or self.proof.can_still_be_done
        return self.status == "approved" and to_do and now < self.expires_at <= now + PRESSING

    def urgency(self, now: datetime) -> Urgency:
        """How soon it locks: within the hour, within a day, or later."""
        left = self.expires_at - now
        return "now" if left < NOW else "today" if left < TODAY else "later"

    def confidence_at(self, now: datetime) -> int:
        """The confidence to show: lower than the frozen one once its inputs are old on a game day."""
        if self.card.stale or self.as_of is None or not is_stale(self.as_of, self.expires_at, now):
            return self.confidence_score
        from fantasy_tui.football.odds import weakened

        return round(100 * weakened(self.confidence_score / 100))


def link(league_id: str, kind: str) -> str:
    """The page of Sleeper on which a kind of advice is carried out."""
    return f"https://sleeper.com/leagues/{league_id}/{_PLACE.get(kind, 'team')}"
