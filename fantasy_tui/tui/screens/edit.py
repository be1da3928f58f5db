"""Offers what could be approved in the place of a decision, each with its own card and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.card import card_of
from fantasy_tui.tui.card import describe
from fantasy_tui.tui.keys.dialogs import EDIT
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.screens.dialog import ReadingDialog
from fantasy_tui.tui.screens.fields import Field, FieldsDialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.review.edit import Option
    from fantasy_tui.review.item import QueueItem

_COLUMNS = (
    Column("label", "Instead", 30, most=80),
    Column("gain", "Gain", 6, right=True),
    Column("sure", "Sure", 4, right=True),
)
_DIGITS = 7
"""No budget has so many."""


class EditDialog(ReadingDialog["Option | None"]):
    """Dismissed with the option that is approved, or with none."""

    AUTO_FOCUS = "RowTable"
    BINDINGS: ClassVar[list[BindingType]] = [*EDIT.bindings, *PANE.bindings]

    def __init__(self, item: QueueItem) -> None:
        super().__init__()
        self._item = item
        self._options: list[Option] = []

    def compose(self) -> ComposeResult:
        """The options, the card of the one under the cursor, and the keys."""
        with Vertical(classes="dialog -tall"):
            yield Static(plain(f"Instead of “{self._item.summary}” ({self._item.gain:+.1f} points)"))
            yield RowTable(id="choices")
            with Pane(id="card"):
                yield Static(plain("Working out what else could be done …"), id="about")
            yield Static(plain(f"{key_of('edit.back')} goes back"), id="hint", classes="hint")

    def on_mount(self) -> None:
        """Work the options out."""
        self._read()

    @work(exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        workspace = self.fantasy.workspace
        if workspace is None:
            return
        self._options = await workspace.edit_options(self._item.id)
        self._fill()

    def _fill(self) -> None:
        rows = [(str(number), _row(option)) for number, option in enumerate(self._options)]
        self.query_one(RowTable).fill(_COLUMNS, rows)
        if rows:
            down, up = key_of("pane.down"), key_of("pane.up")
            choose, back = key_of("list.open"), key_of("edit.back")
            bid = f", {key_of('edit.bid')} takes a bid of your own" if self._is_claim else ""
            hint = f"{choose} approves this instead{bid}, {back} goes back; {down} and {up} scroll"
            self.query_one("#hint", Static).update(plain(hint))
            self._tell()
        else:
            self.query_one("#about", Static).update(plain("There is nothing else to approve in its place."))

    @property
    def _is_claim(self) -> bool:
        return self._item.decision_type == "waiver_wire"

    def action_bid(self) -> None:
        """Ask for a bid and put the claim at that price on top."""
        if not self._is_claim:
            self.fantasy.tell("Only a waiver claim has a bid.")
            return

        def wrong(values: Sequence[str]) -> str | None:
            typed = values[0].strip().removeprefix("$")
            return (
                None if typed.isdecimal() and len(typed) < _DIGITS else "A bid is a whole number of dollars."
            )

        def entered(values: list[str] | None) -> None:
            if values is not None:
                self._bid(int(values[0].strip().removeprefix("$")))

        self.app.push_screen(FieldsDialog("Your bid", self._item.summary, [Field("Dollars")], wrong), entered)

    @work(exclusive=True, exit_on_error=False)
    async def _bid(self, dollars: int) -> None:
        workspace = self.fantasy.workspace
        found = await workspace.edit_options(self._item.id, dollars) if workspace is not None else []
        if found:
            self._options = [*found, *(one for one in self._options if one.label != found[0].label)]
            self._fill()
            self.query_one(RowTable).move_cursor(row=0)
            self._tell()

    @property
    def _chosen(self) -> Option | None:
        key = self.query_one(RowTable).chosen_key
        return self._options[int(key)] if key is not None else None

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        option = self._chosen
        if option is None:
            return
        edited = replace(
            self._item,
            summary=str(option.document["summary"]),
            gain=option.gain or 0.0,
            confidence_score=option.confidence or 0,
            card=card_of(option.document),
            linked=(),
        )
        width = self.query_one("#card").scrollable_content_region.width
        self.query_one("#about", Static).update(describe(edited, utcnow(), max(width, 40)))
        self.query_one("#card").scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the card to the new width."""
        self.call_after_refresh(self._tell)

    @on(RowTable.RowSelected)
    def action_choose(self) -> None:
        """Approve the option under the cursor."""
        if (option := self._chosen) is not None:
            self.dismiss(option)


def _row(option: Option) -> Row:
    return {
        "label": Cell(option.label),
        "gain": Cell(f"{option.gain:+.1f}" if option.gain is not None else ""),
        "sure": Cell(f"{option.confidence}%" if option.confidence is not None else ""),
    }
