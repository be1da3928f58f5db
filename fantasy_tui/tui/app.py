"""The app: its modes and keys, the open store, and what runs behind the screens."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.text import Text
from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import Worker, WorkerState

from fantasy_tui.clock import set_clock, utcnow
from fantasy_tui.plaintext import sanitise
from fantasy_tui.tui import decider, lastseen
from fantasy_tui.tui.background import Background
from fantasy_tui.tui.decider import Act, Answer, Decider
from fantasy_tui.tui.keeper import Keeper
from fantasy_tui.tui.keys import LIST, actions
from fantasy_tui.tui.screens import factories
from fantasy_tui.tui.session import Session
from fantasy_tui.tui.widgets.status import Status, Waiting

if TYPE_CHECKING:
    from fantasy_tui.review.queue import QueueItem
    from fantasy_tui.review.verdict import Verdict
    from fantasy_tui.workspace import Workspace

log = logging.getLogger(__name__)

Severity = Literal["information", "warning", "error"]
LEAGUE_PAGE = "https://sleeper.com/leagues/{}/team"
_POLL = 1.0
_DEADLINES = 30.0
"""Seconds between two looks at what has become urgent."""
_NO_DATABASE = "no database"


class FantasyApp(App[None]):
    """Eight screens over one workspace; `failure` is what ended the app when it could not go on."""

    TITLE = "fantasy-tui"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "queue": factories.queue,
        "leagues": factories.leagues,
        "roster": factories.roster,
        "players": factories.players,
        "tasks": factories.tasks,
        "record": factories.record,
        "history": factories.history,
        "settings": factories.settings,
    }
    DEFAULT_MODE = "queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "mode('queue')", "Queue", id="app.queue", show=False),
        Binding("2", "mode('leagues')", "Leagues", id="app.leagues", show=False),
        Binding("3", "mode('roster')", "Roster", id="app.roster", show=False),
        Binding("4", "mode('players')", "Players", id="app.players", show=False),
        Binding("5", "mode('tasks')", "Agent tasks", id="app.tasks", show=False),
        Binding("6", "mode('record')", "Record", id="app.record", show=False),
        Binding("7", "mode('history')", "History", id="app.history", show=False),
        Binding("8", "mode('settings')", "Settings", id="app.settings", show=False),
        Binding("u", "undo", "Undo", id="app.undo"),
        Binding("U,ctrl+y", "redo", "Redo", id="app.redo", show=False),
        Binding("slash", "search", "Search players", key_display="/", id="app.search", show=False),
        Binding("o", "open_league", "Open league in Sleeper", id="app.open", show=False),
        Binding("r", "refresh", "Refresh", id="app.refresh"),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="app.help"),
        Binding("colon,ctrl+p", "command_palette", "Commands", key_display=":", id="app.palette", show=False),
        Binding("q", "quit", "Quit", id="app.quit"),
    ]

    status: reactive[Status] = reactive(Status(), init=False)

    def __init__(
        self,
        overrides: Mapping[str, Any],
        *,
        demo: bool = False,
        on_database_url: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self.store_changed: Signal[None] = Signal(self, "store_changed")
        self.failure: BaseException | None = None
        self._overrides = dict(overrides)
        self._on_database_url = on_database_url
        file = lastseen.cache_file(self._overrides)
        self.last_seen = lastseen.recall(file)
        self.keeper = Keeper(self, file)
        self._token: int | None = None
        self.session = Session()
        self.background = Background(self)
        self.set_reactive(FantasyApp.status, self._first_status(demo))

    def _first_status(self, demo: bool) -> Status:
        seen = self.last_seen
        if seen is None:
            return Status(fictional=demo, busy="opening the store")
        set_clock(seen.starts_at)
        if seen.theme in self.available_themes:
            self.theme = seen.theme
        return Status(user=seen.user, waiting=seen.waiting, synced_at=seen.synced_at, fictional=demo)

    def on_mount(self) -> None:
        """Open the store behind the first screen; collect garbage again (`__main__` has stopped that)."""
        self.call_after_refresh(gc.enable)
        self.decider = Decider()
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                # Textual leaves the terminal in its own mode when one of these ends the process.
                loop.add_signal_handler(number, self.exit, None, 128 + number)
        # Importing what opens the store would slow the first frame down.
        self.call_after_refresh(self._open)

    async def on_unmount(self) -> None:
        """Give the store's connections back."""
        self.keeper.keep()
        if self.workspace is not None:
            await self.workspace.close()

    # The store

    @work(group="open", exit_on_error=False)
    async def _open(self) -> None:
        try:
            opened, settings = await asyncio.to_thread(_load, self._overrides)
            self._on_database_url(settings.database_url.get_secret_value())
            workspace = await opened(settings)
        except Exception as error:
            self.failure = error
            self.decider.give_up()
            self.exit(return_code=1)
            return
        self.workspace = workspace
        self.decider.open(workspace)
        if settings.theme:
            self._use_theme(settings.theme)
        self.background.set_status(busy="", offline=settings.offline)
        self.publish_change()
        self.set_interval(_POLL, self._poll)
        self.set_interval(_DEADLINES, self._read_status)
        if workspace.user is None:
            self.ask_username(settings.username)
        elif not settings.offline:
            self.refresh_data()

    def _use_theme(self, name: str) -> None:
        if name in self.available_themes:
            self.theme = name
        else:
            self.tell(f"There is no theme “{name}”; ctrl+p, then Theme, lists those there are.", "warning")

    @work(group="poll", exclusive=True, exit_on_error=False)
    async def _poll(self) -> None:
        """Show what another process has written; a store that is gone is told once, and so is its return."""
        from fantasy_tui.database.errors import StoreError

        if self.workspace is None:
            return
        try:
            token = await self.workspace.changed_token()
        except StoreError as error:
            if self.status.trouble != _NO_DATABASE:
                self.background.set_status(offline=True, trouble=_NO_DATABASE)
                self.report(error)
            return
        back = self.status.trouble == _NO_DATABASE
        if back:
            self.background.set_status(offline=self.workspace.settings.offline, trouble="")
        if back or (self._token is not None and token != self._token):
            self.publish_change()
        self._token = token

    def publish_change(self) -> None:
        """Let the screens and the status line read the store again."""
        self.store_changed.publish(None)
        if not getattr(self.screen, "TELLS_WAITING", False):
            self._read_status()

    @work(group="status", exclusive=True, exit_on_error=False)
    async def _read_status(self) -> None:
        await self.background.read_status()

    async def queue_shown(self, items: list[QueueItem]) -> None:
        """Tell what the queue's screen shows, and keep it for the next start once it is quiet."""
        workspace = self.workspace
        if workspace is not None and workspace.user is not None:
            self.keeper.show(
                lastseen.LastSeen(
                    user=workspace.user.display_name,
                    synced_at=self.status.synced_at,
                    starts_at=workspace.settings.now,
                    theme=workspace.settings.theme,
                    waiting=Waiting.of(items, utcnow()),
                    items=items[: lastseen.MOST],
                )
            )
            await self.background.tell_waiting(items)

    # Sleeper and the agents

    def ask_username(self, name: str | None = None) -> None:
        """Ask whose leagues to fetch; a name that is given is tried at once."""
        from fantasy_tui.tui.screens.welcome import WelcomeDialog

        if self.workspace is not None and self.workspace.settings.offline:
            self.tell(
                "Offline mode is on and nothing is stored yet: start without --offline once.", "warning"
            )
            return

        def answered(done: bool | None) -> None:
            if done:
                self.run_agents()

        self.push_screen(WelcomeDialog(name), answered)

    def action_refresh(self) -> None:
        """Fetch from Sleeper now."""
        workspace = self.workspace
        if workspace is None:
            return
        if workspace.user is None:
            self.ask_username()
        elif workspace.settings.offline:
            self.tell("Offline: nothing is fetched. R on the agents' screen (5) runs them on what is stored.")
        else:
            self.refresh_data()

    @work(group="sync", exit_on_error=False)
    async def refresh_data(self) -> None:
        """Fetch from Sleeper, then run the agents on what came."""
        await self.background.refresh()

    @work(group="agents", exit_on_error=False)
    async def run_agents(self) -> None:
        """Run all agents on what is stored."""
        await self.background.run_agents()

    # Answers

    async def answer(self, answer: Answer) -> Verdict:
        """Carry an answer out; returned once it is in the database.

        Raises what Workspace.approve, reject and snooze raise.
        """
        verdict = await self.decider.carry_out(answer.give)
        self.session.note(answer.decision_id, answer.action, answer.points, utcnow())
        return verdict

    @work(group="decide", exit_on_error=False)
    async def action_undo(self) -> None:
        """Take the last answer back; the cursor goes to its decision."""
        verdict = await self._again(decider.undo)
        self.session.take_back(verdict.decision_id)
        self.tell_done(verdict, "U does it again.")

    @work(group="decide", exit_on_error=False)
    async def action_redo(self) -> None:
        """Give the answer again that was taken back last."""
        verdict = await self._again(decider.redo)
        self.session.give_again(verdict.decision_id, utcnow())
        self.tell_done(verdict, "u takes it back.")

    async def _again(self, act: Act) -> Verdict:
        from fantasy_tui.tui.screens.queue import QueueScreen

        verdict = await self.decider.carry_out(act)
        if isinstance(self.screen, QueueScreen):
            self.screen.go_to(verdict.decision_id)
        self.publish_change()
        return verdict

    def tell_done(self, verdict: Verdict, more: str) -> None:
        """Say what was done; what was said before goes."""
        self.clear_notifications()
        self.tell(f"{decider.done(verdict)} {more}")

    def answer_on_queue(self, decision_id: str, action: str) -> None:
        """Close a decision's own screen and approve, reject, edit or snooze that decision on the queue."""
        from fantasy_tui.tui.screens.queue import QueueScreen

        self.pop_screen()
        if isinstance(self.screen, QueueScreen):
            self.screen.answer(decision_id, action)

    # Going places

    async def action_mode(self, mode: str) -> None:
        """Go to one of the screens with a key."""
        await self.switch_mode(mode)

    async def action_search(self) -> None:
        """Go to the search field."""
        from fantasy_tui.tui.screens.players import PlayersScreen

        await self.switch_mode("players")
        if isinstance(self.screen, PlayersScreen):
            self.screen.action_search()

    @work(group="go", exit_on_error=False)
    async def open_roster(self, league_id: str, roster_id: int | None = None) -> None:
        """Show a team; without a choice the user's own in the league."""
        from fantasy_tui.tui.screens.roster import RosterScreen

        await self.switch_mode("roster")
        if isinstance(self.screen, RosterScreen):
            self.screen.show_team(league_id, roster_id)

    def open_player(self, player_id: str) -> None:
        """Show a player over the present screen."""
        from fantasy_tui.tui.screens.player import PlayerScreen

        self.push_screen(PlayerScreen(player_id))

    def open_decision(self, decision_id: str) -> None:
        """Show a decision in full over the present screen."""
        from fantasy_tui.tui.screens.decision import DecisionScreen

        self.push_screen(DecisionScreen(decision_id))

    def action_open_league(self) -> None:
        """Open the league of what is shown in the browser, and say where that is."""
        league_id = getattr(self.screen, "league_id", None)
        if league_id is None:
            self.tell("Choose a decision or a team first; o then opens its league in Sleeper.")
        else:
            url = getattr(self.screen, "page", None) or LEAGUE_PAGE.format(league_id)
            self.open_url(url)
            self.tell(f"Opened {url}")

    def action_help(self) -> None:
        """Show the keys that work here."""
        from fantasy_tui.tui.screens.help import HelpDialog, keys_of

        self.push_screen(HelpDialog(keys_of(self.screen)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action with a key, and Textual's own commands but the keys' panel, which `?` replaces."""
        for known in actions(screen):
            if known.place != LIST and known.action != "command_palette":
                yield SystemCommand(
                    known.name,
                    f"key {' '.join(known.keys)}",
                    lambda known=known: self.run_worker(
                        self.run_action(known.action, known.node), exit_on_error=False
                    ),
                )
        yield from (command for command in super().get_system_commands(screen) if command.title == "Theme")

    async def action_quit(self) -> None:
        """Leave once every answer that was given is in the database."""
        await self.decider.settle()
        self.exit(message=Text(self.session.line) if self.session.line else None)

    # Telling

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Show a passing message, as plain text."""
        self.notify(sanitise(text), severity=severity, markup=False, timeout=4)

    def report(self, error: BaseException) -> None:
        """Tell an error in one sentence; the log has the rest."""
        from fantasy_tui import failures
        from fantasy_tui.logs import log_file

        if failures.code_of(error) is not None:
            log.info("told: %s", error)
            self.tell(str(error), "warning")
        else:
            log.error("unexpected", exc_info=error)
            self.tell(
                f"Something unexpected happened ({type(error).__name__}); the details are in {log_file()}.",
                "error",
            )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """No worker fails in silence."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.report(event.worker.error)


def _load(overrides: dict[str, Any]) -> Any:
    """Import what the first screen did without, in a thread; the settings in force. Raises ConfigError."""
    from fantasy_tui.config import load_settings
    from fantasy_tui.workspace import Workspace

    return Workspace.open, load_settings(**overrides)
