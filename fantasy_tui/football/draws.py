"""The picture around the chance to win: both line-ups' points, drawn many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from .matchup import Side
from .odds import Outlook, correlation

DRAWS = 10_000
LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
"""The quantiles of a picture."""
FAR = 20.0
"""A margin of so many points is a clear one."""

SKEW: Mapping[str, float] = MappingProxyType(
    {"QB": 0.2, "RB": 0.94, "WR": 0.97, "TE": 1.1, "K": 0.4, "DEF": 0.93}
)
"""Skewness of what a game's points differ from their projection (seasons 2021-25)."""
_USUAL_SKEW = 0.9
_NEXT_TO_NOTHING = 1e-9
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Picture:
    """How a matchup may end, by draws: league points at each of `LEVELS`, and chances from 0 to 1."""

    mine: tuple[float, ...]
    theirs: tuple[float, ...]
    margin: tuple[float, ...]
    """My points less theirs."""
    win: float
    """A tie counts as half a win."""
    clear_win: float
    """By twenty points or more."""
    clear_loss: float


def picture(mine: Side, theirs: Side, draws: int = DRAWS, seed: int = 1) -> Picture:
    """Draw both line-ups' points so often; the same seed gives the same picture."""
    own, other = totals(mine, theirs, draws, seed)
    ahead = own - other
    return Picture(
        mine=_quantiles(own),
        theirs=_quantiles(other),
        margin=_quantiles(ahead),
        win=float((ahead > 0).mean() + (ahead == 0).mean() / 2),
        clear_win=float((ahead >= FAR).mean()),
        clear_loss=float((ahead <= -FAR).mean()),
    )


def needed(rest: Side, theirs: Side, chances: Sequence[float], draws: int = DRAWS) -> tuple[float, ...]:
    """Points that my players outside `rest` must add for each of these chances (0 to 1) to win; at least 0."""
    own, other = totals(rest, theirs, draws)
    return tuple(max(0.0, float(points)) for points in np.quantile(other - own, chances))


def totals(mine: Side, theirs: Side, draws: int = DRAWS, seed: int = 1) -> tuple[_Floats, _Floats]:
    """Both line-ups' league points in each of so many draws (rounded up to an even number).

    Players' means, variances, skewness and correlations are those of the closed form: correlated standard
    normals z (every one also with its sign turned), bent to a z + b (z² - 1) with a² + 2 b² = 1 and the
    position's skewness 6 b - 4 b³. Whether somebody in doubt plays is drawn apart.
    """
    players = [*mine.ahead, *theirs.ahead]
    rng = np.random.default_rng(seed)
    bend = np.array([_BEND.get(player.position or "", _USUAL_BEND) for player in players])
    straight = np.sqrt(1 - 2 * bend**2)
    sd = np.sqrt([player.variance for player in players])
    means = np.array([player.mean for player in players])
    half = rng.standard_normal((len(players), (draws + 1) // 2), dtype=np.float32)
    half = _mixed(half, _root(players, bend, straight))
    z = np.concatenate((half, -half), axis=1)
    points = z * _column(bend * sd)
    points += _column(straight * sd)
    points *= z
    points += _column(means - bend * sd)
    for row, player in zip(points, players, strict=True):
        if player.plays < 1:
            row *= rng.random(len(row), dtype=np.float32) < player.plays
    number = len(mine.ahead)
    return (
        points[:number].sum(axis=0) + np.float32(mine.scored),
        points[number:].sum(axis=0) + np.float32(theirs.scored),
    )


def _column(values: npt.NDArray[np.float64]) -> _Floats:
    return values.astype(np.float32)[:, None]


def _mixed(normals: _Floats, root: npt.NDArray[np.float64]) -> _Floats:
    """The root times the normals; few players correlate, and a product of whole matrices would wake threads."""
    mixed = normals * _column(root.diagonal())
    for one, other in zip(*np.nonzero(np.abs(root) > _NEXT_TO_NOTHING), strict=True):
        if one != other:
            mixed[one] += np.float32(root[one, other]) * normals[other]
    return mixed


def _quantiles(values: _Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in np.quantile(values, LEVELS))


def _bend_of(skew: float) -> float:
    """The b with 6 b - 4 b³ equal to the skewness."""
    bend = 0.0
    for _ in range(30):
        bend = (skew + 4 * bend**3) / 6
    return bend


_BEND = {position: _bend_of(skew) for position, skew in SKEW.items()}
_USUAL_BEND = _bend_of(_USUAL_SKEW)


def _root(
    players: Sequence[Outlook], bend: npt.NDArray[np.float64], straight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The symmetric root of the normals' correlations, chosen so that the bent ones correlate as measured."""
    matrix = np.eye(len(players))
    for one in range(len(players)):
        for other in range(one):
            if rho := correlation(players[one], players[other]):
                # Bent normals with correlation r correlate by a a' r + 2 b b' r².
                linear, square = straight[one] * straight[other], 2 * bend[one] * bend[other]
                inner = max(0.0, linear * linear + 4 * square * rho)
                matrix[one, other] = matrix[other, one] = 2 * rho / (linear + sqrt(inner))
    values, vectors = np.linalg.eigh(matrix)
    root: npt.NDArray[np.float64] = np.einsum("ik,k,jk", vectors, np.sqrt(np.maximum(values, 0.0)), vectors)
    # Correlations measured pair by pair need not go together; rows of length one keep every variance.
    root /= np.sqrt((root**2).sum(axis=1, keepdims=True))
    return root
