"""How sure a decision can be: outcomes as mean and variance, and the chance that one side beats another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import erf, exp, log, prod, sqrt

from .availability import points_share
from .calibration import CALIBRATION

ACT_PROBABILITY = 0.55
"""Least probability at which a decision is worth acting on; below it is a toss-up."""

TOSS_UP_PROBABILITY = 0.45
"""Least probability at which a call is still a toss-up."""

ACT_GAIN = 0.5
"""Least expected gain, in league points, at which a decision is worth acting on."""

AGAINST_NOTHING = 1.0
"""Probability of at least as many points as a starter who does not play: a normal tail below zero, which
hardly any player reaches (10 of 6,278 starts, recorded leagues, 2024), would understate it; `confidence` clips it."""

DEFENCE_AGAINST_NOTHING = 0.94
"""The same for a defence alone: 24 of 381 started ones ended below zero (recorded leagues, 2024)."""

STANDING_SHARE = 0.18
"""Correlation between weeks of what a projection misses: single games are missed by 5.94 points, means of
four by 3.68 (measured), which leaves 6.3 of 35.3 points squared that do not average out."""

_LOWEST, _HIGHEST, _HIGHEST_ALIVE = 0.03, 0.97, 0.95
_LEAST_VARIANCE = 1.0
# Two branches for each player in doubt; beyond this many a normal mixture is as good.
_MOST_BRANCHING = 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of a player if he plays: mean, variance in points squared, and the chance that he does.

    Position, team and opponent tell which players' points rise and fall together.
    """

    mean: float
    variance: float
    plays: float = 1.0
    position: str | None = None
    team: str | None = None
    opponent: str | None = None

    @property
    def expected(self) -> float:
        """Mean over playing and not playing."""
        return self.plays * self.mean

    @property
    def spread(self) -> float:
        """Variance over playing and not playing."""
        return self.plays * self.variance + self.plays * (1 - self.plays) * self.mean**2


NOTHING = Outlook(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean and variance of what one side scores more than the other."""

    mean: float
    variance: float

    @property
    def z(self) -> float:
        """Mean in standard deviations; infinite where nothing is left to chance."""
        if self.variance > 0:
            return self.mean / sqrt(self.variance)
        return 0.0 if self.mean == 0 else float("inf") if self.mean > 0 else float("-inf")

    def middle(self, share: float = 0.68) -> tuple[float, float]:
        """The range in which it lands so often, around the mean, for a normal distribution (68 %: one sd)."""
        reach = {0.68: 0.9945, 0.80: 1.2816}[share] * sqrt(self.variance)
        return self.mean - reach, self.mean + reach


def outlook(
    position: str | None,
    projected: float,
    play_probability: float = 1.0,
    *,
    stale: bool = False,
    basis: str = "default",
    team: str | None = None,
    opponent: str | None = None,
) -> Outlook:
    """Return the outlook of a player projected for so many points who plays with this probability.

    Variances were fitted on kickoff-time projections and results, 2022 and before, tested on 2023-25; those
    of DL, LB and DB on one IDP league's 2024 season. `stale` takes the wider ones of midweek projections;
    `basis` (a projection's) those of numbers that are not in the league's own scoring. A player in doubt who
    plays scores 0.87 of his projection.
    """
    if play_probability <= 0:
        return NOTHING
    table = CALIBRATION.variance
    v0, v1 = table.get(position or "default", table["default"])
    variance = max(_LEAST_VARIANCE, v0 + v1 * max(0.0, projected))
    widths = CALIBRATION.basis_variance
    variance *= widths.get(basis, widths["default"])
    if stale:
        factors = CALIBRATION.stale_variance
        variance *= factors.get(position or "default", factors["default"])
    mean = projected * points_share(play_probability)
    return Outlook(mean, variance, min(1.0, play_probability), position, team, opponent)


def correlation(one: Outlook, other: Outlook) -> float:
    """Correlation of what two players score beyond their projections: 0 unless they meet in a game."""
    if one.team is None or other.team is None:
        return 0.0
    pair = " ".join(sorted((one.position or "", other.position or "")))
    if one.team == other.team:
        return CALIBRATION.same_team.get(pair, 0.0)
    return CALIBRATION.opponents.get(pair, 0.0) if one.opponent == other.team else 0.0


def difference(ins: Iterable[Outlook], outs: Iterable[Outlook]) -> Difference:
    """Mean and variance of the sum of `ins` less the sum of `outs`; only players that differ belong in it."""
    sides = [(1, player) for player in ins] + [(-1, player) for player in outs]
    mean = sum(sign * player.expected for sign, player in sides)
    variance = sum(player.spread for _, player in sides)
    for index, (sign, player) in enumerate(sides):
        for other_sign, other in sides[:index]:
            if rho := correlation(player, other):
                variance += 2 * sign * other_sign * rho * sqrt(player.spread * other.spread)
    return Difference(mean, max(0.0, variance))


def lasting(deviations: Iterable[Sequence[float]]) -> float:
    """Variance that several weeks share, beside the sum of each week's: what is missed of a player one week is
    missed again. Takes each player's standard deviations by week, negative in weeks in which he goes out.
    """
    return STANDING_SHARE * sum(sum(weeks) ** 2 - sum(one * one for one in weeks) for weeks in deviations)


def probability_at_least(ins: Iterable[Outlook], outs: Iterable[Outlook], curve: str = "swap") -> float:
    """Return the probability (0 to 1) that `ins` together score at least as much as `outs`.

    Only players that differ belong in it. Sums over playing and not playing of each player in doubt, each
    branch by the calibrated curve of its kind of decision; where none of `outs` plays it is as good as
    certain, for a tie is enough. Sides without any difference give 0.5.
    """
    ins, outs = list(ins), list(outs)
    doubtful = [player for player in (*ins, *outs) if 0 < player.plays < 1]
    if all(player == NOTHING for player in (*ins, *outs)):
        return 0.5
    if len(doubtful) > _MOST_BRANCHING:
        return calibrated(difference(ins, outs).z, curve)
    total = 0.0
    for branch in product((True, False), repeat=len(doubtful)):
        chance = prod(p.plays if plays else 1 - p.plays for p, plays in zip(doubtful, branch, strict=True))
        fates = iter(branch)
        playing, benched = ([_settled(player, fates) for player in side] for side in (ins, outs))
        total += chance * _in_branch(playing, benched, curve)
    return total


def _in_branch(ins: Sequence[Outlook], outs: Sequence[Outlook], curve: str) -> float:
    if all(player == NOTHING for player in outs):
        alone = [player.position for player in ins if player != NOTHING]
        return DEFENCE_AGAINST_NOTHING if alone == ["DEF"] else AGAINST_NOTHING
    return calibrated(difference(ins, outs).z, curve)


def _settled(player: Outlook, fates: Iterator[bool]) -> Outlook:
    if not 0 < player.plays < 1:
        return player
    if not next(fates):
        return NOTHING
    return Outlook(player.mean, player.variance, 1.0, player.position, player.team, player.opponent)


def calibrated(z: float, curve: str = "swap") -> float:
    """Probability at so many standard deviations, by the curve fitted on past decisions of that kind.

    A certain difference is certain; none at all is even.
    """
    if z == 0:
        return 0.5
    if abs(z) == float("inf"):
        return float(z > 0)
    a, b = CALIBRATION.curves[curve]
    return 1 / (1 + exp(-(a + b * z)))


def normal(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * (1 + erf(z / sqrt(2)))


def weakened(probability: float, factor: float | None = None) -> float:
    """The probability when its inputs have gone stale: its log-odds divided by the root of the variances' ratio."""
    ratio = factor if factor is not None else CALIBRATION.stale_variance["default"]
    if not 0 < probability < 1:
        return probability
    odds = log(probability / (1 - probability)) / sqrt(ratio)
    return 1 / (1 + exp(-odds))


def confidence(probability: float, *, dead_starter: bool = False) -> float:
    """Return the confidence shown for a probability: 3 to 95, or 97 where a dead starter is replaced."""
    highest = _HIGHEST if dead_starter else _HIGHEST_ALIVE
    return 100 * min(highest, max(_LOWEST, probability))


def middle_68(ins: Sequence[Outlook], outs: Sequence[Outlook]) -> tuple[float, float]:
    """The range in which the difference lands in 68 of 100 weeks."""
    return difference(ins, outs).middle()
