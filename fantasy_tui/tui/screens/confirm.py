"""Asks once more before something that is hard to take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from fantasy_tui.tui.text import plain


class ConfirmDialog(ModalScreen[bool]):
    """Dismissed with true on `y` alone."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Do it", id="confirm.yes"),
        Binding("n,escape", "dismiss(False)", "Go back", id="confirm.no"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, question: str, reasons: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._reasons = reasons

    def compose(self) -> ComposeResult:
        """The question, why it is asked, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(plain(self._question).stylize("bold"))
            yield Static(Content("\n").join(Content("• ") + plain(reason) for reason in self._reasons))
            yield Static(plain("y does it, n or escape goes back"), classes="hint")

    def action_scroll(self, lines: int) -> None:
        """Scroll the reasons."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
