"""Tells that the world of a decision has moved, and what is best now; nothing was approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.card import describe
from fantasy_tui.tui.screens.dialog import ReadingDialog
from fantasy_tui.tui.text import plain

if TYPE_CHECKING:
    from fantasy_tui.review.queue import QueueItem

QUIET = 0.5
"""Seconds without a key before one counts: those that come at once were meant for the queue."""


class MovedDialog(ReadingDialog["tuple[str, QueueItem] | None"]):
    """Dismissed with "approve" or "reject" and the decision that this is about, or with none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer('approve')", "Approve what is best now", id="moved.approve"),
        Binding("x", "answer('reject')", "Reject it", id="moved.reject"),
        Binding("escape,h,backspace", "dismiss(None)", "Go back", id="moved.back"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, item: QueueItem, changes: Sequence[str]) -> None:
        super().__init__()
        self._item = item
        self._changes = changes
        self._fresh: QueueItem | None = None
        self._quiet: Timer | None = None
        self._ready = False

    def compose(self) -> ComposeResult:
        """What moved, what is best now, and the keys."""
        told = [
            plain(f"Not approved: “{self._item.summary}” was made for another situation.").stylize("bold")
        ]
        told += [Content("• ") + plain(change) for change in self._changes]
        with Vertical(classes="dialog -tall"):
            yield Static(Content("\n").join(told))
            with VerticalScroll(id="card", can_focus=False):
                yield Static(plain("Working out what is best now …"), id="about")
            yield Static(plain("escape goes back"), id="hint", classes="hint")

    def on_mount(self) -> None:
        """Work it out; keys count once they are quiet."""
        self._quiet = self.set_timer(QUIET, self._listen)
        self._recompute()

    def _listen(self) -> None:
        self._ready = True

    @work(exclusive=True, exit_on_error=False)
    async def _recompute(self) -> None:
        workspace = self.fantasy.workspace
        if workspace is None:
            return
        worked_out = False
        try:
            self._fresh = await workspace.recompute(self._item.id)
            worked_out = True
        finally:
            if self.is_mounted:
                self._show(worked_out)

    def _show(self, worked_out: bool) -> None:
        width = self.query_one("#card").scrollable_content_region.width
        fresh = self._fresh
        if not worked_out:
            told, hint = plain("What is best now could not be worked out."), "escape goes back"
        elif fresh is None:
            told, hint = plain("Nothing is recommended on this question any more."), "escape goes back"
        else:
            told = Content("\n").join(
                [Content.styled("Best now:", "bold"), describe(fresh, utcnow(), max(width, 40))]
            )
            hint = "a approves this, x rejects it, escape goes back; j and k scroll"
        self.query_one("#about", Static).update(told)
        self.query_one("#hint", Static).update(plain(hint))

    def action_answer(self, action: str) -> None:
        """Answer what is best now, unless the key was still meant for the queue."""
        if not self._ready:
            if self._quiet is not None:
                self._quiet.reset()
        elif self._fresh is not None:
            self.dismiss((action, self._fresh))

    def action_scroll(self, lines: int) -> None:
        """Scroll the card."""
        self.query_one("#card").scroll_relative(y=lines, animate=False)
