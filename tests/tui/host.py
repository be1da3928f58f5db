"""A small app that offers screens what the real one does, for tests of one screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.reactive import reactive
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled, WorkerState

from fantasy_tui.tui.known import KnownPlayers
from fantasy_tui.tui.widgets.status import Status
from fantasy_tui.workspace import Workspace


class Asked:
    """Keeps where screens want to go."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked

    def roster(self, league_id: str, roster_id: int | None = None) -> None:
        self._asked.append(("roster", league_id, roster_id))

    def league(self, league_id: str) -> None:
        self._asked.append(("league", league_id))

    def matchup(self, league_id: str, roster_id: int | None = None) -> None:
        self._asked.append(("matchup", league_id, roster_id))

    def player(self, player_id: str) -> None:
        self._asked.append(("player", player_id))

    def compare(self, one_id: str, other_id: str, league_id: str | None = None) -> None:
        self._asked.append(("compare", one_id, other_id, league_id))


class Host(App[None]):
    """Shows one screen over a workspace and keeps what it asks for."""

    status: reactive[Status] = reactive(Status())

    def __init__(self, workspace: Workspace | None, screen: Screen[None]) -> None:
        super().__init__()
        self.workspace = workspace
        self.first = screen
        self.store_changed: Signal[None] = Signal(self, "store_changed")
        self.asked: list[tuple[Any, ...]] = []
        self.go = Asked(self.asked)
        self.known = KnownPlayers()
        self.errors: list[BaseException] = []

    def on_mount(self) -> None:
        self.store_changed.subscribe(self, lambda _: self.known.outdate(), immediate=True)
        self.push_screen(self.first)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.report(event.worker.error)

    def report(self, error: BaseException) -> None:
        self.errors.append(error)

    def publish_change(self) -> None:
        self.store_changed.publish(None)

    def run_agents(self) -> None:
        self.asked.append(("agents",))

    def tell(self, text: str, severity: str = "information") -> None:
        self.asked.append(("tell", text))


@asynccontextmanager
async def showing(
    workspace: Workspace | None, screen: Screen[None], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Host, Pilot[None]]]:
    """The screen in a terminal of this size, after its first read."""
    host = Host(workspace, screen)
    async with host.run_test(size=size) as pilot:
        await settle(pilot)
        yield host, pilot


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerCancelled):  # a newer read has taken its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for what they set off."""
    await pilot.press(*keys)
    await settle(pilot)


async def each(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each once nothing is under way."""
    for key in keys:
        await press(pilot, key)


async def still(pilot: Pilot[Any]) -> None:
    """Nothing moves any more, no cursor blinks: a picture is the same on every run, on a slow machine too."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    last, same = "", 0
    while same < 3:
        await settle(pilot)
        await pilot.pause(0.03)
        now = shown(pilot.app)
        last, same = now, same + 1 if now == last else 0


def lines(host: App[Any]) -> list[str]:
    """What is on the screen, line by line, without styles."""
    return ["".join(segment.text for segment in strip) for strip in host.screen._compositor.render_strips()]


def shown(host: App[Any]) -> str:
    """What is on the screen, as one text."""
    return "\n".join(line.rstrip() for line in lines(host))
