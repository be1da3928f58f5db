"""How settled decisions came out: what a recommendation may say about earlier calls like it."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.paced import paced
from fantasy_tui.football.precedent import CallFeatures, PastCall
from fantasy_tui.football.track import Band, Call, bands
from fantasy_tui.models import AgentDecision

MOST_CALLS = 2000
"""The latest settled calls are enough to find the like of a new one among."""


async def past_calls(session: AsyncSession, user_id: str) -> tuple[PastCall, ...]:
    """A user's settled decisions, the latest first."""
    rows = await paced(
        session,
        select(
            AgentDecision.id,
            AgentDecision.season,
            AgentDecision.week,
            AgentDecision.settles_week,
            AgentDecision.decision_type,
            AgentDecision.confidence_score,
            AgentDecision.expected_gain,
            # As text, to be parsed off the loop: there are megabytes of it.
            cast(AgentDecision.recommendation, Text).label("recommendation"),
            AgentDecision.outcome,
        )
        .where(AgentDecision.user_id == user_id, AgentDecision.settled_at.is_not(None))
        .order_by(AgentDecision.season.desc(), AgentDecision.week.desc(), AgentDecision.id)
        .limit(MOST_CALLS),
    )
    return await asyncio.to_thread(_past_calls, rows)


def _past_calls(rows: Iterable[Any]) -> tuple[PastCall, ...]:
    return tuple(call for row in rows if (call := _past_call(row)) is not None)


def _past_call(row: Any) -> PastCall | None:
    recommendation = msgspec.json.decode(row.recommendation)
    outcome = row.outcome or {}
    if "right" not in outcome or "gain" not in outcome:
        return None
    features = CallFeatures(
        kind=row.decision_type.value,
        probability=row.confidence_score / 100,
        gain=row.expected_gain,
        positions=frozenset(positions_in(recommendation)),
        weeks=1 + (row.settles_week or row.week) - row.week,
    )
    summary = str(recommendation.get("summary", ""))
    return PastCall(row.id, row.season, row.week, summary, features, outcome["right"], outcome["gain"])


def positions_in(document: object) -> Iterator[str]:
    """Positions of the players that a stored recommendation names."""
    if isinstance(document, dict):
        if "player_id" in document and document.get("position"):
            yield str(document["position"])
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            yield from positions_in(part)


def track_of(calls: tuple[PastCall, ...]) -> dict[str, tuple[Band, ...]]:
    """Settled calls by kind, in bins of stated confidence."""
    by_kind: dict[str, list[Call]] = {}
    for call in calls:
        by_kind.setdefault(call.features.kind, []).append(Call(call.features.probability, call.right))
    return {kind: bands(settled) for kind, settled in by_kind.items()}
