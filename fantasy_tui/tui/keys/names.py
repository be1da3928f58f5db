"""Names of keys: as people write them, as Textual knows them, and as the screen shows them."""

from __future__ import annotations

from functools import cache

from textual.binding import Binding
from textual.keys import Keys, format_key

MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_WORDS = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ins": "insert",
    "backtab": "shift+tab",
}
_SAME_TO_A_TERMINAL = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
    "ctrl+h": "backspace",
}
_SHORT = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn", "delete": "del"}
_NAMED = frozenset(key.value for key in Keys if "+" not in key.value and not key.value.startswith("<"))


@cache
def canonical(text: str) -> str:
    """Textual's name of a key, from "ctrl+s", "^s", "?", "J", "esc" …; raises ValueError for an unknown one."""
    text = text.strip()
    if len(text) == 2 and text[0] == "^":
        text = f"ctrl+{text[1]}"
    *modifiers, base = _parts(text)
    modifiers = sorted({modifier.lower() for modifier in modifiers})
    if not MODIFIERS.issuperset(modifiers):
        raise ValueError(text)
    if len(base) == 1:
        base = _letter(base, modifiers)
        modifiers = [] if modifiers == ["shift"] and base.isalpha() else modifiers
    else:
        base = _WORDS.get(base.lower(), base.lower())
        if base not in _NAMED and base != "shift+tab" and len(format_key(base)) != 1:
            raise ValueError(text)
    name = "+".join([*modifiers, base])
    return _SAME_TO_A_TERMINAL.get(name, name)


def _parts(text: str) -> list[str]:
    """Modifiers and key; the key itself may be a plus."""
    if text == "+":
        return ["+"]
    return [*text[:-2].split("+"), "+"] if text.endswith("++") else text.split("+")


def _letter(base: str, modifiers: list[str]) -> str:
    """A single character's name: a letter keeps its case alone, and has none beside ctrl."""
    if not base.isprintable() or base.isspace():
        raise ValueError(base)
    if base.isalpha() and modifiers:
        base = base.upper() if modifiers == ["shift"] else base.lower()
    # A comma parts keys for Textual.
    return "comma" if base == "," else next(iter(Binding.make_bindings([Binding(base, "")]))).key


def keys_in(text: str) -> tuple[str, ...]:
    """Textual's names of the keys in a list with commas; raises ValueError with the first unknown one."""
    if text.strip() == ",":
        return ("comma",)
    return tuple(dict.fromkeys(canonical(part) for part in text.split(",")))


@cache
def shown(key: str) -> str:
    """A key as footer, help and sentences show it: "?", "ctrl+s", "J", "esc"; the config file takes it, too."""
    *modifiers, base = key.split("+")
    return "+".join([*modifiers, _SHORT.get(base) or (base if base in _NAMED else format_key(base))])


def types(key: str) -> bool:
    """True for a key that types a character into a field."""
    return key == "space" or len(shown(key)) == 1
