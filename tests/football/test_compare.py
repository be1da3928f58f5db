from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.compare import outscores
from fantasy_tui.football.matchup import GAME_LASTS
from fantasy_tui.football.odds import probability_at_least, weakened
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.view import LeagueView, PlayerWeek, Source
from tests.views import MONDAY, NOW, SUNDAY, league, player


def two(one: PlayerWeek, other: PlayerWeek) -> LeagueView:
    return league("RB RB", [one, other], ["a", "b"])


@settings(deadline=None)
@given(st.floats(0, 30), st.floats(0, 30), st.sampled_from((None, "Questionable")))
def test_before_kickoff_it_is_the_curve_of_swaps(one: float, other: float, injury: str | None) -> None:
    a, b = player("a", "RB", one, injury=injury), player("b", "RB", other, team="KC")
    found = outscores(two(a, b), "a", "b")
    assert found.chance == pytest.approx(probability_at_least([a.outlook()], [b.outlook()]))
    assert found.why_not is None


def test_stale_inputs_draw_it_to_even() -> None:
    view = two(player("a", "RB", 15), player("b", "RB", 5, team="KC"))
    fresh = outscores(view, "a", "b").chance
    aged = replace(view, sources=(Source("projections", NOW - timedelta(hours=7)),))
    old = outscores(aged, "a", "b").chance
    assert fresh is not None
    assert old is not None
    assert old < fresh
    assert old == pytest.approx(weakened(fresh))


@pytest.mark.parametrize(("points", "sure"), [(25.0, True), (0.0, False)])
def test_points_scored_count_once_a_game_is_over(points: float, sure: bool) -> None:
    over = replace(player("a", "RB", 15), points=points)
    view = replace(two(over, player("b", "RB", 15, team="KC", kickoff=MONDAY)), now=SUNDAY + GAME_LASTS)
    view = replace(view, sources=())
    chance = outscores(view, "a", "b").chance
    assert chance is not None
    assert (chance > 0.7) is sure
    assert (chance < 0.3) is not sure


def test_both_are_over() -> None:
    a, b = (replace(player(name, "RB", 15), points=points) for name, points in (("a", 9.0), ("b", 8.0)))
    view = replace(two(a, b), now=SUNDAY + GAME_LASTS)
    assert outscores(view, "a", "b").chance == 1.0
    assert outscores(view, "b", "a").chance == 0.0


def test_what_cannot_be_said_is_not() -> None:
    known, unknown = player("a", "RB", 10), player("b", "RB", 0, basis=Basis.NONE)
    found = outscores(two(known, unknown), "a", "b")
    assert found.chance is None
    assert found.why_not == "Nothing is known to expect of B this week."
    assert outscores(two(known, unknown), "a", "c").chance is None
    out = [player(name, "RB", 10, injury="Out") for name in ("a", "b")]
    assert outscores(two(*out), "a", "b").why_not == "Neither is expected to play this week."


def test_against_someone_who_is_out_it_is_certain() -> None:
    view = two(player("a", "RB", 10), player("b", "RB", 10, injury="Out", team="KC"))
    assert view.now == NOW
    chance = outscores(view, "a", "b").chance
    assert chance is not None
    assert chance > 0.95
