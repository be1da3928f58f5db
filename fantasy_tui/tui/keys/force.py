"""The keys in force: those of the table, save where the user chose others. One process shows one app."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fantasy_tui.tui.keys import names
from fantasy_tui.tui.keys.dialogs import DIALOGS
from fantasy_tui.tui.keys.scope import Key, Scope
from fantasy_tui.tui.keys.shared import EVERYWHERE, LIST, PANE, TEXT
from fantasy_tui.tui.keys.table import SCREENS

Keymap = Mapping[str, tuple[str, ...]]
"""Textual's names of the keys, by the id of what they do."""

SCOPES: tuple[Scope, ...] = (EVERYWHERE, LIST, TEXT, PANE, *SCREENS, *DIALOGS)
KEYS: Mapping[str, Key] = MappingProxyType({key.id: key for scope in SCOPES for key in scope.keys})
"""Everything that can be done by key, by id."""

_chosen: Keymap = {}
_moved: frozenset[str] = frozenset()


def use(chosen: Keymap) -> None:
    """From now on these keys do these things; what is not named keeps the table's."""
    global _chosen, _moved
    _chosen = dict(chosen)
    _moved = frozenset(key for id in chosen for key in names.keys_in(KEYS[id].keys))


def moved() -> frozenset[str]:
    """Keys whose usual job the user gave to others."""
    return _moved


def keys_of(id: str) -> tuple[str, ...]:
    """The keys in force, by Textual's names."""
    return _chosen.get(id) or names.keys_in(KEYS[id].keys)


def key_of(id: str) -> str:
    """The first key in force, as a sentence names it: "r", "esc", "ctrl+s"."""
    return names.shown(keys_of(id)[0])
