"""Asks once more before something that is hard to take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.tui.keys.dialogs import CONFIRM
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.scrolling import Reading


class ConfirmDialog(Dialog[bool]):
    """Dismissed with true on `y` alone."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = CONFIRM.bindings

    def __init__(self, question: str, reasons: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._reasons = reasons

    def compose(self) -> ComposeResult:
        """The question, why it is asked, and the keys."""
        with Reading(classes="dialog"):
            yield Static(plain(self._question).stylize("bold"))
            yield Static(Content("\n").join(Content("• ") + plain(reason) for reason in self._reasons))
            yield Static(
                plain(f"{key_of('confirm.yes')} does it, {key_of('confirm.no')} goes back"), classes="hint"
            )
