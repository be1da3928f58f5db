"""Asks for one value or several, and says at once what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from fantasy_tui.tui.keys.dialogs import FIELDS
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.entry import Entry


@dataclass(frozen=True, slots=True)
class Field:
    """One value to ask for."""

    label: str
    value: str = ""
    hint: str = ""


Check = Callable[[Sequence[str]], str | None]
"""What is wrong with the values, in a sentence; none when they can be used."""


class FieldsDialog(Dialog[list[str] | None]):
    """Dismissed with the values once they can be used, or with none."""

    CSS_PATH = "fields.tcss"
    BINDINGS: ClassVar[list[BindingType]] = FIELDS.bindings

    def __init__(self, title: str, about: str, fields: Sequence[Field], check: Check) -> None:
        super().__init__()
        self._title, self._about, self._fields, self._check = title, about, fields, check

    def compose(self) -> ComposeResult:
        """Title, a field a value with its label, and what is wrong."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(plain(self._title), classes="title")
            yield Static(plain(self._about), classes="hint")
            for place, field in enumerate(self._fields):
                if len(self._fields) > 1:
                    yield Static(plain(field.label), classes="label")
                yield Entry(
                    field.value, placeholder=field.hint, id=f"field{place}", compact=True, max_length=120
                )
            yield Static(id="wrong")
            keys = f"enter saves, {key_of('fields.leave')} leaves it as it is"
            yield Static(plain(f"tab goes on, {keys}" if len(self._fields) > 1 else keys), classes="hint")

    @on(Input.Submitted)
    def _save(self) -> None:
        values = [self.query_one(f"#field{place}", Input).value for place in range(len(self._fields))]
        wrong = self._check(values)
        if wrong is None:
            self.dismiss(values)
        else:
            self.query_one("#wrong", Static).update(plain(wrong))
