"""What could be approved in the place of a recommendation: the same question with another answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fantasy_tui.agents import (
    injury_monitoring,
    lineup_optimization,
    sit_start,
    trade_analysis,
    waiver_wire,
)
from fantasy_tui.agents.proposal import Edit
from fantasy_tui.agents.recommendation import (
    Common,
    InjuryReplacement,
    LineupChange,
    SitStart,
    TradeOffer,
    WaiverClaim,
    dump,
    load,
)
from fantasy_tui.football.view import LeagueView


@dataclass(frozen=True, slots=True)
class Option:
    """One edit; a whole recommendation with numbers of its own."""

    label: str
    document: dict[str, Any]
    gain: float | None = None
    """Expected league points over the horizon."""
    confidence: int | None = None
    """0 to 100."""


def options(document: dict[str, Any], view: LeagueView) -> list[Option]:
    """The edits of a checked recommendation that are possible in the league as it stands.

    Runner-up or only the largest swap; another replacement; another drop or bid; the counter-offer. A pure
    function that may take a second: the trade finder weighs every neighbouring deal.
    """
    return [
        Option(label, dump(proposal.recommendation), proposal.expected_gain, proposal.confidence)
        for label, proposal in _edits(view, load(document))
    ]


def _edits(view: LeagueView, advice: Common) -> list[Edit]:
    match advice:
        case LineupChange():
            return lineup_optimization.edits(view, advice)
        case SitStart():
            return sit_start.edits(view, advice)
        case InjuryReplacement():
            return injury_monitoring.edits(view, advice)
        case WaiverClaim():
            return waiver_wire.edits(view, advice)
        case TradeOffer():
            return trade_analysis.edits(view, advice)
    return []
