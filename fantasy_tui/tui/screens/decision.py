"""One decision on a screen of its own, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.pictured import KINDS
from fantasy_tui.tui.card import audit, changes, grounds, headline
from fantasy_tui.tui.keys.table import DECISION
from fantasy_tui.tui.pictures.points import Points, PointsDistribution
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.widgets.scrolling import Reading

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.workspace import Workspace


class DecisionScreen(AppScreen):
    """The card in full; opened from the queue."""

    CSS_PATH = "decision.tcss"
    HEADING = "Decision"
    AUTO_FOCUS = "#card"
    BINDINGS: ClassVar[list[BindingType]] = DECISION.bindings

    def __init__(self, decision_id: str) -> None:
        super().__init__()
        self.decision_id = decision_id
        self.league_id: str | None = None

    def content(self) -> ComposeResult:
        """What changes, a picture of it, and why; all of it scrolls."""
        with Reading(id="card"):
            yield Static(id="head")
            yield PointsDistribution()
            yield Static(id="about")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the decision and what happened to it, then the picture, which may take a while."""
        item = await workspace.decision(self.decision_id)
        events = await workspace.history(item.id)
        self.league_id = item.league_id
        now, width = utcnow(), self.query_one("#card").scrollable_content_region.width
        self.query_one("#head", Static).update(headline(item, now))
        about = Content("\n").join([*changes(item, width), grounds(item, now, width), audit(events)])
        self.query_one("#about", Static).update(about)
        await self._picture(workspace, item)

    async def _picture(self, workspace: Workspace, item: QueueItem) -> None:
        picture = self.query_one(PointsDistribution)
        picture.display = item.decision_type in KINDS
        if not picture.display:
            return
        if not picture.drawable:
            picture.wait_for("Working out both sides' points …")
        found = await workspace.pictured(item.id)
        picture.display = found is not None
        if found is not None:
            first, second = (Points(side.name, side.points) for side in (found.first, found.second))
            picture.update(first, second, found.chance)

    def action_answer(self, action: str) -> None:
        """Go back to the queue and answer there."""
        if self.is_active:  # pressed twice in one moment it is gone already
            self.fantasy.go.answer_on_queue(self.decision_id, action)
