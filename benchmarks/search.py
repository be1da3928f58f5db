"""From a key to the players found, over 11,400 made-up players: `python -m benchmarks search`."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks import made_up
from benchmarks.row import Row
from benchmarks.start import prepared
from benchmarks.terminal import Terminal, python
from fantasy_tui.football.search import UNRANKED, PlayerIndex, PlayerRow
from fantasy_tui.football.slots import fantasy_positions

AIM = 16.0
LATEST = 33.0
FLOOR = 1.3
TYPED = 250
TYPED_ON_SCREEN = 25
ECHO = """
import os

os.environ.setdefault("TEXTUAL_FPS", "240")

from textual.app import App
from textual.widgets import Input, Static


class Echo(App):
    BINDINGS = [("escape", "wipe")]

    def compose(self):
        yield Input(compact=True, select_on_focus=False)
        yield Static("nothing typed")

    def on_input_changed(self, event):
        self.query_one(Static).update(f"typed {len(event.value):03}", layout=False)

    def action_wipe(self):
        self.query_one(Input).clear()


Echo().run()
"""
FILTERS = ("pos:RB ", "pos:WR,TE ", "team:PHI ", "injured ", "free ")


def index() -> PlayerIndex:
    """The index that the screen of players builds, over the same players."""
    found = PlayerIndex(
        PlayerRow(
            player_id=row["player_id"],
            name=row["full_name"],
            position=row["position"],
            team=row["team"],
            injury_status=row["injury_status"],
            search_rank=row["search_rank"] or UNRANKED,
            positions=fantasy_positions(row["position"], row["fantasy_positions"]),
        )
        for row in made_up.player_rows(made_up.players_file())
    )
    found.warm()
    return found


def _misspelt(name: str, rng: random.Random) -> str:
    """The name with two neighbouring letters swapped or one left out."""
    at = rng.randrange(1, len(name) - 1)
    return name[:at] + (name[at + 1] + name[at] if rng.random() < 0.5 else "") + name[at + 2 :]


def queries(players: Sequence[PlayerRow], count: int, rng: random.Random) -> list[str]:
    """What people type: names of known players in full or in part, every third with a typo, some with filters."""
    typed = []
    for number in range(count):
        name = rng.choice(players[:3000]).name.lower()
        text = name if rng.random() < 0.5 else name.split()[1]
        if number % 3 == 0:
            text = _misspelt(text, rng)
        typed.append((rng.choice(FILTERS) if number % 5 == 0 else "") + text)
    return typed


def last_percent(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return quantiles(times, n=100)[98]


def in_memory(players: PlayerIndex, typed: Sequence[str]) -> list[float]:
    """Seconds of the search after each key."""
    times = []
    for text in typed:
        for length in range(1, len(text) + 1):
            start = perf_counter()
            players.search(text[:length])
            times.append(perf_counter() - start)
    return times


def on_screen(players: PlayerIndex, typed: Sequence[str], folder: Path) -> tuple[list[float], list[float]]:
    """Seconds from each key to its last byte: in a bare app that counts letters, and in ours.

    Both run at once and get the same keys in turns.
    """
    settings = prepared(folder)
    echo = folder / "echo.py"
    echo.write_text(ECHO, "utf-8")
    floor: list[float] = []
    times: list[float] = []
    total = f"of {len(players):,} players"
    everyone = f"{len(players):,} {total}"
    with (
        Terminal(python(str(echo)), folder, settings) as bare,
        Terminal(python("-m", "fantasy_tui"), folder, settings) as app,
    ):
        bare.wait_for("nothing typed")
        app.wait_for(made_up.FIRST_SUMMARY)
        app.drain(1.0)
        app.send("/")
        app.wait_for(everyone)
        app.drain(1.0)
        for text in typed:
            for letter in text:
                for terminal, took in ((bare, floor), (app, times)):
                    terminal.drain()
                    sent = terminal.send(letter)
                    took.append(terminal.last_byte() - sent)
            for terminal in (bare, app):
                terminal.drain()
                terminal.send("\x1b")
                terminal.drain(0.15)
    return floor, times


def compare(what: str, floor: Sequence[float], times: Sequence[float]) -> Iterator[Row]:
    """Half and nearly all keys, in the bare app and in ours."""
    bare, ours = median(floor), median(times)
    yield Row(f"{what}: bare Textual app, median", bare * 1e3, "ms")
    yield Row(f"{what}: bare Textual app, 99th percentile", last_percent(floor) * 1e3, "ms")
    yield Row(f"{what}: app against it, median", ours * 1e3, "ms", FLOOR, ours / bare)
    yield Row(f"{what}: app, median of {len(times):,}", ours * 1e3, "ms", AIM)
    yield Row(f"{what}: app, 99th percentile", last_percent(times) * 1e3, "ms", LATEST)


def measure() -> Iterator[Row]:
    """The index alone, then the whole way through the app."""
    players = index()
    rng = random.Random(made_up.SEED)
    times = in_memory(players, queries(players.rows, TYPED, rng))
    yield Row(
        f"search: index of {len(players):,}, a key, median of {len(times):,}", median(times) * 1e3, "ms"
    )
    yield Row("search: index, a key, 99th percentile", last_percent(times) * 1e3, "ms", AIM)
    # `free` needs owners, which the index above does not know.
    typed = [text for text in queries(players.rows, TYPED_ON_SCREEN, rng) if "free" not in text]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        floor, times = on_screen(players, typed, Path(name))
    yield from compare("search, key to last byte", floor, times)
