"""What the keys do where one is: help and palette are both made from the bindings that work now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

# Textual's own keys of a table or a field that nobody asks for here.
_UNASKED = frozenset(
    {
        *(
            "Cursor up",
            "Cursor down",
            "Cursor left",
            "Cursor right",
            "Page Left",
            "Page Right",
            "Top",
            "Bottom",
        ),
        *("Focus Next", "Focus Previous", "Copy selected text"),
    }
)
HERE, LIST, EVERYWHERE = "This screen", "The list", "Everywhere"


@dataclass(slots=True)
class Action:
    """Something that can be done now."""

    place: str
    """Where it works: HERE, LIST or EVERYWHERE."""
    name: str
    action: str
    node: DOMNode
    """Whose action it is."""
    keys: list[str]
    """As they are shown."""


def actions(screen: Screen[Any]) -> list[Action]:
    """Everything that a key does on this screen, each once with all its keys."""
    app = screen.app
    found: dict[tuple[str, str], Action] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or binding.system or binding.description in _UNASKED:
            continue
        place = {screen: HERE, app: EVERYWHERE}.get(active.node, LIST)
        action = found.setdefault(
            (place, binding.description), Action(place, binding.description, binding.action, active.node, [])
        )
        key = app.get_key_display(binding)
        if key not in action.keys:
            action.keys.append(key)
    return list(found.values())
