import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.usual import steadied, usual_points


def test_every_player_counts_once() -> None:
    players = [("LB", [10.0, 10.0, 10.0]), ("LB", [4.0]), ("K", [8.0]), ("DB", []), (None, [1.0])]
    assert usual_points(players) == {"LB": 7.0, "K": 8.0}


@pytest.mark.parametrize(("games", "points"), [(0, 6.0), (1, 7.5), (3, 9.0), (15, 11.0)])
def test_few_games_say_little(games: int, points: float) -> None:
    average = Projection(12.0, Basis.AVERAGE)
    assert steadied(average, "LB", games, {"LB": 6.0}).points == pytest.approx(points)


@given(
    own=st.floats(0, 30), usual=st.floats(0, 30), games=st.integers(0, 20), basis=st.sampled_from(list(Basis))
)
def test_it_lies_between_the_two(own: float, usual: float, games: int, basis: Basis) -> None:
    found = steadied(Projection(own, basis), "LB", games, {"LB": usual})
    if basis is Basis.LINES:
        assert found.points == pytest.approx(own + usual - CALIBRATION.defence["mean"], abs=0.01)
    elif basis is not Basis.AVERAGE:
        assert found == Projection(own, basis)
    else:
        assert min(own, usual) - 0.01 <= found.points <= max(own, usual) + 0.01


def test_without_anything_usual_it_stays() -> None:
    assert steadied(Projection(5.0, Basis.AVERAGE), "LB", 1, {}).points == 5.0


@given(own=st.floats(0, 30), usual=st.floats(0, 30), games=st.integers(0, 20))
def test_what_is_shifted_is_told(own: float, usual: float, games: int) -> None:
    for basis in (Basis.AVERAGE, Basis.LINES):
        found = steadied(Projection(own, basis, (("part", own),)), "LB", games, {"LB": usual})
        total = own + sum(points for _, points in found.effects)
        assert total == pytest.approx(found.points, abs=0.011)
