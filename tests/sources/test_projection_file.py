"""A file of projections: who is meant by a line, and what is no such file."""

import pytest

from fantasy_tui.football.search import PlayerRow
from fantasy_tui.sources.projection_file import UnreadableFile, read


def row(player_id: str, name: str, position: str, team: str | None) -> PlayerRow:
    return PlayerRow(player_id, name, position, team, None, 1, frozenset({position}))


PLAYERS = [
    row("1", "Ja'Marr Chase", "WR", "CIN"),
    row("2", "Josh Allen", "QB", "BUF"),
    row("3", "Josh Allen", "LB", "JAX"),
    row("4", "Mike Williams", "WR", "NYJ"),
    row("5", "Mike Williams", "WR", None),
    row("6", "Old Timer", "RB", None),
]
SCORED = {"rec", "rec_yd", "pass_yd"}


def test_by_id_and_by_name() -> None:
    text = "player_id,name,position,team,rec,rec_yd\n1,,,,6,80\n,jamarr chase,,,7,\n"
    assert read(text, PLAYERS, SCORED).stats == {"1": {"rec": 7.0}}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Josh Allen,QB,", "2"),
        ("Josh Allen,lb,", "3"),
        ("Josh Allen,,BUF", "2"),
        ("Josh Allen,,", None),
        ("Mike Williams,WR,", "4"),
        ("Mike Williams,WR,NYJ", "4"),
        ("Old Timer,RB,", "6"),
        ("Nobody,RB,", None),
    ],
)
def test_who_is_meant(line: str, who: str | None) -> None:
    found = read(f"name,position,team,pts_ppr\n{line},11.5\n", PLAYERS, SCORED)
    assert found.stats == ({who: {"pts_ppr": 11.5}} if who else {})
    assert found.unknown == (() if who else (line.split(",")[0],))


def test_columns_that_are_no_statistic_are_named() -> None:
    found = read("player_id,rec,salary\n1,5,9000\n", PLAYERS, SCORED)
    assert (found.stats, found.ignored) == ({"1": {"rec": 5.0}}, ("salary",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "first line must name"),
        ("name,salary\nx,1\n", "first line must name"),
        ("rec\n5\n", "first line must name"),
        ("player_id,rec\n1,many\n", "Line 2: rec is 'many', which is no number."),
        ('player_id,rec\n"1,5\n', "not a CSV file"),
    ],
)
def test_what_is_no_such_file(text: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(text, PLAYERS, SCORED)
