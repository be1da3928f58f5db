"""What every dialog has, and those that read the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.worker import Worker

from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """Dismissed with an answer, once."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with this answer; what was pressed in the same moment finds the dialog gone."""
        # Textual would close whatever is on top by then.
        return super().dismiss(result) if self.is_active else AwaitComplete()


class ReadingDialog(Dialog[Answer], Generic[Answer]):
    """A dialog whose workers read the store; dismissed with an answer."""

    CSS_PATH = "dialog.tcss"

    @property
    def fantasy(self) -> FantasyApp:
        """The app, by its own type."""
        return cast("FantasyApp", self.app)

    def action_pane(self, lines: int) -> None:
        """Move the text beside the list by lines."""
        self.query_one(Pane).read_on(lines)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The app tells what fails; the event goes no further by itself."""
        self.fantasy.on_worker_state_changed(event)
