"""Names of keys, as people write them and as Textual knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import BindingsMap
from textual.widgets import DataTable, Input

from fantasy_tui.tui.keys.names import canonical, keys_in, shown, types

LIKE = [
    ("a", "a", "a"),
    ("J", "J", "J"),
    ("shift+j", "J", "J"),
    ("?", "question_mark", "?"),
    ("/", "slash", "/"),
    (":", "colon", ":"),
    ("[", "left_square_bracket", "["),
    (",", "comma", ","),
    ("comma", "comma", ","),
    ("-", "minus", "-"),
    ("+", "plus", "+"),
    ("ctrl++", "ctrl+plus", "ctrl++"),
    ("ctrl+s", "ctrl+s", "ctrl+s"),
    ("Ctrl+S", "ctrl+s", "ctrl+s"),
    ("^s", "ctrl+s", "ctrl+s"),
    ("shift+ctrl+s", "ctrl+shift+s", "ctrl+shift+s"),
    ("ctrl+/", "ctrl+slash", "ctrl+/"),
    ("esc", "escape", "esc"),
    ("Escape", "escape", "esc"),
    ("PgDn", "pagedown", "pgdn"),
    ("space", "space", "space"),
    ("F12", "f12", "f12"),
    ("question_mark", "question_mark", "?"),
    ("é", "é", "é"),
]


@pytest.mark.parametrize(("written", "name", "again"), LIKE)
def test_a_key_by_any_of_its_names(written: str, name: str, again: str) -> None:
    assert canonical(written) == name
    assert shown(name) == again
    assert canonical(again) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [("ctrl+i", "tab"), ("ctrl+m", "enter"), ("ctrl+[", "escape"), ("ctrl+h", "backspace")],
)
def test_what_a_terminal_cannot_tell_apart_is_the_same(written: str, name: str) -> None:
    assert canonical(written) == name


@pytest.mark.parametrize(
    "wrong", ["", " ", "foo", "ctrl+", "+a", "ctrl+foo", "ctr+s", "a b", "a+b", "ctrl", "\x1b", "<ignore>"]
)
def test_an_unknown_name_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        canonical(wrong)


def test_textual_calls_its_own_keys_by_these_names() -> None:
    for bindings in (Input.BINDINGS, DataTable.BINDINGS):
        for key in BindingsMap(bindings).key_to_bindings:
            assert canonical(shown(key)) == canonical(key)


@given(st.characters(min_codepoint=33, max_codepoint=126))
def test_every_character_of_a_keyboard_has_a_name_that_leads_back(character: str) -> None:
    assert canonical(shown(canonical(character))) == canonical(character)
    assert types(canonical(character))


def test_a_list_with_commas() -> None:
    assert keys_in("escape, h ,backspace") == ("escape", "h", "backspace")
    assert keys_in(",") == ("comma",)
    assert keys_in("?,esc,escape") == ("question_mark", "escape")
    with pytest.raises(ValueError, match="foo"):
        keys_in("a,foo")


@pytest.mark.parametrize("key", ["escape", "enter", "ctrl+s", "f2", "down", "tab", "alt+x"])
def test_what_types_no_character(key: str) -> None:
    assert not types(canonical(key))
