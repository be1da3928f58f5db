"""db copy and db backup: what they tell, and what they never show."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Cli

SECRET = "hunter2-secret"


def counted(file: Path, table: str) -> int:
    connection = sqlite3.connect(file)
    (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(found)


def test_copy_to_postgres_and_back(
    cli: Cli, empty: str, decisions: list[str], empty_postgres_url: str, home: Path
) -> None:
    ran = cli("db", "copy", empty, empty_postgres_url)
    assert ran.code == 0, ran.err
    assert "agent_decisions" in ran.out
    assert "each compared with the original." in ran.out
    assert "copying agent_decisions" in ran.err
    assert "verifying agent_decisions" in ran.err
    back = home / "back.db"
    document = cli("db", "copy", empty_postgres_url, f"sqlite:///{back}", "--json").json
    assert document["tables"]["agent_decisions"] == len(decisions) == counted(back, "agent_decisions")
    assert document["rows"] == sum(document["tables"].values())
    assert document["verified"] is True


def test_json_is_alone_on_its_stream(cli: Cli, empty: str, decisions: list[str], home: Path) -> None:
    ran = cli("db", "copy", empty, f"sqlite:///{home / 'copy.db'}", "--json")
    assert ran.err == ""
    assert ran.json["to"].endswith("copy.db")


def test_copy_refuses_what_holds_rows_until_told(
    cli: Cli, empty: str, decisions: list[str], home: Path
) -> None:
    target = f"sqlite:///{home / 'copy.db'}"
    assert cli("db", "copy", empty, target).code == 0
    ran = cli("db", "copy", empty, target)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "holds rows already" in ran.err
    assert cli("db", "copy", empty, target, "--replace").code == 0


def test_no_password_is_shown(cli: Cli, empty: str, home: Path) -> None:
    secret = f"postgresql://fan:{SECRET}@127.0.0.1:9/x"
    for argv in (
        ("db", "copy", secret, empty),
        ("db", "copy", empty, secret),
        ("db", "backup", str(home / "a.db"), "--database-url", secret),
    ):
        ran = cli(*argv)
        assert ran.code != 0
        assert SECRET not in ran.out + ran.err
        assert "fan" in ran.err
    logs = [file.read_text() for file in home.rglob("*.log")]
    assert not any(SECRET in text for text in logs)


def test_a_complaint_about_the_command_line_hides_it_too(cli: Cli) -> None:
    ran = cli("db", "copy", "a", "b", f"postgresql://fan:{SECRET}@host/x")
    assert ran.code == 2
    assert "unrecognized arguments: postgresql://fan:***@host/x" in ran.err


def test_interrupted_a_copy_leaves_the_target_as_it_was(
    cli: Cli, empty: str, decisions: list[str], home: Path
) -> None:
    """A real process, stopped with Ctrl-C in the middle of replacing what was there."""
    source, target = home / "large.db", home / "copy.db"
    assert cli("db", "copy", empty, f"sqlite:///{source}").code == 0
    assert cli("db", "copy", empty, f"sqlite:///{target}").code == 0
    connection = sqlite3.connect(source)
    connection.executemany(
        "INSERT INTO observations (kind, scope, subject, seen_at) VALUES ('injury', 'nfl', ?, '2024-11-10 18:30:00')",
        ((str(n),) for n in range(200_000)),
    )
    connection.commit()
    connection.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "fantasy_tui", "db", "copy", f"sqlite:///{source}", f"sqlite:///{target}", "--replace"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=os.environ,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "copying observations" in line:
            process.send_signal(signal.SIGINT)
            break
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 130
    assert rest.endswith("Interrupted.\n")
    assert counted(target, "agent_decisions") == len(decisions)
    assert counted(target, "observations") == 0


def test_backup(cli: Cli, empty: str, decisions: list[str], home: Path) -> None:
    file = home / "saved.db"
    ran = cli("db", "backup", str(file))
    assert ran.code == 0, ran.err
    assert f"{file.stat().st_size:,} bytes, checked." in ran.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert counted(file, "agent_decisions") == len(decisions)
    again = cli("db", "backup", str(file))
    assert (again.code, again.out) == (1, "")
    assert "add --force" in again.err
    assert cli("db", "backup", str(file), "--force", "--json").json == {
        "file": str(file),
        "bytes": file.stat().st_size,
    }


def test_backup_of_postgres_names_the_tools(cli: Cli, home: Path) -> None:
    ran = cli("db", "backup", str(home / "a.db"), "--database-url", f"postgresql://fan:{SECRET}@host/x")
    assert ran.code == 1
    assert "pg_dump" in ran.err
    assert "db copy" in ran.err
