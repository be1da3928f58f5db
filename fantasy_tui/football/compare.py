"""Which of two players scores more this week."""

from dataclasses import dataclass

from .matchup import margin, side
from .odds import calibrated, probability_at_least
from .projection import Basis
from .trust import lowered
from .view import LeagueView


@dataclass(frozen=True, slots=True)
class Outscoring:
    """How likely one player outscores another."""

    chance: float | None
    """0 to 1; none where it cannot be said."""
    why_not: str | None = None
    """Why, as a sentence."""


def outscores(view: LeagueView, one_id: str, other_id: str) -> Outscoring:
    """The chance that the first scores at least as much as the second in the view's week and scoring.

    Before their games by the curve of line-up swaps; from the first kickoff on with the points scored so far.
    """
    players = [view.player(one_id), view.player(other_id)]
    one, other = players
    if one is None or other is None:
        return Outscoring(None, "One of them is not known in this league.")
    for player in (one, other):
        unsaid = player.projection.basis is Basis.NONE and player.points is None
        if unsaid and not player.availability.is_dead:
            return Outscoring(None, f"Nothing is known to expect of {player.name} this week.")
    if one.availability.is_dead and other.availability.is_dead and one.points is other.points is None:
        return Outscoring(None, "Neither is expected to play this week.")
    if one.locked(view.now) or other.locked(view.now):
        apart = margin(side(view, [one_id]), side(view, [other_id]))
        return Outscoring(lowered(view, calibrated(apart.z, "swap")))
    return Outscoring(lowered(view, probability_at_least([one.outlook()], [other.outlook()])))
