"""Leagues and matchups can be read in every theme, and without colour."""

import pytest

from fantasy_tui.tui.themes import CONTRAST, DARK, LIGHT
from tests.tui.contrast import texts
from tests.tui.host import press
from tests.tui.test_app import running

pytestmark = pytest.mark.usefixtures("surroundings")
STEPS = (("2",), ("j",), ("enter",), ("v",), ("v",), ("j",), ("4",), ("right",), ("v",), ("v",))


@pytest.mark.parametrize(
    ("theme", "least"),
    [
        (CONTRAST.name, 7.0),
        (DARK.name, 4.5),
        (LIGHT.name, 4.5),
        ("textual-dark", 3.0),
        ("textual-light", 2.5),
    ],
)
async def test_every_text_can_be_read(theme: str, least: float, demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        app.theme = theme
        poor, seen = set(), 0
        for keys in STEPS:
            await press(pilot, *keys)
            found = list(texts(app))
            seen += len(found)
            poor |= {
                (type(app.screen).__name__, text, round(ratio, 1)) for text, ratio in found if ratio < least
            }
        assert seen > 1000
        assert poor == set()
