"""The audit on a screen: every event of every decision, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from fantasy_tui.review.history import KIND_WORDS, HistoryLine, filter_of
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import HISTORY
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.entry import Entry
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("when", "When", 12),
    Column("action", "Action", 9),
    Column("door", "Door", 6),
    Column("who", "Who", 12, most=16, drop=2),
    Column("league", "League", 13, most=24, drop=1),
    Column("what", "What", 28, most=70),
    Column("note", "Note", 12, most=40, drop=3),
)
PAGE = 200
_NOTHING = "Nothing has happened yet: let the agents run first."
_STYLES = {"approve": "$text-success", "reject": "$text-error", "undo": "$text-warning"}
_SHORT = {full: short for short, full in KIND_WORDS.items()}


class HistoryScreen(AppScreen):
    """Events in pages; `/` filters them by kind, action, door or any word."""

    CSS_PATH = "history.tcss"
    HEADING = "History"
    AUTO_FOCUS = "#events"
    BINDINGS: ClassVar[list[BindingType]] = HISTORY.bindings

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, HistoryLine] = {}
        self._whole = False
        """True once the oldest event is shown."""
        self._known = False

    def content(self) -> ComposeResult:
        """The filter, the events, and what is said about them."""
        yield Entry(
            placeholder="waiver approve policy, or any word", id="filter", compact=True, select_on_focus=False
        )
        yield RowTable(id="events")
        yield Static(id="told")
        yield Static(plain(_NOTHING), id="empty")

    @property
    def _filter(self) -> str:
        return self.query_one(Input).value.strip()

    async def read(self, workspace: Workspace) -> None:
        """Fetch as much again as is shown, newest first."""
        limit = max(PAGE, len(self._lines))
        asked = self._filter
        found = []
        if workspace.user is not None:
            found = await workspace.audit.page(filter_of(asked), limit=limit)
        if asked == self._filter:
            self._lines, self._whole = {line.key: line for line in found}, len(found) < limit
            self._known = True
            self._show()

    def _show(self) -> None:
        asked = self._filter
        # An empty list stays where a filter is on: hiding it would move the focus into the field.
        self.set_class(self._known and not self._lines and not asked, "-empty")
        self.set_class(bool(asked) or self.query_one(Input).has_focus, "-filtering")
        self.query_one(RowTable).fill(COLUMNS, [(key, event_row(line)) for key, line in self._lines.items()])
        count = f"{len(self._lines):,} event{'' if len(self._lines) == 1 else 's'}"
        told = f"{count}{'' if self._whole else ', older ones below'}"
        if not self._lines:
            told = f"No event fits “{asked}”; {key_of('screen.back')} clears the filter." if asked else ""
        self.query_one("#told", Static).update(plain(told), layout=False)

    @on(RowTable.RowHighlighted)
    def _near_the_end(self, event: RowTable.RowHighlighted) -> None:
        if not self._whole and event.row >= len(self._lines) - 5:
            self._older()

    @work(exclusive=True, group="older", exit_on_error=False)
    async def _older(self) -> None:
        """Add a page of older events below."""
        workspace = self.fantasy.workspace
        if workspace is None or not self._lines:
            return
        asked, last = self._filter, list(self._lines.values())[-1]
        found = await workspace.audit.page(filter_of(asked), limit=PAGE, older_than=last)
        if asked == self._filter and list(self._lines.values())[-1] == last:
            self._lines |= {line.key: line for line in found}
            self._whole = len(found) < PAGE
            self._show()

    @property
    def chosen(self) -> HistoryLine | None:
        """The event under the cursor."""
        return self._lines.get(self.query_one(RowTable).chosen_key or "")

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self.chosen.league_id if self.chosen is not None else None

    @on(RowTable.RowSelected)
    def _open(self) -> None:
        line = self.chosen
        if line is None:
            return
        if line.summary is None:
            self.fantasy.tell("This decision's league is no longer stored; its history is all there is.")
        else:
            self.fantasy.go.decision(line.decision_id)

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._lines = {}
        self.reload()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def action_kind(self) -> None:
        """Show the next kind of decision alone; after the last one all of them."""
        kinds = ["", *KIND_WORDS]
        words = self._filter.split()
        here = next((word for word in words if word in KIND_WORDS), "")
        kind = kinds[(kinds.index(here) + 1) % len(kinds)]
        others = [word for word in words if word not in KIND_WORDS]
        self.query_one(Input).value = " ".join([*([kind] if kind else []), *others])

    @on(Input.Submitted, "#filter")
    def action_to_table(self) -> None:
        """Go to the events found."""
        self.query_one(RowTable).focus()
        self.set_class(bool(self._filter), "-filtering")

    @property
    def can_go_back(self) -> bool:
        """True: from the field to the list, or out of it."""
        return True

    def action_back(self) -> None:
        """Clear the filter and go to the events; leave the screen only where it was opened from another."""
        field = self.query_one(Input)
        if field.value or field.has_focus:
            field.clear()
            self.action_to_table()
        else:
            super().action_back()


def event_row(line: HistoryLine) -> Row:
    """An event as a line."""
    kind = _SHORT.get(line.kind or "", line.kind or "")
    what = line.summary if line.summary is not None else f"decision {line.decision_id[:8]}"
    return {
        "when": Cell(f"{line.at.astimezone():%d %b %H:%M}"),
        "action": Cell(line.action, _STYLES.get(line.action, "")),
        "door": Cell(line.door, "bold $text-accent" if line.door == "policy" else "$foreground-muted"),
        "who": Cell(line.who or ""),
        "league": Cell(line.league or ""),
        "what": Cell(f"{kind}: {what}" if kind else what),
        "note": Cell(line.note or "", "$foreground-muted"),
    }
