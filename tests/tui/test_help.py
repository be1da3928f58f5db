"""`?`: the keys that work where one is."""

import pytest

from fantasy_tui.tui.keys.active import EVERYWHERE, HERE, LIST, actions
from fantasy_tui.tui.places import PLACES
from fantasy_tui.tui.screens.help import HelpDialog
from fantasy_tui.tui.widgets.scrolling import Reading
from tests.tui.host import press, shown
from tests.tui.test_app import running

pytestmark = pytest.mark.usefixtures("surroundings")


async def test_here_in_the_list_and_everywhere(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, "question_mark")
        text = shown(app)
        for title in ("This screen", "The list", "Everywhere", "Go to"):
            assert title in text
        for label in (
            "Approve",
            "Snooze",
            "Page down",
            "Undo",
            "Commands",
            *(place.title for place in PLACES),
        ):
            assert label in text
        assert "ctrl+d pgdn      Page down" in text


async def test_it_tells_of_the_screen_it_was_asked_on(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, "comma", "question_mark")
        assert isinstance(app.screen, HelpDialog)
        text = shown(app)
        assert "Rules" in text
        assert "Approve marked" not in text


async def test_two_columns_where_there_is_room_else_one(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, "question_mark")
        assert any("This screen" in line and "Go to" in line for line in shown(app).split("\n"))
        await pilot.resize_terminal(80, 60)
        await pilot.pause()
        assert not any("This screen" in line and "Go to" in line for line in shown(app).split("\n"))
        assert "Go to" in shown(app)


@pytest.mark.parametrize("down", ["j", "down", "pagedown", "ctrl+d", "G", "end"])
@pytest.mark.parametrize("up", ["g", "home"])
async def test_it_scrolls_by_the_keys_of_every_text(demo_sqlite: str, down: str, up: str) -> None:
    async with running(demo_sqlite, (80, 24)) as (app, pilot):
        await press(pilot, "question_mark")
        text = app.screen.query_one(Reading)
        assert text.scroll_y == 0
        await press(pilot, down)
        assert text.scroll_y > 0
        await press(pilot, up)
        assert text.scroll_y == 0


@pytest.mark.parametrize("key", ["escape", "question_mark", "q", "h", "backspace"])
async def test_it_closes(demo_sqlite: str, key: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        below = app.screen
        await press(pilot, "question_mark", key)
        assert app.screen is below


async def test_while_one_types_it_says_so(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, "slash", "f1")
        assert isinstance(app.screen, HelpDialog)
        assert "You are typing in a field" in shown(app)
        assert "Refresh" in shown(app)


async def test_what_cannot_be_done_here_is_not_listed(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        assert "screen.back" not in {known.id for known in actions(app.screen)}
        await press(pilot, "enter")
        known = {one.id: one for one in actions(app.screen)}
        assert known["screen.back"].place == HERE
        assert known["text.down"].place == LIST
        assert known["app.help"].place == EVERYWHERE
