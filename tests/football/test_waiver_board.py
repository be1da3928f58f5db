from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.view import Bid, LeagueView
from fantasy_tui.football.waiver import wire
from fantasy_tui.football.waiver_board import WaiverBoard, waiver_board
from tests.views import NOW, player
from tests.waivers import random_scene, scene, weekly

RUN = NOW + timedelta(hours=1)
BIDDING = {"waiver_type": 2, "waiver_budget": 100}


def bidden(*auctions: tuple[int, ...]) -> tuple[Bid, ...]:
    return tuple(
        Bid(week, roster, f"p{week}", "RB", amount, won=amount == max(amounts))
        for week, amounts in enumerate(auctions, start=1)
        for roster, amount in enumerate(amounts, start=1)
    )


def of(view: LeagueView) -> WaiverBoard:
    assert view.mine is not None
    return waiver_board(view, view.mine)


def wanting(**how: Any) -> LeagueView:
    """My back is poor, two better ones are free; the rival could use them too."""
    view = scene(
        "RB",
        [weekly("mine", "RB", 4, 4, 4), weekly("bench", "RB", 1, 1, 1)],
        [weekly("good", "RB", 12, 12, 12), weekly("fair", "RB", 9, 9, 9), weekly("bad", "RB", 1, 1, 1)],
        rivals=[[weekly("theirs", "RB", 5, 5, 5)], [weekly("rich", "RB", 30, 30, 30)]],
    )
    return replace(view, **how)


def test_adds_are_ranked_with_whom_to_drop() -> None:
    found = of(wanting())
    assert [(o.add_id, o.drop_id, o.claim) for o in found.options] == [
        ("good", "bench", False),
        ("fair", "bench", False),
    ]
    best = found.options[0]
    assert (best.add, best.drop, best.weeks) == ("Good", "Bench", (10, 11, 12))
    assert best.by_week == (8.0, 8.0, 8.0)
    assert best.promise == 24
    assert 0 < best.gain < 24
    assert 0.5 < best.chance <= 0.95
    assert best.wanted_by == ("Team 2",)
    assert (best.bid, best.ladder, found.bidding, found.closed) == (None, None, False, None)


def test_a_claim_comes_with_a_bid_and_a_ladder() -> None:
    view = wanting(
        settings=BIDDING,
        on_waivers=frozenset({"good"}),
        waivers_run=RUN,
        bids=bidden((10, 4, 7), (20, 12, 3), (6, 5)),
    )
    view = replace(
        view,
        rosters={
            n: replace(r, faab_left=left)
            for (n, r), left in zip(view.rosters.items(), (60, 25, 40), strict=True)
        },
    )
    found = of(view)
    good = next(o for o in found.options if o.add_id == "good")
    assert good.claim
    assert good.bid is not None
    assert good.bid_bound
    assert good.ladder is not None
    assert good.bid in [step.amount for step in good.ladder.steps]
    assert next(o for o in found.options if o.add_id == "fair").ladder is None
    assert (found.left, found.runs_at, found.lacks) == (60, RUN, ())
    assert [(r.roster_id, r.faab_left, r.claims, r.won, r.spent) for r in found.rivals] == [
        (3, 40, 2, 0, 0),
        (2, 25, 3, 0, 0),
    ]


def test_too_few_bids_are_said_to_be_too_few() -> None:
    view = wanting(settings=BIDDING, on_waivers=frozenset({"good"}), waivers_run=None)
    rosters = {n: replace(r, faab_left=50) for n, r in view.rosters.items()}
    found = of(replace(view, rosters=rosters))
    assert next(o for o in found.options if o.claim).ladder is None
    assert any("contested bids" in line for line in found.lacks)
    assert any("waivers run" in line for line in found.lacks)
    assert any("budget" in line for line in of(view).lacks)


def test_rivals_needs_are_their_weak_spots() -> None:
    weak, strong = sorted(of(wanting()).rivals, key=lambda rival: rival.roster_id)
    assert [need.slot for need in weak.needs] == ["RB"]
    assert weak.needs[0].short == pytest.approx((4 + 30) / 2 - 5)
    assert strong.needs == ()


def test_who_must_be_claimed_and_why() -> None:
    begun = player("begun", "RB", 6, kickoff=NOW - timedelta(hours=1), team="KC")
    view = scene(
        "RB", [weekly("mine", "RB", 4)], [weekly("cut", "RB", 8), begun], on_waivers=("cut", "begun"), run=RUN
    )
    assert [(one.player_id, one.why, one.until) for one in of(view).on_waivers] == [
        ("cut", "dropped", RUN),
        ("begun", "game begun", RUN),
    ]


@pytest.mark.parametrize(
    ("how", "word"),
    [
        ({"status": "complete"}, "over"),
        ({"status": "pre_draft"}, "draft"),
        ({"settings": {"disable_adds": 1}}, "closed"),
    ],
)
def test_why_nobody_can_be_added(how: dict[str, Any], word: str) -> None:
    found = of(wanting(**how))
    assert found.closed is not None
    assert word in found.closed
    assert found.options == ()
    assert [r.roster_id for r in found.rivals] == [2, 3]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_holds_for_any_league(seed: int) -> None:
    view = random_scene(Random(seed))
    if view.mine is None:
        return
    found = of(view)
    worth = [round(option.worth, 6) for option in found.options]
    assert worth == sorted(worth, reverse=True)
    at = wire(view, view.mine).at if view.mine.players else None
    for option in found.options:
        assert option.add_id in view.free_agents
        assert at is not None
        assert option.drop_id is None or option.drop_id in at.active
        assert 0.03 <= option.chance <= 0.97
        assert sum(option.by_week) == pytest.approx(option.promise)
        if option.bid is not None:
            assert view.mine.faab_left is not None
            assert 0 <= option.bid <= view.mine.faab_left
    assert {one.player_id for one in found.on_waivers} == view.on_waivers
