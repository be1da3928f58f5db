import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from fantasy_tui.football.track import Call, bands, brier, calibration_error, wilson

calls = st.lists(st.builds(Call, st.floats(0, 1), st.booleans()), max_size=60)


@given(n=st.integers(1, 500), data=st.data())
def test_wilson_is_scipys(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    expected = binomtest(right, n).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(right, n) == pytest.approx((expected.low, expected.high), abs=1e-4)


def test_without_calls_anything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert brier([]) is None
    assert calibration_error([]) is None
    assert all(band.hit_rate is None and band.interval == (0.0, 1.0) for band in bands([]))


@given(calls)
def test_every_call_is_in_the_band_of_its_confidence(found: list[Call]) -> None:
    by_band = bands(found)
    assert [(band.low, band.high) for band in by_band] == [(low, low + 10) for low in range(0, 100, 10)]
    assert sum(band.n for band in by_band) == len(found)
    assert sum(band.right for band in by_band) == sum(call.right for call in found)
    for band in by_band:
        if band.n:
            assert band.low - 1e-6 <= 100 * band.stated <= band.high + 1e-6


@pytest.mark.parametrize(
    ("probability", "low"), [(0.0, 0), (0.29, 20), (0.3, 30), (0.57, 50), (0.6, 60), (1.0, 90)]
)
def test_bounds_belong_to_the_band_above(probability: float, low: int) -> None:
    [band] = [band for band in bands([Call(probability, True)]) if band.n]
    assert band.low == low


@given(calls.filter(bool))
def test_brier_and_calibration_error_are_numpys(found: list[Call]) -> None:
    p = np.array([call.probability for call in found])
    y = np.array([call.right for call in found], dtype=float)
    assert brier(found) == pytest.approx(float(np.mean((p - y) ** 2)))
    which = np.minimum(9, np.round(100 * p, 6) // 10).astype(int)
    gaps = sum(
        (which == each).mean() * abs(p[which == each].mean() - y[which == each].mean())
        for each in np.unique(which)
    )
    assert calibration_error(found) == pytest.approx(float(gaps))


def test_a_calibrated_forecaster_has_no_error_and_a_boaster_has() -> None:
    honest = [Call(0.6, right) for right in [True] * 60 + [False] * 40]
    assert calibration_error(honest) == pytest.approx(0.0)
    boaster = [Call(0.9, call.right) for call in honest]
    assert calibration_error(boaster) == pytest.approx(0.3)
    assert brier(boaster) == pytest.approx(0.9**2 * 0.4 + 0.1**2 * 0.6)
