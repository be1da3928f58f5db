"""The demo's file: built once, whole or not at all, kept with what was decided in it."""

import asyncio
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import httpx
import pytest

from fantasy_tui.clock import is_set
from fantasy_tui.config import load_settings
from fantasy_tui.database.errors import StoreError
from fantasy_tui.demo import build, launch
from fantasy_tui.demo.progress import OnProgress
from fantasy_tui.demo.teams import NOW
from fantasy_tui.models import Door
from fantasy_tui.workspace import Workspace

T = TypeVar("T")


def in_workspace(file: Path, act: Callable[[Workspace], Awaitable[T]]) -> T:
    async def run() -> T:
        workspace = await Workspace.open(
            load_settings(
                database_url=f"sqlite+aiosqlite:///{file}", now=NOW, offline=True, username="demo_manager"
            )
        )
        try:
            return await act(workspace)
        finally:
            await workspace.close()

    return asyncio.run(run())


def touch(file: Path) -> None:
    file.touch()


def waiting(file: Path) -> set[str]:
    async def act(workspace: Workspace) -> set[str]:
        return {item.id for item in await workspace.queue()}

    return in_workspace(file, act)


def approve_first(file: Path) -> str:
    async def act(workspace: Workspace) -> str:
        first = (await workspace.queue())[0]
        await workspace.approve(first.id, Door.TUI)
        return first.id

    return in_workspace(file, act)


@pytest.fixture(autouse=True)
def _clock(clock_reset: None) -> None:
    """Opening a workspace sets the clock."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("the demo asked for the network")

    monkeypatch.setattr(httpx.AsyncClient, "send", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)


@pytest.fixture
def built_at_once(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building takes no longer than to copy what was built before."""

    async def copied(target: Path, seed: int, _: OnProgress) -> None:
        assert seed == 7
        shutil.copyfile(made, target)

    monkeypatch.setattr(build, "build_file", copied)


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Path:
    own = tmp_path / made.name
    own.write_bytes(made.read_bytes())
    return own


def test_the_file_holds_decisions_and_the_clock_is_real_again(made: Path) -> None:
    assert not is_set()
    assert {path.name for path in made.parent.iterdir()} <= {made.name, "demo.lock"}
    assert len(waiting(made)) >= 5


def test_a_second_start_keeps_what_was_decided(file: Path) -> None:
    before = waiting(file)
    decided = approve_first(file)
    again = launch.demo_file(folder=file.parent)
    assert again == file
    assert waiting(again) == before - {decided}


def test_a_second_start_builds_and_imports_nothing(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from fantasy_tui.demo.launch import demo_file;"
        f"demo_file(folder=Path({str(file.parent)!r}));"
        "assert not {'sqlalchemy', 'fantasy_tui.demo.generate'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.usefixtures("built_at_once")
def test_fresh_forgets_and_a_log_left_behind_does_no_harm(file: Path) -> None:
    before = waiting(file)
    decided = approve_first(file)
    assert waiting(file) == before - {decided}
    for part in ("-wal", "-shm"):
        file.with_name(file.name + part).write_bytes(b"left by a process that was killed")
    launch.demo_file(folder=file.parent, fresh=True)
    assert waiting(file) == before


def test_another_version_is_built_anew_and_another_seed_stands_beside(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []

    async def note(target: Path, seed: int, _: OnProgress) -> None:
        built.append(seed)
        touch(target)

    monkeypatch.setattr(build, "build_file", note)
    other = launch.demo_file(8, folder=file.parent)
    assert other != file
    assert file.exists()
    monkeypatch.setattr(launch, "VERSION", launch.VERSION + 1)
    newer = launch.demo_file(folder=file.parent)
    assert built == [8, 7]
    assert sorted(file.parent.glob("demo-*.db")) == [newer]


@pytest.mark.usefixtures("built_at_once")
def test_a_build_that_was_killed_is_made_again(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; import fantasy_tui.demo.build as build, os, signal\n"
        "async def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
        "build.live_through = die\n"
        f"from fantasy_tui.demo.launch import demo_file; demo_file(folder=Path({str(tmp_path)!r}))"
    )
    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list(tmp_path.glob("*.building"))
    assert not list(tmp_path.glob("*.db"))
    file = launch.demo_file(folder=tmp_path)
    assert not list(tmp_path.glob("*.building*"))
    assert len(waiting(file)) >= 5


def test_two_first_starts_at_once_build_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    async def slowly(target: Path, seed: int, _: OnProgress) -> None:
        built.append(seed)
        await asyncio.sleep(0.05)
        touch(target)

    monkeypatch.setattr(build, "build_file", slowly)
    starts = [threading.Thread(target=launch.demo_file, kwargs={"folder": tmp_path}) for _ in range(3)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert built == [7]


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(StoreError, match=r"^The demo cannot be made in .*\.$"):
        launch.demo_file(folder=blocked)


def test_launch_opens_the_app_offline_on_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def fake(overrides: dict[str, Any], *, demo: bool) -> int:
        given.update(overrides, demo=demo)
        return 3

    module = ModuleType("fantasy_tui.tui.launch")
    monkeypatch.setattr(module, "launch", fake, raising=False)
    monkeypatch.setitem(sys.modules, "fantasy_tui.tui.launch", module)
    monkeypatch.setattr(launch, "data_folder", lambda: file.parent)
    assert launch.launch_demo() == 3
    assert given["demo"] is True
    used = load_settings(**{name: value for name, value in given.items() if name != "demo"})
    assert (used.now, used.offline, used.username) == (NOW, True, "demo_manager")
    assert used.database_url.get_secret_value().endswith(str(file))
