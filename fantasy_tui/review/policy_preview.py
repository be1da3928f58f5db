"""A rule replayed over the user's own settled decisions: what it would have approved, and what came of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import policy as crud
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.football.track import wilson
from fantasy_tui.models import AgentTaskType
from fantasy_tui.review.checklist import agreed
from fantasy_tui.review.hours import within
from fantasy_tui.review.links import conflicts, overtaken, touched
from fantasy_tui.review.policy_safety import GIVES_UP, LINKED, UNSAID, gives_up, needs_look, unsaid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fantasy_tui.crud.policy import Beside, PastCall, PastDecision
    from fantasy_tui.database.store import Store
    from fantasy_tui.football.view import LeagueView
    from fantasy_tui.review.policy import Terms

ENOUGH = 20
"""Settled calls from which a rule's record says anything."""
_SAME_RUN = timedelta(minutes=10)
"""The agents of one run, all leagues, are done within it."""


@dataclass(frozen=True, slots=True)
class PreviewWeek:
    """One week of the replay."""

    season: str
    week: int
    n: int
    right: int
    gain: float
    """League points won, lost ones taken off."""


@dataclass(frozen=True, slots=True)
class Worst:
    """The approval that would have lost most."""

    decision_id: str
    league: str
    summary: str
    season: str
    week: int
    gain: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have done, had it acted when each decision was proposed."""

    settled: int
    """Settled decisions of its kind, in its league, that asked for an answer."""
    n: int
    right: int
    gained: float
    lost: float
    """League points of the approvals that won, and of those that lost (0 or less)."""
    worst: Worst | None
    """None where nothing would have lost points."""
    weeks: tuple[PreviewWeek, ...]
    """Oldest first."""
    held_back: Mapping[str, int]
    """How many its terms admit and were left to the person all the same, by reason."""
    warning: str | None
    """Said while there is too little to judge by, or when the rule would stop itself at once."""


async def preview(store: Store, user_id: str, terms: Terms) -> Preview:
    """Replay the terms over all settled decisions of their kind, whatever the user's answer was."""
    async with store.read() as session:
        past = await crud.past_decisions(session, user_id, AgentTaskType(terms.kind), terms.league_id)
        beside = await crud.beside(session, user_id, {(one.season, one.week) for one in past})
        calls = await crud.past_calls(session, user_id, AgentTaskType(terms.kind), terms.league_id)
    judged = await asyncio.to_thread(_judged, terms, past, beside)
    approved: list[PastDecision] = []
    held: Counter[str] = Counter()
    views: dict[str, LeagueView] = {}
    for one, document, reason in judged:
        if reason is None and await _gives_up(store, user_id, one, document, views):
            reason = GIVES_UP
        if reason is None:
            approved.append(one)
        else:
            held[reason] += 1
    return _told(past, approved, held, stops(terms, calls) or _too_few(len(past)))


def stops(terms: Terms, calls: Iterable[PastCall]) -> str | None:
    """Why a rule must stop: what its calls stated lies outside the interval of what came true."""
    own = [call for call in calls if terms.admits(call.confidence, call.low)]
    if len(own) < ENOUGH:
        return None
    right, stated = sum(call.right for call in own), fmean(call.confidence for call in own) / 100
    low, high = wilson(right, len(own))
    if low <= stated <= high:
        return None
    return (
        f"Its {len(own)} settled calls stated {100 * stated:.0f} in 100 on average, and {right} came true:"
        f" outside the 95 % interval, {100 * low:.0f} to {100 * high:.0f} in 100."
    )


def _too_few(settled: int) -> str | None:
    if settled >= ENOUGH:
        return None
    what = {0: "No decision", 1: "One decision"}.get(settled, f"{settled} decisions")
    verb = "has" if settled <= 1 else "have"
    return f"{what} of this kind {verb} been settled so far: too few to say how the rule would do."


def _admitted(terms: Terms, one: PastDecision, document: Mapping[str, Any]) -> bool:
    """By its terms alone, had it acted when the decision was proposed; `until` is about days to come."""
    middle = document["middle"]
    low = middle[0] if middle else None
    return terms.admits(one.confidence, low) and within(one.made_at, terms.hours)


def _judged(
    terms: Terms, past: Sequence[PastDecision], beside: Sequence[Beside]
) -> list[tuple[PastDecision, dict[str, Any], str | None]]:
    """Those that the terms admit, with why they would have been left to the person; none for no reason yet."""
    found = []
    for one in past:
        document = readable(one.recommendation)
        if document is not None and _admitted(terms, one, document):
            contradicted = _contradicted(one, document, beside)
            reason = UNSAID if unsaid(document) else LINKED if contradicted else None
            found.append((one, document, reason))
    return found


def _contradicted(one: PastDecision, document: Mapping[str, Any], beside: Sequence[Beside]) -> bool:
    """True when it could not be done beside another one of the roster: one that waited then, came of the same run,
    or had been approved.
    """
    roster = (one.league_id, one.roster_id)
    own = touched("", roster, document)
    waited, approved = {one.id: own}, []
    for other in beside:
        here = other.id != one.id and (other.league_id, other.roster_id) == roster
        if not here or other.made_at > one.made_at + _SAME_RUN or other.expires_at <= one.made_at:
            continue
        if other.ended_at > one.made_at:
            if (asked := readable(other.recommendation)) is not None:
                waited[other.id] = touched("", roster, asked)
        elif other.approved and (done := readable(agreed(other.recommendation, other.taken))) is not None:
            approved.append(touched("", roster, done))
    return bool(conflicts(waited)[one.id] or overtaken({one.id: own}, approved)[one.id])


async def _gives_up(
    store: Store,
    user_id: str,
    one: PastDecision,
    document: Mapping[str, Any],
    views: dict[str, LeagueView],
) -> bool:
    """Whether it would have let go of somebody who counts, as the roster was then."""
    if not needs_look(document):
        return False
    if one.task_id not in views:  # decisions of one run were made from one view
        async with store.read() as session:
            views[one.task_id] = await load_league_view(
                session, one.league_id, user_id, one.made_at, one.week
            )
    return gives_up(document, views[one.task_id].for_roster(one.roster_id))


def _told(
    past: Sequence[PastDecision],
    approved: Sequence[PastDecision],
    held: Mapping[str, int],
    warning: str | None,
) -> Preview:
    gains = [one.outcome["gain"] for one in approved]
    weeks: dict[tuple[str, int], list[PastDecision]] = {}
    for one in approved:
        weeks.setdefault((one.season, one.week), []).append(one)
    worst = min(approved, key=lambda one: one.outcome["gain"], default=None)
    return Preview(
        settled=len(past),
        n=len(approved),
        right=sum(one.outcome["right"] for one in approved),
        gained=_sum(gain for gain in gains if gain > 0),
        lost=_sum(gain for gain in gains if gain < 0),
        worst=_worst(worst) if worst is not None and worst.outcome["gain"] < 0 else None,
        weeks=tuple(
            PreviewWeek(
                season=season,
                week=week,
                n=len(held_in),
                right=sum(one.outcome["right"] for one in held_in),
                gain=_sum(one.outcome["gain"] for one in held_in),
            )
            for (season, week), held_in in weeks.items()
        ),
        held_back=dict(held),
        warning=warning,
    )


def _sum(gains: Iterable[float]) -> float:
    return round(sum(gains), 2) + 0.0


def _worst(one: PastDecision) -> Worst:
    return Worst(
        decision_id=one.id,
        league=one.league,
        summary=str(one.recommendation.get("summary", "")),
        season=one.season,
        week=one.week,
        gain=one.outcome["gain"],
    )
