"""A team's players as trades see them."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.assets import assets
from fantasy_tui.football.trade_values import ledger
from tests.trades import random_league, teams, weekly


def test_in_the_order_of_the_slots_and_by_points() -> None:
    mine = [
        weekly("wr", "WR", [9, 9, 9]),
        weekly("low", "QB", [10, 10, 10]),
        weekly("high", "QB", [20, 0, 10]),
        weekly("K", "K", [8, 8, 8]),
        weekly("te", "TE", [5, 5, 5]),
    ]
    free = [weekly("free qb", "QB", [4, 4, 4])]
    view = teams("QB WR K", {1: mine, 2: []}, free=free, bench=3, reserve=["low"], taxi=["te"])
    found = assets(ledger(view), 1)
    assert [one.player_id for one in found] == ["high", "low", "wr", "te", "K"]
    assert [one.place for one in found] == ["active", "reserve", "active", "taxi", "active"]
    assert found[0].a_week == pytest.approx(10)
    assert found[0].worth == pytest.approx(6)
    assert (found[-1].a_week, found[-1].worth) == (None, None)
    assert assets(ledger(view), 2) == ()


def test_who_is_not_known_stands_last_by_his_id() -> None:
    view = teams("QB", {1: [weekly("a", "QB", [1, 1])], 2: []})
    rosters = {**view.rosters, 1: replace(view.rosters[1], players=("[/x]", "a"))}
    found = assets(ledger(replace(view, rosters=rosters)), 1)
    assert [(one.player_id, one.name, one.position, one.a_week) for one in found][1] == (
        "[/x]",
        "[/x]",
        None,
        None,
    )


def test_nothing_is_said_of_points_once_no_week_is_left() -> None:
    view = teams("QB", {1: [weekly("a", "QB", [1])], 2: []})
    assert assets(ledger(view), 1)[0].a_week == 1
    assert assets(ledger(view, longest=0), 1)[0].a_week is None


def test_an_unknown_roster_is_an_error() -> None:
    view = teams("QB", {1: [], 2: []})
    with pytest.raises(KeyError):
        assets(ledger(view), 9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_everybody_once_and_each_position_best_first(seed: int) -> None:
    view = random_league("QB RB WR TE", Random(seed), size=9, bench=9)
    book = ledger(view)
    for number, roster in view.rosters.items():
        found = assets(book, number)
        assert sorted(one.player_id for one in found) == sorted(roster.players)
        positions = [one.position for one in found]
        assert positions == sorted(positions, key=["QB", "RB", "WR", "TE"].index)  # type: ignore[arg-type]
        for one, other in pairwise(found):
            if one.position == other.position:
                assert (one.a_week or 0) >= (other.a_week or 0)
        assert all((one.worth or 0) <= (one.a_week or 0) for one in found)
