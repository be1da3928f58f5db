"""The command line run in this process, on a store with two leagues and three decisions."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fantasy_tui.__main__ import main
from fantasy_tui.clock import set_clock
from fantasy_tui.database.store import Store
from tests.decisions import add_decision
from tests.leagues import NOW, build
from tests.tui.demo import demo_file


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of the test's own, in which nothing is set but the clock and offline mode."""
    import os

    for name in [name for name in os.environ if name.startswith("FANTASY_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FANTASY_NOW", NOW.isoformat())
    monkeypatch.setenv("FANTASY_OFFLINE", "1")
    yield tmp_path
    set_clock(None)


@pytest.fixture
def empty(home: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated store in which nothing is yet; its URL."""
    monkeypatch.setenv("FANTASY_DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.fixture
def cli(empty: str, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line."""

    def run(*argv: str) -> Ran:
        capsys.readouterr()
        code = main(argv)
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return run


@pytest.fixture
def decisions(empty: str) -> list[str]:
    """Ids of decisions in two leagues, the nearest deadline first."""

    async def fill() -> list[str]:
        store = Store(empty)
        user_id = await store.write(build)
        ids = [
            await add_decision(
                store,
                user_id,
                expires_at=NOW + timedelta(hours=hours),
                league_id=league_id,
                subject=subject,
            )
            for league_id, subject, hours in (("A", "lineup", 2), ("B", "lineup", 3), ("A", "3", 4))
        ]
        await store.close()
        return ids

    return asyncio.run(fill())


@pytest.fixture(scope="session")
def demo(run_folder: Path) -> Path:
    """The demo in a SQLite file that nobody changes: its decisions get in each other's way."""
    return demo_file(run_folder)
