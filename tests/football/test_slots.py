import pytest

from fantasy_tui.football.slots import ELIGIBLE, fantasy_positions, fits, starting_slots, width


def test_starting_slots_keep_their_order_and_drop_the_bench() -> None:
    assert starting_slots(["QB", "FLEX", "BN", "RB", "IR", "TAXI", "BN"]) == ("QB", "FLEX", "RB")


@pytest.mark.parametrize(
    ("position", "listed", "expected"),
    [
        ("CB", None, {"DB"}),
        ("SS", [], {"DB"}),
        ("NT", None, {"DL"}),
        ("OLB", ["LB", "DL"], {"LB", "DL"}),
        ("FB", ["RB"], {"RB"}),
        ("FB", None, {"RB"}),
        ("WR", ["DB", "WR"], {"DB", "WR"}),
        ("LB", ["DE"], {"DL"}),
        (None, None, set()),
        ("OL", ["OL"], {"OL"}),
    ],
)
def test_fantasy_positions(position: str | None, listed: list[str] | None, expected: set[str]) -> None:
    assert fantasy_positions(position, listed) == expected


@pytest.mark.parametrize(
    ("slot", "inside", "outside"),
    [
        ("FLEX", "RB WR TE", "QB K DEF LB"),
        ("WRRB_FLEX", "RB WR", "TE QB"),
        ("REC_FLEX", "WR TE", "RB QB"),
        ("SUPER_FLEX", "QB RB WR TE", "K DEF DL"),
        ("IDP_FLEX", "DL LB DB", "DEF WR"),
        ("DEF", "DEF", "DL LB DB"),
    ],
)
def test_fits(slot: str, inside: str, outside: str) -> None:
    assert all(fits(slot, frozenset({position})) for position in inside.split())
    assert not any(fits(slot, frozenset({position})) for position in outside.split())
    assert fits(slot, frozenset({inside.split()[0], "OL"}))
    assert width(slot) == len(inside.split())


def test_nobody_fits_an_unknown_slot() -> None:
    assert not fits("MYSTERY_FLEX", frozenset(ELIGIBLE))
    assert width("MYSTERY_FLEX") == 0
    assert not fits("QB", frozenset())
