"""Every key that works where `?` was pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from fantasy_tui.tui.keys.active import EVERYWHERE, HERE, LIST, Action, actions, typing
from fantasy_tui.tui.keys.dialogs import HELP
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.scrolling import Reading

if TYPE_CHECKING:
    from textual.screen import Screen

WIDE = 110
"""Columns from which there is room for two columns."""
_KEYS = 16


class HelpDialog(Dialog[None]):
    """The keys of the screen below, made from its bindings."""

    CSS_PATH: ClassVar[CSSPathType] = ["dialog.tcss", "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = HELP.bindings

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        known = actions(below)
        self._left = _groups(known, (HERE, LIST))
        self._right = _groups([one for one in known if not _leads(one)], (EVERYWHERE,))
        self._places = _group("Go to", [one for one in known if _leads(one)])
        self._typing = typing(below)

    def compose(self) -> ComposeResult:
        """What works here and in the list; beside it, or below, what works everywhere."""
        with Reading(classes="dialog"):
            if self._typing:
                yield Static(plain(_typing_told()), classes="hint")
            with Container(id="columns"):
                yield Static(self._left, id="left")
                yield Static(Content("\n").join([self._places, Content(), self._right]), id="right")
            yield Static(plain(_closing()), classes="hint")

    def on_resize(self, event: events.Resize) -> None:
        """Two columns where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")


def _leads(action: Action) -> bool:
    return action.id.startswith("go.")


def _groups(known: Sequence[Action], places: Sequence[str]) -> Content:
    """The actions by where they work, one a line; what works nowhere is left out."""
    parts = [_group(place, [one for one in known if one.place == place]) for place in places]
    return Content("\n\n").join([part for part in parts if part])


def _group(title: str, known: Sequence[Action]) -> Content:
    if not known:
        return Content()
    return Content("\n").join([Content.styled(title, "bold"), *map(_line, known)])


def _line(action: Action) -> Content:
    return Content.assemble((" ".join(action.keys).ljust(_KEYS), "bold $primary"), " ", action.label)


def _typing_told() -> str:
    leave, help = key_of("screen.back"), key_of("app.help")
    return f"You are typing in a field, so letters go there; {leave} leaves it, and only then {help} works as a key."


def _closing() -> str:
    close, palette = key_of("help.close"), key_of("app.palette")
    return (
        f"{close} closes this; {palette} finds every action, player and league by name. To choose other keys see"
        " `fantasy-tui keys`."
    )
