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
    from textual.binding import ActiveBinding

_KEY = 14
_HIDDEN = frozenset({"tab", "shift+tab", "ctrl+q", "ctrl+c", "super+c", "ctrl+z"})


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
    """The keys that work now, those of the screen first; one line an action."""
    here: dict[str, list[str]] = {}
    everywhere: dict[str, list[str]] = {}
    for key, active in app.screen.active_bindings.items():
        binding = active.binding
        if binding.description and not binding.system and key not in _HIDDEN:
            group = everywhere if active.node is app else here
            group.setdefault(binding.description, []).append(_shown(app, active))
    lines = [Content.styled("Here", "bold"), *_lines(here), Content(), Content.styled("Everywhere", "bold")]
    return Content("\n").join([*lines, *_lines(everywhere), Content(), Content("escape closes this")])


def _shown(app: App[Any], active: ActiveBinding) -> str:
    return app.get_key_display(active.binding)


def _lines(group: dict[str, list[str]]) -> list[Content]:
    return [
        Content.assemble((" ".join(dict.fromkeys(keys)).ljust(_KEY), "bold $primary"), " ", action)
        for action, keys in group.items()
    ]
