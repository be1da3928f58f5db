"""The app: its modes and keys, the open store, and what runs behind the screens."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import Worker, WorkerState

from fantasy_tui.clock import set_clock, utcnow
from fantasy_tui.plaintext import sanitise
from fantasy_tui.tui import decider, lastseen, telling, terminal
from fantasy_tui.tui.background import Background
from fantasy_tui.tui.decider import Act, Answer, Decider
from fantasy_tui.tui.going import Going
from fantasy_tui.tui.keeper import Keeper
from fantasy_tui.tui.keys import chosen as keys
from fantasy_tui.tui.keys import force
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.names import shown
from fantasy_tui.tui.keys.shared import EVERYWHERE
from fantasy_tui.tui.known import KnownPlayers
from fantasy_tui.tui.outage import Outage
from fantasy_tui.tui.places import modes
from fantasy_tui.tui.session import Session
from fantasy_tui.tui.store import StoreWatch
from fantasy_tui.tui.telling import Severity
from fantasy_tui.tui.themes import Themes
from fantasy_tui.tui.widgets.status import Status, Waiting

if TYPE_CHECKING:
    from textual.command import Provider

    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.verdict import Verdict
    from fantasy_tui.workspace import Workspace

_POLL = 1.0
_DEADLINES = 30.0
"""Seconds between two looks at what has become urgent."""


def _palette() -> type[Provider]:
    from fantasy_tui.tui.palette import Everything

    return Everything


def _import_what_runs_behind() -> None:
    from fantasy_tui.sleeper import live, sync  # noqa: F401
    from fantasy_tui.sleeper.client import trusted

    trusted()


class FantasyApp(App[None]):
    """The screens over one workspace; `failure` is what ended the app when it could not go on."""

    TITLE = "fantasy-tui"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = modes()
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    CSS_PATH = "screens/queue.tcss"
    """That of the first screen, which would otherwise come in a parse of its own."""
    DEFAULT_MODE = "queue"
    BINDINGS: ClassVar[list[BindingType]] = EVERYWHERE.bindings

    status: reactive[Status] = reactive(Status(), init=False)

    def __init__(
        self,
        overrides: Mapping[str, Any],
        *,
        demo: bool = False,
        on_database_url: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__()
        chosen = keys.read()
        force.use(chosen)
        self.set_keymap({id: ",".join(names) for id, names in chosen.items()})
        self.workspace: Workspace | None = None
        self.themes = Themes(self)
        self.store_changed: Signal[None] = Signal(self, "store_changed")
        self.failure: BaseException | None = None
        self._overrides = dict(overrides)
        self.on_database_url = on_database_url
        file = lastseen.cache_file(self._overrides)
        self.last_seen = lastseen.recall(file)
        self.keeper = Keeper(self, file)
        self.session = Session()
        self.background = Background(self)
        self.store = StoreWatch(self)
        self.outage = Outage(self)
        self.go = Going(self)
        self.known = KnownPlayers()
        self.set_reactive(FantasyApp.status, self._first_status(demo))

    def _first_status(self, demo: bool) -> Status:
        seen = self.last_seen
        if seen is None:
            return Status(fictional=demo, busy="opening the store")
        set_clock(seen.starts_at)
        if seen.theme:
            self.themes.use(seen.theme)
        return Status(user=seen.user, waiting=seen.waiting, synced_at=seen.synced_at, fictional=demo)

    def on_mount(self) -> None:
        """Open the store behind the first screen; collect garbage again (`__main__` has stopped that)."""
        self.call_after_refresh(gc.enable)
        self.decider = Decider(self.outage.begin)
        if not self.is_headless:
            terminal.heed(self)
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
            workspace = await self.store.open(self._overrides)
        except Exception as error:
            self.failure = error
            self.decider.give_up()
            self.exit(return_code=1)
            return
        self.publish_change()
        # To import while somebody types would hold the keys up.
        await asyncio.to_thread(_import_what_runs_behind)
        self.set_interval(_POLL, self._poll)
        self.set_interval(_DEADLINES, self._read_status)
        settings = workspace.settings
        if not settings.offline:
            self.follow_games()
        if workspace.user is None:
            self.go.username(settings.username)
        elif not settings.offline:
            self.refresh_data()

    @work(group="poll", exit_on_error=False)
    async def _poll(self) -> None:
        await self.store.look()

    def publish_change(self) -> None:
        """Let the screens and the status line read the store again."""
        self.known.outdate()
        self.store_changed.publish(None)
        self.outage.keep()
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
            if items:
                self.go.offer_tour()

    # Sleeper and the agents

    def action_refresh(self) -> None:
        """Fetch from Sleeper now."""
        workspace = self.workspace
        if workspace is None:
            return
        if workspace.user is None:
            self.go.username()
        elif workspace.settings.offline:
            where = f"{key_of('tasks.run')} on the agents' screen ({key_of('go.tasks')})"
            self.tell(f"Offline: nothing is fetched. {where} runs them on what is stored.")
        else:
            self.refresh_data()

    @work(group="sync", exit_on_error=False)
    async def refresh_data(self) -> None:
        """Fetch from Sleeper, then run the agents on what came."""
        await self.background.refresh()

    @work(group="live", exclusive=True, exit_on_error=False)
    async def follow_games(self) -> None:
        """Keep points up to date while games are on."""
        await self.background.follow_games()

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
        self.tell_done(verdict, f"{key_of('app.redo')} does it again.")

    @work(group="decide", exit_on_error=False)
    async def action_redo(self) -> None:
        """Give the answer again that was taken back last."""
        verdict = await self._again(decider.redo)
        self.session.give_again(verdict.decision_id, utcnow())
        self.tell_done(verdict, f"{key_of('app.undo')} takes it back.")

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

    # Going places

    async def action_mode(self, mode: str) -> None:
        """Go to one of the screens with a key."""
        await self.switch_mode(mode)

    async def action_search(self) -> None:
        """Go to the search field."""
        await self.go.search()

    def action_open_league(self) -> None:
        """Open the league of what is shown in the browser."""
        self.go.league_page()

    def action_help(self) -> None:
        """Show the keys that work here."""
        self.go.help()

    async def action_tour(self) -> None:
        """Show what is what."""
        await self.go.tour()

    def action_command_palette(self) -> None:
        """Find anything by its name."""
        self.go.palette()

    def get_key_display(self, binding: Binding) -> str:
        """A key as sentences show it, too."""
        return shown(binding.key)

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
        self.tell(*telling.about(error))

    def _fatal_error(self) -> None:
        """End the app; once the terminal is back it is told in a sentence, not by Textual's page of locals."""
        self.failure = self._exception
        self._close_messages_no_wait()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """No worker fails in silence."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.report(event.worker.error)
