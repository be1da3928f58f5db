"""How good stated probabilities were: bins, Brier score, calibration error, Wilson intervals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

BINS = 10


@dataclass(frozen=True, slots=True)
class Call:
    """A settled call: the probability (0 to 1) that was stated, and whether it came true."""

    probability: float
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Settled calls whose stated confidence lay in [low, high) of 100, the last one including 100."""

    low: int
    high: int
    n: int
    right: int
    stated: float = 0.0
    """Mean stated probability, 0 to 1; 0 without calls."""

    @property
    def hit_rate(self) -> float | None:
        """Share that came true, 0 to 1; none without calls."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the hit rate."""
        return wilson(self.right, self.n)


def bands(calls: Iterable[Call], bins: int = BINS) -> tuple[Band, ...]:
    """Calls by stated confidence in bins of equal width."""
    width = 100 // bins
    sorted_in: list[list[Call]] = [[] for _ in range(bins)]
    for call in calls:
        sorted_in[min(bins - 1, int(round(100 * call.probability, 6) // width))].append(call)
    return tuple(
        Band(
            low=index * width,
            high=(index + 1) * width,
            n=len(held),
            right=sum(call.right for call in held),
            stated=fmean(call.probability for call in held) if held else 0.0,
        )
        for index, held in enumerate(sorted_in)
    )


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927); (0, 1) without calls."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def brier(calls: Sequence[Call]) -> float | None:
    """Mean squared distance of probability and outcome (Brier 1950); none without calls."""
    return fmean((call.probability - call.right) ** 2 for call in calls) if calls else None


def calibration_error(calls: Sequence[Call]) -> float | None:
    """Expected calibration error: distance of stated and true shares by bin, weighed by calls; none without."""
    if not calls:
        return None
    return sum(abs(band.stated * band.n - band.right) for band in bands(calls)) / len(calls)
