"""The entry point, exit codes, what is told when something fails, and what is never told."""

import logging
import os
import shutil
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from fantasy_tui import logs
from fantasy_tui.__main__ import main
from fantasy_tui.browse import Browse
from fantasy_tui.cli.parser import AGENT_TYPES, parse
from fantasy_tui.database.errors import StoreError
from fantasy_tui.models import AgentTaskType
from fantasy_tui.tui.launch import TO_DEMO
from fantasy_tui.workspace import Workspace
from tests.cli.conftest import Cli

SECRET = "hunter2-secret"


def test_importing_the_entry_point_is_light() -> None:
    probe = (
        "import sys, fantasy_tui.__main__\n"
        "heavy = {'sqlalchemy', 'pydantic', 'httpx', 'textual', 'rich', 'asyncio'} & sys.modules.keys()\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_module_runs_and_a_closed_pipe_is_quiet(empty: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [sys.executable, "-m", "fantasy_tui", "config"], stdout=writer, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(writer)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, "")


@pytest.mark.parametrize("argv", [[], ["--offline"], ["demo"], ["demo", "--seed", "3", "--fresh"]])
def test_without_a_terminal_the_app_does_not_open(cli: Cli, argv: list[str]) -> None:
    ran = cli(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("fantasy-tui needs a terminal")
    assert ran.err.count("\n") == 1


def test_what_the_app_is_opened_with(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import fantasy_tui.__main__ as entry

    opened: list[object] = []
    monkeypatch.setenv("TEXTUAL_FPS", "")  # so that what main sets is gone after the test
    monkeypatch.delenv("TEXTUAL_FPS")
    monkeypatch.setattr(entry, "_unfit", lambda: None)

    def launch(overrides: dict[str, object]) -> int:
        opened.append(overrides)
        return TO_DEMO if overrides.get("username") == "nobody" else 7

    def launch_demo(**options: object) -> int:
        opened.append(options)
        return 3

    demo, app = ModuleType("demo"), ModuleType("app")
    vars(demo)["launch_demo"] = launch_demo
    vars(app).update(launch=launch, TO_DEMO=TO_DEMO)
    monkeypatch.setitem(sys.modules, "fantasy_tui.demo.launch", demo)
    monkeypatch.setitem(sys.modules, "fantasy_tui.tui.launch", app)
    assert cli("--username", "me", "--offline").code == 7
    assert cli().code == 7
    assert cli("demo", "--seed", "3").code == 3
    assert cli("--username", "nobody").code == 3
    assert opened == [
        *({"username": "me", "offline": True}, {}, {"seed": 3, "fresh": False}),
        *({"username": "nobody"}, {}),
    ]
    assert os.environ["TEXTUAL_FPS"] == "240"


def test_textuals_web_server_needs_no_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import fantasy_tui.__main__ as entry

    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert entry._unfit() is None
    monkeypatch.delenv("TEXTUAL_DRIVER")
    assert entry._unfit() == entry.NEEDS_TERMINAL


def test_the_demo_is_asked_about_line_by_line(
    cli: Cli, home: Path, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("q\n"))
    shutil.copyfile(demo, home / "demo.db")
    monkeypatch.setattr("fantasy_tui.demo.launch.demo_file", lambda *_, **__: home / "demo.db")
    ran = cli("demo", "--plain")
    assert (ran.code, ran.err) == (0, "")
    assert "decisions wait." in ran.out

    def fall(*_: object, **__: object) -> Path:
        raise StoreError("The demo cannot be made.")

    monkeypatch.setattr("fantasy_tui.demo.launch.demo_file", fall)
    ran = cli("demo", "--plain")
    assert (ran.code, ran.err) == (5, "The demo cannot be made.\n")


def test_an_app_that_falls_over_says_one_sentence(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fantasy_tui.__main__ as entry

    def fall(_: object) -> int:
        raise ValueError("deep inside")

    monkeypatch.setattr(entry, "_unfit", lambda: None)
    monkeypatch.setattr(entry, "_show", fall)
    monkeypatch.setenv("TEXTUAL_FPS", "60")
    ran = cli()
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Something unexpected happened (ValueError); the details are in ")
    assert "deep inside" in logs.log_file().read_text()


@pytest.mark.parametrize(
    "argv", [["nonsense"], ["roster"], ["db"], ["agents", "run", "--type", "no"], ["--off", "queue"]]
)
def test_a_wrong_command_line_is_one_sentence(cli: Cli, argv: list[str]) -> None:
    ran = cli(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "--help" in ran.err


def test_help_and_version(cli: Cli) -> None:
    shown = cli("--help")
    assert shown.code == 0
    assert "exit codes:" in shown.out
    assert shown.out.isascii()  # argparse writes it as it is, whatever the terminal can show
    assert cli("--version").out == cli("queue", "--version").out == "fantasy-tui 0.1.0\n"
    assert cli("roster", "--help").code == 0


def test_global_options_before_or_after() -> None:
    before = parse(["--offline", "--username", "a", "db", "current"])
    after = parse(["db", "current", "--offline", "--username", "a"])
    assert vars(before) == vars(after)
    assert parse(["--username", "a", "queue", "--username", "b"]).username == "b"


def test_the_parser_knows_every_agent() -> None:
    assert set(AGENT_TYPES) == {kind.value for kind in AgentTaskType}


def test_a_wrong_setting(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_POOL_SIZE", "0")
    ran = cli("queue", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("FANTASY_POOL_SIZE cannot be used")


def test_nobody_is_known(cli: Cli) -> None:
    for argv in (["queue"], ["leagues"], ["players", "x"], ["undo"], ["agents", "run"]):
        ran = cli(*argv, "--json")
        assert (ran.code, ran.out) == (3, "")
        assert "run `fantasy-tui sync USERNAME`" in ran.err
    assert cli("queue", "--username", "ann\x1b[2J").err.startswith("User “ann␛[2J” is not stored here")


@pytest.mark.parametrize("argv", [["queue"], ["leagues", "--json"], ["db", "upgrade"], ["db", "current"]])
def test_an_unreachable_database_keeps_its_password(cli: Cli, home: Path, argv: list[str]) -> None:
    ran = cli("--database-url", f"postgresql://fan:{SECRET}@127.0.0.1:1/x", *argv)
    assert (ran.code, ran.out) == (5, "")
    assert "127.0.0.1:1/x does not answer" in ran.err
    assert ran.err.count("\n") == 1
    assert SECRET not in ran.err + logs.log_file().read_text()


def test_the_unexpected_is_in_the_log_alone_and_without_the_password(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    async def fall(cls: object, settings: object) -> Workspace:
        try:
            raise RuntimeError(f"no entry for p%40ss-{SECRET}")
        except RuntimeError as error:
            raise ValueError(f"postgresql://fan:other@h/x and p@ss-{SECRET}") from error

    monkeypatch.setattr(Workspace, "open", classmethod(fall))
    ran = cli("leagues", "--json", "--database-url", f"postgresql://fan:p%40ss-{SECRET}@h/x")
    assert (ran.code, ran.out) == (1, "")
    path = logs.log_file()
    assert ran.err == f"Something unexpected happened (ValueError); the details are in {path}.\n"
    written = path.read_text()
    assert "Traceback" in written
    assert "fan:***@h/x and ***" in written
    assert SECRET not in written
    assert "other" not in written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_said(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, decisions: list[str]
) -> None:
    async def fall(self: Browse) -> None:
        raise ValueError

    (home / "file").touch()
    monkeypatch.setattr(logs, "log_file", lambda: home / "file" / "log")
    monkeypatch.setattr(Browse, "leagues", fall)
    ran = cli("leagues")
    assert ran.code == 1
    assert "the details cannot be written to" in ran.err
    assert "Traceback" not in ran.err


def test_interrupted(cli: Cli, decisions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupt(self: Browse) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Browse, "leagues", interrupt)
    ran = cli("leagues")
    assert (ran.code, ran.out, ran.err) == (130, "", "Interrupted.\n")


def test_the_log_is_private_even_if_it_was_not(home: Path) -> None:
    path = logs.log_file()
    path.parent.mkdir(parents=True)
    path.write_text("old\n")
    path.chmod(0o644)
    with logs.to_file() as file:
        file.hide("postgresql://a:pw@h/x")
        logging.getLogger("fantasy_tui.test").info("pw, upward, a:pw")
    assert path.read_text().endswith("INFO fantasy_tui.test: ***, upward, a:***\n")
    assert path.read_text().startswith("old\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_terminal_of_few_letters_gets_question_marks(empty: str, decisions: list[str]) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "fantasy_tui", "players", "pos:RB"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?]0;owned?name" in done.stdout


def test_main_takes_the_command_line_of_the_process(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    monkeypatch.setattr(sys, "argv", ["fantasy-tui", "config", "--json"])
    assert main() == 0
