from itertools import product
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.draws import LEVELS, SKEW, needed, picture, totals
from fantasy_tui.football.matchup import Side, margin
from fantasy_tui.football.odds import Outlook, outlook

MANY = 200_000
NOBODY = Side(0.0, ())


@pytest.mark.parametrize("position", sorted(SKEW))
def test_a_player_keeps_mean_variance_and_skewness(position: str) -> None:
    one = outlook(position, 11.0)
    drawn, _ = totals(Side(0, (one,)), NOBODY, MANY)
    assert float(drawn.mean()) == pytest.approx(one.mean, abs=0.05)
    assert float(drawn.var()) == pytest.approx(one.variance, rel=0.03)
    assert float(stats.skew(drawn)) == pytest.approx(SKEW[position], abs=0.06)


def test_a_player_in_doubt_keeps_the_mean_and_variance_of_playing_or_not() -> None:
    one = outlook("RB", 14.0, 0.7)
    drawn, _ = totals(Side(0, (one,)), NOBODY, MANY)
    assert float(drawn.mean()) == pytest.approx(one.expected, abs=0.1)
    assert float(drawn.var()) == pytest.approx(one.spread, rel=0.03)
    assert float((drawn == 0).mean()) == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize(
    ("one", "other", "same", "rho"),
    [
        ("QB", "WR", True, CALIBRATION.same_team["QB WR"]),
        ("DEF", "K", True, CALIBRATION.same_team["DEF K"]),
        ("QB", "DEF", False, CALIBRATION.opponents["DEF QB"]),
        ("RB", "RB", True, 0.0),
    ],
)
def test_players_correlate_as_measured(one: str, other: str, same: bool, rho: float) -> None:
    first = outlook(one, 12, team="PHI", opponent="DAL")
    second = outlook(other, 9, team="PHI" if same else "DAL", opponent="DAL" if same else "PHI")
    a, b = totals(Side(0, (first,)), Side(0, (second,)), MANY)
    assert float(np.corrcoef(a, b)[0, 1]) == pytest.approx(rho, abs=0.015)


def test_the_margin_varies_as_in_the_closed_form() -> None:
    players = [
        outlook(position, points, team=team, opponent="DAL" if team == "PHI" else "PHI")
        for (position, points), team in product(
            (("QB", 18), ("RB", 12), ("WR", 11), ("DEF", 7)), ("PHI", "DAL")
        )
    ]
    mine, theirs = Side(12, tuple(players[:5])), Side(9, tuple(players[5:]))
    a, b = totals(mine, theirs, MANY)
    gap = margin(mine, theirs)
    assert float((a - b).mean()) == pytest.approx(gap.mean, abs=0.15)
    assert float((a - b).var()) == pytest.approx(gap.variance, rel=0.02)


def test_correlations_that_cannot_go_together_keep_each_variance() -> None:
    """One quarterback with a dozen receivers: pair by pair .30, which no joint distribution has."""
    catchers = tuple(outlook("WR", 10, team="PHI", opponent="DAL") for _ in range(14))
    passer = outlook("QB", 20, team="PHI", opponent="DAL")
    drawn, _ = totals(Side(0, (passer,)), Side(0, catchers), MANY)
    assert float(drawn.var()) == pytest.approx(passer.variance, rel=0.03)


def test_the_same_seed_gives_the_same_picture() -> None:
    mine, theirs = Side(3, (outlook("QB", 18),)), Side(5, (outlook("WR", 14), outlook("TE", 6, 0.5)))
    assert picture(mine, theirs) == picture(mine, theirs)
    assert picture(mine, theirs, seed=2) != picture(mine, theirs)


def test_quantiles_of_a_wide_line_up_are_nearly_normal() -> None:
    mine = Side(0, tuple(outlook("QB", 15) for _ in range(9)))
    drawn = picture(mine, NOBODY)
    normal = NormalDist(mine.expected, sqrt(sum(p.variance for p in mine.ahead)))
    for level, value in zip(LEVELS, drawn.mine, strict=True):
        assert value == pytest.approx(normal.inv_cdf(level), abs=0.6)
    assert drawn.theirs == (0,) * len(LEVELS)
    assert drawn.margin == drawn.mine
    assert drawn.win == drawn.clear_win == 1


def test_nothing_left_to_play() -> None:
    drawn = picture(Side(80, ()), Side(80, ()))
    assert drawn.win == 0.5
    assert drawn.mine == drawn.theirs == (80,) * len(LEVELS)
    assert drawn.clear_loss == 0
    assert needed(Side(70, ()), Side(80, ()), (0.5, 0.8)) == (10, 10)
    assert needed(Side(90, ()), Side(80, ()), (0.5,)) == (0,)


def test_what_is_needed_wins_that_often() -> None:
    rest, theirs = Side(60, (outlook("TE", 8),)), Side(75, (outlook("RB", 12), outlook("WR", 11)))
    for chance, points in zip((0.5, 0.8), needed(rest, theirs, (0.5, 0.8)), strict=True):
        assert picture(Side(rest.scored + points, rest.ahead), theirs).win == pytest.approx(chance, abs=0.01)


def test_an_odd_number_of_draws_and_unknown_positions() -> None:
    a, b = totals(Side(0, (Outlook(10, 30),)), Side(0, (outlook("P", 4),)), 101)
    assert len(a) == len(b) == 102
