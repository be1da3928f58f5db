"""What a back-test found: how each kind of advice came out, and how good the line-ups were."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from fantasy_tui.football.track import Band, Call, bands, brier, calibration_error, wilson
from fantasy_tui.models import AgentTaskType

COIN = 0.25
"""The Brier score of always saying 50 in 100."""
ENOUGH = 100
"""Fewer settled calls prove no level."""
WIDEST = 0.20
"""An interval wider than this proves none either: ±10 points."""

_DRAWS = 2_000
_SEED = 2024

Interval = tuple[float, float]


def by_week(values: Iterable[tuple[int, float]]) -> Interval | None:
    """The 95 % interval of a mean, bootstrapped by NFL week (Efron's percentiles, 2,000 draws, fixed seed).

    Takes each value with its week: what happens in one week hangs together, so weeks are drawn, not values.
    None with fewer than two weeks.
    """
    weekly: dict[int, list[float]] = {}
    for week, value in values:
        weekly.setdefault(week, []).append(value)
    if len(weekly) < 2:
        return None
    sums = np.array([sum(weekly[week]) for week in sorted(weekly)])
    counts = np.array([len(weekly[week]) for week in sorted(weekly)])
    drawn = np.random.default_rng(_SEED).integers(0, len(weekly), (_DRAWS, len(weekly)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), (2.5, 97.5))
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Settled:
    """A call with what came of it."""

    kind: AgentTaskType
    week: int
    confidence: int
    """0 to 100."""
    listed: bool
    """True for a toss-up."""
    right: bool
    gain: float
    """League points against the status quo; for a report the margin of victory."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A stated chance to play, and whether the player did."""

    probability: float
    played: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Settled calls taken together."""

    n: int
    right: int
    brier: float | None
    calibration_error: float | None
    mean_gain: float | None
    mean_gain_interval: Interval | None
    no_effect: int
    """Calls that came out at exactly 0 points, such as plans for a case that did not come; they count as right."""
    bands: tuple[Band, ...]

    @classmethod
    def of(cls, settled: Sequence[Settled]) -> "Tally":
        """Count them."""
        calls = [Call(one.confidence / 100, one.right) for one in settled]
        return cls(
            n=len(settled),
            right=sum(one.right for one in settled),
            brier=brier(calls),
            calibration_error=calibration_error(calls),
            mean_gain=fmean(one.gain for one in settled) if settled else None,
            mean_gain_interval=by_week((one.week, one.gain) for one in settled),
            no_effect=sum(one.gain == 0 for one in settled),
            bands=bands(calls),
        )

    @property
    def hit_rate(self) -> float | None:
        """Share that came true, 0 to 1; none without calls."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        """The 95 % Wilson interval of the hit rate."""
        return wilson(self.right, self.n)

    @property
    def brier_skill(self) -> float | None:
        """Share of a coin's Brier score that is avoided: 0 is a coin, 1 is perfect, below 0 is worse."""
        return 1 - self.brier / COIN if self.brier is not None else None

    @property
    def proves(self) -> bool:
        """Whether there are enough calls to speak of a level."""
        low, high = self.interval
        return self.n >= ENOUGH and high - low <= WIDEST


@dataclass(frozen=True, slots=True)
class KindResult:
    """One kind of advice."""

    kind: AgentTaskType
    runs: int
    errors: int
    """Runs that raised."""
    decisions: int
    """Proposals that ask for an answer; for reports, the reports."""
    listed: int
    """Toss-ups."""
    calls: Tally
    toss_ups: Tally
    plays: Tally | None = None
    """Injuries alone: how true the stated chance to play was; it has no gain."""


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """What a team's week would have brought, in league points."""

    week: int
    agent: float
    """By the line-up suggested before the first kickoff."""
    manager: float
    """By those who were started."""
    hindsight: float
    """By the best line-up there was."""
    dead_starter: bool
    """Whether the manager started somebody who did not play, or left a slot empty."""


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Line-ups as shares of what hindsight would have scored; none without team-weeks."""

    team_weeks: int
    agent: float | None
    manager: float | None
    hindsight_points: float | None
    """Mean points of the best line-up."""
    mean_difference: float | None
    """Agent less manager, points a team-week."""
    interval: Interval | None

    @classmethod
    def of(cls, weeks: Sequence[TeamWeek]) -> "Efficiency":
        """Take team-weeks together."""
        total = sum(one.hindsight for one in weeks)
        if not total:
            return cls(0, None, None, None, None, None)
        gaps = [(one.week, one.agent - one.manager) for one in weeks]
        return cls(
            team_weeks=len(weeks),
            agent=sum(one.agent for one in weeks) / total,
            manager=sum(one.manager for one in weeks) / total,
            hindsight_points=total / len(weeks),
            mean_difference=fmean(gap for _, gap in gaps),
            interval=by_week(gaps),
        )


@dataclass(frozen=True, slots=True)
class Input:
    """One kind of input: in how many league-weeks it was seen before kickoff, and what stands in elsewhere."""

    name: str
    seen: int
    missing: int
    """League-weeks for which nothing is stored."""
    stand_ins: Mapping[str, int]
    """What stands in for it, and in how many league-weeks."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """A whole back-test."""

    season: str
    weeks: tuple[int, ...]
    left_out: tuple[int, ...]
    """Weeks that were asked for and are not final here."""
    leagues: tuple[str, ...]
    best_ball: tuple[str, ...]
    """Leagues in which nobody sets line-ups."""
    kinds: tuple[KindResult, ...]
    """Every kind, whether or not it was asked for."""
    lineups: Efficiency
    no_dead_starter: Efficiency
    """The same without team-weeks in which the manager started somebody who did not play."""
    inputs: tuple[Input, ...]
    league_weeks: int


def tally_kind(
    kind: AgentTaskType,
    counts: Callable[[AgentTaskType], tuple[int, int, int, int]],
    settled: Sequence[Settled],
    presences: Sequence[Presence],
) -> KindResult:
    """One kind's result; `counts` gives its runs, errors, decisions and toss-ups."""
    runs, errors, decisions, listed = counts(kind)
    own = [one for one in settled if one.kind is kind]
    plays = None
    if kind is AgentTaskType.INJURY_MONITORING:
        plays = Tally.of(
            [Settled(kind, 0, round(100 * one.probability), False, one.played, 0.0) for one in presences]
        )
    return KindResult(
        kind=kind,
        runs=runs,
        errors=errors,
        decisions=decisions,
        listed=listed,
        calls=Tally.of([one for one in own if not one.listed]),
        toss_ups=Tally.of([one for one in own if one.listed]),
        plays=plays,
    )
