"""A workspace on the two made leagues, for tests of screens."""

from collections.abc import AsyncIterator

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.config import load_settings
from fantasy_tui.workspace import Workspace
from tests.leagues import NOW, build


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
