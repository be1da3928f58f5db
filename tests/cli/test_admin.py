"""config, doctor and db."""

from pathlib import Path

import pytest

from fantasy_tui.cli import doctor
from fantasy_tui.config import Settings
from fantasy_tui.database.revision import HEAD
from fantasy_tui.sleeper.errors import SleeperUnreachable
from tests.cli.conftest import Cli

SECRET = "hunter2-secret"


def test_config_shows_values_and_where_they_come_from(cli: Cli, empty: str) -> None:
    shown = cli("config", "--username", "manager", "--json").json
    assert set(shown) == set(Settings.model_fields)
    assert shown["username"] == {"value": "manager", "source": "command line"}
    assert shown["database_url"] == {"value": empty, "source": "environment"}
    assert shown["offline"] == {"value": True, "source": "environment"}
    assert shown["pool_size"] == {"value": 10, "source": "default"}
    assert "username      manager  (command line)" in cli("--username", "manager", "config").out


@pytest.mark.parametrize(
    "url",
    [f"postgresql://fan:{SECRET}@db.example/x", f"postgresql://db.example/x?user=fan&password={SECRET}"],
)
def test_config_hides_the_password(cli: Cli, url: str) -> None:
    for more in ([], ["--json"]):
        ran = cli("config", "--database-url", url, *more)
        assert ran.code == 0
        assert SECRET not in ran.out
        assert "***" in ran.out


def test_config_does_not_repeat_what_cannot_be_read(cli: Cli) -> None:
    ran = cli("config", "--database-url", f"postgresql:/fan:{SECRET}@host", "--json")
    assert ran.json["database_url"]["value"] == "(cannot be read)"


def test_db_current_before_and_after_upgrade(cli: Cli, home: Path) -> None:
    url = f"sqlite:///{home / 'new.db'}"
    before = cli("db", "current", "--database-url", url, "--json").json
    assert before == {"revision": None, "head": HEAD}
    ran = cli("db", "check", "--database-url", url, "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "run `fantasy-tui db upgrade`" in ran.err
    assert cli("db", "upgrade", "--database-url", url, "--json").json["revision"] == HEAD
    assert cli("db", "check", "--database-url", url).code == 0
    assert "up to date" in cli("db", "current", "--database-url", url).out


def test_db_check_tells_drift(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def differs(url: str) -> list[str]:
        return ["New upgrade operations detected: [('add_column', …)]"]

    monkeypatch.setattr("fantasy_tui.database.migrate.check", differs)
    ran = cli("db", "check")
    assert (ran.code, ran.out) == (1, "")
    assert "differs from the app's: New upgrade operations detected" in ran.err


def test_doctor_is_content(cli: Cli, decisions: list[str]) -> None:
    findings = cli("doctor", "--json").json
    assert [one["check"] for one in findings] == [
        "settings",
        "database",
        "data",
        "sleeper",
        "log",
        "terminal",
    ]
    assert all(one["ok"] for one in findings)
    assert findings[2]["message"] == "The leagues were synced 5m ago."
    assert findings[3]["message"] == "Not asked: offline mode is on."
    assert "database" in cli("doctor").out


def test_doctor_on_a_fresh_machine_makes_no_database(cli: Cli, home: Path) -> None:
    ran = cli("doctor", "--database-url", f"sqlite:///{home / 'none' / 'new.db'}")
    assert ran.code == 1
    assert "run `fantasy-tui sync USERNAME`" in ran.out
    assert not (home / "none").exists()


def test_doctor_finds_old_data(cli: Cli, decisions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_NOW", "2024-11-13T18:30:00Z")
    ran = cli("doctor")
    assert ran.code == 1
    assert "last synced 3d00h ago: run `fantasy-tui sync`" in ran.out


def test_doctor_goes_on_after_a_failure(
    cli: Cli, decisions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def get(*_: object, **__: object) -> None:
        raise SleeperUnreachable("Sleeper cannot be reached: check the network.")

    monkeypatch.setenv("FANTASY_OFFLINE", "0")
    monkeypatch.setattr("fantasy_tui.sleeper.client.SleeperClient.get", get)
    ran = cli("doctor")
    assert ran.code == 5
    assert "PROBLEM  sleeper   Sleeper cannot be reached" in ran.out
    assert "terminal" in ran.out


def test_doctor_without_a_database(cli: Cli) -> None:
    ran = cli("doctor", "--database-url", f"postgresql://fan:{SECRET}@127.0.0.1:1/x")
    assert ran.code == 5
    assert SECRET not in ran.out + ran.err
    assert "127.0.0.1:1/x does not answer" in ran.out


def test_doctor_with_a_wrong_setting(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_POOL_SIZE", "many")
    ran = cli("doctor")
    assert ran.code == 2
    assert "FANTASY_POOL_SIZE cannot be used" in ran.out


def test_doctor_with_a_log_that_cannot_be_written(
    cli: Cli, decisions: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").touch()
    monkeypatch.setattr(doctor, "log_file", lambda: home / "file" / "fantasy-tui.log")
    ran = cli("doctor")
    assert ran.code == 1
    assert "fantasy-tui.log cannot be written: " in ran.out
