"""Replacements and plans against brute force over who could come in and where everyone could sit."""

from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.contingency import (
    contingencies,
    filled,
    free_options,
    in_doubt,
    options,
    replacements,
)
from fantasy_tui.football.plan import available, exchanged, locked_slots, only, suggest, swaps
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, RosterWeek
from tests.random_views import check_lineup, random_view, views
from tests.views import MONDAY, league, player


def own(view: LeagueView) -> RosterWeek:
    roster = view.mine
    assert roster is not None
    return roster


small = (
    st.integers(0, 2**32 - 1)
    .map(lambda seed: random_view(Random(seed), most=8))
    .filter(lambda view: view.mine is not None and len(view.slots) <= 6 and not view.is_best_ball)
)


def seatable(view: LeagueView, players: list[str], fixed: dict[int, str | None]) -> bool:
    """Try every way to seat all of these players in the slots that are not fixed."""
    slots = [slot for index, slot in enumerate(view.slots) if index not in fixed]
    return len(players) <= len(slots) and any(
        all(fits(slot, view.players[p].positions) for slot, p in zip(order, players, strict=True))
        for order in permutations(slots, len(players))
    )


@settings(max_examples=120, deadline=None)
@given(view=small)
def test_an_exchange_is_found_where_there_is_one(view: LeagueView) -> None:
    roster = own(view)
    locked = locked_slots(view, roster)
    fixed = {at: player for at, player in enumerate(roster.starters) if at in locked or player is None}
    stay = [p for index, p in enumerate(roster.starters) if p is not None and index not in fixed]
    for new in available(view, roster):
        if new.player_id in roster.starters:
            continue
        for out in stay:
            wanted = [p for p in stay if p != out] + [new.player_id]
            found = exchanged(view, roster, (out,), (new,))
            assert (found is not None) == seatable(view, wanted, fixed)
            if found is not None:
                check_lineup(view, found)
                assert set(wanted) <= set(found)


@settings(max_examples=200, deadline=None)
@given(view=small)
def test_replacements_fill_as_well_as_any_choice_of_the_bench(view: LeagueView) -> None:
    roster = own(view)
    plan = filled(view, roster)
    fixed = {index: roster.starters[index] for index in plan.locked}
    alive = [
        p
        for index, p in enumerate(roster.starters)
        if p is not None and index not in fixed and not view.players[p].availability.is_dead
    ]
    bench = [
        p.player_id for p in available(view, roster) if p.player_id not in roster.starters and p.expected > 0
    ]
    worths = [
        sum(view.players[p].expected for p in chosen)
        for number in range(len(bench) + 1)
        for chosen in combinations(bench, number)
        if seatable(view, [*alive, *chosen], fixed)
    ]
    assert sum(view.players[p].expected for p in plan.comes_in) == pytest.approx(max(worths))
    for out, option in replacements(view, roster).items():
        assert view.players[out].availability.is_dead
        assert option.player.player_id in plan.comes_in
        check_lineup(view, option.lineup)


@settings(max_examples=200, deadline=None)
@given(view=views())
def test_each_swap_of_a_plan_can_be_made_alone(view: LeagueView) -> None:
    if view.mine is None:
        return
    plan = suggest(view, own(view))
    for swap in swaps(plan):
        lineup = only(plan, swap)
        check_lineup(view, lineup)
        assert set(lineup) - set(plan.current) == {swap.start}
        assert set(plan.current) - set(lineup) <= {swap.sit, None}


@settings(max_examples=200, deadline=None)
@given(view=views())
def test_plans_keep_to_the_clock_and_share_nobody(view: LeagueView) -> None:
    if view.mine is None:
        return
    seen: list[str] = []
    for one in contingencies(view, own(view)):
        assert in_doubt(one.starter)
        assert one.starter.kickoff is not None
        assert one.waits == (one.waiting >= one.at_once)
        if one.backup is not None:
            seen.append(one.backup.player.player_id)
            assert one.backup.player.kickoff is not None
            assert one.backup.player.kickoff >= one.starter.kickoff > view.now
        if not one.waits:
            assert one.now is not None
            if one.backup is None or one.now.player != one.backup.player:
                seen.append(one.now.player.player_id)
        low, high = one.middle()
        assert 0 == low <= high
    assert len(set(seen)) == len(seen)


def test_filling_an_empty_slot_replaces_nobody() -> None:
    view = league("QB FLEX", [player("q", "QB", 18, injury="Out"), player("r", "RB", 9)], ["q", None])
    assert options(view, own(view), view.players["q"]) == []
    assert replacements(view, own(view)) == {}
    assert filled(view, own(view)).comes_in == ("r",)


def test_the_rule_of_waiting() -> None:
    """Start Q when p 0.87 mu(Q) + (1 - p) mu(backup) > mu(best alternative now)."""
    late = player("q", "RB", 14, injury="Questionable", practice="Limited", kickoff=MONDAY)
    view = league("RB", [late, player("now", "RB", 11), player("then", "RB", 6, kickoff=MONDAY)], ["q"])
    [one] = contingencies(view, own(view))
    assert one.waiting == pytest.approx(0.72 * 0.87 * 14 + 0.28 * 6)
    assert one.at_once == 11
    assert not one.waits
    better = league("RB", [late, player("now", "RB", 10), player("then", "RB", 6, kickoff=MONDAY)], ["q"])
    assert contingencies(better, own(better))[0].waits


def test_the_middle_of_a_plan_is_that_of_a_mixture() -> None:
    """He sits in 60 of 100; then the backup scores a normal 10 with variance 7.4 + 39."""
    doubt = player("q", "RB", 14, injury="Questionable", practice="DNP")
    view = league("RB", [doubt, player("b", "RB", 10)], ["q"])
    [one] = contingencies(view, own(view))
    rng = Random(1)
    draws = sorted(rng.gauss(10, 46.4**0.5) if rng.random() < 0.6 else 0.0 for _ in range(100_000))
    assert one.middle()[1] == pytest.approx(draws[84_000], abs=0.15)


def test_the_middle_of_a_plan_holds_what_is_expected_of_it() -> None:
    for practice, points in (("Full", 6), ("Limited", 3), (None, 2)):
        doubt = player("q", "TE", 10, injury="Questionable", practice=practice)
        view = league("TE", [doubt, player("b", "TE", points)], ["q"])
        [one] = contingencies(view, own(view))
        assert one.middle()[1] >= one.plan_gain > 0


def test_who_stands_in_a_slot_may_stay_whatever_list_names_him_too() -> None:
    view = league("RB", [player("a", "RB", 12), player("b", "RB", 5)], ["a"], reserve=("a",))
    assert suggest(view, own(view)).suggested == ("a",)
    on_reserve = league("RB", [player("a", "RB", 12), player("b", "RB", 5)], ["b"], reserve=("a",))
    assert suggest(on_reserve, own(on_reserve)).suggested == ("b",)


def test_nobody_is_free_where_adding_is_off_or_the_claim_comes_too_late() -> None:
    view = league("K", [player("k", "K", 8, injury="Out")], ["k"], free=[player("f", "K", 7)])
    out = view.players["k"]
    assert [o.player.player_id for o in free_options(view, own(view), out)] == ["f"]
    assert free_options(view, own(view), out, {"f"}) == []
    assert options(view, own(view), out) == []
