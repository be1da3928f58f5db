"""Tells that the world of a decision has moved, and what is best now; nothing was approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.card import describe
from fantasy_tui.tui.keys.dialogs import MOVED
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import ReadingDialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.scrolling import Reading

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem

QUIET = 0.5
"""Seconds without a key before one counts: those that come at once were meant for the queue."""


class MovedDialog(ReadingDialog["tuple[str, QueueItem] | None"]):
    """Dismissed with "approve" or "reject" and the decision that this is about, or with none."""

    AUTO_FOCUS = "#card"
    BINDINGS: ClassVar[list[BindingType]] = MOVED.bindings

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
            with Reading(id="card"):
                yield Static(plain("Working out what is best now …"), id="about")
            yield Static(plain(f"{key_of('moved.back')} goes back"), id="hint", classes="hint")

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
            told, hint = (
                plain("What is best now could not be worked out."),
                f"{key_of('moved.back')} goes back",
            )
        elif fresh is None:
            told, hint = (
                plain("Nothing is recommended on this question any more."),
                f"{key_of('moved.back')} goes back",
            )
        else:
            told = Content("\n").join(
                [Content.styled("Best now:", "bold"), describe(fresh, utcnow(), max(width, 40))]
            )
            approve, reject, back = map(key_of, ("moved.approve", "moved.reject", "moved.back"))
            down, up = key_of("text.down"), key_of("text.up")
            hint = f"{approve} approves this, {reject} rejects it, {back} goes back; {down} and {up} scroll"
        self.query_one("#about", Static).update(told)
        self.query_one("#hint", Static).update(plain(hint))

    def action_answer(self, action: str) -> None:
        """Answer what is best now, unless the key was still meant for the queue."""
        if not self._ready:
            if self._quiet is not None:
                self._quiet.reset()
        elif self._fresh is not None:
            self.dismiss((action, self._fresh))
