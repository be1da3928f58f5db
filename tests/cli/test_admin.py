"""config and db."""

from pathlib import Path

import pytest

from fantasy_tui.config import Settings
from fantasy_tui.database.revision import HEAD
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
