"""What an agent hands to the runner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fantasy_tui.agents.recommendation import Common
from fantasy_tui.football.view import LeagueView


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recommendation that is worth a person's decision."""

    subject: str
    """What is decided, unique among an agent's proposals for a roster and week."""
    recommendation: Common
    confidence: int
    """Chance, 0 to 100, that acting scores at least as much as the status quo."""
    expected_gain: float
    """League points over the horizon."""
    expires_at: datetime
    horizon: str = "week"


Agent = Callable[[LeagueView], list[Proposal]]
"""A pure function; an empty list means that nothing is worth a decision."""
