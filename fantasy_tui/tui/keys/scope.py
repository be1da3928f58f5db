"""What a key is to the app: an id, its keys, its action; and the scopes in which keys work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from textual.binding import BindingType


class Key(Struct, frozen=True):
    """One thing that can be done by key."""

    id: str
    """Scope and name, "queue.approve": what the config file calls it."""
    keys: str
    """Its keys unless the user chose others, as people write them, with commas between: "escape,h", "?"."""
    action: str
    """What Textual runs."""
    label: str
    """What footer, help and palette call it."""
    footer: bool = True
    """True to show it in the footer."""
    covers: str = ""
    """The id of a key of all screens that this one may stand in front of."""
    typing: bool = False
    """True if it must work while one types: one of its keys is then none that types a character."""
    priority: bool = False
    """True if it works over every dialog, too."""


class Scope(Struct, frozen=True):
    """Keys that one screen, dialog or widget has."""

    name: str
    title: str
    keys: tuple[Key, ...]
    beside: tuple[Scope, ...] = ()
    """Scopes whose keys work at the same time: no key may stand in both."""

    @property
    def bindings(self) -> list[BindingType]:
        """The keys as a screen's or widget's BINDINGS."""
        from textual.binding import Binding

        return [
            Binding(one.keys, one.action, one.label, show=one.footer, priority=one.priority, id=one.id)
            for one in self.keys
        ]
