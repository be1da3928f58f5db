"""The shared Postgres goes away under the open app: the copy stands in, answers are sent once it is back."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from fantasy_tui.database.migrate import upgrade
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision
from fantasy_tui.tui import outage
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.outage import STANDS_IN
from fantasy_tui.tui.screens.queue import QueueScreen
from tests import databases, postgres
from tests.tui.demo import build_into, demo_app
from tests.tui.host import press, settle, shown

pytestmark = [pytest.mark.usefixtures("surroundings"), pytest.mark.xdist_group("a server of its own")]


class Server:
    """A Postgres of the test's own with the demo in it, to be stopped and started."""

    def __init__(self) -> None:
        self._run = uuid.uuid4().hex
        self.folder = postgres.start(self._run)
        self.url = postgres.url(self.folder, "outage")

    async def fill(self) -> None:
        await databases.admin(
            self.folder,
            "CREATE DATABASE outage",
            # What is told as stored is not to be lost when the server is killed, as it would be in other tests.
            "ALTER DATABASE outage SET synchronous_commit = on",
        )
        await upgrade(self.url)
        await build_into(self.url)

    def stop(self) -> None:
        postgres.stop(self.folder)

    def start(self) -> None:
        postgres.start(self._run)


@pytest.fixture(scope="module")
def filled() -> Server:
    server = Server()
    asyncio.run(server.fill())
    return server


@pytest.fixture
def server(filled: Server) -> Iterator[Server]:
    yield filled
    filled.start()  # the next test finds it running, and so does its own end


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "_TRY_AGAIN", 0.1)
    monkeypatch.setattr(outage, "_REST", 0.05)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the app has said: a notice itself goes after some seconds."""
    said: list[str] = []
    tell = FantasyApp.tell

    def heard(self: FantasyApp, text: str, *rest: Any) -> None:
        said.append(text)
        tell(self, text, *rest)

    monkeypatch.setattr(FantasyApp, "tell", heard)
    return said


def waiting(app: FantasyApp) -> list[str]:
    """What the queue shows, in order."""
    assert isinstance(app.screen, QueueScreen)
    return list(app.screen.lists.waiting)


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait some seconds for it, looking at the store as the app does."""
    assert isinstance(pilot.app, FantasyApp)
    for _ in range(300):
        if true():
            return
        await asyncio.sleep(0.03)
        await pilot.app.store.look()
        await pilot.pause()
    pytest.fail("it did not come true")


async def row(url: str, decision_id: str) -> AgentDecision:
    store = Store(url)
    async with store.read() as session:
        found = await session.get_one(AgentDecision, decision_id)
    await store.close()
    return found


def pulled(app: FantasyApp) -> bool:
    workspace = app.workspace
    copy = workspace.stores.copy if workspace is not None else None
    return copy is not None and copy.exists and not app.outage._pulling and not app.outage._stale


async def test_gone_under_the_hand_and_back(server: Server, told: list[str]) -> None:
    app = demo_app(server.url)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: pulled(app))
        first, second, third = waiting(app)[:3]
        await press(pilot, "a")
        await until(pilot, lambda: pulled(app))

        server.stop()
        await press(pilot, "a")
        await until(pilot, lambda: app.status.trouble == STANDS_IN)
        assert f"OFFLINE ({STANDS_IN})" in shown(app)
        await until(pilot, lambda: any("You go on with the copy" in one for one in told))
        assert first not in waiting(app)
        assert second not in waiting(app)
        await press(pilot, "x", "enter")
        await until(pilot, lambda: third not in waiting(app))

        server.start()
        await until(pilot, lambda: not app.status.trouble)
        assert any("The database is back. Sent 2 answers" in one for one in told)
        found = [await row(server.url, one) for one in (first, second, third)]
        assert [one.user_approved for one in found] == [True, True, False]
        await press(pilot, "u")
        await settle(pilot)
        assert (await row(server.url, third)).user_approved is None


async def test_an_app_that_starts_without_it_uses_the_copy(server: Server, told: list[str]) -> None:
    app = demo_app(server.url)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: pulled(app))
        first = waiting(app)[0]
    server.stop()
    again = demo_app(server.url)
    async with again.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: again.status.trouble == STANDS_IN)
        assert any("does not answer. You go on with the copy" in one for one in told)
        await press(pilot, "a")
        await settle(pilot)
        assert first not in waiting(again)
    server.start()
    assert (await row(server.url, first)).user_approved is None
    third = demo_app(server.url)
    async with third.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: pulled(third))
        assert first not in waiting(third)
    assert (await row(server.url, first)).user_approved is True
