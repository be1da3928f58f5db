"""Asks why a decision is rejected; the answer may be empty."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from fantasy_tui.tui.text import plain


class ReasonDialog(ModalScreen[str | None]):
    """Dismissed with the reason ("" for none), or with none when nothing is to be rejected."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Keep it", id="reason.keep")]

    def __init__(self, summary: str) -> None:
        super().__init__()
        self._summary = summary

    def compose(self) -> ComposeResult:
        """What is rejected, and the field."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"Reject “{self._summary}”?"))
            yield Input(placeholder="why (may stay empty)", id="reason", compact=True, max_length=300)
            yield Static(plain("enter rejects, escape keeps it"), classes="hint")

    @on(Input.Submitted)
    def _reject(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
