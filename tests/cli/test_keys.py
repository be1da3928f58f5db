"""The command `keys`."""

from pathlib import Path

import pytest

from fantasy_tui.folders import config_file
from fantasy_tui.tui.keys.force import KEYS
from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("home")


def choose(lines: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(f"[keys]\n{lines}\n")


def test_every_key_with_its_id(cli: Cli) -> None:
    every = cli("keys", "--json").json
    assert [one["id"] for one in every] == [*KEYS]
    approve = next(one for one in every if one["id"] == "queue.approve")
    assert approve == {
        "id": "queue.approve",
        "scope": "Queue",
        "does": "Approve",
        "keys": ["a"],
        "usual": ["a"],
    }
    back = next(one for one in every if one["id"] == "screen.back")
    assert back["keys"] == ["esc", "h", "backspace"]


def test_the_users_own_are_shown_and_told_apart(cli: Cli) -> None:
    choose('queue.approve = "z, ctrl+a"')
    [approve] = [one for one in cli("keys", "--json").json if one["id"] == "queue.approve"]
    assert (approve["keys"], approve["usual"]) == (["z", "ctrl+a"], ["a"])
    out = cli("keys").out
    assert "queue.approve" in out
    assert "Approve (usually a)" in out
    assert str(config_file()) in out


def test_what_is_shown_can_be_written_into_the_file(cli: Cli) -> None:
    every = cli("keys", "--json").json
    lines = [
        f"\"{one['id']}\" = '''{','.join('comma' if key == ',' else key for key in one['keys'])}'''"
        for one in every
    ]
    choose("\n".join(lines))
    assert [one["keys"] for one in cli("keys", "--json").json] == [one["usual"] for one in every]


def test_a_clash_is_one_sentence_and_exit_code_2(cli: Cli, home: Path) -> None:
    choose('queue.approve = "x"')
    ran = cli("keys")
    assert (ran.code, ran.out) == (2, "")
    assert "queue.approve (Approve) and queue.reject (Reject)" in ran.err
    assert ran.err.count("\n") == 1
