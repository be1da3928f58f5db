"""Batches of line-ups against the exact line-up of each roster alone."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.lineup import Candidate, best_points
from fantasy_tui.football.lineup_batch import Arrivals, Squad, layout
from tests.football.test_lineup import LAYOUTS

WEEKS = 2
SINGLE = [frozenset({name}) for name in ["QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB", "OL"]]
DUAL = [frozenset(name.split("/")) for name in ["RB/WR", "QB/TE", "DL/LB", "WR/DB"]]

worths = st.lists(
    st.one_of(st.just(0.0), st.integers(1, 6).map(float), st.floats(0, 30).map(lambda x: round(x, 2))),
    min_size=WEEKS,
    max_size=WEEKS,
)
Roster = list[tuple[frozenset[str], list[float]]]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    single = draw(st.lists(st.tuples(st.sampled_from(SINGLE), worths), max_size=8))
    return single + draw(st.lists(st.tuples(st.sampled_from(DUAL), worths), max_size=1))


def squad(slots: Sequence[str], roster: Roster, other: Roster, most: int = 256) -> Squad:
    shape = layout(slots, [[positions for positions, _ in team] for team in (roster, other)], most)
    values = np.array([points for _, points in roster]).reshape(len(roster), WEEKS)
    return Squad(shape, [shape.kind(positions) for positions, _ in roster], values, len(roster))


def alone(slots: Sequence[str], roster: Roster) -> float:
    return sum(
        best_points(slots, [Candidate(str(n), who, points[week]) for n, (who, points) in enumerate(roster)])
        for week in range(WEEKS)
    )


def without(roster: Roster, gone: Sequence[int]) -> Roster:
    return [row for n, row in enumerate(roster) if n not in gone]


def ways(roster: Roster) -> list[tuple[int, ...]]:
    return [*((n,) for n in range(len(roster))), *combinations(range(len(roster)), 2)]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=12, deadline=None)
@given(ours=rosters(), theirs=rosters(), data=st.data())
def test_every_exchange_equals_the_line_up_solved_alone(
    name: str, ours: Roster, theirs: Roster, data: st.DataObject
) -> None:
    slots = LAYOUTS[name]
    me, them = squad(slots, ours, theirs), squad(slots, theirs, ours)
    assert me.layout.exact
    arrivals = Arrivals(me, them.parcels)
    leave, come = [(), *ways(ours)], ways(theirs)
    if not come:
        return
    pairs = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(leave) - 1), st.integers(0, len(come) - 1)), min_size=1, max_size=25
        )
    )
    totals = arrivals.totals(np.array([v for v, _ in pairs]), np.array([r for _, r in pairs]))
    for (variant, received), points in zip(pairs, totals, strict=True):
        after = without(ours, leave[variant]) + [theirs[n] for n in come[received]]
        assert points == pytest.approx(alone(slots, after), abs=1e-3)


def test_pair_variants_are_the_sets_in_their_order() -> None:
    roster: Roster = [(frozenset({"RB"}), [float(n), 0.0]) for n in range(5)]
    me = squad(("RB",), roster, roster)
    for variant, gone in enumerate(ways(roster)[5:], start=6):
        assert me.pair_variant[gone] == me.pair_variant[gone[::-1]] == variant


def test_parts_that_share_no_player_are_solved_apart() -> None:
    """Offence and defence: 3 + 6 bases rather than 18."""
    slots = ("QB", "RB", "WR", "TE", "FLEX", "DL", "LB", "DB", "IDP_FLEX", "IDP_FLEX")
    shape = layout(slots, [[frozenset({p}) for p in ("QB", "RB", "WR", "TE", "DL", "LB", "DB")]])
    assert sorted(len(part) for part in shape.parts) == [3, 6]
    assert sum(part[0].sum() for part in shape.parts) == len(slots)


def test_too_many_kinds_give_a_lower_bound_and_say_so() -> None:
    slots = ("RB", "WR", "TE", "FLEX", "FLEX")
    roster: Roster = [
        (frozenset(kind.split("/")), [10.0 + n, 3.0])
        for n, kind in enumerate(["RB/WR", "RB/TE", "WR/TE", "RB/WR/TE", "WR", "TE", "RB"])
    ]
    exact, bound = (squad(slots, roster, roster, most) for most in (100_000, 8))
    assert exact.layout.exact
    assert not bound.layout.exact
    nobody = np.array([0]), np.array([0])
    got = Arrivals(bound, bound.parcels).totals(*nobody)
    assert got <= Arrivals(exact, exact.parcels).totals(*nobody) + 1e-3


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    roster: Roster = [
        (frozenset({p}), rng.uniform(0, 20, WEEKS).round(2).tolist())
        for p in ["QB", "RB", "RB", "WR", "WR", "TE"]
    ]
    arrivals = Arrivals(
        squad(LAYOUTS["superflex"], roster, roster), squad(LAYOUTS["superflex"], roster, roster).parcels
    )
    variant, received = (side.ravel() for side in np.indices((22, 21)))
    whole = arrivals.totals(variant, received)
    monkeypatch.setattr("fantasy_tui.football.lineup_batch.CHUNK", 7)
    assert np.array_equal(arrivals.totals(variant, received), whole)
