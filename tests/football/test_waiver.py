from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, PlayerWeek
from fantasy_tui.football.waiver import (
    BENCH_SHARE,
    COVERED_LATER,
    Move,
    Wire,
    believed,
    delivered,
    drops,
    helps,
    horizon,
    most_alike,
    moves,
    points,
    rivals,
    weeks_known,
    wire,
)
from fantasy_tui.football.waiver_odds import chance
from tests.views import NOW, SUNDAY
from tests.waivers import random_scene, scene, weekly

seeds = st.integers(0, 2**32 - 1)


def here_of(view: LeagueView) -> Wire:
    return wire(view, view.rosters[1])


def found(view: LeagueView) -> list[Move]:
    return moves(here_of(view), view.free_agents)


def oracle(slots: Iterable[str], players: Iterable[PlayerWeek], week: int) -> float:
    """The assignment optimum; a filled slot outweighs any points, as slots are always filled."""
    rows, columns = list(slots), list(players)
    if not rows or not columns:
        return 0.0
    filled = 1e6
    values = np.array(
        [[filled + points(p, week) if fits(slot, p.positions) else 0.0 for p in columns] for slot in rows]
    )
    chosen = linear_sum_assignment(values, maximize=True)
    return float(sum(value - filled for value in values[chosen] if value > 0))


@settings(max_examples=80, deadline=None)
@given(seeds)
def test_the_promise_is_the_difference_of_assignment_optima(seed: int) -> None:
    view = random_scene(Random(seed))
    here, roster = here_of(view), view.rosters[1]
    kept = {
        index
        for index, starter in enumerate(roster.starters)
        if starter is not None and (starter not in view.players or view.players[starter].locked(view.now))
    }
    names = weeks_known(view)
    for add in view.free_agents:
        for move in drops(here, add):
            for name, promised in zip(move.weeks, move.promised, strict=True):
                week = names.index(name)
                slots = [slot for index, slot in enumerate(view.slots) if week or index not in kept]
                old = [view.players[p] for p in here.at.active if p in view.players]
                new = [p for p in old if p.player_id != move.drop] + [view.players[add]]
                old, new, gift = (
                    [p for p in side if week or not p.locked(view.now)]
                    for side in (old, new, [*old, view.players[add]])
                )
                before, after = oracle(slots, old, week), oracle(slots, new, week)
                if here.anyway(week, view.players[add]) is None:
                    assert promised == pytest.approx(after - before, abs=1e-4)
                else:
                    assert week >= COVERED_LATER
                    group = str(view.players[add].group)
                    wires = weekly("wire", group, *[here.level[group]] * 5)
                    covered = min(oracle(slots, [*old, wires], week), oracle(slots, gift, week))
                    assert promised == pytest.approx(after - covered, abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_no_move_breaks_a_rule(seed: int) -> None:
    view = random_scene(Random(seed))
    here, roster = here_of(view), view.rosters[1]
    for move in found(view):
        add = view.players[move.add]
        assert move.add in view.free_agents
        assert len(here.at.active) - len(here.at.stash) - (move.drop is not None) + 1 <= here.caps.active or (
            move.drop in here.at.stash
        )
        stays = [p for p in (*here.at.active, *here.at.aside) if p != move.drop]
        cap = here.caps.positions.get(add.group or "", 99)
        held = sum(p in view.players and view.players[p].group == add.group for p in stays)
        assert held < cap
        assert not add.availability.is_dead or add.on_bye
        if add.locked(view.now):
            assert view.week not in move.weeks
        for gone in (*here.at.drop, *([move.drop] if move.drop else [])):
            assert gone in roster.players
            assert not view.players[gone].locked(view.now)
            assert gone not in roster.taxi
        assert chance(here, move).probability > 0


def test_a_hole_weeks_away_counts_only_beyond_what_the_wire_will_have_then() -> None:
    """A bye next week is worth an add; one in three weeks is worth what nobody else on the wire could do."""
    free = [weekly("best", "RB", 9, 9, 9, 9), weekly("next", "RB", 8, 8, 8, 8), weekly("other", "RB", 1)]
    bench = weekly("bench", "WR", 0, 0, 0, 0)

    def of(*starter: float) -> tuple[Move, float]:
        view = scene("RB", [weekly("starter", "RB", *starter), bench], free)
        move = next(one for one in found(view) if one.add == "best")
        return move, chance(here_of(view), move).probability

    soon, sure = of(12, 0, 12, 12)
    late, unsure = of(12, 12, 12, 0)
    assert soon.promised == pytest.approx((0, 9, 0, 0))
    assert late.promised == pytest.approx((0, 0, 0, 1))
    assert sure == 1.0
    assert 0.5 <= unsure < 0.6


def test_who_would_not_start_fills_no_hole() -> None:
    mine = [weekly("starter", "RB", 12, 0, 12, 12), weekly("bench", "WR", 0, 0, 0, 0)]
    free = [weekly("best", "RB", 9, 9, 9, 9), weekly("next", "RB", 8, 8, 8, 8)]
    view = scene("RB", mine, free)
    here = here_of(view)
    assert [here.anyway(week, view.players["best"]) for week in range(4)] == [None] * 4
    assert chance(here, found(view)[0]).against_nothing


def test_the_drop_is_counted() -> None:
    mine = [weekly("a", "RB", 10, 10), weekly("b", "WR", 8, 8)]
    view = scene("RB WR", mine, [weekly("new", "RB", 14, 14)])
    best, other = drops(here_of(view), "new")
    assert (best.drop, best.promised) == ("a", (4.0, 4.0))
    assert (other.drop, other.promised) == ("b", (-4.0, -4.0))


def test_four_weeks_count_and_one_for_who_is_streamed() -> None:
    mine = [weekly("a", "RB", 5, *[5] * 6), weekly("d", "DEF", 5, *[5] * 6)]
    free = [weekly("rb", "RB", 9, *[9] * 6), weekly("def", "DEF", 9, *[9] * 6)]
    weeks = {move.add: move.weeks for move in found(scene("RB DEF", mine, free))}
    assert weeks == {"rb": (10, 11, 12, 13), "def": (10,)}


def test_a_bye_is_filled_from_the_wire() -> None:
    mine = [
        weekly("qb", "QB", 20, 20, 20, on_bye=True),
        weekly("bench", "RB", 3, 3, 3),
        weekly("a", "RB", 9, 9, 9),
    ]
    view = scene("QB RB", mine, [weekly("stream", "QB", 15, 15, 15)])
    (move,) = found(view)
    assert move.drop == "bench"
    assert move.promised == (15.0, 0.0, 0.0)
    assert chance(here_of(view), move).against_nothing


def test_equal_drops_go_by_the_weeks_ahead() -> None:
    mine = [
        weekly("a", "RB", 9, 9),
        weekly("deep", "WR", 0, 4),
        weekly("deeper", "WR", 0, 3),
        weekly("w", "WR", 9, 9),
    ]
    free = [weekly("new", "RB", 12, 12), *(weekly(f"w{n}", "WR", 0, 5) for n in range(3))]
    assert found(scene("RB WR", mine, free))[0].drop == "deeper"


def test_a_stash_worth_more_later_is_kept() -> None:
    weeks = 8
    star = weekly("star", "RB", 0, *[0.0] * 3, *[15.0] * (weeks - 3), injury="IR")
    mine = [weekly("a", "RB", 9, *[9.0] * weeks), star, weekly("spare", "WR", 2, *[2.0] * weeks)]
    view = scene("RB WR", mine, [weekly("new", "RB", 13, *[9.5] * weeks)])
    options = {move.drop: move for move in drops(here_of(view), "new")}
    assert options["star"].promised[0] == pytest.approx(4.0)
    assert options["star"].later == pytest.approx(-5 * (15 - 9.5))
    assert options["star"].bench == pytest.approx(BENCH_SHARE * (9.5 * weeks - 15.0 * 5)), (
        "the wire has no other"
    )
    assert options["star"].worth < 0
    assert found(view)[0].drop != "star"


def test_who_the_wire_replaces_costs_nothing_later() -> None:
    mine = [weekly("a", "RB", 5, *[5] * 7)]
    free = [
        weekly("new", "RB", 9, *[4] * 7),
        weekly("other", "RB", 5, *[5] * 7),
        weekly("third", "RB", 5, *[5] * 7),
    ]
    move = drops(here_of(scene("RB", mine, free)), "new")[0]
    assert move.later == 0.0


def test_a_kicker_is_added_only_for_one_who_is_absent() -> None:
    new = weekly("new", "K", 12, 12)
    assert not found(scene("K", [weekly("old", "K", 5, 5)], [new]))
    for absent in ({"on_bye": True}, {"injury": "Out"}, {"injury": "IR"}, {"team": None}):
        (move,) = found(scene("K", [weekly("old", "K", 5, 5, **absent)], [new]))
        assert (move.add, move.drop) == ("new", "old")
    assert found(scene("K", [], [new], bench=0))[0].drop is None


def test_who_has_kicked_off_counts_from_next_week() -> None:
    mine = [weekly("a", "RB", 5, 5, 5, 5, 5)]
    late = weekly("late", "RB", 30, 9, 9, 9, 9, kickoff=NOW - timedelta(hours=1))
    (move,) = found(scene("RB", mine, [late]))
    assert move.weeks == (11, 12, 13)
    assert move.promised == (4.0, 4.0, 4.0)


def test_a_claim_decided_after_his_kickoff_counts_from_next_week() -> None:
    view = scene(
        "RB", [weekly("a", "RB", 5, 5)], [weekly("new", "RB", 9, 9)], on_waivers=("new",), run=SUNDAY
    )
    assert list(horizon(here_of(view), view.players["new"])) == [1]
    soon = replace(view, waivers_run=SUNDAY - timedelta(minutes=1))
    assert list(horizon(here_of(soon), view.players["new"])) == [0, 1]


def test_who_kicks_off_before_waivers_run_is_not_dropped_for_this_week() -> None:
    early = weekly("early", "RB", 0, 0, kickoff=NOW + timedelta(hours=1))
    mine = [weekly("a", "RB", 5, 5), early]
    view = scene(
        "RB",
        mine,
        [weekly("new", "RB", 9, 9)],
        on_waivers=("new",),
        run=NOW + timedelta(hours=2),
    )
    assert [move.drop for move in drops(here_of(view), "new")] == ["a"]
    assert found(replace(view, on_waivers=frozenset()))[0].drop == "early"


def test_the_locked_are_never_dropped() -> None:
    mine = [weekly("a", "RB", 5, 5, kickoff=NOW - timedelta(hours=1)), weekly("b", "RB", 6, 6)]
    (move,) = drops(here_of(scene("RB", mine, [weekly("new", "RB", 9, 9)], starters=["b"])), "new")
    assert move.drop == "b"


def test_a_locked_starter_keeps_his_slot() -> None:
    mine = [weekly("a", "RB", 5, kickoff=NOW - timedelta(hours=1))]
    assert not found(scene("RB", mine, [weekly("new", "RB", 9)], starters=["a"], bench=1))
    assert found(scene("RB RB", mine, [weekly("new", "RB", 9)], starters=["a", None], bench=1))


def test_who_is_out_is_not_added() -> None:
    view = scene("RB", [weekly("a", "RB", 1, 1)], [weekly("new", "RB", 9, 9, injury="Out")])
    assert not found(view)


def test_who_is_projected_by_nobody_and_missed_games_is_not_added() -> None:
    new = replace(weekly("new", "LB", 12, 12, basis=Basis.AVERAGE), past=(12.0,) * 5)
    view = scene("LB", [weekly("a", "LB", 5, 5)], [new])
    assert not found(view), "five games in nine weeks"
    regular = replace(new, past=(12.0,) * 7)
    assert found(scene("LB", [weekly("a", "LB", 5, 5)], [regular])), "a bye and one game missed"
    projected = replace(new, projection=Projection(12.0, Basis.COMPONENTS))
    assert found(scene("LB", [weekly("a", "LB", 5, 5)], [projected]))


def test_a_too_large_roster_first_drops_whom_it_misses_least() -> None:
    mine = [weekly("a", "RB", 9, 9), weekly("b", "WR", 8, 8), weekly("c", "WR", 1, 1)]
    here = here_of(scene("RB WR", mine, [weekly("new", "RB", 12, 12)], bench=0))
    assert here.at.drop == ("c",)
    assert drops(here, "new")[0].drop == "a"


def test_what_comes_true_of_a_promise() -> None:
    slope = CALIBRATION.slopes["waiver"]
    assert [believed(p) for p in (-2.0, 0.0, 0.9, 1.25, 1.5, 4.0)] == [-2.0, 0.0, 0.0, 0.625, 1.5, 4.0]
    assert [delivered(p) for p in (-2.0, 0.9, 4.0)] == [-2.0, 0.0, 4 * slope]


@given(st.lists(st.floats(-20, 40), min_size=2, max_size=2))
def test_more_promised_never_delivers_less(promises: list[float]) -> None:
    low, high = sorted(promises)
    assert delivered(low) <= delivered(high) + 1e-9
    assert delivered(high) <= max(high, 0.0)


def stated(promise: float, *, weeks: int = 1) -> float:
    mine = [weekly("a", "WR", 6, *[6.0] * (weeks - 1))]
    new = weekly("new", "WR", 6 + promise, *[6.0 + promise] * (weeks - 1), team="SF", opponent="KC")
    view = scene("WR", mine, [new])
    return chance(here_of(view), drops(here_of(view), "new")[0]).probability


@pytest.mark.parametrize(("least", "measured"), [(1.5, 0.64), (3.0, 0.70), (5.0, 0.77)])
def test_the_curve_gives_the_measured_levels(least: float, measured: float) -> None:
    promises = np.linspace(least, 20, 60)
    weights = np.exp(-promises / 1.36)
    mean = np.average([stated(float(p)) for p in promises], weights=weights)
    assert mean == pytest.approx(measured, abs=0.02)


def test_small_promises_are_even_and_larger_ones_surer() -> None:
    assert stated(0.9) == 0.5
    assert 0.5 < stated(1.4) < stated(2.0) < stated(6.0) < 0.9
    assert stated(3.0) < stated(3.0, weeks=4) < 0.75, "errors of weeks do not average out"


def test_nobody_displaced_is_against_nothing_but_a_defence_may_lose() -> None:
    view = scene("RB DEF", [], [weekly("rb", "RB", 9), weekly("def", "DEF", 6)], bench=0)
    here = here_of(view)
    sure, not_quite = (chance(here, drops(here, name)[0]) for name in ("rb", "def"))
    assert (sure.probability, sure.against_nothing) == (1.0, True)
    assert not not_quite.against_nothing
    assert 0.75 < not_quite.probability < 0.95


def test_rivals_who_would_gain() -> None:
    new = weekly("new", "RB", 10, 10)
    view = scene(
        "RB",
        [weekly("a", "RB", 5, 5)],
        [new],
        rivals=[[weekly("weak", "RB", 4, 4)], [weekly("strong", "RB", 18, 18)], []],
    )
    assert [helps(there, "new") for there in rivals(view)] == [True, False]


def test_the_most_alike_is_the_nearest_profile_at_his_position() -> None:
    lost = replace(weekly("lost", "WR", 9, injury="IR"), profile=(1.0, 0.0))
    near, far, other = (
        replace(weekly(name, position, 5), profile=profile)
        for name, position, profile in (
            ("near", "WR", (0.8, 0.6)),
            ("far", "WR", (0.0, 1.0)),
            ("other", "TE", (1.0, 0.0)),
        )
    )
    view = scene("WR", [lost], [far, near, other, weekly("unknown", "WR", 5)])
    assert most_alike(view, lost) == "near"
    assert most_alike(view, weekly("new", "WR", 4)) is None
    assert most_alike(scene("WR", [lost], [far]), lost) is None


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_moves_are_ordered_by_worth_one_for_each_add(seed: int) -> None:
    view = random_scene(Random(seed))
    here = here_of(view)
    ranked = moves(here, view.free_agents)
    assert [move.worth for move in ranked] == pytest.approx(sorted((m.worth for m in ranked), reverse=True))
    assert len({move.add for move in ranked}) == len(ranked)
    for move in ranked:
        assert all(move.worth >= other.worth - 1e-6 for other in drops(here, move.add))
