"""How sure a decision can be: outcomes as mean and variance, and the chance that one side beats another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import erf, sqrt
from types import MappingProxyType

ACT_PROBABILITY = 0.55
"""Least probability at which a decision is worth acting on; below it is a toss-up."""

ACT_GAIN = 0.5
"""Least expected gain, in league points, at which a decision is worth acting on."""

POINTS_WHEN_QUESTIONABLE = 0.87
"""Share of his projection that a Questionable player scores if he plays (measured, 2016-25 reports)."""

AGAINST_NOTHING = 1.0
"""Probability of at least as many points as a starter who does not play: a normal tail below zero, which
hardly any player reaches, would understate it; `confidence` clips it."""

_LOWEST, _HIGHEST, _HIGHEST_ALIVE = 0.03, 0.97, 0.95


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of a player's points: mean, and variance in points squared."""

    mean: float
    variance: float


NOTHING = Outlook(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Straight lines through the projection for the mean (c0 + c1 p) and the variance (v0 + v1 p)."""

    c0: float
    c1: float
    v0: float
    v1: float


_FITS: Mapping[str, _Fit] = MappingProxyType(
    {
        "QB": _Fit(-5.5, 1.20, 15.1, 2.5),
        "RB": _Fit(0.6, 0.92, 7.4, 3.9),
        "WR": _Fit(-0.1, 0.95, 3.5, 4.1),
        "TE": _Fit(0.6, 0.87, 1.8, 4.1),
        "K": _Fit(5.1, 0.37, 24.1, -0.4),
        "DEF": _Fit(1.2, 0.83, 22.2, 1.1),
        "DL": _Fit(0.9, 0.76, 1.3, 4.0),
        "LB": _Fit(0.6, 0.89, 4.2, 2.4),
        "DB": _Fit(0.9, 0.80, 5.4, 1.4),
    }
)
_ANYONE = _Fit(0.0, 0.95, 5.0, 4.0)
_LEAST_VARIANCE = 1.0


def outlook(position: str | None, projected: float, play_probability: float = 1.0) -> Outlook:
    """Return the outlook of a player projected for so many points who plays with this probability.

    Lines fitted on kickoff-time projections and results, 2022 and before, tested on 2023-25; those of DL, LB
    and DB on one IDP league's 2024 season. A player in doubt is a mixture of not playing and of playing at
    0.87 of his projection.
    """
    if play_probability <= 0:
        return NOTHING
    fit = _FITS.get(position or "", _ANYONE)
    mean = max(0.0, fit.c0 + fit.c1 * projected) if projected > 0 else projected
    variance = max(_LEAST_VARIANCE, fit.v0 + fit.v1 * max(0.0, projected))
    if play_probability >= 1:
        return Outlook(mean, variance)
    mean *= POINTS_WHEN_QUESTIONABLE
    return Outlook(
        play_probability * mean,
        play_probability * variance + play_probability * (1 - play_probability) * mean**2,
    )


def probability_at_least(ins: Iterable[Outlook], outs: Iterable[Outlook]) -> float:
    """Return the probability (0 to 1) that `ins` together score at least as much as `outs`.

    Only players that differ belong in it. They are taken as independent and their sums as normal, which
    scores as well as a correlated simulation (Brier 0.2214 against 0.2211). Sides without any difference
    give 0.5.
    """
    gap = spread = 0.0
    for player in ins:
        gap += player.mean
        spread += player.variance
    for player in outs:
        gap -= player.mean
        spread += player.variance
    if spread <= 0:
        return 0.5 if gap == 0 else float(gap > 0)
    return 0.5 * (1 + erf(gap / sqrt(2 * spread)))


def confidence(probability: float, *, dead_starter: bool = False) -> float:
    """Return the confidence shown for a probability: 3 to 95, or 97 where a dead starter is replaced."""
    highest = _HIGHEST if dead_starter else _HIGHEST_ALIVE
    return 100 * min(highest, max(_LOWEST, probability))
