"""What could be approved in the place of a recommendation: the same question with another answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fantasy_tui.agents import (
    injury_monitoring,
    lineup_optimization,
    sit_start,
    trade_analysis,
    waiver_edits,
)
from fantasy_tui.agents.proposal import BadEdit, Edit
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


def options(document: dict[str, Any], view: LeagueView, bid: int | None = None) -> list[Option]:
    """The edits of a checked recommendation that are possible in the league as it stands.

    Runner-up or only the largest swap; another replacement; another drop or bid; the counter-offer. With a `bid` in
    dollars that one alone; raises BadEdit when it cannot be made. A pure function that may take a second: the
    trade finder weighs every neighbouring deal.
    """
    advice = load(document)
    return [
        Option(label, dump(proposal.recommendation), proposal.expected_gain, proposal.confidence)
        for label, proposal in (_edits(view, advice) if bid is None else [_at_bid(view, advice, bid)])
    ]


def _at_bid(view: LeagueView, advice: Common, bid: int) -> Edit:
    if not isinstance(advice, WaiverClaim):
        raise BadEdit("Only a waiver claim has a bid.")
    return waiver_edits.at_bid(view, advice, bid)


def _edits(view: LeagueView, advice: Common) -> list[Edit]:
    match advice:
        case LineupChange():
            return lineup_optimization.edits(view, advice)
        case SitStart():
            return sit_start.edits(view, advice)
        case InjuryReplacement():
            return injury_monitoring.edits(view, advice)
        case WaiverClaim():
            return waiver_edits.edits(view, advice)
        case TradeOffer():
            return trade_analysis.edits(view, advice)
    return []
