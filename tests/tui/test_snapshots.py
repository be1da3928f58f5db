"""The main screens as pictures, at the two sizes that people have; `pytest --snapshot-update` accepts a change."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.demo import demo_app
from tests.tui.host import press, settle

pytestmark = pytest.mark.usefixtures("surroundings")

SCREENS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "decision": ("enter",),
    "reject": ("x",),
    "leagues": ("2",),
    "roster": ("3",),
    "players": ("5", *"fen"),
    "help": ("question_mark",),
    "palette": ("colon", *"harb"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, size: tuple[int, int], demo_sqlite: str, snap_compare: Any) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, *SCREENS[screen])
        for field in pilot.app.screen.query("Input"):
            field.cursor_blink = False  # type: ignore[attr-defined]
        await settle(pilot)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=size, run_before=go)


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
def test_queue_in_another_theme(theme: str, demo_sqlite: str, snap_compare: Any) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.theme = theme
        await settle(pilot)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=(80, 24), run_before=go)
