from itertools import product
from math import exp, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.odds import (
    NOTHING,
    Outlook,
    calibrated,
    confidence,
    correlation,
    difference,
    middle_68,
    normal,
    outlook,
    probability_at_least,
    weakened,
)

POSITIONS = ["QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB", "P", None]
projected = st.floats(0, 40, allow_nan=False)
chances = st.one_of(st.just(1.0), st.floats(0.01, 0.99))
games = st.sampled_from([("PHI", "DAL"), ("DAL", "PHI"), ("KC", "DEN"), (None, None)])
outlooks = st.builds(
    lambda mean, variance, plays, position, game: Outlook(mean, variance, plays, position, *game),
    st.floats(0, 30, allow_nan=False),
    st.floats(1, 120, allow_nan=False),
    chances,
    st.sampled_from(POSITIONS),
    games,
)
healthy = outlooks.map(lambda o: Outlook(o.mean, o.variance, 1.0, o.position, o.team, o.opponent))


def logistic(z: float, a: float = -0.08, b: float = 1.95) -> float:
    return 1 / (1 + exp(-(a + b * z)))


def test_the_mean_is_the_projection_and_the_variance_the_fitted_line() -> None:
    assert (outlook("RB", 10.0).mean, outlook("RB", 10.0).plays) == (10.0, 1.0)
    assert outlook("RB", 10.0).variance == pytest.approx(7.4 + 39.0)
    assert outlook("QB", 20.0).variance == pytest.approx(15.1 + 50.0)
    assert outlook("P", 3.0).variance == outlook(None, 3.0).variance == pytest.approx(17.0)
    assert outlook("WR", 12.0, team="PHI", opponent="DAL").opponent == "DAL"


def test_old_inputs_widen_it() -> None:
    for position, factor in (("RB", 1.17), ("WR", 1.15), ("K", 1.15)):
        fresh, stale = outlook(position, 10.0), outlook(position, 10.0, stale=True)
        assert stale.mean == fresh.mean
        assert stale.variance == pytest.approx(factor * fresh.variance)


def test_in_doubt_is_a_mixture_of_playing_hampered_and_not_playing() -> None:
    doubt = outlook("WR", 12.0, 0.7)
    assert doubt.mean == pytest.approx(0.87 * 12)
    assert doubt.plays == 0.7
    assert doubt.expected == pytest.approx(0.7 * 0.87 * 12)
    plays = np.random.default_rng(1).random(400_000) < 0.7
    points = np.random.default_rng(2).normal(doubt.mean, sqrt(doubt.variance), 400_000) * plays
    assert doubt.expected == pytest.approx(points.mean(), abs=0.05)
    assert doubt.spread == pytest.approx(points.var(), rel=0.01)
    assert outlook("WR", 12.0, 0.0) == NOTHING


@settings(max_examples=60, deadline=None)
@given(position=st.sampled_from(POSITIONS), low=projected, high=projected, probability=st.floats(0.01, 1))
def test_more_projected_is_never_less_expected(
    position: str | None, low: float, high: float, probability: float
) -> None:
    low, high = sorted((low, high))
    assert outlook(position, low, probability).expected <= outlook(position, high, probability).expected
    assert outlook(position, low, probability).variance > 0


@pytest.mark.parametrize(
    ("one", "other", "rho"),
    [
        (("QB", "PHI", "DAL"), ("WR", "PHI", "DAL"), 0.30),
        (("WR", "PHI", "DAL"), ("QB", "PHI", "DAL"), 0.30),
        (("QB", "PHI", "DAL"), ("DEF", "DAL", "PHI"), -0.43),
        (("QB", "PHI", "DAL"), ("QB", "DAL", "PHI"), 0.22),
        (("QB", "PHI", "DAL"), ("WR", "KC", "DEN"), 0.0),
        (("RB", "PHI", "DAL"), ("RB", "PHI", "DAL"), 0.0),
        (("QB", None, None), ("WR", None, None), 0.0),
    ],
)
def test_players_of_one_game_rise_and_fall_together(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None], rho: float
) -> None:
    first, second = (Outlook(15.0, 50.0, 1.0, *about) for about in (one, other))
    assert correlation(first, second) == correlation(second, first) == rho


@settings(max_examples=80, deadline=None)
@given(ins=st.lists(outlooks, max_size=4), outs=st.lists(outlooks, max_size=4))
def test_a_difference_is_the_quadratic_form_of_its_covariances(
    ins: list[Outlook], outs: list[Outlook]
) -> None:
    players = [*ins, *outs]
    signs = np.array([1.0] * len(ins) + [-1.0] * len(outs))
    deviations = np.sqrt([p.spread for p in players])
    rho = np.array([[1.0 if p is q else correlation(p, q) for q in players] for p in players])
    found = difference(ins, outs)
    assert found.mean == pytest.approx(float(signs @ [p.expected for p in players]) if players else 0.0)
    if players:
        expected = float(signs @ (rho * np.outer(deviations, deviations)) @ signs)
        assert found.variance == pytest.approx(max(0.0, expected), abs=1e-6)


def test_teammates_on_one_side_widen_a_difference_and_across_narrow_it() -> None:
    passer, catcher = (Outlook(15.0, 50.0, 1.0, position, "PHI", "DAL") for position in ("QB", "WR"))
    assert difference([passer, catcher], []).variance == pytest.approx(100 + 2 * 0.3 * 50)
    assert difference([passer], [catcher]).variance == pytest.approx(100 - 2 * 0.3 * 50)


def test_the_middle_holds_68_of_100() -> None:
    low, high = middle_68([Outlook(12.0, 40.0)], [Outlook(9.0, 60.0)])
    law = NormalDist(3, 10)
    assert law.cdf(high) - law.cdf(low) == pytest.approx(0.68, abs=1e-3)
    low, high = difference([Outlook(3.0, 100.0)], []).middle(0.80)
    assert law.cdf(high) - law.cdf(low) == pytest.approx(0.80, abs=1e-3)


def test_swaps_follow_the_calibrated_curve_not_the_normal_one() -> None:
    ins, outs = [Outlook(12.0, 40.0), Outlook(8.0, 30.0)], [Outlook(15.0, 50.0)]
    z = 5 / sqrt(120)
    assert CALIBRATION.curves["swap"] == (-0.08, 1.95)
    assert probability_at_least(ins, outs) == pytest.approx(logistic(z))
    assert probability_at_least(ins, outs, "trade") == pytest.approx(logistic(z, 0.0, 1.70))
    assert probability_at_least(ins, outs, "trade") == pytest.approx(normal(z), abs=0.01)
    assert normal(z) == pytest.approx(NormalDist().cdf(z))


def by_enumeration(ins: list[Outlook], outs: list[Outlook]) -> float:
    """Every fate of every player, those of the healthy included."""
    total = 0.0
    for fate in product((True, False), repeat=len(ins) + len(outs)):
        chance = 1.0
        for plays, player in zip(fate, [*ins, *outs], strict=True):
            chance *= player.plays if plays else 1 - player.plays
        if chance == 0:
            continue
        active = [
            Outlook(p.mean, p.variance, 1.0, p.position, p.team, p.opponent)
            for plays, p in zip(fate, [*ins, *outs], strict=True)
            if plays
        ]
        number = sum(fate[: len(ins)])
        if len(active) == number:
            total += chance * (0.94 if [p.position for p in active] == ["DEF"] else 1.0)
            continue
        gap = difference(active[:number], active[number:])
        total += chance * (logistic(gap.z) if gap.z else 0.5)
    return total


@settings(max_examples=80, deadline=None)
@given(ins=st.lists(outlooks, min_size=1, max_size=2), outs=st.lists(outlooks, min_size=1, max_size=2))
def test_branches_equal_enumeration(ins: list[Outlook], outs: list[Outlook]) -> None:
    assert probability_at_least(ins, outs) == pytest.approx(by_enumeration(ins, outs), abs=1e-9)


def test_many_in_doubt_are_taken_as_one_mixture() -> None:
    ins = [Outlook(9.0, 40.0, 0.7)] * 3
    outs = [Outlook(7.0, 40.0, 0.7)] * 2
    assert probability_at_least(ins, outs) == pytest.approx(logistic(difference(ins, outs).z))


@settings(max_examples=60, deadline=None)
@given(ins=st.lists(healthy, min_size=1, max_size=4), outs=st.lists(healthy, min_size=1, max_size=4))
def test_the_two_sides_share_one_on_an_even_curve(ins: list[Outlook], outs: list[Outlook]) -> None:
    both = probability_at_least(ins, outs, "waiver") + probability_at_least(outs, ins, "waiver")
    assert both == pytest.approx(1.0)


def test_without_doubt_it_is_certain_or_even() -> None:
    assert probability_at_least([], []) == 0.5
    assert probability_at_least([NOTHING], [NOTHING]) == 0.5
    assert probability_at_least([Outlook(1.0, 0.0)], [NOTHING]) == 1.0
    assert probability_at_least([Outlook(1.0, 9.0)], []) == 1.0
    assert probability_at_least([NOTHING], [Outlook(1.0, 0.0)]) == 0.0
    assert calibrated(float("inf")) == 1.0
    assert calibrated(float("-inf")) == 0.0
    assert calibrated(0.0) == 0.5


def test_who_does_not_play_is_beaten_by_anybody() -> None:
    """A Doubtful player plays 16 times in 1,000; in all others a tie would be enough."""
    found = probability_at_least([Outlook(3.0, 20.0)], [Outlook(20.0, 60.0, 0.016)])
    assert found == pytest.approx(0.984 + 0.016 * logistic(-17 / sqrt(80)))


@given(probability=st.floats(0.001, 0.999), factor=st.floats(1.0, 4.0))
def test_weakened_goes_towards_even_and_never_past_it(probability: float, factor: float) -> None:
    found = weakened(probability, factor)
    assert abs(found - 0.5) <= abs(probability - 0.5) + 1e-12
    assert (found - 0.5) * (probability - 0.5) >= -1e-12
    assert weakened(1 - probability, factor) == pytest.approx(1 - found)


def test_weakened_is_what_the_wider_variance_gives() -> None:
    z, ratio = 0.6, CALIBRATION.stale_variance["default"]
    assert weakened(logistic(z, a=0.0)) == pytest.approx(logistic(z / sqrt(ratio), a=0.0))
    assert (weakened(0.0), weakened(1.0)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("probability", "dead", "shown"),
    [(0.61, False, 61.0), (0.99, False, 95.0), (0.99, True, 97.0), (0.96, True, 96.0), (0.0, False, 3.0)],
)
def test_confidence_is_clipped(probability: float, dead: bool, shown: float) -> None:
    assert confidence(probability, dead_starter=dead) == pytest.approx(shown)


@pytest.mark.parametrize("basis", ["preset", "average", "lines", "none"])
def test_numbers_that_are_not_the_leagues_own_come_out_nearer_to_even(basis: str) -> None:
    sure = probability_at_least([outlook("WR", 15.0)], [outlook("WR", 9.0)])
    thin = probability_at_least([outlook("WR", 15.0, basis=basis)], [outlook("WR", 9.0, basis=basis)])
    assert 0.5 < thin < sure
    assert outlook("WR", 15.0, basis="components") == outlook("WR", 15.0)
