"""The front door: every league's decisions that wait, and the card of the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.card import steps
from fantasy_tui.review.queue import QueueItem
from fantasy_tui.tui.card import describe
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.times import local, until
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from datetime import datetime

    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("mark", "", 1),
    Column("deadline", "Locks", 6, right=True),
    Column("league", "League", 9, most=28),
    Column("kind", "Kind", 7, drop=1),
    Column("what", "What", 26, most=70),
    Column("gain", "Gain", 6, right=True),
    Column("sure", "Sure", 4, right=True),
)
KINDS = {
    "lineup_optimization": "lineup",
    "injury_monitoring": "injury",
    "sit_start": "start",
    "waiver_wire": "waiver",
    "trade_analysis": "trade",
    "opponent_analysis": "matchup",
}
SOON = 3600.0
"""Seconds before a deadline from which a decision is urgent."""
_TICK = 15.0


class QueueScreen(AppScreen):
    """Decisions by deadline, then gain; one key answers, the cursor goes on to the next."""

    CSS_PATH = "queue.tcss"
    HEADING = "Queue"
    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "Approve"),
        Binding("x", "reject", "Reject"),
        Binding("space", "mark", "Mark"),
        Binding("A", "approve_marked", "Approve marked", show=False),
        Binding("t", "toss_ups", "Toss-ups"),
        Binding("y", "copy", "Copy", show=False),
        Binding("J", "card('down')", "Scroll card down", show=False),
        Binding("K", "card('up')", "Scroll card up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, QueueItem] = {}
        self._known = False
        """False until it is known what waits."""
        self._marked: set[str] = set()
        self._deciding: set[str] = set()
        self._all = False
        """True while toss-ups and reports are shown below what waits."""
        self._next: datetime | None = None

    def content(self) -> ComposeResult:
        """The queue, the card, and what is said when nothing waits."""
        yield RowTable(id="queue")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="about")
        yield Static(id="empty")

    def on_mount(self) -> None:
        """Show what was last seen until the store is open; let the deadlines come nearer."""
        seen = self.fantasy.last_seen
        if seen is not None:
            self._items, self._known = {item.id: item for item in seen.items}, True
        self.set_interval(_TICK, self.reload)
        self._show()

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show what waits."""
        items = await workspace.queue() if workspace.user is not None else []
        self._next = await workspace.next_deadline() if not items else None
        listed = await workspace.listed() if self._all and workspace.user is not None else []
        self._items, self._known = {item.id: item for item in [*items, *listed]}, True
        self._marked &= self._items.keys()
        self._show()
        self.fantasy.queue_shown(items)

    def _show(self) -> None:
        self.set_class(self._known and not self._items, "-empty")
        now = utcnow()
        rows = [(key, self._row(item, now)) for key, item in self._items.items()]
        self.query_one(RowTable).fill(COLUMNS, rows)
        self.query_one("#empty", Static).update(self._nothing(now))
        self._tell()

    def _row(self, item: QueueItem, now: datetime) -> Row:
        soon = (item.expires_at - now).total_seconds() < SOON
        mark = "…" if item.id in self._deciding else "●" if item.id in self._marked else "!" if soon else ""
        if not item.actionable:
            mark = "~"
        gain = "$text-success" if item.actionable else "$foreground-muted"
        return {
            "mark": Cell(mark, "bold $text-warning"),
            "deadline": Cell(until(item.expires_at, now), "bold $text-error" if soon else ""),
            "league": Cell(item.league),
            "kind": Cell(KINDS.get(item.decision_type, item.decision_type), "$foreground-muted"),
            "what": Cell(item.summary),
            "gain": Cell(f"{item.gain:+.1f}", gain),
            "sure": Cell(f"{item.confidence_at(now)}%"),
        }

    def _nothing(self, now: datetime) -> Content:
        if self.fantasy.workspace is not None and self.fantasy.workspace.user is None:
            return plain(
                "No Sleeper user is known here yet. Press r to enter a username and fetch the leagues."
            )
        lines = [Content.styled("Nothing waits for you.", "bold")]
        if self._next is not None:
            lines.append(plain(f"Next deadline: kickoff in {until(self._next, now)} ({local(self._next)})."))
        else:
            lines.append(plain("No kickoff is known that is still to come."))
        lines.append(plain("r fetches from Sleeper and runs the agents, u takes your last answer back."))
        return Content("\n").join(lines)

    @property
    def chosen(self) -> QueueItem | None:
        """The decision under the cursor."""
        return self._items.get(self.query_one(RowTable).chosen_key or "")

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self.chosen.league_id if self.chosen is not None else None

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        about, item = self.query_one("#about", Static), self.chosen
        width = self.query_one("#card").scrollable_content_region.width
        if width:
            about.update(describe(item, utcnow(), width) if item is not None else Content())

    @on(RowTable.RowHighlighted)
    def _to_top(self) -> None:
        self.query_one("#card").scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the card to the new width."""
        self.call_after_refresh(self._tell)

    @on(RowTable.RowSelected)
    def _open(self) -> None:
        if self.chosen is not None:
            self.fantasy.open_decision(self.chosen.id)

    def action_card(self, where: str) -> None:
        """Scroll the card by some lines."""
        self.query_one("#card").scroll_relative(y=4 if where == "down" else -4, animate=False)

    def action_mark(self) -> None:
        """Mark the decision for `A`, or take the mark away, and go on."""
        if self.chosen is not None and self._can_answer(self.chosen):
            self._marked ^= {self.chosen.id}
            self.query_one(RowTable).action_cursor_down()
            self._show()

    def action_approve(self) -> None:
        """Approve the decision under the cursor."""
        if self.chosen is not None and self._can_answer(self.chosen):
            self.approve(self.chosen.id)

    def _can_answer(self, item: QueueItem) -> bool:
        """True for what waits for an answer; a toss-up or a report says that it does not."""
        if not item.actionable:
            self.fantasy.tell("This is listed for your information: there is nothing to decide.")
        return item.actionable

    def approve(self, decision_id: str) -> None:
        """Approve a decision, wherever the cursor is."""
        self._answer([decision_id])

    def action_approve_marked(self) -> None:
        """Approve every marked decision."""
        if not self._marked:
            self.fantasy.tell("Nothing is marked: space marks a decision, A approves all marked ones.")
        self._answer([key for key in self._items if key in self._marked])

    def action_reject(self) -> None:
        """Reject the decision under the cursor."""
        if self.chosen is not None and self._can_answer(self.chosen):
            self.reject(self.chosen.id)

    def reject(self, decision_id: str) -> None:
        """Ask for a reason, which may be left empty, and reject a decision, wherever the cursor is."""
        from fantasy_tui.tui.screens.reason import ReasonDialog

        item = self._items.get(decision_id)
        if item is None or decision_id in self._deciding:
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._answer([decision_id], reason=reason)

        self.app.push_screen(ReasonDialog(item.summary), answered)

    def action_toss_ups(self) -> None:
        """Show toss-ups and reports below what waits, or hide them again."""
        self._all = not self._all
        self.fantasy.tell(
            "Toss-ups and reports are listed too, marked ~: there is nothing to decide about them."
            if self._all
            else "Toss-ups and reports are hidden."
        )
        self.reload()

    def action_copy(self) -> None:
        """Copy what is to be done in Sleeper."""
        if self.chosen is not None:
            self.app.copy_to_clipboard("\n".join(steps(self.chosen.card)) or self.chosen.summary)
            self.fantasy.tell("Copied what to change (where the terminal allows it).")

    def _answer(self, keys: list[str], reason: str | None = None) -> None:
        """Send answers on their way; the cursor goes on at once, a row goes when it is decided."""
        fresh = [key for key in keys if key not in self._deciding]
        self._deciding.update(fresh)
        self._marked -= set(fresh)
        self._go_on()
        self._show()
        for key in fresh:
            self._decide(key, reason)

    def _go_on(self) -> None:
        """Move the cursor to the nearest decision that is not being answered: below first, then above."""
        table, keys = self.query_one(RowTable), list(self._items)
        here = table.cursor_row
        for place in (*range(here, len(keys)), *range(here - 1, -1, -1)):
            if keys[place] not in self._deciding:
                table.move_cursor(row=place)
                return

    @work(group="decide", exit_on_error=False)
    async def _decide(self, key: str, reason: str | None) -> None:
        try:
            decided = await self.fantasy.decide(key, approve=reason is None, reason=reason or None)
        finally:
            self._deciding.discard(key)
            if self.is_mounted:
                self._show()
        if decided:
            self._items.pop(key, None)
            self._show()
        self.fantasy.publish_change()
