"""What an agent hands to the runner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fantasy_tui.agents.recommendation import Common


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
    actionable: bool = True
    """False for what is listed and settled but asks for nothing: toss-ups and reports."""
    settles_week: int | None = None
    """The last week that the settle rule needs; none: the view's."""


Edit = tuple[str, Proposal]
"""Another answer to the same question, and what it is called."""


class BadEdit(Exception):
    """What was asked for in the place of a recommendation cannot be done; the message is for the user."""


OnProgress = Callable[[float], None]
"""Takes the share of the work that is done, 0 to 1; may be called from any thread."""


def silent(_: float) -> None:
    """Nobody wants to know how far it is."""
