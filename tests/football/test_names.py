"""Whom a typed name means."""

import pytest

from fantasy_tui.football.names import NameBook
from fantasy_tui.football.search import PlayerRow


def row(player_id: str, name: str) -> PlayerRow:
    return PlayerRow(player_id, name, "WR", "CIN", None, 1, frozenset({"WR"}))


BOOK = NameBook(
    [
        row("1", "Ja'Marr Chase"),
        row("2", "Chase Brown"),
        row("3", "A.J. Brown"),
        row("4", "A.J. Brown"),
        row("5", "1"),
        row("6", "Ámon-Ra St. Brown"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("1", ["1"]),
        ("jamarr CHASE", ["1"]),
        ("chase", ["1", "2"]),
        ("aj brown", ["3", "4"]),
        ("amon ra st brown", ["6"]),
        ("brown", ["2", "3", "4", "6"]),
        ("nobody", []),
        ("", []),
        ("'", []),
    ],
)
def test_an_id_then_a_whole_name_then_a_part(typed: str, who: list[str]) -> None:
    assert [one.player_id for one in BOOK.meant(typed)] == who


def test_a_whole_name_alone() -> None:
    assert [one.player_id for one in BOOK.called("A. J.  brown")] == []
    assert [one.player_id for one in BOOK.called("a.j. brown")] == ["3", "4"]
    assert BOOK.called("chase") == BOOK.called("") == []
    assert BOOK.by_id["6"].name == "Ámon-Ra St. Brown"
