from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.matchup import GAME_LASTS
from fantasy_tui.football.player_card import (
    CardInLeague,
    Fixture,
    expected_next_week,
    expected_this_week,
    exposure,
    week_lines,
)
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.search import Owner
from tests.views import NOW, league, player


def kickoff(week: int) -> datetime:
    """A game of each week; that of week 10 is ahead, the one before is over."""
    return NOW + timedelta(days=7 * (week - 10), hours=3)


def fixtures(*weeks: int, bye: int = 0) -> dict[int, Fixture | None]:
    return {week: None if week == bye else Fixture("DAL", week % 2 == 0, kickoff(week)) for week in weeks}


def test_each_week_says_how_it_went() -> None:
    lines = week_lines({7: 12.5, 8: 0.0}, fixtures(6, 7, 8, 9, 10, bye=6), NOW)
    assert [(line.week, line.state, line.points) for line in lines] == [
        (6, "bye", None),
        (7, "played", 12.5),
        (8, "played", 0.0),
        (9, "missed", None),
        (10, "ahead", None),
    ]
    assert [(line.opponent, line.at_home) for line in lines][:3] == [
        (None, None),
        ("DAL", False),
        ("DAL", True),
    ]


def test_a_game_that_is_on() -> None:
    now = kickoff(10) + timedelta(hours=1)
    assert [(w.state, w.points) for w in week_lines({10: 4.0}, fixtures(10), now)] == [("playing", 4.0)]
    assert [(w.state, w.points) for w in week_lines({}, fixtures(10), now)] == [("playing", None)]
    after = kickoff(10) + GAME_LASTS
    assert [w.state for w in week_lines({}, fixtures(10), after)] == ["missed"]


def test_points_before_the_game_are_none() -> None:
    assert [(w.state, w.points) for w in week_lines({10: 0.0}, fixtures(10), NOW)] == [("ahead", None)]


def test_whom_he_met_on_another_team_is_not_known() -> None:
    """He scored in week 7, when his team of today did not play."""
    lines = week_lines({6: 3.0, 7: 9.0, 9: 8.0}, fixtures(5, 6, 7, 8, 9, bye=7), NOW)
    assert [(line.week, line.opponent, line.state) for line in lines] == [
        (5, None, "unknown"),
        (6, None, "played"),
        (7, None, "played"),
        (8, "DAL", "missed"),
        (9, "DAL", "played"),
    ]


def test_without_a_schedule_there_are_points_alone() -> None:
    assert [(w.week, w.state, w.points) for w in week_lines({2: 5.0}, {}, NOW)] == [(2, "played", 5.0)]


@given(
    st.dictionaries(st.integers(1, 18), st.floats(-5, 60), max_size=18),
    st.dictionaries(st.integers(1, 18), st.booleans(), max_size=18),
)
def test_no_points_are_lost_or_made_up(points: dict[int, float], games: dict[int, bool]) -> None:
    known = {week: Fixture("DAL", True, kickoff(week)) if plays else None for week, plays in games.items()}
    lines = week_lines(points, known, NOW)
    assert [line.week for line in lines] == sorted({*points, *games})
    for line in lines:
        assert line.points in (None, points.get(line.week))
        fixture = known.get(line.week)
        if line.week in points and (fixture is None or fixture.kickoff <= NOW):
            assert line.points == points[line.week]
        assert (line.points is not None) <= (line.state in ("played", "playing"))


def test_games_and_points_a_game() -> None:
    lines = week_lines({7: 10.0, 8: 20.0}, fixtures(7, 8, 9, 10), NOW)
    card = CardInLeague("L", "League", None, lines, None, None, None)
    assert (card.games, card.per_game) == (2, 15.0)
    assert CardInLeague("L", "League", None, (), None, None, None).per_game is None


def test_what_is_expected_this_week_and_next() -> None:
    view = league("RB", [replace(player("rb", "RB", 12), ahead=(9.0,))], ["rb"])
    view = replace(view, weeks_ahead=(11,))
    now, after = expected_this_week(view, "rb"), expected_next_week(view, "rb", on_bye=False)
    assert now is not None
    assert after is not None
    assert (now.week, now.points, now.basis) == (10, 12, "components")
    assert (after.week, after.points, after.basis) == (11, 9.0, "ahead")
    for one in (now, after):
        assert one.low < one.points < one.high
        assert one.high - one.points == pytest.approx(one.points - one.low)
    bye = expected_next_week(view, "rb", on_bye=True)
    assert bye is not None
    assert (bye.points, bye.basis) == (0.0, "bye")


def test_doubt_lowers_what_is_expected_and_widens_it() -> None:
    fit, hurt = (
        expected_this_week(league("RB", [player("rb", "RB", 12, injury=injury)], ["rb"]), "rb")
        for injury in (None, "Questionable")
    )
    assert fit is not None
    assert hurt is not None
    assert hurt.points < fit.points
    assert hurt.points - hurt.low > 0.5 * (fit.points - fit.low)


def test_nothing_known_is_none() -> None:
    view = league(
        "RB", [player("rb", "RB", 0, basis=Basis.NONE), player("off", "RB", 0, on_bye=True)], ["rb"]
    )
    assert expected_this_week(view, "rb") is None
    assert expected_this_week(view, "nobody") is None
    assert expected_next_week(view, "rb", on_bye=False) is None
    off = expected_this_week(view, "off")
    assert off is not None
    assert off.basis == "bye"


def test_exposure_adds_up() -> None:
    def owner(league_id: str, *, mine: bool) -> Owner:
        return Owner(league_id, league_id, 1, "Team", mine)

    found = exposure(4, [owner("A", mine=True), owner("B", mine=False)])
    assert (found.leagues, found.mine, found.others, found.free) == (4, 1, 1, 2)
