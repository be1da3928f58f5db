"""How far a chance may be trusted that rests on poor inputs."""

from .odds import weakened
from .view import LeagueView

FIRST_WEEK = 1


def lowered(view: LeagueView, probability: float) -> float:
    """The probability as it may be shown: closer to even where the inputs are stale, and in the first week.

    How much less projections know before a season's first game was not measured: as stale ones is assumed.
    """
    for poor in (view.stale, view.week == FIRST_WEEK):
        probability = weakened(probability) if poor else probability
    return probability
