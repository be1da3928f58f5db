"""The themes: readable on every screen, chosen in the palette, there again at the next start."""

import re
from pathlib import Path
from typing import Any

import pytest
from rich.color_triplet import ColorTriplet
from textual._color_constants import COLOR_NAME_TO_RGB

import fantasy_tui.tui
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.palette import Palette
from fantasy_tui.tui.remembered import memory_file, remember, remembered
from fantasy_tui.tui.themes import CONTRAST, DARK, FEW, LIGHT, OURS
from tests.tui.contrast import contrast, texts
from tests.tui.demo import demo_app
from tests.tui.host import press, settle
from tests.tui.test_app import running

pytestmark = pytest.mark.usefixtures("surroundings")
STEPS = (
    *((), ("space",), ("x",), ("escape", "s"), ("escape", "e"), ("escape", "enter"), ("escape", "?")),
    *(("escape", "2"), ("3",), ("t",), ("d",), ("b",), ("5", *"fen"), ("enter",), ("f", "c"), ("enter",)),
    *(("c",), ("escape", "8"), ("9",)),
    *(("0",), ("comma",), ("p",), ("escape", "4"), ("6",), ("7",), ("enter",), ("escape", "1"), ("f2",)),
)
"""Keys that lead over the screens and dialogs."""


def test_contrast_is_measured_as_the_standard_does() -> None:
    white, black = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0)
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(white, ColorTriplet(0x77, 0x77, 0x77)) == pytest.approx(4.478, abs=0.001)
    assert contrast(white, white) == 1


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
    """Textual's own themes have footer keys and placeholders below what is asked of ours."""
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


@pytest.mark.parametrize("kind", ["*.tcss", "*.py"])
def test_no_colour_stands_outside_the_themes(kind: str) -> None:
    folder = Path(fantasy_tui.tui.__file__).parent
    named = "|".join(sorted(COLOR_NAME_TO_RGB, key=len, reverse=True))
    literal = re.compile(
        rf"#[0-9a-f]{{6}}\b|(?:color|background|tint|border[a-z-]*)\s*:[^;$\n]*\b(?:{named})\b"
    )
    files = [file for file in folder.rglob(kind) if file.name != "themes.py"]
    assert files
    # Neither is a colour: one is whatever the terminal has, the other what lies below.
    neutral = re.compile("ansi_default|transparent")
    found = {file.name: literal.findall(neutral.sub("", file.read_text())) for file in files}
    assert {name: colours for name, colours in found.items() if colours} == {}


def notices(app: FantasyApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def _found(pilot: Any) -> None:
    """Until the palette lists what fits what was typed."""
    for _ in range(200):
        await pilot.pause(0.02)
        palette = pilot.app.screen
        if isinstance(palette, Palette) and palette._soon is None:
            search = palette._search
            if search is not None and search.is_finished:
                return
    raise AssertionError("the palette is not open, or does not come to an end")


async def _open_chooser(pilot: Any) -> None:
    await press(pilot, "colon", *"theme")
    await _found(pilot)
    await press(pilot, "enter")
    await _found(pilot)


async def _choose(pilot: Any, name: str) -> None:
    await _open_chooser(pilot)
    await press(pilot, *name)
    await _found(pilot)
    await press(pilot, "enter")


async def _rest_on(pilot: Any, name: str) -> None:
    """Until the app shows the theme under the cursor."""
    for _ in range(100):
        await pilot.pause(0.05)
        if pilot.app.theme == name:
            return
    raise AssertionError(f"{pilot.app.theme} is shown, not {name}")


async def test_the_screen_behind_shows_the_theme_under_the_cursor(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await _open_chooser(pilot)
        assert app.theme == DARK.name
        await press(pilot, "down")
        await _rest_on(pilot, LIGHT.name)
        queue = app.screen_stack[-2]
        assert queue.background_colors[1].hex == LIGHT.background.upper()  # type: ignore[union-attr]
        await press(pilot, "down")
        await _rest_on(pilot, CONTRAST.name)
        await press(pilot, "escape")
        assert app.theme == DARK.name
        assert queue.background_colors[1].hex == DARK.background.upper()  # type: ignore[union-attr]
    assert remembered().theme is None, "looking chooses nothing"


async def test_a_theme_is_looked_at_while_one_types_and_chosen_by_enter(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await _open_chooser(pilot)
        await press(pilot, *"gruvb")
        await _rest_on(pilot, "gruvbox")
        assert remembered().theme is None
        await press(pilot, "enter")
        assert app.theme == "gruvbox"
        assert remembered().theme == "gruvbox"
        await _open_chooser(pilot)
        assert app.theme == "gruvbox", "the one in use stands first"
        await press(pilot, "down")
        await _rest_on(pilot, DARK.name)
        await press(pilot, *"zzzz", "escape")
        assert app.theme == "gruvbox"


async def test_ours_is_the_first(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, _):
        assert app.theme == DARK.name
        assert {theme.name for theme in OURS} < app.available_themes.keys()


async def test_a_theme_that_is_chosen_is_there_at_the_next_start(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await _choose(pilot, LIGHT.name)
        assert app.theme == LIGHT.name
    assert demo_app(demo_sqlite).theme == LIGHT.name, "before the first frame"
    async with running(demo_sqlite) as (app, _):
        assert app.theme == LIGHT.name
        assert notices(app) == []


async def test_settings_go_before_what_was_chosen_and_say_so(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(theme=LIGHT.name)
    monkeypatch.setenv("FANTASY_THEME", "nord")
    async with running(demo_sqlite) as (app, pilot):
        assert app.theme == "nord"
        await _choose(pilot, CONTRAST.name)
        assert app.theme == CONTRAST.name
        assert notices(app) == ["The next start shows “nord” again, for your settings name it."]
    async with running(demo_sqlite) as (app, _):
        assert app.theme == "nord"


async def test_a_theme_that_there_is_not_is_told(demo_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_THEME", "nrod")
    async with running(demo_sqlite) as (app, _):
        assert app.theme == DARK.name
        (told,) = notices(app)
        assert told.startswith("There is no theme “nrod”")


async def test_few_colours_show_the_theme_made_for_them_until_another_is_chosen(demo_sqlite: str) -> None:
    remember(theme="nord")
    app = demo_app(demo_sqlite)
    assert app.theme == "nord"
    app.themes.expect_few_colours()
    assert app.theme == FEW.name
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.theme == FEW.name
        await _choose(pilot, "gruvbox")
        assert app.theme == "gruvbox"


async def test_without_colour_a_choice_is_kept_for_later(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(demo_sqlite) as (app, pilot):
        assert app.theme == FEW.name
        await _choose(pilot, "nord")
        assert app.theme == FEW.name
        assert "NO_COLOR is set" in notices(app)[0]
    assert remembered().theme == "nord"


@pytest.mark.parametrize("content", [b"", b"{", b'{"theme": 3}', b"\xff"])
def test_what_cannot_be_read_is_as_at_the_first_start(content: bytes) -> None:
    memory_file().parent.mkdir(parents=True)
    memory_file().write_bytes(content)
    assert remembered().theme is None
    remember(toured=True)
    assert remembered().toured
    assert memory_file().stat().st_mode & 0o777 == 0o600


def test_a_theme_of_another_version_is_passed_over() -> None:
    remember(theme="gone", toured=True)
    app = FantasyApp({})
    assert app.theme == DARK.name
    assert remembered().toured


def test_a_folder_that_cannot_be_written_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    remember(theme="nord")
    assert remembered().theme is None
