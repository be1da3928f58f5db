"""How one player's points are distributed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.density import Density
from fantasy_tui.football.player_curve import points_curve
from fantasy_tui.football.projection import NO_PROJECTION, Basis, Projection
from fantasy_tui.football.view import LeagueView, PlayerWeek

NOW = datetime(2024, 11, 10, 18, 30, tzinfo=UTC)


def view_of(player: PlayerWeek) -> LeagueView:
    return LeagueView(
        league_id="A", name="a", season="2024", week=10, status="in_season", now=NOW, slots=("RB",), scoring={},
        settings={}, rosters={}, players={player.player_id: player}, my_roster_id=None,
    )  # fmt: skip


def player(
    points: float, *, status: str | None = None, kickoff: timedelta = timedelta(hours=2)
) -> PlayerWeek:
    return PlayerWeek(
        "1", "Back", "RB", frozenset({"RB"}), "PHI", kickoff=NOW + kickoff, injury_status=status,
        projection=Projection(points, Basis.COMPONENTS),
    )  # fmt: skip


def curve_of(one: PlayerWeek) -> Density:
    found = points_curve(view_of(one), "1")
    assert found is not None
    return found


@given(st.floats(1, 30), st.sampled_from([None, "Questionable", "Doubtful"]))
def test_it_is_what_draws_of_the_outlook_give(points: float, status: str | None) -> None:
    one = player(points, status=status)
    look, found = one.outlook(), curve_of(one)
    rng = np.random.default_rng(1)
    draws = np.where(rng.random(40_000) < look.plays, rng.normal(look.mean, look.variance**0.5, 40_000), 0.0)
    assert found.mean == pytest.approx(one.expected)
    assert found.mean == pytest.approx(float(draws.mean()), abs=0.3)
    assert sum(found.heights) * found.step == pytest.approx(1, abs=0.01)
    at = [found.start + found.step * n for n in range(len(found.heights))]
    assert sum(x * h for x, h in zip(at, found.heights, strict=True)) * found.step == pytest.approx(
        found.mean, abs=0.2
    )
    # Sitting out is drawn as a narrow peak, not as a single value.
    low, high = np.quantile(draws, (0.1, 0.9))
    assert found.low == pytest.approx(low, abs=1.3)
    assert found.high == pytest.approx(high, abs=1.3)


def test_a_game_that_is_over_is_certain_and_one_under_way_less_wide() -> None:
    over = curve_of(replace(player(12.0, kickoff=timedelta(hours=-4)), points=21.4))
    assert (over.mean, over.step) == (21.4, 0.0)
    before, half = (
        curve_of(player(12.0)),
        curve_of(replace(player(12.0, kickoff=timedelta(hours=-1.5)), points=9.0)),
    )
    assert half.high - half.low < before.high - before.low
    assert half.mean > 9.0


def test_out_is_nothing_and_unknown_is_none() -> None:
    assert curve_of(player(12.0, status="Out")).mean == pytest.approx(0, abs=0.05)
    assert curve_of(replace(player(12.0), team=None)).step == 0.0
    assert points_curve(view_of(player(12.0)), "2") is None
    assert points_curve(view_of(replace(player(0.0), projection=NO_PROJECTION)), "1") is None
