"""A screen or dialog is left once, however fast the keys come, and the first of a stack stays."""

import pytest

from fantasy_tui.tui.screens.decision import DecisionScreen
from fantasy_tui.tui.screens.history import HistoryScreen
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.screens.reason import ReasonDialog
from tests.tui.host import press, settle
from tests.tui.test_app import running, status, waiting

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.mark.parametrize("key", ["escape", "h", "backspace"])
async def test_the_first_screen_of_a_stack_stays(demo_sqlite: str, key: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "0")
        await press(pilot, key)
        assert isinstance(app.screen, HistoryScreen)


async def test_a_screen_can_be_left_in_the_moment_it_comes(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        app.go.decision((await waiting(app))[0].id)
        app.screen.dismiss()
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)


async def test_a_screen_is_left_once(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, DecisionScreen)
        screen.action_back()
        screen.action_back()
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)


async def test_a_dialog_is_answered_once(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "x")
        dialog = app.screen
        assert isinstance(dialog, ReasonDialog)
        dialog.dismiss("late")
        dialog.dismiss("late")
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert await status(app, first.id) == "rejected"


async def test_a_decision_is_answered_on_its_screen_once(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first, second = (await waiting(app))[:2]
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, DecisionScreen)
        screen.action_answer("approve")
        screen.action_answer("approve")
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert [await status(app, one.id) for one in (first, second)] == ["approved", "pending"]
