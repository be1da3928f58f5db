"""A field to type into."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from fantasy_tui.tui.keys.force import moved
from fantasy_tui.tui.keys.names import types


class Entry(Input):
    """An Input that knows of remapped keys, and lets the screen be laid out as it is while one types."""

    # Textual's lays the whole screen out at every key, though a field is as wide as its style says.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """False for a key whose job the user gave to another key: Textual would forget the other one, too.

        What types a character still does: this only says which keys' jobs are out of reach while one types.
        """
        # Textual takes "slash", "minus" and the like for keys that type nothing.
        return key not in moved() and (types(key) or super().check_consume_key(key, character))
