"""How one player's league points of a week are distributed, as a curve."""

from math import sqrt
from statistics import NormalDist

from .density import Density, normal_density
from .matchup import side
from .odds import Outlook
from .projection import Basis
from .view import LeagueView

_STEPS = 256
_REACH = 3.0
"""Standard deviations around his points if he plays."""
_BLUR = 0.7
"""League points over which the chance that he sits is spread: a single value has no height."""


def points_curve(view: LeagueView, player_id: str) -> Density | None:
    """His points of the view's week, those scored so far included; none where nothing is known to expect.

    Normal if he plays; the chance that he does not is a peak at what he has scored. Certain points have no width.
    """
    player = view.player(player_id)
    if player is None or (player.projection.basis is Basis.NONE and player.points is None):
        return None
    one = side(view, [player_id])
    if not one.ahead:
        return normal_density(one.scored, 0.0)
    return _curve(one.scored, one.ahead[0])


def _curve(scored: float, ahead: Outlook) -> Density:
    mean, sd = scored + ahead.mean, sqrt(ahead.variance)
    if ahead.plays >= 1:
        return normal_density(mean, sd)
    plays, sits = NormalDist(mean, sd), NormalDist(scored, _BLUR)
    start = min(mean - _REACH * sd, scored - _REACH * _BLUR)
    end = max(mean + _REACH * sd, scored + _REACH * _BLUR)
    step = (end - start) / (_STEPS - 1)
    at = [start + step * place for place in range(_STEPS)]
    below = [ahead.plays * plays.cdf(x) + (1 - ahead.plays) * sits.cdf(x) for x in at]
    return Density(
        scored + ahead.expected,
        _first(at, below, 0.1),
        _first(at, below, 0.9),
        start,
        step,
        tuple(ahead.plays * plays.pdf(x) + (1 - ahead.plays) * sits.pdf(x) for x in at),
    )


def _first(at: list[float], below: list[float], share: float) -> float:
    """The first of the points below which this share of all cases lies; the last where none is."""
    return next((x for x, part in zip(at, below, strict=True) if part >= share), at[-1])
