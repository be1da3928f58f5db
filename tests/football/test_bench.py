from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.bench import COST, MOST_TRIED, bench, counters, deals, trading_closed
from fantasy_tui.football.picks import NO_EXTRAS, Extras, Pick
from fantasy_tui.football.trade import evaluate, probability
from fantasy_tui.football.trade_search import find
from fantasy_tui.football.trade_values import ledger
from fantasy_tui.football.view import LeagueView
from tests.trades import random_league, teams, weekly

SLOTS = "QB RB WR FLEX"


def market(seed: int = 1, **how: Any) -> LeagueView:
    return random_league(SLOTS, Random(seed), **how)


def names(view: LeagueView, roster_id: int, count: int) -> list[str]:
    return list(view.rosters[roster_id].players[:count])


def test_an_offer_is_weighed_for_both_sides() -> None:
    view = market()
    give, get = names(view, 1, 1), names(view, 2, 2)
    found, deal = bench(view, 2, give, get), evaluate(view, give, get, 2)
    book = ledger(view)
    assert (found.partner, found.weeks, found.problem) == (2, deal.weeks, None)
    for side, exact in ((found.mine, deal.mine), (found.theirs, deal.theirs)):
        assert (side.gives, side.gets, side.drops) == (exact.gives, exact.gets, exact.drops)
        assert side.by_week == exact.by_week
        assert (side.total, side.gain) == (exact.promised, exact.gain)
    assert found.mine.team_name == "Team 1"
    assert len(found.mine.drops) == 1
    assert found.acceptance == deal.acceptance
    assert found.chance == pytest.approx(min(0.95, max(0.03, probability(book, deal.mine))))


def test_nothing_offered_yet() -> None:
    found = bench(market(), 2, [], [])
    assert found.problem == "Nothing is offered yet: choose a player of either team."
    assert (found.chance, found.acceptance, found.mine.total) == (None, None, 0)


def test_an_offer_for_nothing_can_be_weighed() -> None:
    view = market()
    found = bench(view, 2, names(view, 1, 1), [])
    assert found.problem is None
    assert found.mine.total <= 0 <= found.theirs.total


def test_who_has_left_is_named_and_left_out() -> None:
    view = market()
    found = bench(view, 2, ["t1p00", "t3p00"], ["t2p00"])
    assert found.mine.gives == ("t1p00",)
    assert found.problem == "No longer on the team that should give him: T3P00."


@pytest.mark.parametrize(
    ("how", "word"),
    [
        ({"status": "complete"}, "over"),
        ({"status": "drafting"}, "draft"),
        ({"settings": {"disable_trades": 1}}, "no trades"),
        ({"settings": {"type": 3}}, "no trades"),
        ({"settings": {"trade_deadline": 9}}, "week 9"),
    ],
)
def test_why_nobody_can_trade(how: dict[str, Any], word: str) -> None:
    view = replace(market(), **how)
    said = trading_closed(view)
    assert said is not None
    assert word in said
    assert bench(view, 2, ["t1p00"], ["t2p00"]).problem == said
    assert deals(view, 2) == []


@pytest.mark.parametrize("deadline", [0, 10, 99, None])
def test_until_the_deadline_trades_are_open(deadline: int | None) -> None:
    assert trading_closed(replace(market(), settings={"trade_deadline": deadline})) is None


def test_what_the_league_forbids_and_nobody_to_ask() -> None:
    view = teams(
        "RB RB",
        {1: [weekly("a", "RB", [9, 9])], 2: [weekly("b", "QB", [5, 5]), weekly("c", "QB", [4, 4])]},
        bench=3,
        settings={"position_limit_qb": 1},
    )
    said = bench(view, 2, ["a"], ["b", "c"]).problem
    assert said is not None
    assert "the league allows 1" in said
    orphan = replace(view, rosters={**view.rosters, 2: replace(view.rosters[2], owner_id=None)})
    assert bench(orphan, 2, ["a"], ["b"]).problem == "That team has no manager to answer."


def test_two_different_teams_are_needed() -> None:
    for partner in (1, 9):
        with pytest.raises(ValueError, match="two different teams"):
            bench(market(), partner, [], [])


def test_a_league_without_weeks_to_come_says_so() -> None:
    view = market()
    done = replace(view, weeks_ahead=(), now=view.now.replace(year=2025))
    found = bench(done, 2, ["t1p00"], ["t2p00"])
    assert (found.weeks, found.chance, found.acceptance) == ((), None, None)
    assert found.lacks == ("No week is left of which anything is known: nothing can be weighed.",)


def near(one: set[str], other: set[str]) -> bool:
    """One player swapped, added or taken out."""
    return len(one - other) <= 1 and len(other - one) <= 1 and one != other


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_counters_are_better_for_them_at_a_bounded_cost(seed: int) -> None:
    rng = Random(seed)
    view = market(seed, size=5)
    give = rng.sample(names(view, 1, 5), rng.randint(1, 2))
    get = rng.sample(names(view, 2, 5), rng.randint(1, 2))
    offer = evaluate(view, give, get, 2)
    floor = max(0.0, min(offer.mine.promised / 2, offer.mine.promised - COST))
    found = counters(view, 2, give, get)
    assert len(found) <= 5
    ranks = []
    for one in found:
        deal = evaluate(view, one.mine.gives, one.mine.gets, 2)
        assert one.problem is None
        assert one.theirs.total > offer.theirs.promised
        assert one.acceptance is not None
        assert one.acceptance > offer.acceptance
        assert one.mine.total >= floor - 1e-9
        changed = len({*one.mine.gives} ^ {*give}) + len({*one.mine.gets} ^ {*get})
        assert 1 <= changed <= 4
        ranks.append(deal.score)
    assert ranks == sorted(ranks, reverse=True)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_better_offer_one_step_away_is_missed(seed: int) -> None:
    """Every single step tried by hand; the first counter is at least as good as the best of them."""
    view = market(seed, size=4)
    give, get = names(view, 1, 1), names(view, 2, 1)
    offer = evaluate(view, give, get, 2)
    floor = max(0.0, min(offer.mine.promised / 2, offer.mine.promised - COST))
    best = None
    mine, theirs = view.rosters[1].players, view.rosters[2].players
    steps = [({*give} ^ {p}, {*get}) for p in mine] + [({*give}, {*get} ^ {p}) for p in theirs]
    steps += [({p}, {*get}) for p in mine] + [({*give}, {p}) for p in theirs]
    for gives, gets in steps:
        if not gives or not gets or (gives, gets) == ({*give}, {*get}):
            continue
        deal = evaluate(view, gives, gets, 2)
        fits = deal.problem is None and deal.theirs.promised > offer.theirs.promised
        if fits and deal.mine.promised >= floor and deal.acceptance > offer.acceptance:
            best = max(deal.score, best) if best is not None else deal.score
    found = counters(view, 2, give, get)
    if best is None:
        return
    assert found
    first = evaluate(view, found[0].mine.gives, found[0].mine.gets, 2)
    assert first.score >= best - 1e-9


def test_the_search_can_be_stopped_and_ends_by_itself() -> None:
    view = market(3, size=14, bench=12)
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    counters(view, 2, names(view, 1, 2), names(view, 2, 2), stop=stop)
    assert asked <= 4 + 2
    asked = -10_000
    counters(view, 2, names(view, 1, 2), names(view, 2, 2), stop=stop)
    assert asked <= -10_000 + MOST_TRIED


def test_deals_are_the_searchs_with_one_partner() -> None:
    view = market(5, size=7)
    found = deals(view, 2, limit=3)
    every = {(d.mine.gives, d.mine.gets) for d in find(view) if d.partner == 2}
    assert 0 < len(found) <= 3
    assert {(one.mine.gives, one.mine.gets) for one in found} <= every
    assert {one.partner for one in found} == {2}
    assert all(one.chance is not None and one.problem is None for one in found)
    best = max((d for d in find(view) if d.partner == 2), key=lambda d: d.score)
    assert (found[0].mine.gives, found[0].mine.gets) == (best.mine.gives, best.mine.gets)


def test_picks_and_dollars_are_named_but_not_counted() -> None:
    view = market()
    give, get = names(view, 1, 1), names(view, 2, 1)
    beside = Extras(frozenset({Pick("2025", 1, 1)})), Extras(faab=12)
    plain, found = bench(view, 2, give, get), bench(view, 2, give, get, beside=beside)
    assert (found.mine.extras, found.theirs.extras) == beside
    assert "Not counted: draft picks and FAAB dollars. No measured worth of them is known." in found.lacks
    without = replace(found.mine, extras=NO_EXTRAS), replace(found.theirs, extras=NO_EXTRAS)
    assert replace(found, mine=without[0], theirs=without[1], lacks=plain.lacks) == plain
    for one in counters(view, 2, give, get, beside=beside):
        assert (one.mine.extras, one.theirs.extras) == beside


def test_an_offer_of_dollars_alone_is_an_offer() -> None:
    view = market()
    assert (bench(view, 2, [], []).problem or "").startswith("Nothing is offered yet")
    found = bench(view, 2, [], [], beside=(Extras(faab=5), NO_EXTRAS))
    assert (found.problem, found.chance, found.acceptance) == (None, None, None)
    assert (found.mine.gives_nothing, found.theirs.gives_nothing) == (False, True)
    assert "Not counted: FAAB dollars. No measured worth of them is known." in found.lacks
