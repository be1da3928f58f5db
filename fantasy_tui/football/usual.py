"""What is usual at a position: few games say little about a player whom no source projects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from .calibration import CALIBRATION
from .projection import Basis, Projection

PRIOR_GAMES = 3
"""Games of the position's usual points that are laid beside a player's own."""


def usual_points(players: Iterable[tuple[str | None, Sequence[float]]]) -> dict[str, float]:
    """Mean points of a game by position, every player counting once; from (position, his games' points)."""
    means: dict[str, list[float]] = {}
    for position, past in players:
        if position and past:
            means.setdefault(position, []).append(fmean(past))
    return {position: fmean(found) for position, found in means.items()}


def steadied(
    projection: Projection, position: str | None, games: int, usual: Mapping[str, float]
) -> Projection:
    """A season's average drawn to what is usual at the position, the fewer games the more.

    A defence expected from the betting lines alone is set to what defences score in this league. Anything else
    stays as it is.
    """
    if position is None or position not in usual:
        return projection
    if projection.basis is Basis.LINES:
        shift = usual[position] - CALIBRATION.defence["mean"]
        return _shifted(projection, projection.points + shift, "defences of this league")
    if projection.basis is not Basis.AVERAGE:
        return projection
    points = (games * projection.points + PRIOR_GAMES * usual[position]) / (games + PRIOR_GAMES)
    return _shifted(projection, points, "usual at the position")


def _shifted(projection: Projection, points: float, why: str) -> Projection:
    effect = (why, round(points - projection.points, 2))
    return replace(projection, points=round(points, 2), effects=(*projection.effects, effect))
