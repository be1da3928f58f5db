"""doctor: every fault is found, tells how it is mended, and never hides another."""

import asyncio
import os
import sqlite3
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from fantasy_tui.cli.doctor import files, network, stored, terminal
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.health import health
from fantasy_tui.database.migrate import upgrade
from fantasy_tui.database.revision import HEAD
from fantasy_tui.folders import config_file
from fantasy_tui.sleeper import client
from fantasy_tui.sleeper.errors import SleeperUnreachable
from tests.cli.conftest import Cli, Ran
from tests.sleeper.fake import GAMES_URL, FakeSleeper, client_of

SECRET = "hunter2-secret"


@pytest.fixture(autouse=True)
def a_good_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing about the machine that the tests run on."""
    for name in ("TMUX", "SSH_TTY", "SSH_CONNECTION", "NO_COLOR", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": "100",
        "LINES": "30",
    }.items():
        monkeypatch.setenv(name, value)


def found(ran: Ran) -> dict[str, dict[str, Any]]:
    """What was found, by check; the exit code may be any."""
    import json

    return {one["check"]: one for one in json.loads(ran.out)}


def test_a_healthy_machine(cli: Cli, decisions: list[str]) -> None:
    ran = cli("doctor", "--json")
    findings = found(ran)
    assert ran.code == 0
    assert list(findings)[:9] == [
        *("app", "settings", "keys", "log", "database", "schema", "disk", "journal", "permissions"),
    ]
    assert findings["database"]["message"].endswith("answers and can be written.")
    assert "SQLite 3." in findings["database"]["message"]
    assert findings["schema"]["message"] == f"Up to date (revision {HEAD})."
    assert findings["leagues"]["message"] == "Fetched 5m ago."
    assert findings["sleeper"]["message"] == "Not asked: offline mode is on."
    assert findings["size"]["message"] == "100 columns, 30 lines."
    assert findings["colours"]["message"] == "16 million (COLORTERM is truecolor)."
    assert all(one["ok"] and one["state"] != "fault" for one in findings.values())


def test_it_is_one_line_a_finding_and_a_sum(cli: Cli, decisions: list[str]) -> None:
    lines = cli("doctor").out.splitlines()
    assert lines[0].split() == ["CHECK", "FOUND"]
    assert lines[1].startswith("ok ")
    assert all(line.split()[0] in ("ok", "WARNING") for line in lines[1:-1])
    assert lines[-1].endswith(("warnings.", "warning."))  # projections and players were never fetched here


def test_a_fresh_machine_is_not_ill_and_no_database_is_made(cli: Cli, home: Path) -> None:
    ran = cli("doctor", "--database-url", f"sqlite:///{home / 'none' / 'new.db'}", "--json")
    assert ran.code == 0
    assert "is not there yet" in found(ran)["database"]["message"]
    assert found(ran)["leagues"]["state"] == "warning"
    assert "fantasy-tui sync USERNAME" in found(ran)["leagues"]["remedy"]
    assert not (home / "none").exists()


def test_old_data(cli: Cli, decisions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_NOW", "2024-11-13T18:30:00Z")
    ran = cli("doctor")
    assert ran.code == 0
    assert "Last fetched 3d00h ago. Run `fantasy-tui sync`." in ran.out


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> FakeSleeper:
    """A Sleeper that answers."""
    fake = FakeSleeper()
    monkeypatch.setenv("FANTASY_OFFLINE", "0")
    monkeypatch.setenv("FANTASY_GAMES_URL", GAMES_URL)
    monkeypatch.setattr(client, "SleeperClient", lambda _, sleep: client_of(fake))
    return fake


def test_the_network_is_timed(cli: Cli, online: FakeSleeper, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = found(cli("doctor", "--json"))
    assert findings["sleeper"]["message"].startswith("https://api.sleeper.app/ answers in ")
    assert findings["kickoffs"]["message"].startswith(f"{GAMES_URL} answers in ")
    monkeypatch.setattr(network, "SLOW", -1.0)
    findings = found(cli("doctor", "--json"))
    assert (findings["sleeper"]["state"], findings["kickoffs"]["state"]) == ("warning", "warning")
    assert "answers slowly" in findings["sleeper"]["message"]


def test_no_network_does_not_hide_the_rest(
    cli: Cli, decisions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def get(*_: object, **__: object) -> None:
        raise SleeperUnreachable("Sleeper cannot be reached: check the network.")

    monkeypatch.setenv("FANTASY_OFFLINE", "0")
    monkeypatch.setattr("fantasy_tui.sleeper.client.SleeperClient.get", get)
    ran = cli("doctor")
    assert ran.code == 5
    assert "FAULT    sleeper" in ran.out
    assert "--offline asks nobody." in ran.out
    assert "terminal" in ran.out
    assert "2 faults and " in ran.out


def test_a_database_that_does_not_answer_keeps_its_password(cli: Cli) -> None:
    ran = cli("doctor", "--database-url", f"postgresql://fan:{SECRET}@127.0.0.1:1/x")
    assert ran.code == 5
    assert SECRET not in ran.out + ran.err
    assert "127.0.0.1:1/x does not answer" in ran.out


def test_an_old_schema(cli: Cli, home: Path) -> None:
    sqlite3.connect(home / "old.db").close()
    (home / "old.db").touch()
    ran = cli("doctor", "--database-url", f"sqlite:///{home / 'old.db'}")
    assert ran.code == 1
    assert f"At revision none; this app needs {HEAD}. Run `fantasy-tui db upgrade`." in ran.out


def test_a_file_that_another_program_has_locked(
    cli: Cli, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fantasy_tui.database.engine.BUSY_TIMEOUT_MS", 10)
    other = sqlite3.connect(empty.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran = cli("doctor")
    other.close()
    assert ran.code == 5
    assert "is locked by another program" in ran.out


def test_what_others_can_read_and_a_full_disk(
    cli: Cli, decisions: list[str], empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(empty.removeprefix("sqlite+aiosqlite:///")).chmod(0o644)
    monkeypatch.setattr(stored, "FULL", 1 << 62)
    monkeypatch.setattr(stored, "LONG_LOG", -1)
    findings = found(cli("doctor", "--json"))
    assert "(644)" in findings["permissions"]["message"]
    assert findings["permissions"]["remedy"].startswith("Run chmod 600 ")
    assert findings["disk"]["state"] == findings["journal"]["state"] == "warning"


def test_a_wrong_setting_is_not_all_that_is_looked_at(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_POOL_SIZE", "many")
    ran = cli("doctor")
    assert ran.code == 2
    assert "FANTASY_POOL_SIZE cannot be used" in ran.out
    assert "colours" in ran.out


def test_the_config_file(cli: Cli, decisions: list[str]) -> None:
    file = config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    for written, code, check, said in (
        ('theme = "nrod"\n', 0, "settings", "There is no theme “nrod”."),
        ('usrname = "ann"\n', 2, "settings", "usrname in "),
        ("theme = \n", 2, "settings", "is not valid TOML"),
        ('[keys]\nqueue.aprove = "y"\n', 2, "keys", "queue.approve"),
        ('[keys]\nqueue.approve = "f5"\n', 0, "keys", "1 changed by you."),
    ):
        file.write_text(written)
        ran = cli("doctor", "--json")
        assert ran.code == code, written
        assert said in found(ran)[check]["message"]


def test_a_log_that_cannot_be_written(
    cli: Cli, decisions: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").touch()
    monkeypatch.setattr(files, "log_file", lambda: home / "file" / "fantasy-tui.log")
    ran = cli("doctor")
    assert ran.code == 1
    assert "fantasy-tui.log cannot be written: " in ran.out


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_shows_no_screens(cli: Cli, decisions: list[str], term: str) -> None:
    one = terminal.kind({"TERM": term}, True)
    assert one.state == "fault"
    assert "--plain" in one.remedy


def test_a_terminal_and_none() -> None:
    assert terminal.kind({"TERM": "foot", "TERM_PROGRAM": "x"}, True).message == "foot in x."
    assert "goes elsewhere" in terminal.kind({"TERM": "foot"}, False).message
    assert terminal.size((79, 24)).state == terminal.size((80, 23)).state == "warning"
    assert terminal.size((80, 24)).state == "ok"
    assert terminal.letters("ISO-8859-1").state == terminal.letters(None).state == "fault"
    assert terminal.letters("UTF-8").state == "ok"


@pytest.mark.parametrize(
    ("environ", "state", "said"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "ok", "16 million"),
        ({"TERM": "xterm-256color"}, "ok", "256"),
        ({"TERM": "xterm"}, "warning", "16 ("),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "ok", "None"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": ""}, "ok", "16 million"),
    ],
)
def test_colours(environ: dict[str, str], state: str, said: str) -> None:
    one = terminal.colours(environ)
    assert (one.state, one.message[: len(said)]) == (state, said)


def test_what_tmux_does() -> None:
    good = {"escape-time": "10", "set-clipboard": "on", "default-terminal": "tmux-256color"}
    bad = {"escape-time": "500", "set-clipboard": "external", "default-terminal": "screen"}
    assert [one.state for one in terminal.tmux(good.get)] == ["ok", "ok", "ok"]
    found = list(terminal.tmux(bad.get))
    assert [one.state for one in found] == ["warning", "warning", "warning"]
    assert all("~/.tmux.conf" in one.remedy for one in found)
    (silent,) = terminal.tmux(lambda _: None)
    assert silent.state == "warning"


def test_tmux_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tmux"
    program.write_text('#!/bin/sh\n[ "$3" = escape-time ] && echo 42\n')
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("TMUX", "/somewhere")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    messages = [one.message for one in terminal.findings()]
    assert "The escape key comes through within 42 ms." in messages
    assert any(message.startswith("Over SSH") for message in messages)
    program.write_text("#!/bin/sh\nexit 1\n")
    assert any(one.message == "It does not tell its options." for one in terminal.findings())
    assert subprocess.run(["true"], check=True).returncode == 0


async def test_health_of_both_engines(database_url: str) -> None:
    one = await health(database_url)
    assert one.size > 10_000
    if database_url.startswith("sqlite"):
        assert (one.journal, one.vectors) == ("wal", None)
        assert one.engine.startswith("SQLite 3.")
    else:
        assert one.engine.startswith("PostgreSQL ")
        assert one.vectors is not None
        assert not one.read_only


async def test_a_standby_takes_no_changes(empty_postgres_url: str) -> None:
    engine = make_engine(empty_postgres_url, poolclass=NullPool)
    async with engine.connect() as connection:
        name = await connection.scalar(text("SELECT current_database()"))
        await connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        await connection.commit()
    await engine.dispose()
    one = await health(empty_postgres_url)
    assert one.read_only
    assert stored._answers("it", one).state == "fault"


def test_postgres_is_looked_at(cli: Cli, postgres_url: str) -> None:
    findings = found(cli("doctor", "--json", "--database-url", postgres_url))
    assert findings["pgvector"]["message"].startswith("Version ")
    assert findings["schema"]["state"] == "ok"
    assert "journal" not in findings


def test_a_postgres_without_pgvector(cli: Cli, empty_postgres_url: str) -> None:
    async def drop() -> None:
        await upgrade(empty_postgres_url)
        engine = make_engine(empty_postgres_url, poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text("DROP EXTENSION vector CASCADE"))
            await connection.commit()
        await engine.dispose()

    asyncio.run(drop())
    ran = cli("doctor", "--database-url", empty_postgres_url)
    assert ran.code == 1
    assert "CREATE EXTENSION vector" in ran.out
