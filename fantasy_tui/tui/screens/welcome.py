"""The first start: asks for a Sleeper username and shows how the first sync goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, ProgressBar, Static

from fantasy_tui import failures
from fantasy_tui.tui.text import cut, plain

if TYPE_CHECKING:
    from fantasy_tui.sleeper.report import SyncProgress
    from fantasy_tui.tui.app import FantasyApp

_GREETING = "Which Sleeper username is yours? Nothing else is needed: what is read is public, and there is no password."
_HINT = "enter goes on, escape looks around first"


class WelcomeDialog(ModalScreen[bool]):
    """Dismissed with true once the leagues are in the store."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Later", id="welcome.leave")]

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._given = name

    def compose(self) -> ComposeResult:
        """Question, field, progress, and what went wrong."""
        with Vertical(classes="dialog"):
            yield Static(plain(_GREETING))
            yield Input(
                self._given, placeholder="Sleeper username", id="username", compact=True, max_length=64
            )
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(plain(_HINT), id="told", classes="hint")

    def on_mount(self) -> None:
        """No progress yet; a name that the settings give is tried at once."""
        self.query_one(ProgressBar).display = False
        if self._given:
            self._sync(self._given)

    @on(Input.Submitted)
    def _begin(self, event: Input.Submitted) -> None:
        name = event.value.strip()
        if name:
            self._sync(name)
        else:
            self._tell("Type your Sleeper username first; it is shown in Sleeper's settings.")

    @work(group="welcome", exit_on_error=False)
    async def _sync(self, name: str) -> None:
        field, bar = self.query_one(Input), self.query_one(ProgressBar)
        field.disabled, bar.display = True, True
        try:
            await cast("FantasyApp", self.app).background.first_sync(name, self._progress)
        except Exception as error:
            if failures.code_of(error) is None:
                raise
            self._tell(str(error))
        else:
            self.dismiss(True)
            return
        finally:
            field.disabled, bar.display = False, False
        field.focus()

    def _progress(self, at: SyncProgress) -> None:
        self.query_one(ProgressBar).update(total=at.total, progress=at.done)
        self._tell(f"{cut(at.step, 50)} ({at.done} of {at.total})")

    def _tell(self, text: str) -> None:
        self.query_one("#told", Static).update(plain(text))

    def action_leave(self) -> None:
        """Leave without a user; a sync under way is given up between two resources."""
        self.dismiss(False)
