"""Tallies, and intervals that are drawn by week."""

import random
from statistics import fmean, quantiles

import pytest

from fantasy_tui.backtest.results import Efficiency, Settled, Tally, TeamWeek, by_week
from fantasy_tui.models import AgentTaskType

KIND = AgentTaskType.SIT_START


def call(week: int, confidence: int, right: bool, gain: float = 0.0) -> Settled:
    return Settled(KIND, week, confidence, False, right, gain)


def test_the_bootstrap_draws_weeks() -> None:
    rng = random.Random(3)
    values = [(week, week - 4 + rng.gauss(0, 1)) for week in range(2, 12) for _ in range(rng.randint(1, 9))]
    weeks = sorted({week for week, _ in values})
    means = []
    for _ in range(4000):
        drawn = [value for week in rng.choices(weeks, k=len(weeks)) for at, value in values if at == week]
        means.append(fmean(drawn))
    cuts = quantiles(means, n=40)
    found = by_week(values)
    assert found is not None
    assert found == pytest.approx((cuts[0], cuts[-1]), abs=0.25)
    assert by_week(values) == found
    assert by_week(reversed(values)) == pytest.approx(found)


def test_what_hangs_together_counts_once() -> None:
    """A thousand calls of two weeks are two draws."""
    low, high = by_week([(week, 10.0 * week) for week in (0, 1) for _ in range(500)]) or (0.0, 0.0)
    assert (low, high) == (0.0, 10.0)


@pytest.mark.parametrize("values", [[], [(2, 1.0)], [(2, 1.0), (2, 5.0)]])
def test_one_week_has_no_interval(values: list[tuple[int, float]]) -> None:
    assert by_week(values) is None


def test_a_tally() -> None:
    tally = Tally.of(
        [call(2, 60, True, 4.0), call(2, 60, False, -2.0), call(3, 90, True, 1.0), call(3, 60, True, 1.0)]
    )
    assert (tally.n, tally.right, tally.hit_rate, tally.mean_gain) == (4, 3, 0.75, 1.0)
    assert tally.brier == pytest.approx((0.4**2 + 0.6**2 + 0.1**2 + 0.4**2) / 4)
    assert tally.brier_skill == pytest.approx(1 - (tally.brier or 0) / 0.25)
    assert tally.calibration_error == pytest.approx((3 * abs(0.6 - 2 / 3) + 0.1) / 4)
    assert [band.n for band in tally.bands] == [0, 0, 0, 0, 0, 0, 3, 0, 0, 1]
    assert tally.mean_gain_interval == (1.0, 1.0)
    assert not tally.proves


def test_nothing_is_no_number() -> None:
    tally = Tally.of([])
    assert (tally.n, tally.hit_rate, tally.brier, tally.brier_skill, tally.mean_gain) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert tally.calibration_error is None
    assert len(tally.bands) == 10
    assert Efficiency.of([]) == Efficiency(0, None, None, None, None, None)


def test_when_a_level_is_proved() -> None:
    assert not Tally.of([call(n % 9, 60, n % 2 == 0) for n in range(95)]).proves
    assert Tally.of([call(n % 9, 60, n % 2 == 0) for n in range(100)]).proves


def test_shares_are_of_all_points() -> None:
    weeks = [TeamWeek(2, 90.0, 80.0, 100.0, False), TeamWeek(3, 180.0, 190.0, 200.0, False)]
    found = Efficiency.of(weeks)
    assert (found.team_weeks, found.agent, found.manager) == (2, 0.9, 0.9)
    assert (found.hindsight_points, found.mean_difference) == (150.0, 0.0)
    assert found.interval == (-10.0, 10.0)
