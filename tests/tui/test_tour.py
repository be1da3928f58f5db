"""The tour: shown once, in nobody's way, and there again on request."""

import re

import pytest
from textual.screen import Screen

from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.remembered import remembered
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.screens.tour import TourScreen, steps
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, shown
from tests.tui.test_app import running, waiting

pytestmark = pytest.mark.usefixtures("surroundings")


def on(app: FantasyApp, screen: type[Screen[None]]) -> bool:
    return isinstance(app.screen, screen)


def place(app: FantasyApp) -> str | None:
    """The step that is shown, "2 of 5"."""
    found = re.search(r"\b\d of \d\b", shown(app))
    return found and found.group()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_leads_over_the_screen_and_leaves_it_as_it_was(
    demo_sqlite: str, size: tuple[int, int]
) -> None:
    async with running(demo_sqlite, size) as (app, pilot):
        before = shown(app).splitlines()
        await press(pilot, "f2")
        for number, step in enumerate(steps(), start=1):
            assert place(app) == f"{number} of {len(steps())}"
            assert step.title in shown(app)
            told = app.screen.query_one("#step").region
            target = app.screen_stack[0].query_one(step.target)
            assert target.has_class("-toured")
            assert told.height <= 7
            assert app.screen.region.contains_region(told)
            free = target.region.height - target.region.intersection(told).height
            assert free >= min(target.region.height, 3), "what it is about can be seen"
            await press(pilot, "enter")
        assert on(app, QueueScreen)
        assert shown(app).splitlines()[1:] == before[1:]
        assert not app.screen.query(".-toured")


async def test_it_is_shown_by_itself_once(demo_sqlite: str) -> None:
    app = demo_app(demo_sqlite)
    app.go.tour_due = True
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert on(app, TourScreen)
        assert remembered().toured
        await press(pilot, "right", "left", "left")
        assert place(app) == "1 of 5"
        await press(pilot, "escape")
        assert on(app, QueueScreen)
        await press(pilot, "r")
        assert on(app, QueueScreen)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_it_can_be_left_at_once(demo_sqlite: str, key: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "f2", "enter", key)
        assert on(app, QueueScreen)
        assert app.is_running


async def test_it_stands_in_nobodys_way(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        before = await waiting(app)
        await press(pilot, "f2", "a")
        assert on(app, QueueScreen)
        assert len(await waiting(app)) == len(before) - 1


async def test_from_another_screen_it_goes_to_the_queue(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "2", "f2")
        assert app.current_mode == "queue"
        assert on(app, TourScreen)


async def test_a_click_beside_it_ends_it_and_one_on_it_goes_on(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "f2")
        await pilot.click("#step")
        await settle(pilot)
        assert place(app) == "2 of 5"
        await pilot.click(offset=(1, 20))
        await settle(pilot)
        assert on(app, QueueScreen)


async def test_it_keeps_clear_when_the_terminal_changes(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        await press(pilot, "f2", "enter")
        await pilot.resize_terminal(60, 18)
        await settle(pilot)
        assert place(app) == "2 of 5"
        assert app.screen.region.contains_region(app.screen.query_one("#step").region)
