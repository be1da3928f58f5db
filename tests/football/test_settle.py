from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.settle import Outcome, Results, Rosters, Rule, Starters, Win, settle, weeks_of
from fantasy_tui.football.slots import fits

POSITIONS = {
    "q": frozenset({"QB"}),
    "r1": frozenset({"RB"}),
    "r2": frozenset({"RB"}),
    "w1": frozenset({"WR"}),
    "w2": frozenset({"WR"}),
}
SLOTS = ("RB", "FLEX")


def results(
    points: dict[int, dict[str, float]],
    expected: dict[int, dict[str, float]] | None = None,
    totals: dict[int, dict[int, float]] | None = None,
) -> Results:
    return Results(SLOTS, POSITIONS, points, expected or {}, totals or {})


@pytest.mark.parametrize(
    ("new", "old", "outcome"),
    [
        (("r1",), ("w1",), Outcome(True, 3.5)),
        (("w1",), ("r1",), Outcome(False, -3.5)),
        (("w1",), ("w2",), Outcome(True, 0.0)),
        (("r1",), (), Outcome(True, 12.0)),
        (("nobody",), ("r1",), Outcome(False, -12.0)),
        (("r1", "w1"), ("w2", "nobody"), Outcome(True, 12.0)),
    ],
)
def test_starters_compare_those_who_differ_and_a_tie_is_right(
    new: tuple[str, ...], old: tuple[str, ...], outcome: Outcome
) -> None:
    assert settle(Starters(3, new, old), results({3: {"r1": 12.0, "w1": 8.5, "w2": 8.5}})) == outcome


def test_a_plan_counts_only_if_its_man_did_not_play() -> None:
    plan = Starters(3, ("w1",), ("r1",), if_inactive=True)
    assert settle(plan, results({3: {"r1": 12.0, "w1": 8.5}})) == Outcome(True, 0.0)
    assert settle(plan, results({3: {"r1": -1.0, "w1": -2.0}})) == Outcome(True, 0.0)
    assert settle(plan, results({3: {"r1": 0.0, "w1": 8.5}})) == Outcome(True, 8.5)
    assert settle(plan, results({3: {"w1": -0.5}})) == Outcome(False, -0.5)


def test_cents_do_not_decide_by_rounding() -> None:
    assert settle(Starters(1, ("a", "b"), ("c",)), results({1: {"a": 0.1, "b": 0.2, "c": 0.3}})) == Outcome(
        True, 0.0
    )


def test_nothing_is_settled_before_its_weeks_are_final() -> None:
    rules: list[Rule] = [Starters(4, ("a",), ("b",)), Rosters((3, 4), ("r1",), ("w1",)), Win(4, 1, 2)]
    assert [weeks_of(rule) for rule in rules] == [(4,), (3, 4), (4,)]
    for rule in rules:
        assert settle(rule, results({3: {"r1": 5.0}}, totals={4: {1: 9.0, 2: 8.0}})) is None


def test_rosters_play_the_line_up_that_looked_best_before_not_after() -> None:
    points = {5: {"r1": 2.0, "r2": 30.0, "w1": 9.0}}
    expected = {5: {"r1": 12.0, "r2": 1.0, "w1": 8.0, "w2": 4.0}}
    rule = Rosters((5,), ("r1", "r2", "w1"), ("r1", "r2", "w2"))
    assert settle(rule, results(points, expected)) == Outcome(True, 9.0)


def brute_force(players: tuple[str, ...], expected: dict[str, float]) -> set[float]:
    """Expected totals of all line-ups that fill as many slots as can be filled."""
    found: dict[int, set[float]] = {}
    for order in permutations([*players, None, None], len(SLOTS)):
        pairs = [(slot, p) for slot, p in zip(SLOTS, order, strict=True) if p is not None]
        if all(fits(slot, POSITIONS[p]) for slot, p in pairs):
            total = sum(expected.get(p, 0.0) for _, p in pairs)
            found.setdefault(len(pairs), set()).add(round(total, 6))
    return found[max(found)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(POSITIONS)), unique=True, max_size=5),
    st.dictionaries(st.sampled_from(sorted(POSITIONS)), st.integers(0, 20).map(float)),
)
def test_the_line_up_is_the_best_of_all(players: list[str], expected: dict[str, float]) -> None:
    """Where all score what they were expected to, a roster's gain over nobody is its best total."""
    outcome = settle(Rosters((1,), tuple(players), ()), results({1: expected}, {1: expected}))
    assert outcome is not None
    assert outcome.gain == pytest.approx(max(brute_force(tuple(players), expected)))


@pytest.mark.parametrize(
    ("mine", "theirs", "right"), [(100.0, 99.9, True), (90.0, 90.0, True), (80.0, 90.0, False)]
)
def test_a_win_is_at_least_as_many_points(mine: float, theirs: float, right: bool) -> None:
    outcome = settle(Win(2, 1, 7), results({2: {}}, totals={2: {1: mine, 7: theirs}}))
    assert outcome == Outcome(right, round(mine - theirs, 2))
    assert settle(Win(2, 1, 7), results({2: {}}, totals={2: {1: mine}})) is None
