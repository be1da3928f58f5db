"""From `j` to the last byte, in the queue and among the players: `python -m benchmarks cursor`.

The floor is a bare Textual list of as many rows with a line of text below that tells the row; all get their keys in
turns.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import made_up
from benchmarks.row import Row
from benchmarks.search import last_percent
from benchmarks.start import prepared
from benchmarks.terminal import Terminal, python

ROUNDS = 150
AIM = 33.0
LIST = f"""
import os

os.environ.setdefault("TEXTUAL_FPS", "240")

from textual.app import App
from textual.widgets import DataTable, Static


class List(App):
    BINDINGS = [("j", "down")]
    CSS = "DataTable {{ height: 1fr; }}"

    def compose(self):
        yield DataTable(cursor_type="row")
        yield Static("about nothing")

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*"abcdefg")
        for number in range({made_up.DECISIONS}):
            table.add_row(*(f"cell {{number:03}}" for _ in "abcdefg"))

    def action_down(self):
        self.query_one(DataTable).action_cursor_down()

    def on_data_table_row_highlighted(self, event):
        self.query_one(Static).update(f"about {{event.cursor_row:03}}")


List().run()
"""


def measure() -> Iterator[Row]:
    """A list, the queue and the players at once."""
    floor: list[float] = []
    queue: list[float] = []
    players: list[float] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        settings = prepared(folder)
        (folder / "list.py").write_text(LIST, "utf-8")
        app = python("-m", "fantasy_tui")
        with (
            Terminal(python(str(folder / "list.py")), folder, settings) as bare,
            Terminal(app, folder, settings) as first,
            Terminal(app, folder, settings) as second,
        ):
            bare.wait_for("about 000")
            for terminal in (first, second):
                terminal.wait_for(made_up.FIRST_SUMMARY)
                terminal.drain(1.0)
            second.send("5")
            second.wait_for(f"of {made_up.PLAYERS:,} players")
            for _ in range(ROUNDS):
                for terminal, took in ((bare, floor), (first, queue), (second, players)):
                    terminal.drain()
                    sent = terminal.send("j")
                    took.append(terminal.last_byte() - sent)
    for what, share in (("median", median), ("99th percentile", last_percent)):
        base = share(floor)
        yield Row(f"cursor: bare Textual list, {what}", base * 1e3, "ms")
        for where, times in (("queue", queue), ("players", players)):
            yield Row(f"cursor: {where}, {what}", share(times) * 1e3, "ms", AIM)
            yield Row(
                f"cursor: {where}, against the bare list", share(times) * 1e3, "ms", None, share(times) / base
            )
