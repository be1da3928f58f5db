"""export: one JSON document, to stdout or to a file that is its owner's."""

import json
import stat
from pathlib import Path

from fantasy_tui.cli import export
from tests.cli.conftest import Cli
from tests.tui.demo import demo_file


def test_the_document_on_stdout(cli: Cli, decisions: list[str]) -> None:
    document = cli("export").json
    assert list(document) == ["format", "version", "exported_at", "user", *export.SECTIONS]
    assert (document["format"], document["version"]) == ("fantasy-tui export", 1)
    assert {decision["id"] for decision in document["decisions"]} == set(decisions)
    assert [league["id"] for league in document["leagues"]] == ["A", "B"]
    assert document["policies"] == document["events"] == []


def test_it_is_ascii_a_piece_a_line(cli: Cli, decisions: list[str]) -> None:
    out = cli("export").out
    assert out.isascii()
    assert "\x1b" not in out
    for decision_id in decisions:
        (line,) = [line for line in out.splitlines() if f'"id": "{decision_id}"' in line]
        assert json.loads(line.removeprefix(", "))["id"] == decision_id


def test_a_file_of_ones_own(cli: Cli, decisions: list[str], home: Path) -> None:
    file = home / "mine.json"
    ran = cli("export", str(file))
    assert ran.code == 0, ran.err
    assert "2 leagues" in ran.out
    assert "3 decisions" in ran.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = json.loads(file.read_text("ascii"))
    again = cli("export", "-").json
    assert written | {"exported_at": None} == again | {"exported_at": None}


def test_a_file_is_not_written_over_unasked(cli: Cli, decisions: list[str], home: Path) -> None:
    file = home / "mine.json"
    file.write_text("precious")
    ran = cli("export", str(file))
    assert ran.code == 1
    assert "exists already: name another file, or add --force" in ran.err
    assert file.read_text() == "precious"
    assert cli("export", str(file), "--force").code == 0
    assert json.loads(file.read_text())["version"] == 1


def test_a_folder_that_is_not_there(cli: Cli, decisions: list[str], home: Path) -> None:
    ran = cli("export", str(home / "no" / "mine.json"))
    assert (ran.code, ran.out) == (1, "")
    assert "mine.json cannot be written: No such file or directory." in ran.err


def test_nobody_to_export(cli: Cli) -> None:
    ran = cli("export")
    assert (ran.code, ran.out) == (3, "")


def test_the_demo(cli: Cli, run_folder: Path) -> None:
    """Hundreds of decisions, rules and a season of leagues are one document."""
    document = cli("export", "--database-url", f"sqlite:///{demo_file(run_folder)}", "--username", "").json
    assert len(document["leagues"]) == 3
    assert all(decision["events"] for decision in document["decisions"])
    assert all(league["rosters"] and league["matchups"] for league in document["leagues"])
