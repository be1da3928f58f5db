"""Draft picks and dollars that go along in a trade."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.picks import DRAFTS_AHEAD, Extras, Holding, Pick, holdings
from fantasy_tui.football.view import LeagueView
from tests.trades import teams

DYNASTY = {"type": 2, "pick_trading": 1, "draft_rounds": 2}


def a_league(status: str = "in_season", **settings: Any) -> LeagueView:
    view = teams("QB", {1: [], 2: [], 3: []}, settings=DYNASTY | settings)
    rosters = {n: replace(r, faab_left=(87, 0, None)[n - 1]) for n, r in view.rosters.items()}
    return replace(view, season="2026", status=status, rosters=rosters)


def test_every_team_begins_with_its_own_picks_of_the_next_drafts() -> None:
    found = holdings(a_league(), {})
    assert [pick.key for pick in found[2].picks] == [
        "2027.1.2", "2027.2.2", "2028.1.2", "2028.2.2", "2029.1.2", "2029.2.2"
    ]  # fmt: skip
    assert [found[n].faab for n in (1, 2, 3)] == [87, 0, 0]


@pytest.mark.parametrize(
    ("status", "first"),
    [("pre_draft", "2026"), ("drafting", "2026"), ("in_season", "2027"), ("complete", "2027")],
)
def test_this_seasons_picks_are_there_until_its_draft_is_over(status: str, first: str) -> None:
    assert holdings(a_league(status), {})[1].picks[0].season == first


def test_a_traded_pick_is_with_the_team_that_has_it_now() -> None:
    mine, gone, late = Pick("2027", 1, 2), Pick("2026", 1, 2), Pick("2028", 11, 3)
    found = holdings(a_league(), {mine: 1, gone: 1, late: 2})
    assert mine in found[1].picks
    assert mine not in found[2].picks
    assert late in found[2].picks
    assert not any(gone in one.picks for one in found.values())


@pytest.mark.parametrize("settings", [{"type": 0}, {"pick_trading": 0}])
def test_where_picks_are_not_traded_there_are_none(settings: dict[str, Any]) -> None:
    assert holdings(a_league(**settings), {Pick("2027", 1, 2): 1})[1].picks == ()


def test_a_keeper_league_trades_them_too() -> None:
    assert len(holdings(a_league(type=1), {})[1].picks) == 2 * DRAFTS_AHEAD


def test_a_league_that_does_not_say_its_rounds_has_only_what_was_traded() -> None:
    traded = Pick("2027", 1, 2)
    assert holdings(a_league(draft_rounds=0), {traded: 1})[1].picks == (traded,)


picks = st.builds(Pick, st.sampled_from(["2027", "2028", "2029"]), st.integers(1, 2), st.integers(1, 3))


@given(st.dictionaries(picks, st.integers(1, 3)))
def test_each_pick_has_one_holder(traded: dict[Pick, int]) -> None:
    found = holdings(a_league(), traded)
    held = [pick for one in found.values() for pick in one.picks]
    assert len(held) == len(set(held)) == 3 * 2 * DRAFTS_AHEAD
    assert all(pick in found[owner].picks for pick, owner in traded.items())


def test_an_offer_keeps_as_much_as_the_team_has() -> None:
    have, gone = Pick("2027", 1, 1), Pick("2027", 1, 2)
    assert Holding((have,), 20).among(Extras(frozenset({have, gone}), 30)) == Extras(frozenset({have}), 20)
    assert not Holding().among(Extras(frozenset({have}), 1))
