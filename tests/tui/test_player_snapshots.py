"""Players, one player, two players and a team's views as pictures; `pytest --snapshot-update` accepts a change."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.demo import demo_app
from tests.tui.host import press, settle, still

pytestmark = pytest.mark.usefixtures("surroundings")

SCREENS: dict[str, tuple[str, ...]] = {
    "players": ("5", "down"),
    "filtered": ("5", "down", "f", "f", "greater_than_sign", "j", "c"),
    "nobody": ("5", *"zzzzqq"),
    "player": ("5", "down", "enter"),
    "compare": ("5", "down", "c", "j", "j", "c"),
    "depth": ("3", "d"),
    "byes": ("3", "b"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, size: tuple[int, int], demo_sqlite: str, snap_compare: Any) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in SCREENS[screen]:
            await press(pilot, key)
        await still(pilot)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=size, run_before=go)
