"""From the start of the process to a painted queue, against a bare Textual app: `python -m benchmarks start`."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import made_up
from benchmarks.row import Row
from benchmarks.terminal import Terminal, environment, python
from fantasy_tui.database.store import Store

ROUNDS = 11
AIM = 1.3

HELLO_TEXT = "hello from Textual"
HELLO = f"""
from textual.app import App
from textual.widgets import Static


class Hello(App):
    def compose(self):
        yield Static("{HELLO_TEXT}")


Hello().run()
"""


def prepared(folder: Path) -> dict[str, str]:
    """A filled store in `folder`, and the environment in which the app opens it."""
    url = f"sqlite+aiosqlite:///{folder / 'fantasy.db'}"

    async def fill() -> None:
        store = Store(url)
        await store.prepare()
        await made_up.fill(store)
        await store.close()

    asyncio.run(fill())
    return environment(
        folder,
        FANTASY_DATABASE_URL=url,
        FANTASY_OFFLINE="1",
        FANTASY_USERNAME=made_up.USERNAME,
        FANTASY_NOW=made_up.NOW.isoformat(),
    )


def seconds_to(text: str, arguments: list[str], folder: Path, settings: dict[str, str]) -> float:
    """Start a program, wait until it has painted the text, end it."""
    with Terminal(arguments, folder, settings) as terminal:
        took = terminal.wait_for(text) - terminal.started
        # Let it finish what it does after its first frame, as it would in use.
        terminal.drain(0.3)
        return took


def measure() -> Iterator[Row]:
    """Median times, the programs taking turns."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        settings = prepared(folder)
        hello = folder / "hello.py"
        hello.write_text(HELLO, "utf-8")
        app = python("-m", "fantasy_tui")
        floor, warm, cold = [], [], []
        seconds_to(made_up.FIRST_SUMMARY, app, folder, settings)
        for _ in range(ROUNDS):
            floor.append(seconds_to(HELLO_TEXT, python(str(hello)), folder, settings))
            warm.append(seconds_to(made_up.FIRST_SUMMARY, app, folder, settings))
        for _ in range(3):
            shutil.rmtree(folder / "state", ignore_errors=True)
            cold.append(seconds_to(made_up.FIRST_SUMMARY, app, folder, settings))
    base = median(floor)
    yield Row("start: bare Textual app, to its text", base * 1e3, "ms")
    about = f"{made_up.DECISIONS} decisions, {made_up.PLAYERS:,} players"
    yield Row(f"start: app, {about}", median(warm) * 1e3, "ms", AIM, median(warm) / base)
    yield Row(
        "start: app, first start ever (queue read from the store)",
        median(cold) * 1e3,
        "ms",
        None,
        median(cold) / base,
    )
