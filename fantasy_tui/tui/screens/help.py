"""Every key that works where `?` was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from fantasy_tui.tui.keys import EVERYWHERE, HERE, LIST, Action, actions

if TYPE_CHECKING:
    from typing import Any

    from textual.screen import Screen

_KEY = 14


class HelpDialog(ModalScreen[None]):
    """The keys of the screen below, made from its bindings."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,h,backspace", "dismiss(None)", "Close", id="help.close"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, text: Content) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The list, scrolling where it is longer than the screen."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._text, id="keys")

    def action_scroll(self, lines: int) -> None:
        """Scroll the list."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def keys_of(screen: Screen[Any]) -> Content:
    """The keys that work now, by where they work; one line an action."""
    known = actions(screen)
    lines: list[Content] = []
    for place in (HERE, LIST, EVERYWHERE):
        here = [action for action in known if action.place == place]
        lines += [Content.styled(place, "bold"), *map(_line, here), Content()] if here else []
    return Content("\n").join([*lines, Content("escape closes this")])


def _line(action: Action) -> Content:
    return Content.assemble((" ".join(action.keys).ljust(_KEY), "bold $primary"), " ", action.name)
