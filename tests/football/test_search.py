"""Player search: beginnings of words, typos, filters."""

import string
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.search import UNRANKED, Owner, PlayerIndex, PlayerRow, Query, normalise


def player(
    name: str, position: str = "WR", team: str | None = "PHI", rank: int = 100, injury: str | None = None
) -> PlayerRow:
    return PlayerRow(f"{name}/{position}", name, position, team, injury, rank, frozenset({position}))


def owner(league: str, *, mine: bool) -> Owner:
    return Owner(league, league.title(), 1 if mine else 2, "Mine" if mine else "Theirs", mine)


STARS = [
    player("Patrick Mahomes", "QB", "KC", 27),
    player("Ja'Marr Chase", "WR", "CIN", 1, "Questionable"),
    player("CeeDee Lamb", "WR", "DAL", 5),
    player("Christian McCaffrey", "RB", "SF", 9, "IR"),
    player("Luke McCaffrey", "WR", "WAS", 300),
    player("Amon-Ra St. Brown", "WR", "DET", 8),
    player("A.J. Brown", "WR", "PHI", 11),
    player("Saquon Barkley", "RB", "PHI", 2),
    player("Sean Mahone", "DB", None, UNRANKED),
    player("Keith Kelsey", "LB", None, UNRANKED),
    player("Travis Kelce", "TE", "KC", 40),
    player("José Ramírez", "K", "NYJ", 900),
    player("Philadelphia Eagles", "DEF", "PHI", UNRANKED),
]
INDEX = PlayerIndex(STARS)
OWNERS = {
    "Patrick Mahomes/QB": (owner("one", mine=True), owner("two", mine=False)),
    "Saquon Barkley/RB": (owner("one", mine=True), owner("two", mine=True)),
    "CeeDee Lamb/WR": (owner("two", mine=False),),
}


def names(query: str, limit: int | None = None) -> list[str]:
    return [row.name for row in INDEX.search(query, OWNERS, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mahomse", "Patrick Mahomes"),
        ("jamar chase", "Ja'Marr Chase"),
        ("cedee lamb", "CeeDee Lamb"),
        ("mccafrey", "Christian McCaffrey"),
        ("chrsitian mcafrey", "Christian McCaffrey"),
        ("mahmo", "Patrick Mahomes"),
        ("JA’MARR", "Ja'Marr Chase"),
        ("aj brown", "A.J. Brown"),
        ("a.j.", "A.J. Brown"),
        ("amonra", "Amon-Ra St. Brown"),
        ("amon ra", "Amon-Ra St. Brown"),
        ("stbrown", "Amon-Ra St. Brown"),
        ("brown st", "Amon-Ra St. Brown"),
        ("patrickm", "Patrick Mahomes"),
        ("jose ram", "José Ramírez"),
        ("ramírez", "José Ramírez"),
    ],
)
def test_the_one_who_is_meant_comes_first(query: str, first: str) -> None:
    assert names(query)[0] == first


def test_every_word_typed_must_fit() -> None:
    assert names("brown") == ["Amon-Ra St. Brown", "A.J. Brown"]
    assert names("a brown") == ["Amon-Ra St. Brown", "A.J. Brown"]
    assert names("brown aj") == ["A.J. Brown"]
    assert names("brown zzz") == []


def test_someone_known_comes_before_an_unknown_who_is_spelled_nearer() -> None:
    assert names("kelsee") == ["Travis Kelce", "Keith Kelsey"]


def test_a_name_that_fits_is_not_drowned_in_resemblances() -> None:
    assert names("patrick mahomes") == ["Patrick Mahomes"]


@pytest.mark.parametrize("query", ["", "   ", "pos:", "team:", "!!!"])
def test_nothing_asked_is_everyone_the_most_popular_first(query: str) -> None:
    found = INDEX.search(query, OWNERS)
    assert len(found) == len(STARS)
    assert [row.search_rank for row in found] == sorted(row.search_rank for row in STARS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pos:RB", ["Saquon Barkley", "Christian McCaffrey"]),
        ("POS:rb", ["Saquon Barkley", "Christian McCaffrey"]),
        ("pos:RB,TE", ["Saquon Barkley", "Christian McCaffrey", "Travis Kelce"]),
        ("pos:R", ["Saquon Barkley", "Christian McCaffrey"]),
        ("pos:QB pos:K", ["Patrick Mahomes", "José Ramírez"]),
        ("pos:FLEX team:PHI", ["Saquon Barkley", "A.J. Brown"]),
        ("pos:CB", ["Sean Mahone"]),
        ("pos:DST", ["Philadelphia Eagles"]),
        ("pos:nonsense", []),
        ("team:K", ["Patrick Mahomes", "Travis Kelce"]),
        ("team:FA", ["Keith Kelsey", "Sean Mahone"]),
        ("injured", ["Ja'Marr Chase", "Christian McCaffrey"]),
        ("mine", ["Saquon Barkley", "Patrick Mahomes"]),
        ("rival", ["CeeDee Lamb", "Patrick Mahomes"]),
        ("mine rival", ["Patrick Mahomes"]),
        ("team:DAL free", ["CeeDee Lamb"]),
        ("team:PHI free", ["A.J. Brown", "Philadelphia Eagles"]),
        ("mahomse mine", ["Patrick Mahomes"]),
        ("barkley pos:QB", []),
    ],
)
def test_filters(query: str, expected: list[str]) -> None:
    assert names(query) == expected


def test_limit() -> None:
    assert names("", 2) == ["Ja'Marr Chase", "Saquon Barkley"]
    assert names("pos:WR", 1) == ["Ja'Marr Chase"]


def test_words_that_begin_like_a_filter_are_words() -> None:
    assert Query.parse("freeman minefield mine").words == ("freeman", "minefield")
    assert Query.parse("Free").flags == {"free"}


def test_an_empty_index_finds_nobody() -> None:
    assert PlayerIndex([]).search("anyone") == []
    assert PlayerIndex([]).search("") == []


def test_importing_search_does_not_load_rapidfuzz() -> None:
    code = "import sys, fantasy_tui.football.search; sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


WORD = st.text(string.ascii_letters, min_size=1, max_size=9)
NAMES = st.lists(st.tuples(WORD, WORD).map(" ".join), min_size=1, max_size=12, unique=True)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.data())
def test_each_beginning_of_each_word_finds_its_player(found: list[str], data: st.DataObject) -> None:
    index = PlayerIndex(player(name, rank=number) for number, name in enumerate(found, 1))
    wanted = data.draw(st.sampled_from(found))
    word = data.draw(st.sampled_from(wanted.split()))
    typed = word[: data.draw(st.integers(1, len(word)))]
    if Query.parse(typed).flags:
        return
    assert wanted in [row.name for row in index.search(typed)]


@settings(max_examples=60, deadline=None)
@given(NAMES, WORD)
def test_without_typos_the_search_is_that_of_a_plain_scan(found: list[str], typed: str) -> None:
    rows = [player(name, rank=number) for number, name in enumerate(found, 1)]
    if Query.parse(typed).flags:
        return
    wanted = typed.lower()
    scan = [
        row.name
        for row in rows
        if any("".join(row.name.lower().split()[at:]).startswith(wanted) for at in range(2))
    ]
    hits = [row.name for row in PlayerIndex(rows).search(typed)]
    assert hits[: len(scan)] == scan
    assert len(scan) < 3 or hits == scan


@settings(max_examples=60, deadline=None)
@given(NAMES, st.data())
def test_one_wrong_letter_in_a_long_word_still_finds_the_player(
    found: list[str], data: st.DataObject
) -> None:
    wanted = found[0] + "xandersson"
    index = PlayerIndex(player(name, rank=number) for number, name in enumerate([wanted, *found[1:]], 1))
    last = wanted.lower().split()[1]
    at = data.draw(st.integers(0, len(last) - 1))
    typed = last[:at] + data.draw(st.sampled_from(string.ascii_lowercase)) + last[at + 1 :]
    assert wanted in [row.name for row in index.search(typed)]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_no_error_and_no_stranger(typed: str) -> None:
    found = INDEX.search(typed, OWNERS)
    assert set(found) <= set(STARS)
    assert len(found) == len(set(found))
    assert normalise(normalise(typed)) == normalise(typed)
