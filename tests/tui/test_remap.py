"""The whole app with keys that the user chose."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from fantasy_tui.configfile import ConfigError
from fantasy_tui.folders import config_file
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.keys import force
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.help import HelpDialog
from fantasy_tui.tui.screens.history import HistoryScreen
from fantasy_tui.tui.screens.players import PlayersScreen
from fantasy_tui.tui.screens.queue import QueueScreen
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, shown
from tests.tui.test_app import cursor, running, status, waiting

pytestmark = [pytest.mark.usefixtures("surroundings"), pytest.mark.usefixtures("usual_keys_afterwards")]


@pytest.fixture(name="usual_keys_afterwards")
def _usual_keys_afterwards() -> Iterator[None]:
    yield
    force.use({})


def on(app: FantasyApp, screen: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, screen)


def choose(lines: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(f"[keys]\n{lines}\n")


async def test_the_new_key_acts_and_the_old_one_does_not(demo_sqlite: str) -> None:
    choose('queue.approve = "z"')
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "a")
        assert await status(app, first.id) == "pending"
        await press(pilot, "z")
        assert await status(app, first.id) == "approved"


async def test_footer_help_and_sentences_show_it(demo_sqlite: str) -> None:
    choose('queue.approve = "z"\napp.help = "ctrl+g"\nqueue.mark = "m"\nscreen.back = "f4"')
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        last = shown(app).split("\n")[-1]
        assert "z Approve" in last
        assert "ctrl+g Help" in last
        await press(pilot, "ctrl+g")
        assert on(app, HelpDialog)
        lines = [line for line in shown(app).split("\n") if "Approve  " in line or "Help" in line]
        assert "z  " in lines[0]
        assert any("ctrl+g" in line and "f1" not in line for line in lines)
        await press(pilot, "escape", "A")
        assert any("m marks a decision" in note.message for note in app._notifications)
        await press(pilot, "enter")
        assert "f4 Back" in shown(app).split("\n")[-1]
        await press(pilot, "f4")
        assert on(app, QueueScreen)


async def test_two_keys_can_change_places(demo_sqlite: str) -> None:
    choose('queue.approve = "x"\nqueue.reject = "a"')
    async with running(demo_sqlite) as (app, pilot):
        first, second = (await waiting(app))[:2]
        await press(pilot, "x")
        assert await status(app, first.id) == "approved"
        await press(pilot, "a", "enter")
        assert await status(app, second.id) == "rejected"


async def test_lists_move_by_the_keys_chosen(demo_sqlite: str) -> None:
    choose('list.down = "down,ctrl+n"')
    async with running(demo_sqlite) as (app, pilot):
        first, second, third = (await waiting(app))[:3]
        await press(pilot, "j")
        assert cursor(app) == first.id
        await press(pilot, "ctrl+n")
        assert cursor(app) == second.id
        await press(pilot, "down")
        assert cursor(app) == third.id


async def test_a_screen_by_a_function_key_out_of_a_field_too(demo_sqlite: str) -> None:
    choose('go.queue = "f6"\ngo.history = "f7"\ngo.players = "f8"')
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "f8")
        assert on(app, PlayersScreen)
        assert isinstance(app.screen.focused, Input)
        await press(pilot, "1", "0")
        assert on(app, PlayersScreen)
        assert app.screen.query_one(Input).value == "10"
        await press(pilot, "f7")
        assert on(app, HistoryScreen)
        await press(pilot, "f6")
        assert on(app, QueueScreen)


async def test_it_is_in_force_before_the_store_is_open(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose('queue.approve = "z"')
    async with running(demo_sqlite) as (app, _):
        first = (await waiting(app))[0]
    opens = FantasyApp._open
    monkeypatch.setattr(FantasyApp, "_open", lambda self: None)
    app = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()
        opens(app)
        await settle(pilot)
        assert await status(app, first.id) == "approved"


def test_a_clash_is_refused_before_the_app_begins(demo_sqlite: str) -> None:
    choose('queue.approve = "x"')
    with pytest.raises(ConfigError, match=r"queue\.approve .*queue\.reject"):
        demo_app(demo_sqlite)


def test_refused_in_one_sentence_and_the_screen_is_left_alone(demo_sqlite: str, tmp_path: Path) -> None:
    """On a terminal of its own: no escape sequence, the sentence, exit code 2."""
    choose('queue.approve = "x"')
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(
            sys.executable, [sys.executable, "-m", "fantasy_tui", "--database-url", demo_sqlite, "--offline"]
        )
    told = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(terminal)
    _, how = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(how) == 2
    assert b"\x1b" not in told
    assert b"queue.approve (Approve) and queue.reject (Reject)" in told
    assert told.count(b"\n") == 1


def test_the_table_is_the_usual_one_again() -> None:
    assert key_of("queue.approve") == "a"


def test_the_users_keys_are_known_without_what_is_slow_to_import(tmp_path: Path) -> None:
    choose('queue.approve = "z"')
    code = (
        "import sys; from fantasy_tui.tui.app import FantasyApp; from fantasy_tui.tui.keys.force import key_of;"
        "FantasyApp({}); assert key_of('queue.approve') == 'z';"
        "sys.exit(str({'pydantic', 'sqlalchemy', 'numpy', 'httpx', 'rapidfuzz'} & sys.modules.keys() or ''))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() in ("", "set()"), ran.stderr
