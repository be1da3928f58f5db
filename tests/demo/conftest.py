"""The demo's rows, made once a worker."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.teams import NOW
from tests.tui.demo import demo_file


@pytest.fixture(scope="session")
def rows() -> Rows:
    return generate()


@pytest.fixture(scope="session")
def made(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's file, made once in a test run; tests that change it take a copy."""
    file = demo_file(run_folder)
    folder = tmp_path_factory.mktemp("demo") / "made"
    return Path(shutil.copytree(file.parent, folder)) / file.name


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """An empty store, and the clock at the demo's instant."""
    set_clock(NOW)
    store = Store(sqlite_url)
    yield store
    await store.close()
    set_clock(None)
