"""The audit on its screen."""

import pytest

from fantasy_tui.crud.history import Wanted
from fantasy_tui.models import Door
from fantasy_tui.review.history import Audit
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens import history
from fantasy_tui.tui.screens.decision import DecisionScreen
from fantasy_tui.tui.screens.history import COLUMNS, HistoryScreen
from fantasy_tui.tui.widgets.row_table import RowTable, share_out
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE
from tests.rules import start, waits
from tests.tui.demo import demo_app
from tests.tui.host import lines, press, settle, showing, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


@pytest.fixture
async def eventful(workspace: Workspace) -> Workspace:
    """Three decisions: one rejected and taken back, one with a hostile name."""
    store, user = workspace.store, workspace.user_id
    first = await waits(store, user, start("4", "2", week=10))
    await waits(store, user, start("4", "2", week=10, summary=HOSTILE[1]))
    await waits(store, user, start("4", "2", week=10), league_id="B")
    await workspace.reject(first, Door.CLI, "no [/oops]")
    await workspace.undo(Door.TUI)
    return workspace


@SIZES
async def test_every_event_newest_first(eventful: Workspace, size: tuple[int, int]) -> None:
    async with showing(eventful, HistoryScreen(), size) as (host, _):
        rows = [line.split() for line in lines(host)[2:7]]
        assert [row[3:5] for row in rows[:2]] == [["undo", "app"], ["reject", "cli"]]
        assert [row[3] for row in rows[2:]] == ["propose"] * 3
        assert "5 events" in shown(host)
        assert "start: Start one" in shown(host)
        if size[0] == 120:
            assert "no [/oops]" in shown(host)
        assert host.errors == []


async def test_slash_filters_while_one_types_and_escape_clears(eventful: Workspace) -> None:
    async with showing(eventful, HistoryScreen()) as (host, pilot):
        await press(pilot, "slash", *"undo", "enter")
        assert "1 event" in shown(host)
        assert isinstance(host.focused, RowTable)
        await press(pilot, "slash", *" nothing")
        assert "No event fits “undo nothing”" in shown(host)
        await press(pilot, "escape")
        assert "5 events" in shown(host)
        assert not host.screen.has_class("-filtering")


async def test_f_goes_through_the_kinds(eventful: Workspace) -> None:
    async with showing(eventful, HistoryScreen()) as (host, pilot):
        found = []
        for _ in range(7):
            await press(pilot, "f")
            found.append(5 if "5 events" in shown(host) else 0)
        assert found == [0, 0, 5, 0, 0, 0, 5]


async def test_older_events_come_as_one_goes_down(
    eventful: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    async with showing(eventful, HistoryScreen()) as (host, pilot):
        await press(pilot, "G", "G", "G")
        assert "5 events" in shown(host)
        assert "older" not in shown(host)
        host.store_changed.publish(None)
        await settle(pilot)
        assert "5 events" in shown(host)
        assert host.errors == []


async def test_nothing_yet_and_nobody_known(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, HistoryScreen()) as (host, pilot):
        assert "Nothing has happened yet" in shown(host)
        await press(pilot, "slash", "x", "escape", "f", "j", "enter", "G")
        assert host.errors == []


@pytest.mark.usefixtures("surroundings")
async def test_its_key_goes_there_and_enter_opens_the_decision(demo_url: str) -> None:
    app: FantasyApp = demo_app(demo_url)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "a", "0")
        assert isinstance(app.screen, HistoryScreen)
        assert lines(app)[2].split()[3:5] == ["approve", "app"]
        assert app.workspace is not None
        newest = (await Audit(app.workspace.store, app.workspace.user_id).page(Wanted(), limit=1))[0]
        await press(pilot, "enter")
        assert isinstance(app.screen, DecisionScreen)
        assert app.screen.decision_id == newest.decision_id
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryScreen)
        assert app._exception is None


def test_a_narrow_terminal_keeps_what_matters() -> None:
    for width in (118, 78, 58):
        kept = share_out(COLUMNS, width)
        assert sum(cells + 2 for _, cells in kept) <= width
        assert {"when", "action", "door", "what"} <= {column.key for column, _ in kept}
