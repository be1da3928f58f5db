"""The first start, and a Sleeper that comes and goes while the app is open."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from fantasy_tui.browse import Browse
from fantasy_tui.clock import Clock, set_clock
from fantasy_tui.sleeper import client
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.launch import TO_DEMO
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.screens.welcome import WelcomeDialog
from tests.sleeper.fake import GAMES_URL, NOW, FakeSleeper, client_of
from tests.tui.host import press, settle, shown


@pytest.fixture
def sleeper(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSleeper]:
    """A Sleeper in this process, at its own instant."""
    monkeypatch.setattr(Clock, "now", lambda _: NOW)
    fake = FakeSleeper()
    monkeypatch.setattr(client, "SleeperClient", lambda _: client_of(fake))
    yield fake
    set_clock(None)


@asynccontextmanager
async def running(url: str, **settings: Any) -> AsyncIterator[tuple[FantasyApp, Pilot[None]]]:
    app = FantasyApp({"database_url": url, "games_url": GAMES_URL, **settings})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield app, pilot


def down(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route to host")


def on(app: FantasyApp, screen: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, screen)


def prose(app: FantasyApp) -> str:
    """What a dialog says, however it is wrapped."""
    return " ".join(shown(app).replace("│", " ").split())


async def leagues(app: FantasyApp) -> int:
    assert app.workspace is not None
    return len(await app.workspace.browse.leagues())


async def test_a_username_leads_to_the_queue_with_the_agents_run(
    database_url: str, sleeper: FakeSleeper
) -> None:
    async with running(database_url) as (app, pilot):
        assert on(app, WelcomeDialog)
        await press(pilot, *"tester", "enter")
        assert on(app, QueueScreen)
        assert app.workspace is not None
        assert await leagues(app) == 2
        assert {task.status for task in await app.workspace.tasks.rows()} == {"completed"}
        assert "Tester" in shown(app)
        assert "synced 0s ago" in shown(app)


async def test_a_name_that_sleeper_does_not_know_is_answered_kindly(
    sqlite_url: str, sleeper: FakeSleeper
) -> None:
    async with running(sqlite_url) as (app, pilot):
        await press(pilot, *"nobody", "enter")
        assert "does not know user" in shown(app)
        assert "the username stands on your profile" in prose(app)
        assert "enter tries again" in shown(app)
        field = app.screen.query_one(Input)
        assert (field.has_focus, field.value, field.disabled) == (True, "nobody", False)
        field.clear()
        await press(pilot, *"tester", "enter")
        assert on(app, QueueScreen)


async def test_the_name_from_the_settings_is_tried_at_once(sqlite_url: str, sleeper: FakeSleeper) -> None:
    async with running(sqlite_url, username="tester") as (app, _):
        assert on(app, QueueScreen)
        assert await leagues(app) == 2


async def test_a_later_start_shows_what_is_stored_and_syncs_behind_it(
    sqlite_url: str, sleeper: FakeSleeper
) -> None:
    async with running(sqlite_url, username="tester"):
        pass
    asked = sleeper.asked.total()
    async with running(sqlite_url) as (app, _):
        assert on(app, QueueScreen)
        assert await leagues(app) == 2
    assert sleeper.asked.total() > asked


async def test_without_sleeper_the_app_says_so_and_goes_on(
    sqlite_url: str, sleeper: FakeSleeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(sqlite_url, username="tester"):
        pass
    monkeypatch.setattr(client, "SleeperClient", lambda _: client_of(down))
    async with running(sqlite_url) as (app, pilot):
        assert "OFFLINE (Sleeper does not answer)" in shown(app)
        await press(pilot, "2")
        assert "League 9001" in shown(app)
        monkeypatch.setattr(client, "SleeperClient", lambda _: client_of(sleeper))
        await press(pilot, "r")
        assert "OFFLINE" not in shown(app)


async def test_a_first_start_without_sleeper_says_what_is_wrong(
    sqlite_url: str, sleeper: FakeSleeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SleeperClient", lambda _: client_of(down))
    async with running(sqlite_url) as (app, pilot):
        await press(pilot, *"tester", "enter")
        assert on(app, WelcomeDialog)
        assert "Sleeper" in shown(app)
        await press(pilot, "escape", "r")
        assert on(app, WelcomeDialog)


async def test_a_first_start_can_lead_to_the_demo(sqlite_url: str, sleeper: FakeSleeper) -> None:
    async with running(sqlite_url) as (app, pilot):
        assert "f2 shows the demo" in shown(app)
        await pilot.press("f2")
    assert app.return_code == TO_DEMO


async def test_a_member_of_a_stored_league_is_proposed(sqlite_url: str, sleeper: FakeSleeper) -> None:
    async with running(sqlite_url, username="tester"):
        pass
    async with running(sqlite_url, username="testor") as (app, _):
        assert on(app, WelcomeDialog)
        assert "Is it “Tester”?" in prose(app)


async def test_a_user_without_a_league_of_this_season_is_told(
    sqlite_url: str, sleeper: FakeSleeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(self: Browse) -> list[object]:
        return []

    monkeypatch.setattr(Browse, "leagues", none)
    async with running(sqlite_url) as (app, pilot):
        await press(pilot, *"tester", "enter")
        assert on(app, WelcomeDialog)
        assert "shows no football league of this season" in prose(app)
