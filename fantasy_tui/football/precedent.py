"""Settled calls most like a new one, told as stories: how it went when something alike was advised.

A handful of neighbours predicts worse than a coin (measured over 2,315 real calls: Brier 0.272 for ten, 0.249 for the
coin), so no number is made of them; only 200 or more say how often such calls came true.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import hypot, log2
from statistics import NormalDist

from .track import wilson

ENOUGH = 200
"""Settled calls from which a share may be told, that of the nearest so many."""
_STEEP = 3.0
"""Weight of the standardised gap against the other features."""
_GAIN = 3.0
"""Expected points that count as much as another position."""
_SUREST = 0.99
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class CallFeatures:
    """What makes calls alike."""

    kind: str
    """The agent that made it; calls of different kinds are never alike."""
    probability: float
    """Stated chance that it comes true, 0 to 1."""
    gain: float
    """Expected league points over the horizon."""
    positions: frozenset[str]
    """Of the players it is about."""
    weeks: int = 1
    """The horizon."""

    @property
    def gap(self) -> float:
        """The probability as standard deviations between the two sides."""
        return _NORMAL.inv_cdf(min(_SUREST, max(1 - _SUREST, self.probability)))


@dataclass(frozen=True, slots=True)
class PastCall:
    """A settled call: what was advised and what it brought."""

    key: str
    """The decision's id; breaks ties."""
    season: str
    week: int
    summary: str
    """The advice in one line."""
    features: CallFeatures
    right: bool
    gain: float
    """League points it gained (negative: lost) against what stood."""

    @property
    def story(self) -> str:
        """`Start A over B, week 6: +3.1, came true`."""
        ending = "came true" if self.right else "did not come true"
        gain = round(self.gain, 1) + 0.0  # which makes -0.0 positive
        return f"{self.summary.rstrip(' .')}, week {self.week}: {gain:+.1f}, {ending}"


@dataclass(frozen=True, slots=True)
class Record:
    """How many of the nearest calls came true."""

    n: int
    right: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the share."""
        return wilson(self.right, self.n)

    @property
    def sentence(self) -> str:
        """For the reasons of a decision."""
        low, high = self.interval
        return (
            f"Of the {self.n} settled calls most like this one {self.right} came true"
            f" (95 % interval {round(100 * low)} to {round(100 * high)} %)."
        )


@dataclass(frozen=True, slots=True)
class Precedents:
    """The nearest past calls, nearest first, and their record where there are enough."""

    calls: tuple[PastCall, ...] = ()
    record: Record | None = None
    """None with fewer than 200 settled calls of the kind: their share would say nothing."""

    @property
    def stories(self) -> tuple[str, ...]:
        """One sentence a call."""
        return tuple(call.story for call in self.calls)


def precedents(call: CallFeatures, past: Collection[PastCall], limit: int = 5) -> Precedents:
    """The settled calls of the same kind nearest to this one; equally near ones the latest first."""
    alike = [one for one in past if one.features.kind == call.kind]
    latest = sorted(alike, key=lambda one: (one.season, one.week, one.key), reverse=True)
    nearest = sorted(latest, key=lambda one: distance(call, one.features))
    return Precedents(tuple(nearest[: max(0, limit)]), _record(nearest[:ENOUGH]))


def _record(nearest: Sequence[PastCall]) -> Record | None:
    if len(nearest) < ENOUGH:
        return None
    return Record(len(nearest), sum(one.right for one in nearest))


def distance(one: CallFeatures, other: CallFeatures) -> float:
    """How unlike two calls of a kind are: 1 is another position, twice the horizon or 3 points of expected gain."""
    everyone = one.positions | other.positions
    shared = len(one.positions & other.positions) / len(everyone) if everyone else 1.0
    return hypot(
        _STEEP * (one.gap - other.gap),
        (one.gain - other.gain) / _GAIN,
        1 - shared,
        log2(max(1, one.weeks)) - log2(max(1, other.weeks)),
    )
