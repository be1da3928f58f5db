from collections.abc import Sequence
from dataclasses import replace

import pytest

from fantasy_tui.football.roster_rules import NO_REPORT, Standing, accepts, ineligible, limits, standing
from fantasy_tui.football.view import LeagueView, PlayerWeek, Source
from tests.views import NOW, player
from tests.waivers import scene

OUT = {"reserve_slots": 1, "reserve_allow_out": 1}


def stands(view: LeagueView, least: str | None = None) -> Standing:
    def choose(active: Sequence[str]) -> str | None:
        return least if least in active else None

    return standing(view, view.rosters[1], choose)


def test_limits_are_those_of_the_settings() -> None:
    caps = limits(
        ("QB", "RB"),
        3,
        {"reserve_slots": 2, "taxi_slots": None, "position_limit_rb": 4, "position_limit_k": 0},
    )
    assert (caps.active, caps.reserve, caps.taxi) == (5, 2, 0)
    assert caps.positions == {"RB": 4}


@pytest.mark.parametrize(
    ("status", "settings", "may_stay"),
    [
        ("IR", {}, True),
        ("PUP", {}, True),
        ("Out", {}, False),
        ("Out", OUT, True),
        ("Questionable", OUT, False),
        (None, OUT, False),
    ],
)
def test_who_may_stay_on_reserve(status: str | None, settings: dict[str, int], may_stay: bool) -> None:
    hurt = player("hurt", "RB", 8, injury=status)
    view = scene("RB", [player("a", "RB", 9), hurt], [], reserve=("hurt",), settings=settings)
    assert ineligible(view, view.rosters[1]) == (() if may_stay else ("hurt",))


def test_without_an_injury_report_nobody_is_told_to_leave_the_reserve() -> None:
    view = scene("RB", [player("a", "RB", 9), player("hurt", "RB", 8)], [], reserve=("hurt", "unknown"))
    assert ineligible(view, view.rosters[1]) == ("hurt",)
    assert ineligible(replace(view, sources=(Source(NO_REPORT, NOW),)), view.rosters[1]) == ()


def test_a_full_roster_has_no_room_and_taxi_takes_none() -> None:
    mine = [player(name, "RB", 9) for name in "abc"]
    view = scene("RB RB", mine, [], taxi=("c",))
    assert stands(view) == Standing(("a", "b"), ("c",), room=0)
    assert stands(replace(view, bench_slots=2)).room == 2


def test_who_is_well_again_is_activated_where_there_is_room() -> None:
    mine = [player("a", "RB", 9), player("well", "RB", 8)]
    view = scene("RB", mine, [], reserve=("well",), bench=1)
    at = stands(view)
    assert at.activate == ("well",)
    assert set(at.active) == {"a", "well"}
    assert (at.room, at.drop) == (0, ())


def test_who_is_well_again_costs_a_drop_where_there_is_none() -> None:
    mine = [player("a", "RB", 9), player("well", "RB", 8)]
    view = scene("RB", mine, [], reserve=("well",))
    assert stands(view, "a") == Standing(("well",), (), activate=("well",), drop=("a",))
    assert stands(view, "well") == Standing(("a",), (), drop=("well",))
    assert stands(view).room == -1


def test_the_hurt_go_to_reserve_before_anybody_is_dropped() -> None:
    mine = [player("a", "RB", 9), player("hurt", "RB", 8, injury="IR")]
    view = scene("RB", mine, [], settings=OUT)
    at = stands(view)
    assert (at.stash, at.room, set(at.active)) == (("hurt",), 1, {"a", "hurt"})
    assert stands(replace(view, settings={})).stash == ()
    assert stands(replace(view, bench_slots=2)).stash == (), "there is room already"


def accepting(view: LeagueView, add: PlayerWeek, drop: str | None, least: str | None = None) -> bool:
    view = replace(view, players={**view.players, add.player_id: add})
    caps = limits(view.slots, view.bench_slots, view.settings)
    return accepts(caps, view.players, stands(view, least), add.player_id, drop)


def test_one_comes_for_one_who_goes() -> None:
    view = scene("RB RB", [player(name, "RB", 9) for name in "abt"], [], taxi=("t",))
    new = player("new", "RB", 5)
    assert accepting(view, new, "a")
    assert not accepting(view, new, None), "no room"
    assert not accepting(view, new, "t"), "who is on taxi frees no place"
    assert not accepting(view, player("b", "RB", 9), "a"), "he is there already"
    assert accepting(replace(view, bench_slots=1), new, None)


def test_a_too_large_roster_accepts_nothing() -> None:
    view = scene("RB", [player(name, "RB", 9) for name in "abc"], [], bench=1)
    assert not accepting(view, player("new", "RB", 5), "a")
    assert accepting(view, player("new", "RB", 5), "a", least="c")


def test_caps_by_position_count_the_whole_roster() -> None:
    mine = [player("a", "RB", 9), player("b", "WR", 9), player("t", "RB", 3)]
    view = scene("RB WR", mine, [], taxi=("t",), settings={"position_limit_rb": 2})
    assert not accepting(view, player("new", "RB", 5), "b")
    assert accepting(view, player("new", "RB", 5), "a")
    assert accepting(view, player("new", "WR", 5), "a")
