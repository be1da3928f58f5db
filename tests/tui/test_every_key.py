"""On every screen: each key acts, is in help and palette, and none fires while one types."""

from collections.abc import Sequence
from unittest.mock import patch

import pytest
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.keys.active import LIST, Action, actions
from fantasy_tui.tui.keys.force import KEYS, keys_of
from fantasy_tui.tui.keys.names import types
from fantasy_tui.tui.palette import Everything
from fantasy_tui.tui.places import PLACES
from fantasy_tui.tui.screens.help import HelpDialog
from fantasy_tui.tui.widgets.line_list import LineList
from fantasy_tui.tui.widgets.row_table import RowTable
from tests.tui.host import press, settle, shown
from tests.tui.test_app import running

pytestmark = pytest.mark.usefixtures("surroundings")

WAYS: dict[str, tuple[str, ...]] = {place.mode: (place.key,) for place in PLACES} | {
    "decision": ("enter",),
    "league": ("2", "enter"),
    "player": ("slash", "f", "enter", "enter"),
    "compare": ("5", "down", "c", "j", "c"),
    "rules": ("comma", "p"),
}


async def listed(app: FantasyApp) -> Sequence[Action]:
    """What the screen offers, asked from its list where there is one."""
    for table in app.screen.query(LineList):
        if table.focusable and isinstance(app.screen.focused, Input):
            table.focus()
            return actions(app.screen)
    return actions(app.screen)


@pytest.mark.parametrize("way", WAYS)
async def test_every_key_of_a_screen_acts_and_is_in_help_and_palette(demo_sqlite: str, way: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, *WAYS[way])
        known = await listed(app)
        await pilot.pause()
        screen = app.screen
        provider = Everything(screen)
        await provider.startup()
        found = {str(hit.text) for hit in [hit async for hit in provider.discover()]}
        await provider.shutdown()
        for one in known:
            assert one.keys, one.id
            assert one.place == LIST or one.action == "command_palette" or one.label in found
            for key in keys_of(one.id):
                by = screen.active_bindings[key].binding.id or ""
                assert by in (one.id, KEYS[one.id].covers) or KEYS[by].covers == one.id, key
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpDialog)
        text = shown(app)
        missing = [one.id for one in known if f"{' '.join(one.keys)} " not in text or one.label not in text]
        assert missing == []


@pytest.mark.parametrize("way", ["players", "history"])
async def test_no_key_that_types_a_character_fires_while_one_types(demo_sqlite: str, way: str) -> None:
    """Pressed are all the characters that mean something anywhere."""
    typed = sorted({key for id in KEYS for key in keys_of(id) if types(key)})
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, *WAYS[way], "slash")
        field, screen = app.screen.query_one(Input), app.screen
        field.value = ""
        assert field.has_focus
        ran: list[str] = []
        act = FantasyApp.run_action

        async def noted(self: FantasyApp, action: object, *given: object, **named: object) -> bool:
            ran.append(str(action))
            return await act(self, action, *given, **named)  # type: ignore[arg-type]

        with patch.object(FantasyApp, "run_action", noted):
            await pilot.press(*typed)
            await settle(pilot)
        assert ran == []
        assert (app.screen, app.focused) == (screen, field)
        assert len(field.value) == len(typed)


def place_of(widget: Widget) -> float:
    """Where the cursor of a list stands."""
    return float(getattr(widget, "cursor", -1))


MOVES = (
    ("j", 1),
    ("k", -1),
    ("down", 1),
    ("up", -1),
    ("G", 9999),
    ("g", -9999),
    ("end", 9999),
    ("home", -9999),
)
PAGES = (("ctrl+d", 1), ("ctrl+u", -1), ("pagedown", 1), ("pageup", -1))


@pytest.mark.parametrize("way", ["queue", "leagues", "roster", "players", "tasks", "record", "settings"])
async def test_letters_and_arrows_move_in_every_list(demo_sqlite: str, way: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, *WAYS[way])
        if isinstance(app.focused, Input):
            await press(pilot, "down")
        table = app.focused
        assert isinstance(table, LineList)
        last = table.count - 1
        assert last > 1
        await press(pilot, "g")
        for key, step in MOVES:
            before = place_of(table)
            await press(pilot, key)
            assert place_of(table) == max(0, min(before + step, last)), key
        for key, way_to in PAGES:
            before = place_of(table)
            await press(pilot, key)
            assert (place_of(table) - before) * way_to > 0, key
        assert app.screen.focused is table


async def test_a_click_moves_the_cursor_and_a_double_click_opens(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        table, screen = app.screen.query_one(RowTable), app.screen
        for row in (3, 3, 0):
            await pilot.click(RowTable, offset=(3, row + 1))
            await settle(pilot)
            assert (table.cursor_row, app.screen) == (row, screen)
            await pilot.pause(0.6)
        await pilot.double_click(RowTable, offset=(20, 3))
        await settle(pilot)
        assert table.cursor_row == 2
        assert type(app.screen).__name__ == "DecisionScreen"


async def test_a_key_in_the_footer_can_be_clicked(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        column = shown(app).split("\n")[-1].index("? Help")
        await pilot.click(offset=(column, 23))
        await settle(pilot)
        assert isinstance(app.screen, HelpDialog)


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_two_keys_open_the_palette(demo_sqlite: str, key: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, key)
        assert isinstance(app.screen, CommandPalette)
        await press(pilot, "escape")
        assert isinstance(app.screen, Screen)
        assert not isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize("way", WAYS)
async def test_the_footer_has_room_at_80_columns(demo_sqlite: str, way: str) -> None:
    async with running(demo_sqlite, (80, 24)) as (app, pilot):
        await press(pilot, *WAYS[way])
        await listed(app)
        await settle(pilot)
        last = shown(app).split("\n")[-1]
        for active in app.screen.active_bindings.values():
            if active.binding.show:
                assert active.binding.description in last
        assert "Help" in last
