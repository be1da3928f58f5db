"""The front door: every league's decisions that wait, and the card of the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.item import QueueItem, link
from fantasy_tui.tui.answering import Answering
from fantasy_tui.tui.card import describe
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import QUEUE
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.queue_rows import COLUMNS, Lists
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.times import local, until
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from datetime import datetime

    from fantasy_tui.workspace import Workspace

_TICK = 15.0
_SLOW = 0.15
"""Seconds from which an answer under way is marked."""


class QueueScreen(AppScreen):
    """Decisions by deadline, then gain; one key answers, the cursor goes on to the next."""

    CSS_PATH = "queue.tcss"
    HEADING = "Queue"
    TELLS_WAITING = True
    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = [*QUEUE.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self.lists = Lists()
        self.answers = Answering(self)
        self._known = False
        """False until it is known what waits."""
        self._placed = False
        """False until the cursor stands on the first decision that waits; after that it never moves by itself."""
        self._wanted: str | None = None
        """The decision that the cursor goes to as soon as it is there."""
        self._toss_ups = self._snoozed = False
        """True while those are shown below what waits."""
        self._to_snoozed = False
        """True while the cursor is to go to the first one set aside."""
        self._next: datetime | None = None

    def content(self) -> ComposeResult:
        """The queue, what is said when nothing waits, and the card; passing messages cover the lower end alone."""
        yield RowTable(id="queue")
        yield Static(id="empty")
        with Pane(id="card"):
            yield Static(id="about")

    def on_mount(self) -> None:
        """Show what was last seen until the store is open; let the deadlines come nearer."""
        seen = self.fantasy.last_seen
        if seen is not None:
            self.lists.waiting, self._known = {item.id: item for item in seen.items}, True
        self.set_interval(_TICK, self.reload)
        self.show()

    def on_screen_resume(self) -> None:
        """Read again, and show what has moved meanwhile."""
        super().on_screen_resume()
        self.call_after_refresh(self.answers.show_moved)

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show what waits, and what is approved and still to be done in Sleeper."""
        known = workspace.user is not None
        items = await workspace.queue() if known else []
        to_apply = await workspace.to_apply() if known else []
        snoozed = await workspace.snoozed() if known and self._snoozed else []
        listed = await workspace.listed() if known and self._toss_ups else []
        self._next = await workspace.next_deadline() if not items else None
        lists, here = self.lists, self._from_here()
        lists.keep_to_apply(to_apply, utcnow())
        lists.waiting, lists.snoozed, lists.listed = (
            {item.id: item for item in part} for part in (items, snoozed, listed)
        )
        self._known = True
        if snoozed and self._to_snoozed:
            self._wanted, self._to_snoozed = snoozed[0].id, False
        if here and here[0] not in lists.waiting and self._wanted is None:
            # Answered elsewhere: it may stand among those to apply now, but the cursor goes on.
            self._wanted = next((key for key in here if key in lists.waiting), None)
        self.answers.marked &= lists.waiting.keys()
        self.show()
        await self.fantasy.queue_shown(items)

    def show(self) -> None:
        """Show the lists as they are now; the cursor stays on its decision."""
        now, table = utcnow(), self.query_one(RowTable)
        shown = self.lists.shown
        done = self._known and not self.lists.waiting
        self.set_class(done, "-done")
        self.set_class(done and not shown, "-empty")
        answers = self.answers
        rows = self.lists.rows(now, marked=answers.marked, under_way=answers.under_way, moved=answers.moved)
        table.fill(COLUMNS, rows)
        keys = [key for key, _ in rows]
        if self._wanted in keys:
            table.move_cursor(row=keys.index(self._wanted))
            self._wanted, self._placed = None, True
        elif not self._placed and self.lists.waiting and table.row_count:
            table.move_cursor(row=keys.index(next(iter(self.lists.waiting))))
            self._placed = True
        if done:
            self.query_one("#empty", Static).update(self._nothing(now))
        self._tell()

    def _from_here(self) -> list[str]:
        """What waits, from the decision under the cursor on; nothing where the cursor stands elsewhere."""
        keys, key = list(self.lists.waiting), self.query_one(RowTable).chosen_key
        return keys[keys.index(key) :] + keys[: keys.index(key)][::-1] if key in keys else []

    def go_to(self, decision_id: str) -> None:
        """Put the cursor on a decision when it is next shown."""
        self._wanted = decision_id

    def _nothing(self, now: datetime) -> Content:
        if self.fantasy.workspace is not None and self.fantasy.workspace.user is None:
            return plain(
                f"No Sleeper user is known here yet. Press {key_of('app.refresh')} to enter a username and fetch the"
                " leagues."
            )
        lines = [Content.styled("Nothing waits for you.", "bold")]
        if self.fantasy.session.line:
            lines.append(plain(self.fantasy.session.line))
        if self._next is not None:
            lines.append(plain(f"Next deadline: kickoff in {until(self._next, now)} ({local(self._next)})."))
        else:
            lines.append(plain("No kickoff is known that is still to come."))
        sync, undo = key_of("app.refresh"), key_of("app.undo")
        lines.append(
            plain(f"{sync} fetches from Sleeper and runs the agents, {undo} takes your last answer back.")
        )
        return Content("\n").join(lines)

    @property
    def chosen(self) -> QueueItem | None:
        """The decision under the cursor."""
        return self.lists.get(self.query_one(RowTable).chosen_key)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self.chosen.league_id if self.chosen is not None else None

    @property
    def page(self) -> str | None:
        """The page of it on which the decision under the cursor is carried out."""
        return link(self.chosen.league_id, self.chosen.decision_type) if self.chosen is not None else None

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
            self.fantasy.go.decision(self.chosen.id)

    def action_mark(self) -> None:
        """Mark the decision for `A`, or take the mark away, and go on."""
        item = self._to_answer(self.query_one(RowTable).chosen_key)
        if item is not None:
            self.answers.marked ^= {item.id}
            self.query_one(RowTable).action_cursor_down()
            self.show()

    def action_answer(self, action: str) -> None:
        """Approve, reject, edit or snooze the decision under the cursor."""
        key = self.query_one(RowTable).chosen_key
        if key is not None:
            self.answer(key, action)

    def answer(self, decision_id: str, action: str) -> None:
        """Approve, reject, edit or snooze a decision, wherever the cursor is."""
        item = self._to_answer(decision_id)
        if item is None or item.id in self.answers.under_way:
            return
        if action == "approve" and item.id in self.answers.moved:
            self.answers.show_moved()
            return
        ways = {"approve": self.answers.approve, "reject": self.answers.reject}
        ways |= {"edit": self.answers.edit, "snooze": self.answers.snooze}
        if action in ("edit", "snooze") and self.fantasy.workspace is None:
            self.fantasy.tell("The store is still being opened; press it again in a moment.")
        else:
            ways[action](item)

    def _to_answer(self, decision_id: str | None) -> QueueItem | None:
        """What waits for an answer; a toss-up, a report and what is approved say that they do not."""
        item = self.lists.answerable(decision_id)
        if item is None and (other := self.lists.get(decision_id)) is not None:
            if other.status == "approved":
                self.fantasy.tell(
                    f"This is approved already: do it in Sleeper; {key_of('queue.copy')} copies the steps."
                )
            else:
                self.fantasy.tell("This is listed for your information: there is nothing to decide.")
        return item

    def action_approve_marked(self) -> None:
        """Approve every marked decision."""
        marked = [item for key, item in self.lists.waiting.items() if key in self.answers.marked]
        if marked:
            self.answers.approve_all(marked)
        else:
            mark, approve = key_of("queue.mark"), key_of("queue.approve_marked")
            self.fantasy.tell(
                f"Nothing is marked: {mark} marks a decision, {approve} approves all marked ones."
            )

    def action_toss_ups(self) -> None:
        """Show toss-ups and reports below what waits, or hide them again."""
        self._toss_ups = not self._toss_ups
        self.fantasy.tell(
            "Toss-ups and reports are listed too, marked ~: there is nothing to decide about them."
            if self._toss_ups
            else "Toss-ups and reports are hidden."
        )
        self.reload()

    def action_snoozed(self) -> None:
        """Show below what waits what is set aside, with its return, or hide it again."""
        self._snoozed = self._to_snoozed = not self._snoozed
        self.fantasy.tell(
            "What is set aside is listed too, marked z, with when it comes back."
            if self._snoozed
            else "What is set aside is hidden."
        )
        self.reload()

    def action_to_apply(self) -> None:
        """Show every approved decision that is still to be done in Sleeper, or the first ones alone."""
        self.lists.all_to_apply = not self.lists.all_to_apply
        if not self.lists.to_apply:
            self.fantasy.tell("Nothing approved that locks within a day is still to be done in Sleeper.")
        self.show()

    def action_copy(self) -> None:
        """Copy what is to be done in Sleeper."""
        if (item := self.chosen) is not None:
            steps = [f"{number}. {step}" for number, step in enumerate(item.steps, start=1)]
            self.app.copy_to_clipboard("\n".join(steps) or item.summary)
            self.fantasy.tell("Copied what to do in Sleeper (where the terminal allows it).")

    def go_on(self) -> None:
        """Move the cursor to the nearest decision that is not being answered: below first, then above."""
        table, waiting, under_way = self.query_one(RowTable), self.lists.waiting, self.answers.under_way
        keys = [item.id for item in self.lists.shown]
        if self.lists.hidden:
            keys.insert(len(self.lists.shown_to_apply), "")
        here = table.cursor_row
        for place in (*range(here, len(keys)), *range(here - 1, -1, -1)):
            if keys[place] in waiting and keys[place] not in under_way:
                table.move_cursor(row=place)
                break
        # Marking the row repaints the whole table: an answer that arrives at once needs no mark.
        self.set_timer(_SLOW, self._mark_slow)

    def _mark_slow(self) -> None:
        if self.answers.under_way:
            self.show()
