"""best_lineup against an assignment solver and against its promises on ties, over many slot layouts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from fantasy_tui.football import seating
from fantasy_tui.football.lineup import Candidate, best_lineup, best_points, best_starters, is_legal
from fantasy_tui.football.slots import ELIGIBLE, fits, width

LAYOUTS: dict[str, tuple[str, ...]] = {
    "standard": ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    "three receivers, two flex": ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX"),
    "superflex": ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX", "SUPER_FLEX"),
    "two quarterbacks": ("QB", "QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    "overlapping flexes": ("QB", "RB", "RB", "WR", "WR", "TE", "WRRB_FLEX", "REC_FLEX"),
    "all flexes": ("QB", "RB", "WR", "TE", "WRRB_FLEX", "REC_FLEX", "FLEX", "SUPER_FLEX"),
    "defenders": ("QB", "RB", "WR", "TE", "FLEX", "DL", "LB", "DB", "IDP_FLEX", "IDP_FLEX"),
    "defenders without flex": (
        "QB",
        "RB",
        "RB",
        "WR",
        "WR",
        "WR",
        "TE",
        "FLEX",
        "K",
        "DEF",
        "DL",
        "LB",
        "DB",
    ),
    "flex listed first": ("FLEX", "SUPER_FLEX", "RB", "WR", "TE", "QB"),
    "only flexes": ("SUPER_FLEX", "FLEX", "FLEX", "REC_FLEX"),
    "no tight end": ("QB", "RB", "RB", "WR", "WR", "FLEX", "WRRB_FLEX"),
    "unknown slot": ("QB", "RB", "MYSTERY_FLEX", "FLEX"),
    "one slot": ("QB",),
    "no slots": (),
}
POSITIONS = [frozenset({name}) for name in ("QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB")] + [
    frozenset({"RB", "WR"}),
    frozenset({"RB", "TE"}),
    frozenset({"QB", "TE"}),
    frozenset({"DL", "LB"}),
    frozenset({"WR", "DB"}),
    frozenset({"OL"}),
    frozenset(),
]
FULL = [name for name in LAYOUTS if name != "unknown slot"]
SUNDAY = datetime(2024, 9, 8, 17, tzinfo=UTC)
KICKOFFS = [None, SUNDAY, SUNDAY + timedelta(hours=3), SUNDAY + timedelta(hours=31)]

points = st.one_of(
    st.integers(-3, 6).map(float), st.floats(-5, 35, allow_nan=False).map(lambda x: round(x, 2))
)


@st.composite
def rosters(
    draw: st.DrawFn, most: int = 18, kickoffs: Sequence[datetime | None] = KICKOFFS
) -> list[Candidate]:
    rows = draw(
        st.lists(st.tuples(st.sampled_from(POSITIONS), points, st.sampled_from(kickoffs)), max_size=most),
    )
    return [Candidate(f"p{number:02}", *row) for number, row in enumerate(rows)]


@st.composite
def full_rosters(
    draw: st.DrawFn, slots: Sequence[str], kickoffs: Sequence[datetime | None] = KICKOFFS
) -> list[Candidate]:
    """Someone for every slot, and a bench."""
    kinds = [draw(st.sampled_from([kind for kind in POSITIONS if fits(slot, kind)])) for slot in slots]
    kinds += draw(st.lists(st.sampled_from(POSITIONS), max_size=4))
    return [
        Candidate(f"p{number:02}", kind, draw(points), draw(st.sampled_from(kickoffs)))
        for number, kind in enumerate(kinds)
    ]


def player(player_id: str, position: str, points: float, kickoff: datetime | None = None) -> Candidate:
    return Candidate(player_id, frozenset(position.split("/")), points, kickoff)


def optimum(slots: Sequence[str], candidates: Sequence[Candidate]) -> tuple[int, float]:
    """Most slots filled, and most points among those line-ups, by SciPy's assignment solver."""
    if not slots or not candidates:
        return 0, 0.0
    bonus = 1e6
    value = np.array(
        [[bonus + one.points if fits(slot, one.positions) else 0.0 for one in candidates] for slot in slots]
    )
    rows, columns = linear_sum_assignment(value, maximize=True)
    pairs = [(row, column) for row, column in zip(rows, columns, strict=True) if value[row, column] > 0]
    return len(pairs), sum(candidates[column].points for _, column in pairs)


def filled(starters: Sequence[str | None]) -> list[str]:
    return [player_id for player_id in starters if player_id is not None]


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=25, deadline=None)
@given(candidates=rosters())
def test_equals_the_assignment_optimum(layout: str, candidates: list[Candidate]) -> None:
    slots = LAYOUTS[layout]
    best = best_lineup(slots, candidates)
    number, total = optimum(slots, candidates)
    assert is_legal(slots, best.starters, candidates)
    assert len(filled(best.starters)) == number
    assert best.points == pytest.approx(total, abs=1e-6)
    assert best_points(slots, candidates) == pytest.approx(total, abs=1e-6)
    starters = best_starters(slots, candidates)
    assert sum(one.points for one in candidates if one.player_id in starters) == pytest.approx(
        total, abs=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(layout=st.sampled_from(list(LAYOUTS)), candidates=rosters(), data=st.data())
def test_locked_slots_keep_their_player(
    layout: str, candidates: list[Candidate], data: st.DataObject
) -> None:
    slots = LAYOUTS[layout]
    before = best_lineup(slots, data.draw(st.permutations(candidates))[: len(candidates) // 2]).starters
    seats = data.draw(st.sets(st.integers(0, len(slots) - 1), max_size=4)) if slots else set()
    fixed = {seat: before[seat] for seat in seats}
    best = best_lineup(slots, candidates, fixed=fixed, current=before)
    locked = {name for name in fixed.values() if name}
    number, total = optimum(
        [slot for seat, slot in enumerate(slots) if seat not in fixed],
        [one for one in candidates if one.player_id not in locked],
    )
    assert is_legal(slots, best.starters, candidates)
    assert all(best.starters[seat] == player_id for seat, player_id in fixed.items())
    assert len(filled(best.starters)) == number + len(locked)
    held = sum(one.points for one in candidates if one.player_id in locked)
    assert best.points == pytest.approx(total + held, abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(layout=st.sampled_from(list(LAYOUTS)), candidates=rosters(), data=st.data())
def test_depends_on_the_roster_not_on_its_order_and_is_stable(
    layout: str, candidates: list[Candidate], data: st.DataObject
) -> None:
    slots = LAYOUTS[layout]
    first = best_lineup(slots, candidates)
    assert best_lineup(slots, data.draw(st.permutations(candidates))) == first
    again = best_lineup(slots, candidates, current=first.starters)
    assert again.starters == first.starters


@settings(max_examples=80, deadline=None)
@given(layout=st.sampled_from(FULL), data=st.data())
def test_nobody_moves_without_a_reason(layout: str, data: st.DataObject) -> None:
    slots = LAYOUTS[layout]
    candidates = data.draw(full_rosters(slots, [SUNDAY]))
    level = [Candidate(one.player_id, one.positions, 5.0, one.kickoff) for one in candidates]
    current = shuffled_lineup(slots, data.draw(st.permutations(level)))
    assert None not in current
    assert best_lineup(slots, level, current=current).starters == current
    seat = data.draw(st.integers(0, len(slots) - 1)) if slots else None
    if seat is not None:
        newcomer = Candidate("zz", ELIGIBLE[slots[seat]], 6.0, SUNDAY)
        stronger = [one for one in level if one.player_id != current[seat]]
        expected = (*current[:seat], "zz", *current[seat + 1 :])
        kept = [one for one in stronger if one.player_id in current]
        assert best_lineup(slots, [*kept, newcomer], current=current).starters == expected


def shuffled_lineup(slots: Sequence[str], candidates: Sequence[Candidate]) -> tuple[str | None, ...]:
    """Some line-up of the players as they come."""
    return best_lineup(
        slots, [Candidate(c.player_id, c.positions, float(-n)) for n, c in enumerate(candidates)]
    ).starters


def seated(slots: Sequence[str], starters: Sequence[Candidate], name: str) -> list[Candidate]:
    return [one for slot, one in zip(slots, starters, strict=True) if slot == name]


def kickoffs(players: Sequence[Candidate]) -> list[datetime]:
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted((one.kickoff or earliest for one in players), reverse=True)


@pytest.mark.parametrize(
    "slots",
    [
        ("RB", "WR", "FLEX", "SUPER_FLEX"),
        ("RB", "WR", "TE", "WRRB_FLEX", "REC_FLEX"),
        ("FLEX", "RB", "WR", "FLEX"),
        ("LB", "DB", "IDP_FLEX", "WR", "REC_FLEX"),
    ],
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_latest_kickoffs_sit_in_the_widest_slots(slots: tuple[str, ...], data: st.DataObject) -> None:
    candidates = data.draw(full_rosters(slots))
    current = shuffled_lineup(slots, data.draw(st.permutations(candidates)))
    best = best_lineup(slots, candidates, current=current)
    by_id = {one.player_id: one for one in candidates}
    chosen = [by_id[player_id] for player_id in filled(best.starters)]
    legal = [
        order
        for order in permutations(chosen)
        if all(fits(slot, one.positions) for slot, one in zip(slots, order, strict=True))
    ]
    for name in sorted(dict.fromkeys(slots), key=lambda name: -width(name)):
        here = seated(slots, chosen, name)
        if width(name) > 1:
            assert kickoffs(here) == max(kickoffs(seated(slots, order, name)) for order in legal)
        legal = [order for order in legal if set(seated(slots, order, name)) == set(here)]


@settings(max_examples=80, deadline=None)
@given(layout=st.sampled_from(FULL), data=st.data())
def test_settled_seatings_equal_negotiated_ones(layout: str, data: st.DataObject) -> None:
    slots = LAYOUTS[layout]
    candidates = data.draw(st.one_of(rosters(), full_rosters(slots)))
    current = shuffled_lineup(slots, data.draw(st.permutations(candidates)))
    with pytest.MonkeyPatch.context() as patch:
        expected = best_lineup(slots, candidates, current=current)
        fresh = seating.Board(slots)
        settled = fresh.plan

        def never_settled(kinds: tuple[int, ...], mask: int) -> seating.Plan:
            plan = settled(kinds, mask)
            return replace(plan, lone={}, quotas=None) if kinds else plan

        patch.setattr(fresh, "plan", never_settled)
        patch.setattr("fantasy_tui.football.lineup.board", lambda _: fresh)
        assert best_lineup(slots, candidates, current=current) == expected


def test_current_starters_are_kept_among_equals() -> None:
    equals = [player("a", "WR", 9.0), player("b", "WR", 9.0), player("c", "WR", 9.0), player("q", "QB", 20.0)]
    assert best_lineup(("QB", "WR"), equals, current=("q", "c")).starters == ("q", "c")
    assert best_lineup(("QB", "WR", "FLEX"), equals, current=(None, "c", "b")).starters == ("q", "c", "b")
    assert best_lineup(("QB", "WR"), equals).starters == ("q", "a")


def test_the_late_game_goes_to_the_flex() -> None:
    monday = SUNDAY + timedelta(days=1)
    backs = [
        player("early", "RB", 12.0, SUNDAY),
        player("late", "RB", 14.0, monday),
        player("mid", "WR", 9.0, SUNDAY),
    ]
    best = best_lineup(("RB", "WR", "FLEX"), backs, current=("late", "mid", "early"))
    assert best.starters == ("early", "mid", "late")


def test_fills_slots_at_negative_points_and_leaves_the_widest_empty() -> None:
    assert best_lineup(("DEF",), [player("BUF", "DEF", -4.0)]).starters == ("BUF",)
    assert best_lineup(("FLEX", "RB"), [player("a", "RB", 3.0)], current=("a", None)).starters == (None, "a")


def test_locked_players_count_and_locked_holes_stay() -> None:
    roster = [player("a", "RB", 3.0), player("b", "RB", 8.0), player("w", "WR", 5.0)]
    best = best_lineup(("RB", "FLEX", "WR"), roster, fixed={0: "a", 2: None})
    assert best.starters == ("a", "b", None)
    assert best.points == 11.0
    assert best_lineup(("RB", "FLEX"), roster, fixed={0: "gone"}).starters == ("gone", "b")


def test_a_crowded_board_forgets_and_stays_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seating, "_MOST_CROWDS", 3)
    slots = ("QB", "RB", "WR", "FLEX", "IDP_FLEX", "DL")
    roster = [
        player("q", "QB", 9),
        player("r", "RB", 8),
        player("w", "WR", 7),
        player("d", "DL/LB", 6),
        player("e", "DL", 5),
    ]
    for _ in range(3):
        assert best_lineup(slots, [*roster, player("x", "RB/WR", 7.5)]).points == 42.5


@pytest.mark.parametrize(
    ("starters", "legal"),
    [
        (("a", "w"), True),
        (("a", None), True),
        (("w", "a"), False),
        (("a", "a"), False),
        (("a",), False),
        (("a", "nobody"), False),
    ],
)
def test_is_legal(starters: tuple[str | None, ...], legal: bool) -> None:
    roster = [player("a", "RB", 3.0), player("w", "WR", 5.0)]
    assert is_legal(("RB", "REC_FLEX"), starters, roster) is legal
