"""The same search while a sync and the six agents run behind it: `python -m benchmarks behind`.

A recorded league of week 10 is served on loopback to a store that stood at week 9, so that much has changed. Where
there is no recording (FANTASY_RECORDINGS names its folder) there is nothing to measure.
"""

import os
import random
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.row import Row
from benchmarks.search import ECHO, compare
from benchmarks.terminal import Terminal, environment, python
from tests.sleeper.test_recordings import Replay, replay

RECORDINGS = Path(
    os.environ.get("FANTASY_RECORDINGS", Path(__file__).resolve().parents[2] / "shared" / "sleeper")
)
SEED = 10
NAMES = (
    "mccaffrey",
    "jefferson",
    "lamb",
    "st brown",
    "harrison",
    "robinson",
    "williams",
    "pos:TE k",
    "injured a",
)
MOST = 400
"""Keys; fewer where the agents are done before."""


def settings_for(folder: Path, served: Replay) -> dict[str, str]:
    """How the app sees the recording."""
    return environment(
        folder,
        FANTASY_DATABASE_URL=f"sqlite+aiosqlite:///{folder / 'fantasy.db'}",
        FANTASY_SLEEPER_URL=served.url,
        FANTASY_GAMES_URL=served.games_url,
        FANTASY_NOW=served.now.isoformat(),
        FANTASY_USERNAME="manager_one",
    )


def sync(folder: Path, settings: dict[str, str]) -> None:
    """Fetch what there is, by the command."""
    subprocess.run(
        python("-m", "fantasy_tui", "sync"), cwd=folder, env=settings, check=True, capture_output=True
    )


def runs(file: Path) -> int:
    """How many runs of agents have ended."""
    connection = sqlite3.connect(file)
    try:
        return int(
            connection.execute("SELECT count(*) FROM agent_tasks WHERE completed_at IS NOT NULL").fetchone()[
                0
            ]
        )
    finally:
        connection.close()


def typed(bare: Terminal, app: Terminal, file: Path) -> tuple[list[float], list[float]]:
    """Seconds from each key to its last byte in both, for as long as it goes on behind the app."""
    rng = random.Random(SEED)
    floor: list[float] = []
    times: list[float] = []
    while len(times) < MOST and runs(file) < 18:  # six agents in each of three leagues
        for letter in rng.choice(NAMES):
            for terminal, took in ((bare, floor), (app, times)):
                terminal.drain(0.02, 0.2)  # progress is painted all the time
                sent = terminal.send(letter)
                took.append(terminal.last_byte(0.03, 5.0) - sent)
        for terminal in (bare, app):
            terminal.send("\x1b")
            terminal.drain()
    return floor, times


def measure() -> Iterator[Row]:
    """Both at once, while the app fetches a week and its agents run."""
    if not (RECORDINGS / "replay.py").is_file():
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with replay(RECORDINGS, "--week", "9") as before:
            sync(folder, settings_for(folder, before))
        (folder / "echo.py").write_text(ECHO, "utf-8")
        with replay(RECORDINGS, "--week", "10") as served:
            settings = settings_for(folder, served)
            with (
                Terminal(python(str(folder / "echo.py")), folder, settings) as bare,
                Terminal(python("-m", "fantasy_tui"), folder, settings) as app,
            ):
                bare.wait_for("nothing typed")
                app.wait_for("sync")
                app.send("/")
                app.wait_for("of 11,400 players")
                floor, times = typed(bare, app, folder / "fantasy.db")
    yield from compare("search behind a sync and six agents", floor, times)
