"""Asks why a decision is rejected; the answer may be empty."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from fantasy_tui.tui.keys.dialogs import REASON
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.entry import Entry


class ReasonDialog(Dialog[str | None]):
    """Dismissed with the reason ("" for none), or with none when nothing is to be rejected."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = REASON.bindings

    def __init__(self, summary: str) -> None:
        super().__init__()
        self._summary = summary

    def compose(self) -> ComposeResult:
        """What is rejected, and the field."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"Reject “{self._summary}”?"))
            yield Entry(placeholder="why (may stay empty)", id="reason", compact=True, max_length=300)
            yield Static(plain(f"enter rejects, {key_of('reason.keep')} keeps it"), classes="hint")

    @on(Input.Submitted)
    def _reject(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
