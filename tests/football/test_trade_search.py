"""The finder against brute force over every deal, solved by SciPy's assignment solver."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.trade import evaluate
from fantasy_tui.football.trade_search import find
from fantasy_tui.football.view import LeagueView
from tests.football.test_trade import LAYOUTS, MIXES, needs
from tests.trades import random_league, sets, teams, total, weekly

ALL = 10**6


def after(view: LeagueView, roster_id: int, gives: tuple[str, ...], gets: tuple[str, ...]) -> float:
    """Best points without what is given and with what is got, the best drop made where one must be."""
    roster = view.rosters[roster_id].players
    kept = [p for p in roster if p not in gives]
    if len(kept) + len(gets) <= len(view.slots) + view.bench_slots:
        return total(view, [*kept, *gets])
    return max(
        (total(view, [*(p for p in kept if p != drop), *gets]) for drop in kept), default=float("-inf")
    )


def brute_force(view: LeagueView, least: float, tolerance: float) -> dict[tuple[object, ...], float]:
    """Every deal that is good enough, and what it promises me."""
    weeks = 1 + len(view.weeks_ahead)
    found: dict[tuple[object, ...], float] = {}
    before = {number: total(view, roster.players) for number, roster in view.rosters.items()}
    for partner in set(view.rosters) - {1}:
        for give, get in product(sets(view.rosters[1].players), sets(view.rosters[partner].players)):
            mine = after(view, 1, give, get) - before[1]
            if (
                mine >= least * weeks
                and after(view, partner, get, give) - before[partner] >= -tolerance * weeks
            ):
                found[(partner, tuple(sorted(give)), tuple(sorted(get)))] = mine
    return found


@pytest.mark.parametrize(("layout", "spare"), [(0, 0), (1, 1), (2, 0), (3, 0)])
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_finds_every_deal_that_brute_force_finds(layout: int, spare: int, seed: int) -> None:
    slots = LAYOUTS[layout]
    size, positions = len(slots.split()) + 1 - spare, MIXES[layout]
    view = random_league(slots, Random(seed), number=3, size=size, weeks=2, positions=positions, bench=1)
    # A bar that no promise meets by a hair.
    least, tolerance = 0.30331, 0.10007
    found = find(view, least=least, tolerance=tolerance, keep=ALL)
    expected = brute_force(view, least, tolerance)
    assert {(d.partner, d.mine.gives, d.mine.gets) for d in found} == expected.keys()
    for deal in found:
        key = (deal.partner, deal.mine.gives, deal.mine.gets)
        assert deal.mine.promised == pytest.approx(expected[key], abs=1e-6)


def test_the_best_come_first_and_only_so_many_of_each_partner() -> None:
    view = random_league("QB RB WR FLEX", Random(3), number=4, size=8, weeks=3)
    everything, few = find(view, keep=ALL), find(view, keep=2)
    assert [d.score for d in everything] == sorted((d.score for d in everything), reverse=True)
    for partner in (2, 3, 4):
        best = [d for d in everything if d.partner == partner][:2]
        assert [d for d in few if d.partner == partner] == best
    for deal in everything:
        assert deal == evaluate(view, deal.mine.gives, deal.mine.gets, deal.partner)


def test_players_on_reserve_and_taxi_are_not_traded_but_those_on_reserve_count() -> None:
    mine = [weekly("a", "RB", [5, 5]), weekly("hurt", "RB", [0, 20])]
    theirs = [weekly("b", "RB", [9, 9]), weekly("c", "RB", [9, 9]), weekly("kept", "RB", [30, 30])]
    view = teams("RB", {1: mine, 2: theirs}, bench=2, reserve=["hurt"], taxi=["kept"])
    found = find(view, tolerance=9)
    assert {p for d in found for p in (*d.mine.gives, *d.mine.gets)} <= {"a", "b", "c"}
    assert {d.mine.promised for d in found} == {4}


def test_progress_is_told_after_each_partner() -> None:
    view = random_league("RB WR", Random(1), number=5, size=3)
    told: list[float] = []
    find(view, on_progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1]


def test_deals_over_a_position_limit_and_teams_without_a_manager_are_left_out() -> None:
    view = needs(bench=1)
    limited = replace(view, settings={"position_limit_wr": 2})

    def receivers(of: LeagueView) -> int:
        return max(sum(of.players[p].position == "WR" for p in d.mine.new) for d in find(of, keep=ALL))

    assert receivers(limited) == 2 < receivers(view)
    orphan = replace(view.rosters[2], owner_id=None)
    assert find(replace(view, rosters={**view.rosters, 2: orphan})) == []


def test_odd_leagues_have_no_deals() -> None:
    view = needs()
    empty = replace(view.rosters[2], players=())
    for odd in (
        replace(view, my_roster_id=None),
        replace(view, slots=()),
        replace(view, slots=("MYSTERY",) * 3),
        replace(view, rosters={1: view.rosters[1]}),
        replace(view, rosters={**view.rosters, 2: empty}),
        replace(view, rosters={**view.rosters, 1: replace(view.rosters[1], players=())}),
        replace(view, players={}),
    ):
        assert find(odd) == []
