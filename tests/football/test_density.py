"""Curves of distributions: they hold all of the cases, and agree with scipy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gaussian_kde, norm

from fantasy_tui.football.density import Density, density_of, density_of_bars, normal_density

means = st.floats(-50, 250)
spreads = st.floats(0.5, 60)


def mass(curve: Density) -> float:
    return sum(curve.heights) * curve.step


@given(means, spreads, st.floats(-2.9, 2.9))
def test_the_normal_curve_is_scipys(mean: float, sd: float, z: float) -> None:
    curve = normal_density(mean, sd)
    assert mass(curve) == pytest.approx(1, abs=0.01)
    assert curve.at(mean + z * sd) * sd == pytest.approx(norm.pdf(z), abs=0.001)
    assert (curve.low, curve.high) == pytest.approx(tuple(norm(mean, sd).ppf((0.1, 0.9))))


@given(st.floats(-50, 250), st.sampled_from((0.0, -1.0)))
def test_certain_points_have_no_width(mean: float, sd: float) -> None:
    curve = normal_density(mean, sd)
    assert (curve.mean, curve.low, curve.high, curve.step) == (mean, mean, mean, 0)
    assert curve.end == mean
    assert curve.at(mean) == 0


@given(st.lists(st.floats(-20, 200), min_size=1, max_size=200))
def test_any_draws_make_a_curve_that_holds_them(draws: list[float]) -> None:
    curve = density_of(draws)
    assert min(draws) - 1e-6 <= curve.low <= curve.high <= max(draws) + 1e-6
    assert all(height >= 0 for height in curve.heights)
    assert curve.at(curve.start - 1) == curve.at(curve.end + 1) == 0
    if curve.step > 1e-6:
        assert curve.start < curve.end
        # Draws as good as alone at either end may lie outside.
        assert 0.8 <= mass(curve) <= 1.02


def test_the_kernel_estimate_is_scipys() -> None:
    rng = np.random.default_rng(5)
    draws = rng.gamma(4.0, 4.0, 10_000)
    curve = density_of(draws)
    first, third = np.quantile(draws, (0.25, 0.75))
    width = 0.9 * min(draws.std(), (third - first) / 1.34) * draws.size**-0.2
    oracle = gaussian_kde(draws, bw_method=width / draws.std(ddof=1))
    for points in (2.0, 8.0, 12.0, 16.0, 30.0, 45.0):
        assert curve.at(points) == pytest.approx(float(oracle(points)[0]), rel=0.05, abs=0.0005)
    assert curve.mean == pytest.approx(draws.mean())
    assert mass(curve) == pytest.approx(1, abs=0.01)


def test_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="no draws"):
        density_of([])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(lambda shares: sum(shares) > 0.01))
def test_bars_become_a_curve_with_their_shares(shares: list[float]) -> None:
    whole = [share / sum(shares) for share in shares]
    edges = [10.0 + 5 * number for number in range(len(shares) + 1)]
    curve = density_of_bars(edges, whole, 20.0, 12.0, 30.0)
    assert mass(curve) == pytest.approx(1)
    for number, share in enumerate(whole):
        assert curve.at(edges[number] + 2.5) == pytest.approx(share / 5)
    assert (curve.mean, curve.low, curve.high) == (20.0, 12.0, 30.0)
