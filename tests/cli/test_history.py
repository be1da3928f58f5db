"""The command `history`."""

import csv
import io

from tests.cli.conftest import Cli

FIELDS = {
    "at", "who", "door", "action", "decision_id", "version", "kind", "league_id", "league", "season", "week",
    "summary", "note",
}  # fmt: skip


def test_json_has_every_event_with_both_states(cli: Cli, decisions: list[str]) -> None:
    cli("reject", decisions[0], "--reason", "=1+1 \x1b[2J, “no”")
    cli("undo")
    lines = cli("history", "--json").json
    assert len(lines) == 5
    assert set(lines[0]) == FIELDS | {"before", "after"}
    mine = sorted((one for one in lines if one["decision_id"] == decisions[0]), key=lambda o: o["version"])
    assert [(one["action"], one["door"], one["who"]) for one in mine] == [
        ("propose", "agent", "Manager"), ("reject", "cli", "Manager"), ("undo", "cli", "Manager")
    ]  # fmt: skip
    assert (mine[1]["before"]["user_approved"], mine[1]["after"]["user_approved"]) == (None, False)
    assert mine[1]["note"] == "=1+1 \x1b[2J, “no”"


def test_csv_is_safe_to_open(cli: Cli, decisions: list[str]) -> None:
    cli("reject", decisions[1], "--reason", '=1+1 "x", \x1b[2J')
    ran = cli("history", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) == 4
    assert set(rows[0]) == FIELDS
    [note] = {row["note"] for row in rows if row["note"]}
    assert note == '\'=1+1 "x", ␛[2J'
    assert "\x1b" not in ran.out


def test_for_people_newest_first(cli: Cli, decisions: list[str]) -> None:
    lines = cli("history").out.splitlines()
    assert len(lines) == 3
    assert "propose    agent   Manager" in lines[0]
    assert lines == sorted(lines, reverse=True)


def test_filters_and_limit(cli: Cli, decisions: list[str]) -> None:
    cli("approve", decisions[2])
    assert len(cli("history", "--league", "B", "--json").json) == 1
    assert len(cli("history", "--kind", "lineup_optimization", "--json").json) == 4
    assert cli("history", "--kind", "sit_start", "--json").json == []
    assert len(cli("history", "--decision", decisions[2][:8], "--json").json) == 2
    assert len(cli("history", "--limit", "2", "--json").json) == 2


def test_what_is_not_there(cli: Cli, decisions: list[str]) -> None:
    for argv, code in (
        (("--league", "Z"), 3), (("--decision", "nothing"), 3), (("--json", "--csv"), 2), (("--limit", "0"), 2)
    ):  # fmt: skip
        ran = cli("history", *argv)
        assert (ran.code, ran.out) == (code, "")
    assert cli("history", "--kind", "sit_start").out == "Nothing has happened yet.\n"
    assert cli("history", "--kind", "sit_start", "--csv").out.startswith("at,who,door")
