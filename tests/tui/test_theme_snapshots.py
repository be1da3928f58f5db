"""The main screens as pictures in the light theme and without colour; `pytest --snapshot-update` accepts a change."""

from typing import Any

import pytest
from textual.pilot import Pilot

from fantasy_tui.tui.themes import FEW, LIGHT
from tests.tui.demo import demo_app
from tests.tui.host import each, settle, still

pytestmark = pytest.mark.usefixtures("surroundings")

SCREENS: dict[str, tuple[str, ...]] = {
    "queue": ("space", "j"),
    "decision": ("enter",),
    "league": ("2", "enter"),
    "matchup": ("4", "v"),
    "players": ("5", "down", "c"),
    "roster": ("3", "d"),
    "trades": ("6", "space", "tab", "space"),
    "waivers": ("7",),
}


# A league's odds come late, and without colour the screen looks finished before them.
SEEN = [(theme, screen) for theme in (LIGHT.name, "no-colour") for screen in SCREENS if screen != "league"]


@pytest.mark.parametrize(("theme", "screen"), SEEN, ids=lambda value: value)
def test_screen(
    theme: str, screen: str, demo_sqlite: str, snap_compare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if theme == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setenv("FANTASY_THEME", theme)

    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        assert pilot.app.theme == (FEW.name if theme == "no-colour" else theme)
        await each(pilot, *SCREENS[screen])
        await settle(pilot)
        await still(pilot)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=(120, 40), run_before=go)
