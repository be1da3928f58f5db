"""Asks until when a decision is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.keys.dialogs import SNOOZE
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import ReadingDialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.times import local, until
from fantasy_tui.tui.widgets.row_table import Cell, Column, RowTable

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.snooze import Choice

_COLUMNS = (Column("label", "Until", 24, most=40), Column("at", "Back at the latest", 20))


class SnoozeDialog(ReadingDialog["Choice | None"]):
    """Dismissed with the time or event that was chosen, or with none."""

    AUTO_FOCUS = "RowTable"
    BINDINGS: ClassVar[list[BindingType]] = SNOOZE.bindings

    def __init__(self, item: QueueItem) -> None:
        super().__init__()
        self._item = item
        self._choices: list[Choice] = []

    def compose(self) -> ComposeResult:
        """What is set aside, the choices, and the keys."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"Set aside “{self._item.summary}” until"))
            yield RowTable(id="choices")
            yield Static(plain("Looking when it could come back …"), id="hint", classes="hint")

    def on_mount(self) -> None:
        """Fetch the choices."""
        self._read()

    @work(exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        workspace = self.fantasy.workspace
        if workspace is None:
            return
        self._choices = await workspace.snooze_choices(self._item.id)
        now = utcnow()
        rows = [
            (
                str(number),
                {
                    "label": Cell(choice.label),
                    "at": Cell(f"{local(choice.until)} (in {until(choice.until, now)})"),
                },
            )
            for number, choice in enumerate(self._choices)
        ]
        self.query_one(RowTable).fill(_COLUMNS, rows)
        take, back = key_of("list.open"), key_of("snooze.back")
        hint = f"{take} sets it aside, {back} goes back; it is back 10 minutes before it locks in any case"
        if not rows:
            hint = f"It locks too soon to be set aside. {back} goes back"
        self.query_one("#hint", Static).update(plain(hint))

    @on(RowTable.RowSelected)
    def action_choose(self) -> None:
        """Take the choice under the cursor."""
        key = self.query_one(RowTable).chosen_key
        if key is not None:
            self.dismiss(self._choices[int(key)])
