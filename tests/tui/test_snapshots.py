"""The main screens as pictures, at the two sizes that people have; `pytest --snapshot-update` accepts a change."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.demo import demo_app
from tests.tui.host import press, still

pytestmark = pytest.mark.usefixtures("surroundings")

SCREENS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "decision": ("enter",),
    "reject": ("x",),
    "edit": ("e",),
    "snooze": ("s",),
    "marked": ("space", "space", "A"),
    "roster": ("3",),
    "players": ("5", *"fen"),
    "help": ("question_mark",),
    "palette": ("colon", *"harb"),
    "tasks": ("8",),
    "record": ("9",),
    "history": ("0",),
    "settings": ("comma",),
    "rules": ("comma", "p"),
    "tour": ("f2",),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, size: tuple[int, int], demo_sqlite: str, snap_compare: Any) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await still(pilot)
        await press(pilot, *SCREENS[screen])
        await still(pilot)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=size, run_before=go)
