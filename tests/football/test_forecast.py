import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.forecast import (
    PPR,
    SEASON_AVERAGE,
    Lines,
    forecast,
    form,
    implied_totals,
    is_projected_weekly,
    level,
)
from fantasy_tui.football.projection import NO_PROJECTION, Basis, project
from fantasy_tui.football.scoring import league_points

HALF = {**PPR, "rec": 0.5, "sack": 1.0, "int": 2.0}
WR, DEF = frozenset({"WR"}), frozenset({"DEF"})
ROW = {"rec": 5.0, "rec_yd": 60.0, "rec_td": 0.5}
"""11.5 points in half PPR, 14 in full."""
games = st.lists(st.floats(-2, 40, allow_nan=False), max_size=12)


def test_one_source_is_its_projection() -> None:
    found = forecast({"Sleeper": ROW}, HALF, WR)
    assert found.points == project(ROW, HALF, WR).points == 11.5
    assert found.basis is Basis.COMPONENTS
    assert found.parts == (("Sleeper", 11.5),)
    assert found.effects == ()


def test_sources_are_averaged_in_the_leagues_own_scoring() -> None:
    other = {"rec": 4.0, "rec_yd": 75.0}
    found = forecast({"Sleeper": ROW, "ESPN": other}, HALF, WR)
    assert found.parts == (("Sleeper", 11.5), ("ESPN", 9.5))
    assert found.points == pytest.approx(10.5)


def test_weights_are_the_calibrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CALIBRATION.sources, "ESPN", {"default": 3.0})
    found = forecast({"Sleeper": ROW, "ESPN": {"rec": 4.0, "rec_yd": 75.0}}, HALF, WR)
    assert found.points == pytest.approx((11.5 + 3 * 9.5) / 4)


def test_a_preset_total_that_is_not_its_statistics_is_another_source() -> None:
    same = forecast({"Sleeper": {**ROW, "pts_ppr": 14.3}}, HALF, WR)
    assert [name for name, _ in same.parts] == ["Sleeper"]
    other = forecast({"Sleeper": {**ROW, "pts_ppr": 17.0}}, HALF, WR)
    assert dict(other.parts)["Sleeper total"] == pytest.approx(17.0 * 11.5 / 14, abs=0.01)
    assert other.points == pytest.approx((11.5 + 17.0 * 11.5 / 14) / 2, abs=0.01)


def test_a_season_average_does_not_dilute_a_projection() -> None:
    kicker = frozenset({"K"})
    row = {"fgm_30_39": 2.0, "xpm": 2.0}
    scoring = {"fgm": 3.0, "xpm": 1.0}
    found = forecast({"Sleeper": row, "empty": {"gp": 1.0}}, scoring, kicker, [4.0, 4.0, 4.0])
    assert found.parts == (("Sleeper", 8.0),)
    assert forecast({}, scoring, kicker, [4.0, 6.0]).basis is Basis.AVERAGE


def test_nothing_known_is_nothing_expected() -> None:
    assert forecast({}, HALF, WR) == NO_PROJECTION
    assert forecast({}, HALF, WR, [9.0] * 5, Lines(28.0, 20.0)).points == 0.0


def test_form_and_team_total_move_it_by_the_measured_slopes() -> None:
    hot = forecast({"Sleeper": ROW}, HALF, WR, [21.5] * 6)
    assert dict(hot.effects) == pytest.approx({"form": 0.06 * 10})
    assert hot.points == pytest.approx(11.5 + 0.6)
    favoured = forecast({"Sleeper": ROW}, HALF, WR, lines=Lines(27.5, 20.0))
    assert dict(favoured.effects) == pytest.approx({"team total": 0.08 * 5})
    assert favoured.points == pytest.approx(11.9)
    assert forecast({"Sleeper": ROW}, HALF, WR, [30.0, 30.0]).effects == ()


@given(
    past=games,
    total=st.one_of(st.none(), st.floats(10, 35)),
    position=st.sampled_from(["QB", "RB", "WR", "TE"]),
)
def test_effects_add_up(past: list[float], total: float | None, position: str) -> None:
    found = forecast({"Sleeper": {**ROW, "pass_yd": 100.0}}, HALF, frozenset({position}), past, Lines(total))
    effects = sum(points for _, points in found.effects)
    assert found.points == pytest.approx(max(0.0, dict(found.parts)["Sleeper"] + effects), abs=0.02)
    assert found.points >= 0
    assert abs(effects) < 5


def test_a_defence_leans_on_what_its_opponent_is_expected_to_score() -> None:
    row = {"sack": 3.0, "int": 1.0}
    assert forecast({"Sleeper": row}, HALF, DEF).points == 5.0
    weak, strong = (forecast({"Sleeper": row}, HALF, DEF, lines=Lines(24.0, x)) for x in (16.5, 28.5))
    assert weak.points == pytest.approx((5.0 + 6.2 + 3.0) / 2)
    assert strong.points == pytest.approx((5.0 + 6.2 - 3.0) / 2)
    assert dict(weak.effects)["opponent's total"] == pytest.approx(2.1)
    alone = forecast({}, HALF, DEF, [14.0, 2.0, 8.0], Lines(None, 16.5))
    assert alone.basis is Basis.LINES
    assert alone.points == pytest.approx(9.2)


@pytest.mark.parametrize(
    ("spread", "total", "expected"),
    [(3.0, 47.0, (25.0, 22.0)), (-7.0, 40.0, (16.5, 23.5)), (None, 40.0, None), (3.0, None, None)],
)
def test_implied_totals(
    spread: float | None, total: float | None, expected: tuple[float, float] | None
) -> None:
    assert implied_totals(spread, total) == expected


@given(past=games)
def test_form_is_a_weighted_mean_of_the_last_six(past: list[float]) -> None:
    found = form(past)
    if len(past) < 3:
        assert found is None
    else:
        recent = np.array(past[-6:])
        weights = 0.75 ** np.arange(len(recent))[::-1]
        assert found == pytest.approx(float(np.average(recent, weights=weights)))


def test_the_level_of_weeks_nobody_has_projected() -> None:
    assert level([], []) == 0.0
    assert level([9.0, 0.0, 12.0], []) == 10.5
    assert level([], [4.0, 8.0]) == 6.0
    assert level([1.0, 10.0, 10.0, 10.0], [20.0]) == pytest.approx(13.0)
    assert level([0.0], [6.0]) == 6.0


def test_the_preset_table_is_full_ppr() -> None:
    assert league_points(ROW, PPR) == pytest.approx(14.0)


@pytest.mark.parametrize(("projected", "expected"), [(8.1, 8.1), (12.1, 9.58), (4.1, 6.62)])
def test_kickers_are_alike(projected: float, expected: float) -> None:
    found = forecast({"Sleeper": {"fgm": projected}}, {"fgm": 1.0}, frozenset({"K"}))
    assert found.points == pytest.approx(expected)
    assert found.parts == (("Sleeper", projected),)
    assert dict(found.effects) == {"kickers are alike": pytest.approx(expected - projected)}


def test_weights_can_differ_by_position(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CALIBRATION.sources, "ESPN", {"default": 1.0, "WR": 3.0})
    rows = {"Sleeper": ROW, "ESPN": {"rec": 4.0, "rec_yd": 75.0}}
    assert forecast(rows, HALF, WR).points == pytest.approx((11.5 + 3 * 9.5) / 4)
    assert forecast(rows, HALF, frozenset({"TE"})).points == pytest.approx(10.5)


def test_a_healthy_player_projected_far_below_his_level_has_lost_his_place() -> None:
    assert level([16.0, 15.0, 0.0], [17.0], latest=0.0) == 0.0
    assert level([16.0, 15.0, 4.0], [17.0], latest=4.0) == 4.0
    usual = level([16.0, 15.0, 12.0], [17.0])
    assert level([16.0, 15.0, 12.0], [17.0], latest=12.0) == usual
    assert level([16.0, 15.0, 0.0], [17.0], latest=None) == pytest.approx(0.7 * 15.5 + 0.3 * 17)
    assert is_projected_weekly(frozenset({"QB"}))
    assert not is_projected_weekly(frozenset({"DEF"}))
    assert not is_projected_weekly(frozenset({"LB"}))


def test_a_season_s_average_is_told_as_one_and_counts_once() -> None:
    row = {"idp_tkl_solo": 3.0}
    found = forecast(
        {"Sleeper": row, "ESPN": row}, {"idp_tkl_solo": 1.0}, frozenset({"LB"}), [6.0, 9.0, 12.0]
    )
    assert (found.basis, found.parts) == (Basis.AVERAGE, ((SEASON_AVERAGE, 9.0),))
    assert forecast({}, HALF, frozenset({"LB"}), [6.0]).parts == ((SEASON_AVERAGE, 6.0),)
