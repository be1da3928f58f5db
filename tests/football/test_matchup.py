from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.draws import picture
from fantasy_tui.football.lineup import Candidate, is_legal
from fantasy_tui.football.matchup import (
    GAME_LASTS,
    Side,
    expected_total,
    likely_lineup,
    margin,
    side,
    weak_spots,
    win_probability,
)
from fantasy_tui.football.odds import Outlook, difference, outlook
from fantasy_tui.football.view import LeagueView, RosterWeek
from tests.random_views import views
from tests.views import NOW, SUNDAY, league, player

GAMES = (("PHI", "DAL"), ("KC", "SF"), ("NYG", "BUF"), ("MIA", "NE"))


@st.composite
def outlooks(draw: st.DrawFn) -> Outlook:
    game = draw(st.sampled_from(GAMES))
    team, opponent = game if draw(st.booleans()) else game[::-1]
    return outlook(
        draw(st.sampled_from(("QB", "RB", "WR", "TE", "K", "DEF", "LB", None))),
        draw(st.floats(3, 22)),
        draw(st.sampled_from((1.0, 1.0, 1.0, 0.714))),
        team=team,
        opponent=opponent,
    )


def sides() -> st.SearchStrategy[Side]:
    return st.builds(Side, st.floats(0, 40), st.lists(outlooks(), min_size=4, max_size=9).map(tuple))


def own(view: LeagueView) -> RosterWeek:
    assert view.mine is not None
    return view.mine


@given(sides(), sides())
def test_games_apart_add_up_to_the_whole_difference(mine: Side, theirs: Side) -> None:
    whole = difference(mine.ahead, theirs.ahead)
    found = margin(mine, theirs)
    assert found.mean == pytest.approx(whole.mean + mine.scored - theirs.scored)
    assert found.variance == pytest.approx(whole.variance)


@settings(max_examples=40, deadline=None)
@given(sides(), sides())
def test_closed_form_and_draws_agree(mine: Side, theirs: Side) -> None:
    assert win_probability(mine, theirs) == pytest.approx(picture(mine, theirs).win, abs=0.035)


@given(sides(), sides())
def test_my_chance_and_theirs_are_one(mine: Side, theirs: Side) -> None:
    assert win_probability(mine, theirs) + win_probability(theirs, mine) == pytest.approx(1)
    assert win_probability(mine, mine) == pytest.approx(0.5)


@given(sides(), sides(), st.floats(0.1, 60))
def test_more_points_never_lower_the_chance(mine: Side, theirs: Side, more: float) -> None:
    assert win_probability(replace(mine, scored=mine.scored + more), theirs) > win_probability(mine, theirs)


def test_when_all_is_played_the_chance_is_certain_and_a_tie_is_even() -> None:
    assert win_probability(Side(90.1, ()), Side(90, ())) == 1
    assert win_probability(Side(89.9, ()), Side(90, ())) == 0
    assert win_probability(Side(90, ()), Side(90, ())) == 0.5


def test_ten_points_more_are_worth_about_ten_in_a_hundred() -> None:
    """Real matchups of 2023-25: ten projected points more won 59 to 61 of 100."""
    means = (
        ("QB", 18),
        ("RB", 13),
        ("RB", 11),
        ("WR", 13),
        ("WR", 12),
        ("TE", 9),
        ("WR", 10),
        ("K", 8),
        ("DEF", 7),
    )
    line_up = tuple(outlook(position, mean, team=f"T{n}") for n, (position, mean) in enumerate(means))
    assert 0.58 < win_probability(Side(10, line_up), Side(0, line_up)) < 0.65


def test_a_game_under_way_leaves_the_rest_of_the_projection() -> None:
    star = replace(player("star", "WR", 12), kickoff=NOW - GAME_LASTS / 4, points=5.0)
    view = league("WR", [star], ["star"])
    found = side(view, ["star", None, "unknown"])
    [rest] = found.ahead
    assert found.scored == 5
    assert rest.mean == pytest.approx(9)
    assert rest.variance == pytest.approx(0.75 * star.outlook().variance)
    assert found.expected == expected_total(view, star) == pytest.approx(14)


def test_a_game_that_is_over_leaves_its_points_alone() -> None:
    done = replace(player("done", "WR", 12), kickoff=NOW - timedelta(hours=5), points=3.2)
    blank = replace(player("blank", "WR", 12), kickoff=NOW - timedelta(hours=5))
    view = league("WR WR", [done, blank], ["done", "blank"])
    assert side(view, own(view).starters) == Side(3.2, ())


def test_whoever_has_scored_is_no_longer_in_doubt() -> None:
    doubt = replace(player("q", "WR", 12, injury="Questionable"), kickoff=NOW - GAME_LASTS / 2)
    view = league("WR", [doubt, replace(doubt, player_id="r", points=2.0)], ["q"])
    assert side(view, ["q"]).ahead[0].plays == pytest.approx(0.714)
    assert side(view, ["r"]).ahead[0].plays == 1


def test_the_dead_count_nothing() -> None:
    view = league(
        "WR WR", [player("ir", "WR", 20, injury="IR"), player("bye", "WR", 20, on_bye=True)], ["ir", "bye"]
    )
    assert side(view, own(view).starters) == Side(0, ())


def test_likely_keeps_what_is_set_and_replaces_the_dead() -> None:
    view = league(
        "RB WR FLEX",
        [
            player("out", "RB", 15, injury="Out"),
            player("meh", "WR", 4),
            player("flex", "RB", 8),
            player("better", "WR", 14),
            player("best", "TE", 16),
        ],
        ["out", "meh", "flex"],
    )
    # Only a running back fits RB: the flex moves there and the best of the bench takes his place.
    assert likely_lineup(view, own(view)) == ("flex", "meh", "best")


def test_likely_leaves_a_dead_starter_nobody_can_replace() -> None:
    view = league(
        "K WR", [player("k", "K", 8, on_bye=True), player("wr", "WR", 9), player("rb", "RB", 9)], ["k", "wr"]
    )
    assert likely_lineup(view, own(view)) == ("k", "wr")


def test_likely_does_not_touch_who_has_kicked_off() -> None:
    gone = replace(player("gone", "WR", 9, injury="Out"), kickoff=NOW - timedelta(hours=1))
    view = league("WR", [gone, player("fresh", "WR", 9)], ["gone"])
    assert likely_lineup(view, own(view)) == ("gone",)


def test_best_ball_fields_the_best_by_points_scored_and_to_come() -> None:
    boom = replace(player("boom", "WR", 5), kickoff=NOW - timedelta(hours=6), points=31.0)
    view = league(
        "WR",
        [player("star", "WR", 15), boom, player("taxi", "WR", 40)],
        [None],
        taxi=("taxi",),
        settings={"best_ball": 1},
    )
    assert likely_lineup(view, own(view)) == ("boom",)


@settings(max_examples=60, deadline=None)
@given(views())
def test_likely_is_always_legal_and_keeps_every_live_starter(view: LeagueView) -> None:
    for roster in view.rosters.values():
        found = likely_lineup(view, roster)
        known = [Candidate(p.player_id, p.positions, 0) for p in view.players.values()]
        seen = tuple(p if p in view.players else None for p in found)
        assert is_legal(view.slots, seen, known)
        if not view.is_best_ball:
            barred = {*roster.reserve, *roster.taxi}
            live = {
                p
                for p in roster.starters
                if p is not None and p in view.players and not view.players[p].availability.is_dead
            }
            assert live - barred <= set(found)


def test_weak_spots_compare_rank_with_rank() -> None:
    points = {"a": 14, "b": 5, "c": 12, "d": 11, "e": 16, "f": 9, "g": 3, "h": 8}
    view = league(
        "RB RB TE",
        [player(name, "TE" if name in "gh" else "RB", p) for name, p in points.items()],
        [None] * 3,
    )
    spots = weak_spots(view, ("b", "a", None), [("c", "d", "h"), ("f", "e", "g")])
    # RB: 14 v median(12, 16) = 14, no weak spot; 5 v median(11, 9) = 10; TE: none v median(8, 3) = 5.5.
    assert [(s.slot, s.player_id, s.usual, s.short) for s in spots] == [
        ("TE", None, 5.5, 5.5),
        ("RB", "b", 10, 5),
    ]
    assert weak_spots(view, ("b", "a", None), []) == []


def test_who_has_kicked_off_is_no_weak_spot() -> None:
    gone = replace(player("gone", "RB", 2), kickoff=NOW - timedelta(hours=1))
    view = league("RB", [gone, player("c", "RB", 12, kickoff=SUNDAY)], ["gone"])
    assert weak_spots(view, ("gone",), [("c",)]) == []
