"""Leagues and matchups as pictures, at the two sizes that people have; `pytest --snapshot-update` accepts a change."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.demo import demo_app
from tests.tui.host import press, settle, still

pytestmark = pytest.mark.usefixtures("surroundings")

SCREENS: dict[str, tuple[str, ...]] = {
    "leagues": ("2", "j"),
    "league": ("2", "j", "enter"),
    "season": ("2", "j", "enter", "v"),
    "transactions": ("2", "j", "enter", "v", "v", "j"),
    "matchup": ("4", "j", "right"),
    "chances": ("4", "v"),
    "others": ("4", "v", "v"),
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
