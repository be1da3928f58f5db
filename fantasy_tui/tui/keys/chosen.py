"""The keys that the user chose instead: the table [keys] of the config file, checked before anything is shown.

Each line is an id and its keys, `queue.approve = "y"` or `app.redo = "U,ctrl+y"`; quoted or nested ids are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fantasy_tui import configfile
from fantasy_tui.configfile import ConfigError
from fantasy_tui.folders import config_file
from fantasy_tui.tui.keys import names
from fantasy_tui.tui.keys.force import KEYS, SCOPES, Keymap
from fantasy_tui.tui.keys.scope import Key, Scope

TAKEN = {"tab": "goes to the next field", "shift+tab": "goes to the field before", "ctrl+c": "copies"}
"""Textual's own keys on every screen."""


def read() -> Keymap:
    """The user's keys, by id; raises ConfigError where they cannot be used, in one sentence."""
    return check(configfile.tables().get("keys", {}))


def check(table: object) -> Keymap:
    """A [keys] table as it stands in the file; raises ConfigError."""
    if not isinstance(table, Mapping):
        raise _wrong("keys must be a table, [keys] with a line for each id")
    chosen = dict(_line(id, value) for id, value in _flat(table))
    _refuse_clashes(chosen)
    return chosen


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """In TOML an id without quotes is a table in a table."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _line(id: str, value: object) -> tuple[str, tuple[str, ...]]:
    if id not in KEYS:
        from difflib import get_close_matches

        near = get_close_matches(id, KEYS, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise _wrong(f"{id} is the id of no key{meant}; `fantasy-tui keys` lists them all")
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f'{id} needs its keys as text, as in {id} = "{KEYS[id].keys}"')
    try:
        keys = names.keys_in(value)
    except ValueError as error:
        raise _wrong(
            f"“{error}” for {id} is the name of no key; write ?, J, ctrl+s, f2, comma or escape"
        ) from None
    for key in keys:
        if key in TAKEN and key not in names.keys_in(KEYS[id].keys):
            raise _wrong(f"{names.shown(key)} cannot be given to {id}: it {TAKEN[key]} everywhere")
    if KEYS[id].typing and not any(map(_works_while_typing, keys)):
        raise _wrong(
            f"{id} must work while one types: give it a key that no text field uses, such as escape or f2"
        )
    return id, keys


def _works_while_typing(key: str) -> bool:
    from textual.binding import BindingsMap
    from textual.widgets import Input

    return not names.types(key) and key not in BindingsMap(Input.BINDINGS).key_to_bindings


def _refuse_clashes(chosen: Keymap) -> None:
    """No two things by one key where both work, unless the table wants it so."""
    for scope in SCOPES:
        holders: dict[str, Key] = {}
        for key in scope.keys:
            for name in _keys(key, chosen):
                _refuse(holders.setdefault(name, key), key, name)
        for key in _beside(scope):
            for name in _keys(key, chosen):
                if name in holders and holders[name].covers != key.id:
                    _refuse(holders[name], key, name)


def _keys(key: Key, chosen: Keymap) -> tuple[str, ...]:
    return chosen.get(key.id) or names.keys_in(key.keys)


def _beside(scope: Scope) -> Iterator[Key]:
    """What works at the same time, what quits from a dialog too included."""
    for other in scope.beside:
        yield from other.keys
    yield from (key for key in KEYS.values() if key.priority and key not in scope.keys)


def _refuse(one: Key, other: Key, name: str) -> None:
    if one is not other:
        raise _wrong(
            f"“{names.shown(name)}” would be the key of both {one.id} ({one.label}) and {other.id} ({other.label}):"
            " give one of them another"
        )


def _wrong(what: str) -> ConfigError:
    return ConfigError(f"[keys] in {config_file()}: {what}.")
