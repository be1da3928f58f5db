"""From a key to another screen, its first visit and the later ones: `python -m benchmarks switch`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import made_up
from benchmarks.row import Row
from benchmarks.start import prepared
from benchmarks.terminal import Terminal, python
from fantasy_tui.tui.places import PLACES, Place
from fantasy_tui.tui.screens.base import AppScreen

AIM = 70.0
ROUNDS = 7
BARE = """
import os

os.environ.setdefault("TEXTUAL_FPS", "240")

from textual.app import App
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static


class Page(Screen):
    BINDINGS = [("1", "app.switch_mode('one')", "One"), ("2", "app.switch_mode('two')", "Two")]

    def compose(self):
        yield Static(self.HEADING)
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*"abcdefg")
        for number in range(200):
            table.add_row(*(f"cell {number:03}" for _ in "abcdefg"))


class One(Page):
    HEADING = " page one "


class Two(Page):
    HEADING = " page two "


class Pages(App):
    MODES = {"one": One, "two": Two}
    DEFAULT_MODE = "one"
    CSS = "DataTable { height: 1fr; }"


Pages().run()
"""
"""Two screens with a table each: what switching costs Textual itself."""
DOWN = "\x1b[B"
QUIET = 0.25
"""Seconds without a byte after which a screen has read what it shows."""


def heading(place: Place) -> str:
    """What the status line calls the screen."""
    screen = place.make()
    assert isinstance(screen, AppScreen)
    return screen.HEADING


class Visits:
    """Seconds from the key to the screen's heading, and to the last byte."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self.whole: list[float] = []

    def go(self, app: Terminal, place: Place) -> None:
        """Go there once."""
        app.drain(QUIET)
        sent = app.send("," if place.key == "comma" else place.key)
        self.seen.append(app.wait_for(f" {heading(place)} ") - sent)
        app.drain(QUIET)
        self.whole.append(app.last_painted - sent)
        if place.mode == "players":
            app.drain(1.5)  # there must be players to go to
            app.send(DOWN)  # out of the search field, in which keys are letters


def bare_visits(folder: Path, settings: dict[str, str]) -> list[float]:
    """Seconds from the key to the other screen's heading in the bare app, both having been seen before."""
    file = folder / "pages.py"
    file.write_text(BARE, "utf-8")
    took = []
    with Terminal(python(str(file)), folder, settings) as bare:
        bare.wait_for(" page one ")
        for number in range(2 * ROUNDS + 1):
            bare.drain(QUIET)
            key, text = (("2", " page two "), ("1", " page one "))[number % 2]
            sent = bare.send(key)
            took.append(bare.wait_for(text) - sent)
    return took[1:]


def measure() -> Iterator[Row]:
    """Every screen that has a key, in the order of their keys, again and again."""
    first = {place.mode: Visits() for place in PLACES[1:]}
    later = {place.mode: Visits() for place in PLACES}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        settings = prepared(folder)
        base = median(bare_visits(folder, settings))
        with Terminal(python("-m", "fantasy_tui"), folder, settings) as app:
            app.wait_for(made_up.FIRST_SUMMARY)
            app.drain(1.0)
            for place in PLACES[1:]:
                first[place.mode].go(app, place)
            for _ in range(ROUNDS):
                for place in PLACES:
                    later[place.mode].go(app, place)
    yield Row("switch: two bare Textual screens, to the heading, median", base * 1e3, "ms")
    for place in PLACES:
        visits = later[place.mode]
        yield Row(f"switch: to {place.title}, to its heading, median", median(visits.seen) * 1e3, "ms", AIM)
    for what, some in (("first", first), ("later", later)):
        seen = sorted(median(one.seen) for one in some.values())
        middle, slowest = median(seen), seen[-1]
        whole = max(median(one.whole) for one in some.values())
        yield Row(f"switch: {what} visits, median screen", middle * 1e3, "ms", None, middle / base)
        yield Row(f"switch: {what} visits, slowest screen", slowest * 1e3, "ms", None, slowest / base)
        yield Row(f"switch: {what} visits, to the last byte, slowest screen", whole * 1e3, "ms")
