"""Every key that works where `?` was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

_KEY = 14
# Textual's own keys of a table or a field that nobody asks for here.
_HIDDEN = frozenset(
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


def keys_of(app: App[Any]) -> Content:
    """The keys that work now, by where they work; one line an action."""
    places: dict[str, dict[str, list[str]]] = {"This screen": {}, "The list": {}, "Everywhere": {}}
    for active in app.screen.active_bindings.values():
        binding = active.binding
        if binding.description and not binding.system and binding.description not in _HIDDEN:
            place = {app.screen: "This screen", app: "Everywhere"}.get(active.node, "The list")
            places[place].setdefault(binding.description, []).append(app.get_key_display(binding))
    lines = []
    for place, actions in places.items():
        lines += [] if not actions else [Content.styled(place, "bold"), *_lines(actions), Content()]
    return Content("\n").join([*lines, Content("escape closes this")])


def _lines(group: dict[str, list[str]]) -> list[Content]:
    return [
        Content.assemble((" ".join(dict.fromkeys(keys)).ljust(_KEY), "bold $primary"), " ", action)
        for action, keys in group.items()
    ]
