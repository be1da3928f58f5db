from collections.abc import Sequence
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.bid_ladder import EVEN_BIDS, beats, ladder, rival_bids
from fantasy_tui.football.faab import Market, Rivalry
from fantasy_tui.football.view import Bid

CONTEST = Rivalry(expected=0.7, helped=2, claims=20, position="RB")


def auction(week: int, amounts: Sequence[int], position: str = "RB") -> list[Bid]:
    """Bids of rosters 1, 2 and so on for one player; the highest wins."""
    return [
        Bid(week, roster, f"p{week}", position, amount, won=amount == max(amounts))
        for roster, amount in enumerate(amounts, start=1)
    ]


def test_each_contested_bid_met_the_highest_of_the_others() -> None:
    bids = [*auction(1, [10, 4, 7]), *auction(2, [30]), *auction(3, [5, 5])]
    assert rival_bids(bids, "RB") == ([5, 5, 7, 10, 10], "RB")


def test_only_the_highest_of_a_teams_own_bids_counts() -> None:
    twice = [
        Bid(1, 1, "p", "RB", 3, won=False),
        Bid(1, 1, "p", "RB", 9, won=True),
        Bid(1, 2, "p", "RB", 8, False),
    ]
    assert rival_bids(twice, "WR") == ([8, 9], None)


def test_few_bids_at_a_position_leave_it_to_all() -> None:
    bids = [*auction(1, [10, 4, 7]), *auction(2, [6, 2], "WR"), *auction(3, [9, 1], "WR")]
    assert rival_bids(bids, "WR") == ([1, 2, 6, 7, 9, 10, 10], None)
    assert rival_bids(bids, "TE")[1] is None


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(0, 100))
def test_a_bid_beats_those_below_it(rivals: list[int], amount: int) -> None:
    won = sum(1.0 if r < amount else 0.5 if r == amount else 0.0 for r in rivals)
    assert beats(amount, rivals) == pytest.approx((won + EVEN_BIDS / 2) / (len(rivals) + EVEN_BIDS))
    assert beats(amount, rivals) <= beats(amount + 1, rivals)
    assert 0 < beats(amount, rivals) < 1


def test_the_ladder_counts_in_that_nobody_may_bid() -> None:
    bids = [*auction(1, [10, 4, 7]), *auction(2, [20, 12, 3])]
    found = ladder(bids, "RB", CONTEST, Market(left=50, weeks_left=8, rivals_left=(30, 40)), also=(11,))
    assert found is not None
    assert (found.bids, found.position, found.claims) == (6, "RB", 20)
    assert found.contested == pytest.approx(1 - exp(-0.7))
    rivals = [7, 10, 10, 12, 20, 20]
    for step in found.steps:
        wins = 1.0 if step.amount > 40 else beats(step.amount, rivals)
        assert step.if_contested == pytest.approx(wins)
        assert step.chance == pytest.approx(1 - found.contested * (1 - wins))
    amounts = [step.amount for step in found.steps]
    assert {0, 11, 50} <= set(amounts)
    assert amounts == sorted(set(amounts))
    assert found.steps[-1].chance == 1.0


def test_nobody_to_bid_against_makes_every_bid_win() -> None:
    nobody = Rivalry(expected=0.0, helped=0, claims=20, position=None)
    found = ladder(auction(1, [10, 4, 7]) + auction(2, [3, 2]), "RB", nobody, Market(left=9, weeks_left=1))
    assert found is not None
    assert {step.chance for step in found.steps} == {1.0}


def test_without_a_history_there_is_no_ladder() -> None:
    assert ladder(auction(1, [10, 4, 7]), "RB", CONTEST, Market(left=50, weeks_left=8)) is None
    assert ladder([], None, CONTEST, Market(left=50, weeks_left=8)) is None
    many = [bid for week in range(9) for bid in auction(week, [5, 4])]
    assert ladder(many, "RB", CONTEST, Market(left=1, weeks_left=8, minimum=2)) is None


@given(
    st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=4), max_size=12),
    st.integers(0, 100),
    st.integers(0, 5),
    st.lists(st.integers(0, 100), max_size=5),
    st.floats(0, 4),
)
def test_steps_never_fall_and_can_be_paid(
    auctions: list[list[int]], left: int, minimum: int, purses: list[int], expected: float
) -> None:
    bids = [bid for week, amounts in enumerate(auctions) for bid in auction(week, amounts)]
    market = Market(left=left, weeks_left=5, rivals_left=tuple(purses), minimum=minimum)
    found = ladder(bids, "RB", Rivalry(expected, 3, 9, None), market)
    if found is None:
        return
    assert found.steps
    assert all(minimum <= step.amount <= left for step in found.steps)
    chances = [step.chance for step in found.steps]
    assert chances == sorted(chances)
    assert all(0 <= step.if_contested <= step.chance <= 1 for step in found.steps)
