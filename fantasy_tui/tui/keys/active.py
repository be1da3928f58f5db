"""What can be done by key where one is: help and palette are both made from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.actions import parse
from textual.binding import Binding
from textual.widgets import Input

from fantasy_tui.tui.keys import names
from fantasy_tui.tui.keys.force import KEYS, keys_of

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

HERE, LIST, EVERYWHERE = "This screen", "The list", "Everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done now."""

    id: str
    place: str
    """Where it works: HERE, LIST or EVERYWHERE."""
    label: str
    action: str
    node: DOMNode
    """Whose action it is."""
    keys: tuple[str, ...]
    """As they are shown."""


def actions(screen: Screen[Any]) -> list[Action]:
    """Everything of the key map that can be done on this screen now, each once with all its keys in force.

    What a text field with the focus keeps away, for it would type the key, is among it.
    """
    found: dict[str, Action] = {}
    for node in _nodes(screen):
        place = HERE if node is screen else EVERYWHERE if node is screen.app else LIST
        for binding in _bindings(node):
            id = binding.id or ""
            if id in KEYS and id not in found and _possible(node, binding.action):
                keys = tuple(names.shown(key) for key in keys_of(id))
                found[id] = Action(id, place, binding.description, binding.action, node, keys)
    return list(found.values())


def typing(screen: Screen[Any]) -> bool:
    """True while what is pressed goes into a text field."""
    return isinstance(screen.focused, Input)


def _nodes(screen: Screen[Any]) -> Sequence[DOMNode]:
    """Who is asked about a key, in this order."""
    return screen.focused.ancestors_with_self if screen.focused is not None else (screen, screen.app)


def _bindings(node: DOMNode) -> Iterator[Binding]:
    for kind in type(node).__mro__:
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding):
                yield binding


def _possible(node: DOMNode, action: str) -> bool:
    """False for what the node does not offer now."""
    _, name, parameters = parse(action)
    return bool(node.check_action(name, parameters))
