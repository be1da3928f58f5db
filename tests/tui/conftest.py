"""A workspace on the two made leagues, for tests of screens."""

import asyncio
import shutil
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.config import load_settings
from fantasy_tui.workspace import Workspace
from tests import databases
from tests.leagues import NOW, build
from tests.once import once
from tests.tui.demo import build_into, demo_file, freeze


@pytest.fixture
async def bare_workspace(
    sqlite_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Workspace]:
    """A store in which nothing is yet."""
    monkeypatch.chdir(tmp_path_factory.mktemp("no-env-file"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("no-config")))
    workspace = await Workspace.open(load_settings(database_url=sqlite_url, now=NOW, offline=True))
    yield workspace
    await workspace.close()
    set_clock(None)


@pytest.fixture
async def workspace(bare_workspace: Workspace) -> Workspace:
    """A store with two leagues, players and agents' runs in it."""
    await bare_workspace.store.write(build)
    await bare_workspace.choose_user("manager")
    return bare_workspace


@pytest.fixture(scope="session")
def demo_template(run_folder: Path) -> Path:
    """The demo in a SQLite file that nobody changes."""
    return demo_file(run_folder)


@pytest.fixture(scope="session")
def demo_database(cluster: Path) -> str:
    """The name of the demo's Postgres database, to which nobody connects."""
    name = "template_demo"

    async def build() -> None:
        await databases.drop(cluster, name)
        await build_into(await databases.clone(cluster, name))

    once(cluster / name, lambda _: asyncio.run(build()))
    return name


@pytest.fixture
def demo_sqlite(demo_template: Path, tmp_path: Path) -> str:
    """The demo in a SQLite file of the test's own."""
    file = tmp_path / "demo.db"
    shutil.copyfile(demo_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def demo_postgres(cluster: Path, demo_database: str) -> AsyncIterator[str]:
    """The demo in a Postgres database of the test's own."""
    name = f"d_{uuid.uuid4().hex[:12]}"
    yield await databases.clone(cluster, name, demo_database)
    await databases.drop(cluster, name)


@pytest.fixture(params=["sqlite", "postgres"])
def demo_url(request: pytest.FixtureRequest) -> str:
    """The demo in a database of the test's own, on either engine."""
    return str(request.getfixturevalue(f"demo_{request.param}"))


@pytest.fixture
def surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings, cache or log but the test's own, and the zone and clock in which the screens are known."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind)))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    freeze(monkeypatch)
    yield
    monkeypatch.undo()
    time.tzset()
    set_clock(None)
