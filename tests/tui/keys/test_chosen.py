"""The user's own keys, checked before anything is shown."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.configfile import ConfigError
from fantasy_tui.folders import config_file
from fantasy_tui.tui.keys.chosen import check, read
from fantasy_tui.tui.keys.force import KEYS, SCOPES

TAKEN_ALREADY: list[tuple[dict[str, Any], str, str]] = [
    ({"queue.approve": "x"}, "queue.approve", "queue.reject"),
    ({"queue.approve": "z", "queue.mark": "z"}, "queue.approve", "queue.mark"),
    ({"queue.approve": "r"}, "queue.approve", "app.refresh"),
    ({"app.help": "a"}, "queue.approve", "app.help"),
    ({"queue.approve": "j"}, "queue.approve", "list.down"),
    ({"queue.approve": "J"}, "queue.approve", "pane.down"),
    ({"queue.approve": "h"}, "queue.approve", "screen.back"),
    ({"list.open": "u"}, "list.open", "app.undo"),
    ({"go.queue": "9"}, "go.queue", "go.record"),
    ({"history.filter": "?"}, "history.filter", "app.help"),
    ({"confirm.yes": "ctrl+q"}, "confirm.yes", "app.leave"),
    ({"confirm.yes": "n"}, "confirm.yes", "confirm.no"),
    ({"snooze.choose": "k"}, "snooze.choose", "list.up"),
    ({"app.search": "f1"}, "app.search", "app.help"),
]


@pytest.mark.parametrize(("table", "one", "other"), TAKEN_ALREADY, ids=lambda given: str(given))
def test_a_key_that_is_taken_is_refused_by_both_ids(table: dict[str, Any], one: str, other: str) -> None:
    with pytest.raises(ConfigError) as refused:
        check(table)
    said = str(refused.value)
    assert one in said
    assert other in said
    assert str(config_file()) in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"quue.approve": "z"}, "quue.approve is the id of no key .did you mean queue.approve?"),
        ({"queue": {"zzz": "z"}}, "queue.zzz is the id of no key"),
        ({"queue.approve": "foo+z"}, "“foo[+]z” for queue.approve is the name of no key"),
        ({"queue.approve": ""}, 'queue.approve needs its keys as text, as in queue.approve = "a"'),
        ({"queue.approve": ["z"]}, "queue.approve needs its keys as text"),
        ({"queue.approve": 3}, "queue.approve needs its keys as text"),
        ({"queue.approve": "z,"}, "is the name of no key"),
        ({"queue.approve": "tab"}, "tab cannot be given to queue.approve: it goes to the next field"),
        ({"app.redo": "ctrl+i"}, "tab cannot be given to app.redo"),
        ({"app.undo": "ctrl+c"}, "ctrl[+]c cannot be given"),
        ({"screen.back": "b"}, "screen.back must work while one types"),
        ({"reason.keep": "enter"}, "reason.keep must work while one types"),
        ({"fields.next": "n"}, "fields.next must work while one types"),
        ("z", "keys must be a table"),
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_refused(table: object, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check(table)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ({"queue.approve": "z"}, {"queue.approve": ("z",)}),
        ({"queue": {"approve": "z"}}, {"queue.approve": ("z",)}),
        ({"queue.approve": "x", "queue.reject": "a"}, {"queue.approve": ("x",), "queue.reject": ("a",)}),
        ({"app.search": "ctrl+f"}, {"app.search": ("ctrl+f",)}),
        ({"go.queue": "F5, 1"}, {"go.queue": ("f5", "1")}),
        ({"go.settings": ","}, {"go.settings": ("comma",)}),
        ({"screen.back": "ctrl+b,F4"}, {"screen.back": ("ctrl+b", "f4")}),
        ({"help.close": "x"}, {"help.close": ("x",)}),
        ({"trades.other_side": "tab"}, {"trades.other_side": ("tab",)}),
        ({}, {}),
    ],
    ids=str,
)
def test_what_can_be_used(table: object, keys: dict[str, tuple[str, ...]]) -> None:
    assert check(table) == keys


def test_no_file_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read() == {}


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\nqueue.approve = "z"',
        '[keys]\n"queue.approve" = "z"',
        '[keys.queue]\napprove = "z"',
        'keys.queue.approve = "z"',
    ],
)
def test_the_ways_to_write_an_id(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config_file().parent.mkdir()
    config_file().write_text(text)
    assert read() == {"queue.approve": ("z",)}


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config_file().parent.mkdir()
    config_file().write_text("[keys")
    with pytest.raises(ConfigError, match=r"config\.toml is not valid TOML"):
        read()


@given(
    st.dictionaries(
        st.sampled_from(sorted(KEYS)),
        st.sampled_from(["z", "Z", "f7", "ctrl+t", "alt+x", "escape", "a", "x", "1"]),
        max_size=4,
    )
)
def test_nothing_that_is_accepted_hides_a_key(table: dict[str, str]) -> None:
    """An oracle of its own: on each screen every key leads to one thing, but for those that may cover another."""
    try:
        chosen = check(table)
    except ConfigError:
        return
    from fantasy_tui.tui.keys.names import keys_in

    for scope in SCOPES:
        for own in scope.keys:
            mine = set(chosen.get(own.id) or keys_in(own.keys))
            others = [
                key
                for one in (scope, *scope.beside)
                for key in one.keys
                if key.id not in (own.id, own.covers)
            ]
            for other in others:
                assert other.covers == own.id or not mine & set(
                    chosen.get(other.id) or keys_in(other.keys)
                ), (own, other)
