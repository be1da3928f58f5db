"""The first start: asks for a Sleeper username and shows how the first sync goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, ProgressBar, Static

from fantasy_tui import failures
from fantasy_tui.tui.keys.dialogs import WELCOME
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.launch import TO_DEMO
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.usernames import advice, tidied
from fantasy_tui.tui.widgets.entry import Entry

if TYPE_CHECKING:
    from fantasy_tui.sleeper.report import SyncProgress
    from fantasy_tui.tui.app import FantasyApp

_GREETING = "Which Sleeper username is yours? Nothing else is needed: what is read is public, and there is no password."


class WelcomeDialog(Dialog[bool]):
    """Dismissed with true once the leagues are in the store."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = WELCOME.bindings

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._given = name

    def compose(self) -> ComposeResult:
        """Question, field, progress, what went wrong, and the ways on."""
        with Vertical(classes="dialog"):
            yield Static(plain(_GREETING))
            yield Entry(
                self._given, placeholder="Sleeper username", id="username", compact=True, max_length=64
            )
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(id="told")
            yield Static(id="ways", classes="hint")

    @property
    def fantasy(self) -> FantasyApp:
        """The app, by its own type."""
        return cast("FantasyApp", self.app)

    def on_mount(self) -> None:
        """No progress yet; a name that the settings give is tried at once."""
        self.query_one(ProgressBar).display = False
        self._tell("", "goes on")
        if self._given:
            self._sync(tidied(self._given))

    @on(Input.Submitted)
    def _begin(self, event: Input.Submitted) -> None:
        name = tidied(event.value)
        if name:
            self._sync(name)
        else:
            self._tell("Type your Sleeper username first; it stands on your profile there.", "goes on")

    @work(group="welcome", exit_on_error=False)
    async def _sync(self, name: str) -> None:
        field, bar = self.query_one(Input), self.query_one(ProgressBar)
        field.disabled, bar.display = True, True
        self._offer(f"{key_of('welcome.later')} gives up")
        try:
            await self.fantasy.background.first_sync(name, self._progress)
            wrong = await self._no_leagues(name)
        except Exception as error:
            code = failures.code_of(error)
            if code is None:
                raise
            wrong = f"{error} {await self._meant(name)}" if code == failures.NOT_FOUND else str(error)
        finally:
            field.disabled, bar.display = False, False
        if wrong is None:
            self.dismiss(True)
            return
        self._tell(wrong, "tries again")
        field.focus()

    async def _no_leagues(self, name: str) -> str | None:
        """What to say where Sleeper knows the name but shows no league; none where it shows some."""
        workspace = self.fantasy.workspace
        if workspace is None or any(not league.left for league in await workspace.browse.leagues()):
            return None
        return f"Sleeper knows “{name}”, but shows no football league of this season. Is it the right name?"

    async def _meant(self, name: str) -> str:
        workspace = self.fantasy.workspace
        return advice(name, await workspace.browse.member_names() if workspace is not None else ())

    def _progress(self, at: SyncProgress) -> None:
        self.query_one(ProgressBar).update(total=at.total, progress=at.done)
        self._say(f"{cut(at.step, 50)} ({at.done} of {at.total})")

    def _tell(self, text: str, enter: str) -> None:
        """What is to say, and what can be done now."""
        self._say(text)
        demo, later = key_of("welcome.demo"), key_of("welcome.later")
        self._offer(
            f"enter {enter} · {demo} shows the demo, which needs no network · {later} looks around first"
        )

    def _offer(self, ways: str) -> None:
        self.query_one("#ways", Static).update(plain(ways))

    def _say(self, text: str) -> None:
        told = self.query_one("#told", Static)
        told.update(plain(text))
        told.display = bool(text)

    def action_demo(self) -> None:
        """Leave for the demo."""
        self.app.exit(return_code=TO_DEMO)

    def action_leave(self) -> None:
        """Leave without a user; a sync under way is given up between two resources."""
        self.dismiss(False)
