"""The demo's rows, made once a worker."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo import launch
from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.teams import NOW
from tests.postgres import locked


@pytest.fixture(scope="session")
def rows() -> Rows:
    return generate()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's file, made once in a test run; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("demo")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return launch.demo_file(folder=folder)
    common = folder.parents[1] / "demo-made"
    common.mkdir(exist_ok=True)
    with locked(common / "made.lock"):
        file = launch.demo_file(folder=common)
    return Path(shutil.copy(file, folder / file.name))


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """An empty store, and the clock at the demo's instant."""
    set_clock(NOW)
    store = Store(sqlite_url)
    yield store
    await store.close()
    set_clock(None)
