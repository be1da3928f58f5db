"""Both sides of a decision as distributions of points: who should start against who does, or a whole matchup."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.football.density import Density, normal_density
from fantasy_tui.review.queue import document_of

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store
    from fantasy_tui.football.odds import Outlook
    from fantasy_tui.football.view import PlayerWeek

KINDS = frozenset({"sit_start", "lineup_optimization", "injury_monitoring", "opponent_analysis"})
"""Kinds of decisions that have two sides to draw."""

_EIGHTY = 2 * 1.2816
"""Standard deviations between the ends of a normal distribution's middle 80 of 100."""


@dataclass(frozen=True, slots=True)
class Side:
    """Whose points, and how they are distributed."""

    name: str
    points: Density


@dataclass(frozen=True, slots=True)
class Pictured:
    """What a decision's picture shows."""

    first: Side
    """Those who come in, or the user's own line-up."""
    second: Side
    """Those who go out, or the opponent; certain of 0 where nobody stands in the slot or he does not play."""
    chance: float
    """That the first score at least as much, 0 to 1, as the decision says it."""


async def pictured(store: Store, decision_id: str, user_id: str, now: datetime) -> Pictured | None:
    """Both sides of a decision, by what was known when it was made; none where it has no two sides.

    Raises DecisionNotFound. Draws in a thread.
    """
    from fantasy_tui.crud.league_view import load_league_view

    item, document = await document_of(store, decision_id, user_id, now)
    settle = document["settle"] if document is not None else None
    if document is None or settle is None or item.decision_type not in KINDS:
        return None
    if settle["rule"] == "win":
        return matchup(document, item.confidence_score / 100)
    # A plan for the case that somebody sits compares nobody: only one of the two plays.
    if settle["rule"] != "starters" or settle["if_inactive"]:
        return None
    named = (*settle["new"], *settle["old"])
    async with store.read() as session:
        view = await load_league_view(
            session, item.league_id, user_id, item.created_at, settle["week"], also=named
        )
    ins, outs = (
        [p for p in map(view.player, ids) if p is not None] for ids in (settle["new"], settle["old"])
    )
    return await asyncio.to_thread(starters, ins, outs, item.confidence_score / 100)


def matchup(document: dict[str, Any], chance: float) -> Pictured | None:
    """Both line-ups of an opponent's report, each normal within its range of 80 of 100; none without ranges."""
    mine, theirs = document["my_range"], document["opponent_range"]
    if mine is None or theirs is None or None in (document["my_points"], document["opponent_points"]):
        return None
    first, second = (
        Side(name, normal_density(points, (high - low) / _EIGHTY))
        for name, points, (low, high) in (
            ("Your line-up", document["my_points"], mine),
            (document["opponent"], document["opponent_points"], theirs),
        )
    )
    return Pictured(first, second, chance)


def starters(ins: Sequence[PlayerWeek], outs: Sequence[PlayerWeek], chance: float) -> Pictured | None:
    """Those who come in against those who go out, drawn many times; none where nobody who plays comes in."""
    from fantasy_tui.football.density import density_of
    from fantasy_tui.football.draws import totals
    from fantasy_tui.football.matchup import Side as Lineup

    own, other = (_playing(side) for side in (ins, outs))
    if not own:
        return None
    points, theirs = totals(Lineup(0.0, own), Lineup(0.0, other))
    nothing = normal_density(0.0, 0.0)
    return Pictured(
        Side(_named(ins), density_of(points)),
        Side(_named(outs), density_of(theirs) if other else nothing),
        chance,
    )


def _playing(players: Sequence[PlayerWeek]) -> tuple[Outlook, ...]:
    return tuple(player.outlook() for player in players if not player.availability.is_dead)


def _named(players: Sequence[PlayerWeek]) -> str:
    name, *others = (player.name for player in players) if players else ("an empty slot",)
    return f"{name} +{len(others)}" if others else name
