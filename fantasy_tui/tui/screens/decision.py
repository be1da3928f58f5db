"""One decision on a screen of its own, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.card import audit, describe
from fantasy_tui.tui.screens.base import AppScreen

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace


class DecisionScreen(AppScreen):
    """The card in full; opened from the queue."""

    CSS_PATH = "decision.tcss"
    HEADING = "Decision"
    AUTO_FOCUS = "#card"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,h,backspace", "back", "Back", id="decision.back"),
        Binding("a", "answer('approve')", "Approve"),
        Binding("x", "answer('reject')", "Reject"),
        Binding("e", "answer('edit')", "Edit"),
        Binding("s", "answer('snooze')", "Snooze"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, decision_id: str) -> None:
        super().__init__()
        self.decision_id = decision_id
        self.league_id: str | None = None

    def content(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="card"):
            yield Static(id="about")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the decision and what happened to it."""
        item = await workspace.decision(self.decision_id)
        events = await workspace.history(item.id)
        self.league_id = item.league_id
        width = self.query_one("#card").scrollable_content_region.width
        text = Content("\n").join([describe(item, utcnow(), width), audit(events)])
        self.query_one("#about", Static).update(text)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card."""
        self.query_one("#card").scroll_relative(y=lines, animate=False)

    def action_answer(self, action: str) -> None:
        """Go back to the queue and answer there."""
        self.fantasy.answer_on_queue(self.decision_id, action)
