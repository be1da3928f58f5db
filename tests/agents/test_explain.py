from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.agents import explain
from fantasy_tui.football.forecast import Lines
from fantasy_tui.football.odds import probability_at_least
from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.track import Band
from fantasy_tui.football.view import Source
from tests.views import NOW, league, player

VIEW = league("RB", [player("a", "RB", 10)], ["a"])
STALE = replace(VIEW, sources=(Source("projections", NOW - timedelta(hours=9)),))


def test_frequency_comes_before_points_and_range() -> None:
    assert explain.frequency(0.611, 2.41, (-7.2, 12.4)) == (
        "61 in 100 · expected +2.4 points; the difference usually lands between -7 and +12 (middle 68 %)."
    )
    assert explain.frequency(0.48, -0.3) == "48 in 100 · expected -0.3 points."


@given(st.floats(-50, 50), st.integers(0, 2))
def test_signed_numbers_read_back_and_are_never_minus_zero(points: float, decimals: int) -> None:
    said = explain.signed(points, decimals)
    assert said[0] in "+-"
    assert float(said) == pytest.approx(points, abs=0.51 * 10**-decimals)
    assert float(said) != 0 or said[0] == "+"


def test_contributions_name_sources_and_effects_and_admit_the_small_ones() -> None:
    projection = Projection(
        12.1, Basis.COMPONENTS, (("NFL.com", 12.6), ("ESPN", 11.7)), (("form", 0.04), ("team total", 0.4))
    )
    one = replace(player("waddle", "WR", 12.1), projection=projection, lines=Lines(25.5, 20.0))
    assert explain.contributions(one) == (
        "Waddle: projection 12.1 (NFL.com 12.6, ESPN 11.7) · form: no measurable effect · team total 25.5 (+0.4)"
    )


def test_contributions_of_one_in_doubt_show_what_is_left() -> None:
    doubt = player("q", "WR", 10, injury="Questionable", practice="Limited")
    assert explain.contributions(doubt).endswith(
        "plays in 76 of 100 (Questionable, limited in practice), at 87 % of his projection: expected 6.6"
    )
    probable = player("p", "WR", 10, injury="Probable")
    assert explain.contributions(probable).endswith("plays in 96 of 100 (Probable): expected 9.6")
    assert explain.contributions(player("o", "WR", 10, injury="Out")).endswith("will not play (Out)")


def test_flips_are_enough_to_turn_the_call() -> None:
    start, sit = player("in", "WR", 12, injury="Questionable"), player("out", "WR", 4, injury="Probable")
    gain = start.expected - sit.expected
    inactive, rises = explain.flips(start, sit, gain)
    assert inactive == "In is inactive (Questionable: plays in 71 of 100)"
    rise = float(rises.removeprefix("Out's projection rises "))
    turned = replace(sit, projection=Projection(4 + rise, Basis.COMPONENTS))
    assert turned.expected == pytest.approx(start.expected, abs=0.1)
    assert explain.flips(start, None, 3.0) == (inactive,)
    assert explain.flips(sit, player("dead", "WR", 9, injury="Out"), 4.0)[-1].startswith("Out is inactive")
    assert explain.flips(player("a", "WR", 9), player("b", "WR", 10), -1.0) == ("A's projection rises 1.0",)


def test_the_record_is_of_calls_as_sure_as_this_one() -> None:
    view = replace(
        VIEW, track={"sit_start": (Band(50, 60, 0, 0), Band(60, 70, 234, 140), Band(90, 100, 3, 3))}
    )
    assert explain.record(view, "sit_start", 0.61) == (
        "Calls at 60-70 came true 60 % of 234 (95 % interval 53 to 66)."
    )
    assert explain.record(view, "sit_start", 1.0) == (
        "Calls at 90-100 came true 100 % of 3 (95 % interval 44 to 100)."
    )
    # Shown as 60 in 100, and stored so: it is a call of that bin.
    assert explain.record(view, "sit_start", 0.596) == explain.record(view, "sit_start", 0.60)
    for nothing in (explain.record(view, "sit_start", 0.55), explain.record(view, "waiver_wire", 0.61)):
        assert nothing == "No call at this confidence has been settled here yet."


def test_lacks_stay_short_when_many_lack_the_same() -> None:
    squad = [player(f"p{n}", "WR", 5, basis=Basis.AVERAGE) for n in range(8)]
    squad[0] = replace(squad[0], lines=Lines(24.0, 20.0))
    assert explain.lacks(VIEW, squad) == (
        "P0, P1 and 6 more: season average, no projection known.",
        "P1, P2 and 5 more: no betting lines known.",
    )
    assert explain.lacks(VIEW, squad[:1]) == ("P0: season average, no projection known.",)
    assert explain.lacks(VIEW, squad[1:2])[-1] == "No betting lines are known for these games."
    assert explain.lacks(VIEW, [player("o", "WR", 0, injury="Out", basis=Basis.NONE)]) == ()


def test_lacks_name_old_inputs_and_sources_left_out() -> None:
    assert "six hours" in explain.lacks(STALE, [])[0]
    assert explain.lacks(replace(VIEW, dropped_sources=("ESPN",)), []) == (
        "ESPN is left out: failed or stale.",
    )
    two = replace(VIEW, dropped_sources=("ESPN", "NFL.com"))
    assert explain.lacks(two, []) == ("ESPN, NFL.com are left out: failed or stale.",)


def test_old_inputs_lower_what_is_shown_once_and_widen_the_range() -> None:
    start, sit = player("a", "RB", 14), player("b", "RB", 9)
    fresh, fresh_range = explain.weighed(VIEW, [start], [sit])
    stale, stale_range = explain.weighed(STALE, [start], [sit])
    assert fresh == probability_at_least([start.outlook()], [sit.outlook()])
    assert stale == explain.lowered(STALE, fresh)
    assert 0.5 < stale < fresh
    assert stale_range[0] < fresh_range[0] < fresh_range[1] < stale_range[1]
    assert explain.lowered(STALE, 0.4) > 0.4


def test_a_possessive_and_a_player_without_projection_read_well() -> None:
    assert explain.possessive("Waddle") == "Waddle's"
    assert explain.possessive("Pittsburgh Steelers") == "Pittsburgh Steelers'"
    assert explain.contributions(player("x", "RB", 0, basis=Basis.NONE)) == "X: no projection"


def test_the_first_week_is_said_to_know_less_and_lowers_the_chance() -> None:
    first = replace(VIEW, week=1)
    assert 0.5 < explain.lowered(first, 0.7) < explain.lowered(VIEW, 0.7) == 0.7
    assert explain.lowered(replace(STALE, week=1), 0.7) < explain.lowered(STALE, 0.7)
    said = "No game of this season has been played: the confidence is lowered for it."
    assert said in explain.lacks(first, [])
    assert said not in explain.lacks(VIEW, [])


def test_a_guess_is_less_sure_than_a_projection() -> None:
    known, guess = player("k", "RB", 2), player("g", "RB", 2, basis=Basis.NONE)
    better = player("b", "RB", 9)
    assert 0.5 < explain.weighed(VIEW, [better], [guess])[0] < explain.weighed(VIEW, [better], [known])[0]
    out = player("o", "RB", 0, injury="Out", basis=Basis.NONE)
    assert explain.weighed(VIEW, [better], [out])[0] == pytest.approx(1.0, abs=0.001)
