import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.faab import (
    POINTS_A_CLAIM,
    Market,
    Rivalry,
    ceiling,
    dollars_per_point,
    offer,
    rivalry,
)
from fantasy_tui.football.view import Bid
from fantasy_tui.football.waiver import delivered


def bid(player: str, roster: int, amount: int = 5, *, position: str = "RB", won: bool = True) -> Bid:
    return Bid(3, roster, player, position, amount, won)


def test_ceiling_is_numpys_percentile() -> None:
    amounts = [0, 3, 4, 11, 25, 2]
    found = ceiling([bid(f"p{n}", 1, n) for n in amounts], "RB")
    assert found is not None
    assert found.amount == pytest.approx(np.percentile(amounts, 80))
    assert (found.bids, found.position) == (6, "RB")


def test_few_bids_at_a_position_speak_for_none() -> None:
    bids = [bid(f"p{n}", 1, n, position="WR" if n else "RB") for n in range(5)]
    found = ceiling(bids, "RB")
    assert found is not None
    assert (found.bids, found.position) == (5, None)
    assert ceiling(bids[:4], "RB") is None


def test_lost_bids_set_no_ceiling() -> None:
    assert ceiling([bid(f"p{n}", 1, 90, won=False) for n in range(9)], "RB") is None


def test_a_bid_meets_on_average_what_earlier_ones_met() -> None:
    # Four players with one bidder, one with three: of seven bids three met two others each.
    bids = [*(bid(f"p{n}", n) for n in range(4)), *(bid("hot", n, won=n == 1) for n in (1, 2, 3))]
    assert rivalry(bids, "RB", helped=3, rivals=11).expected == pytest.approx(6 / 7)
    assert rivalry(bids, "RB", helped=3, rivals=11).claims == 5
    assert rivalry(bids, "RB", helped=0, rivals=11).expected == 0
    assert rivalry(bids, "WR", helped=3, rivals=11).position is None


def test_who_helps_half_the_league_is_as_contested_as_the_contested() -> None:
    bids = [*(bid(f"p{n}", n) for n in range(4)), *(bid("hot", n, won=n == 1) for n in (1, 2, 3))]
    assert rivalry(bids, "RB", helped=6, rivals=11).expected == 2


def test_a_league_without_history_is_taken_for_the_measured_one() -> None:
    assert rivalry([], "RB", helped=4, rivals=11) == Rivalry(0.5, 4, 0, None)


def test_the_budget_falls_in_a_line() -> None:
    assert dollars_per_point(100, 10) == pytest.approx(10 / POINTS_A_CLAIM)
    assert dollars_per_point(100, 5) == 2 * dollars_per_point(100, 10)
    assert dollars_per_point(90, 9) == dollars_per_point(100, 10)


def test_points_of_an_ordinary_claim_follow_from_the_measured_promise() -> None:
    promises = np.linspace(0, 40, 80_001)
    density = np.exp(-promises / 1.36) / 1.36
    weekly = np.trapezoid(np.array([delivered(float(p)) for p in promises]) * density, promises)
    assert 4 * weekly == pytest.approx(POINTS_A_CLAIM, abs=0.05)


ONE = Rivalry(1.0, 3, 10, "RB")
MANY = [bid(f"p{n}", 1, 20) for n in range(5)]


@pytest.mark.parametrize(
    ("market", "contest", "amount", "bound"),
    [
        (Market(100, 10), ONE, 16, "its value, $32 at $3.23 a point"),
        (Market(100, 10), Rivalry(3.0, 3, 10, "RB"), 24, "its value"),
        (Market(100, 10, top=ceiling(MANY, "RB")), Rivalry(3.0, 3, 10, "RB"), 20, "80th percentile"),
        (Market(15, 1), ONE, 15, "all that is left"),
        (Market(100, 10, rivals_left=(3, 9)), ONE, 10, "one more than the richest rival"),
        (Market(100, 10), Rivalry(0.0, 0, 10, "RB"), 0, "the least bid: no rival"),
        (Market(100, 10, minimum=2), Rivalry(0.4, 1, 10, "RB"), 2, "the least bid: no rival"),
        (Market(100, 10, rivals_left=(0,), minimum=3), ONE, 3, "the least bid this league takes"),
    ],
)
def test_the_bound_that_set_the_bid_is_named(
    market: Market, contest: Rivalry, amount: int, bound: str
) -> None:
    found = offer(10.0, contest, market)
    assert found.amount == amount
    assert found.bound.startswith(bound)


def test_nobody_can_bid_less_than_the_least() -> None:
    with pytest.raises(ValueError, match="less than the least bid"):
        offer(10.0, ONE, Market(1, 10, minimum=2))


@given(
    gain=st.floats(-5, 200),
    expected=st.floats(0, 12),
    left=st.integers(0, 1000),
    weeks=st.integers(0, 18),
    rivals=st.lists(st.integers(0, 1000), max_size=5),
    won=st.lists(st.integers(0, 500), max_size=9),
    minimum=st.integers(0, 5),
)
def test_a_bid_stays_within_every_bound(
    gain: float, expected: float, left: int, weeks: int, rivals: list[int], won: list[int], minimum: int
) -> None:
    top = ceiling([bid(f"p{n}", 1, amount) for n, amount in enumerate(won)], "RB")
    left = max(left, minimum)
    found = offer(gain, Rivalry(expected, 3, 9, None), Market(left, weeks, top, tuple(rivals), minimum))
    assert minimum <= found.amount <= left
    if found.amount > minimum:
        assert found.amount <= found.value
        assert not rivals or found.amount <= max(rivals) + 1
        assert top is None or found.amount <= top.amount
