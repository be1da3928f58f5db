"""How points are distributed, as a curve that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_STEPS = 128
_CERTAIN = 0.005
"""League points: draws that spread by less are one value, which has no curve."""
_FINEST = 0.05
"""League points: the least bandwidth."""
_REACH = 3.0
"""Standard deviations on either side of the mean that a curve covers."""


@dataclass(frozen=True, slots=True)
class Density:
    """A distribution of league points: its mean, the points it stays between in 80 of 100 cases, its curve."""

    mean: float
    low: float
    high: float
    start: float
    """Points at the first of the heights."""
    step: float
    """Points between two heights; 0 for a distribution that is one value."""
    heights: tuple[float, ...]
    """Share of cases a point, from `start` on."""

    @property
    def end(self) -> float:
        """Points at the last of the heights."""
        return self.start + self.step * (len(self.heights) - 1)

    def at(self, points: float) -> float:
        """The height there, straight between its neighbours; 0 beyond the ends."""
        place = (points - self.start) / self.step if self.step else -1.0
        index = int(place)
        if place < 0 or index >= len(self.heights) - 1:
            return 0.0
        part = place - index
        return (1 - part) * self.heights[index] + part * self.heights[index + 1]


def normal_density(mean: float, sd: float) -> Density:
    """The normal distribution with this mean and standard deviation; an sd of 0 is certain points."""
    if sd <= 0:
        return Density(mean, mean, mean, mean, 0.0, (1.0,))
    start, step = mean - _REACH * sd, 2 * _REACH * sd / (_STEPS - 1)
    normal = NormalDist(mean, sd)
    return Density(
        mean,
        normal.inv_cdf(0.1),
        normal.inv_cdf(0.9),
        start,
        step,
        tuple(normal.pdf(start + step * index) for index in range(_STEPS)),
    )


def density_of(draws: Sequence[float] | npt.NDArray[np.floating[Any]]) -> Density:
    """The distribution that draws come from: a Gaussian kernel estimate, bandwidth by Silverman (1986, eq. 3.31).

    Raises ValueError without draws.
    """
    import numpy as np

    values = np.asarray(draws, dtype=np.float64)
    if not values.size:
        raise ValueError("no draws to estimate a distribution from")
    low, first, third, high = (float(q) for q in np.quantile(values, (0.1, 0.25, 0.75, 0.9)))
    spreads = [one for one in (float(values.std()), (third - first) / 1.34) if one > _CERTAIN]
    if not spreads:
        return normal_density(float(values.mean()), 0.0)
    width = max(0.9 * min(spreads) * values.size**-0.2, _FINEST)
    start, end = (float(q) for q in np.quantile(values, (0.002, 0.998)))
    start, end = start - 3 * width, end + 3 * width
    step = (end - start) / _STEPS
    counts, _ = np.histogram(values, bins=_STEPS, range=(start, end))
    reach = min(int(3 * width / step) + 1, _STEPS // 2 - 1)
    kernel = np.array([exp(-0.5 * (index * step / width) ** 2) for index in range(-reach, reach + 1)])
    kernel /= kernel.sum()
    heights = np.convolve(counts / (values.size * step), kernel, mode="same")
    return Density(
        float(values.mean()), low, high, start + step / 2, step, tuple(float(one) for one in heights)
    )


def density_of_bars(
    edges: Sequence[float], shares: Sequence[float], mean: float, low: float, high: float
) -> Density:
    """The distribution of a histogram: `shares` of all cases between `edges` that stand equally far apart.

    `mean` and the ends of the middle 80 of 100 are the caller's, who knows them better than the bars do.
    """
    step = edges[1] - edges[0]
    heights = (0.0, *(share / step for share in shares), 0.0)
    return Density(mean, low, high, edges[0] - step / 2, step, heights)
