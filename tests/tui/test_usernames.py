"""What is said about a name that Sleeper does not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.tui.usernames import advice, tidied

KNOWN = ["Manager_One", "gridiron_greta", "[/oops]"]


@pytest.mark.parametrize(("typed", "name"), [(" @ann ", "ann"), ("ann", "ann"), ("@", ""), (" a b ", "a b")])
def test_what_is_asked_for(typed: str, name: str) -> None:
    assert tidied(typed) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ann@example.org", "e-mail"),
        ("https://sleeper.com/leagues/1", "link"),
        ("1124821537345236992", "number of a league"),
        ("manager_on", "Is it “Manager_One”?"),
        ("Gridiron Greta", "Is it “gridiron_greta”?"),
        ("the big team", "“thebigteam” or “the_big_team”"),
        ("zzz", "not the name of your team"),
    ],
)
def test_what_may_be_meant(name: str, said: str) -> None:
    assert said in advice(name, KNOWN)


@given(st.text(min_size=1), st.lists(st.text()))
def test_there_is_always_a_way_on(name: str, known: list[str]) -> None:
    assert advice(name, known).endswith((".", "?"))
