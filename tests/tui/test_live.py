"""Points while games are on: asked for as often as Sleeper has new ones, and the status line says so."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot

from fantasy_tui.clock import Clock, set_clock
from fantasy_tui.sleeper import client
from fantasy_tui.tui import background
from fantasy_tui.tui.app import FantasyApp
from tests.sleeper.fake import GAMES_URL, NOW, REDRAFT, FakeSleeper, body, client_of
from tests.tui.host import settle, shown

KICKOFF = datetime(2024, 9, 22, 17, 0, tzinfo=NOW.tzinfo)
POINTS = f"/v1/league/{REDRAFT}/matchups/3"


class Times:
    """The app's clock, and the timers it has set for its next look."""

    def __init__(self) -> None:
        self.now = KICKOFF - timedelta(hours=3)


@pytest.fixture
def times(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Times]:
    made = Times()
    monkeypatch.setattr(Clock, "now", lambda _: made.now)
    monkeypatch.setattr(background, "_SOONEST", 3600.0)
    monkeypatch.setattr(background, "_LOOK_AGAIN", 3600.0)
    yield made
    set_clock(None)


async def look(app: FantasyApp, pilot: Pilot[None]) -> None:
    """What the timer does."""
    app.follow_games()
    await settle(pilot)


async def test_points_are_fetched_while_a_game_is_on(
    database_url: str, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = FakeSleeper()
    monkeypatch.setattr(client, "SleeperClient", lambda _: client_of(sleeper))
    app = FantasyApp({"database_url": database_url, "games_url": GAMES_URL, "username": "tester"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        asked = sleeper.asked[POINTS]
        await look(app, pilot)
        assert (sleeper.asked[POINTS], "LIVE" in shown(app)) == (asked, False)
        times.now = KICKOFF + timedelta(minutes=1)
        await look(app, pilot)
        assert "LIVE" in shown(app)
        sleeper.answers[POINTS][0]["points"] = 55.5
        await look(app, pilot)
        assert sleeper.asked[POINTS] == asked + 1
        assert app.workspace is not None
        view = await app.workspace.browse.view(REDRAFT)
        assert view.week == 3
        sleeper.broken[POINTS] = body(b"", 503)
        await look(app, pilot)
        assert "OFFLINE" in shown(app)
        assert "LIVE" not in shown(app)
        del sleeper.broken[POINTS]
        await look(app, pilot)
        assert "OFFLINE" not in shown(app)
        times.now = KICKOFF + timedelta(hours=12)
        await look(app, pilot)
        assert "LIVE" not in shown(app)


async def test_offline_nothing_is_followed(database_url: str, times: Times) -> None:
    app = FantasyApp({"database_url": database_url, "offline": True})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        times.now = KICKOFF + timedelta(minutes=1)
        await look(app, pilot)
        assert "LIVE" not in shown(app)
