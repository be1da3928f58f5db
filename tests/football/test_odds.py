from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.odds import Outlook, confidence, outlook, probability_at_least

POSITIONS = ["QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB", "P", None]
projected = st.floats(0, 40, allow_nan=False)
outlooks = st.builds(Outlook, st.floats(0, 30, allow_nan=False), st.floats(1, 120, allow_nan=False))


def test_outlook_follows_the_fitted_lines() -> None:
    assert outlook("RB", 10.0).mean == pytest.approx(9.8)
    assert outlook("RB", 10.0).variance == pytest.approx(46.4)
    assert outlook("QB", 20.0).mean == pytest.approx(18.5)
    assert outlook("QB", 20.0).variance == pytest.approx(65.1)


def test_in_doubt_is_a_mixture() -> None:
    sure, doubt = outlook("WR", 12.0), outlook("WR", 12.0, 0.7)
    playing = 0.87 * sure.mean
    assert doubt.mean == pytest.approx(0.7 * playing)
    assert doubt.variance == pytest.approx(0.7 * (sure.variance + playing**2) - (0.7 * playing) ** 2)
    assert outlook("WR", 12.0, 0.0) == Outlook(0.0, 0.0)


@settings(max_examples=60, deadline=None)
@given(position=st.sampled_from(POSITIONS), low=projected, high=projected, probability=st.floats(0.01, 1))
def test_more_projected_is_never_less_expected(
    position: str | None, low: float, high: float, probability: float
) -> None:
    low, high = sorted((low, high))
    assert outlook(position, low, probability).mean <= outlook(position, high, probability).mean
    assert outlook(position, low, probability).variance > 0


def test_probability_is_the_normal_one() -> None:
    ins, outs = [Outlook(12.0, 40.0), Outlook(8.0, 30.0)], [Outlook(15.0, 50.0)]
    assert probability_at_least(ins, outs) == pytest.approx(NormalDist().cdf(5 / sqrt(120)))


@settings(max_examples=60, deadline=None)
@given(ins=st.lists(outlooks, max_size=4), outs=st.lists(outlooks, max_size=4))
def test_the_two_sides_share_one(ins: list[Outlook], outs: list[Outlook]) -> None:
    assert probability_at_least(ins, outs) + probability_at_least(outs, ins) == pytest.approx(1.0)


def test_without_doubt_it_is_certain_or_even() -> None:
    nothing = Outlook(0.0, 0.0)
    assert probability_at_least([], []) == 0.5
    assert probability_at_least([nothing], [nothing]) == 0.5
    assert probability_at_least([Outlook(1.0, 0.0)], [nothing]) == 1.0
    assert probability_at_least([nothing], [Outlook(1.0, 0.0)]) == 0.0


@pytest.mark.parametrize(
    ("probability", "dead", "shown"),
    [(0.61, False, 61.0), (0.99, False, 95.0), (0.99, True, 97.0), (0.96, True, 96.0), (0.0, False, 3.0)],
)
def test_confidence_is_clipped(probability: float, dead: bool, shown: float) -> None:
    assert confidence(probability, dead_starter=dead) == pytest.approx(shown)
