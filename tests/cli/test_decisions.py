"""queue, show, approve, reject, undo."""

import asyncio
from datetime import datetime, timedelta

from fantasy_tui.database.store import Store
from fantasy_tui.models import Player
from tests.cli.conftest import Cli
from tests.leagues import NOW
from tests.review.world import alter

ROW = {
    "id",
    "league_id",
    "league",
    "roster_id",
    "decision_type",
    "summary",
    "gain",
    "confidence_score",
    "expires_at",
    "status",
    "season",
    "week",
    "created_at",
    "model_version",
    "actionable",
    "horizon",
    "as_of",
    "steps",
    "proof",
    "snoozed_until",
    "snoozed_for",
}


def test_queue_json(cli: Cli, decisions: list[str]) -> None:
    rows = cli("queue", "--json").json
    assert [row["id"] for row in rows] == decisions
    assert set(rows[0]) == ROW
    assert (rows[0]["league"], rows[0]["gain"], rows[0]["confidence_score"]) == ("Alpha League", 4.4, 64)
    assert rows[0]["expires_at"].endswith("Z")
    assert datetime.fromisoformat(rows[0]["expires_at"]) == NOW + timedelta(hours=2)
    assert (rows[0]["status"], rows[0]["decision_type"]) == ("pending", "lineup_optimization")


def test_queue_for_people_tells_the_age(cli: Cli, decisions: list[str]) -> None:
    ran = cli("queue")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert ran.err == ""
    assert lines[0].split() == ["ID", "LEAGUE", "DEADLINE", "GAIN", "SURE", "DECISION"]
    assert lines[1].startswith(decisions[0][:8])
    assert "Start Bench Man over Start Man" in lines[1]
    assert "+4.4" in lines[1]
    assert lines[-1] == "3 decisions wait. Sleeper rosters, synced 5m ago."


def test_a_shown_id_is_enough(cli: Cli, decisions: list[str]) -> None:
    shown = cli("show", decisions[1][:8], "--json").json
    assert shown["id"] == decisions[1]
    assert set(shown) == ROW | {"card", "history"}
    assert set(shown["card"]) == {
        "rows", "reasons", "facts", "sources", "alternative", "status_quo", "flips", "record", "stories",
        "lacks", "stale",
    }  # fmt: skip
    assert shown["card"]["rows"][0]["after"]["name"] == "Bench Man"
    assert [line["action"] for line in shown["history"]] == ["propose"]


def test_show_for_people(cli: Cli, decisions: list[str]) -> None:
    out = cli("show", decisions[1]).out
    assert "Beta [@click=app.quit]x[/]" in out
    assert "Start Man, RB NYG v WAS 7.6" in out
    assert "RB: Bench Man 12.0 over Start Man 7.6, +4.4." in out
    assert "propose (agent)" in out


def test_an_ambiguous_beginning_is_not_found(cli: Cli, decisions: list[str]) -> None:
    assert cli("show", "").code == 3


def test_approve_by_unique_beginning_then_undo_twice(cli: Cli, decisions: list[str]) -> None:
    done = cli("approve", decisions[0][:8], "--json").json
    assert set(done) == {"id", "league", "summary", "action", "at"}
    assert (done["id"], done["action"], done["league"]) == (decisions[0], "approve", "Alpha League")
    assert [row["id"] for row in cli("queue", "--json").json] == decisions[1:]
    assert cli("undo", "--json").json["action"] == "undo"
    assert len(cli("queue", "--json").json) == 3
    again = cli("undo", "--json")
    assert (again.code, again.out) == (4, "")
    assert again.err == "There is no decision of yours to undo.\n"


def test_reject_with_a_reason_is_kept_with_its_door(cli: Cli, decisions: list[str]) -> None:
    ran = cli("reject", decisions[2], "--reason", "I like him\x1b[2J")
    assert ran.code == 0
    assert ran.out == "Rejected: Start Bench Man over Start Man (Alpha League).\n"
    last = cli("show", decisions[2], "--json").json["history"][-1]
    assert (last["action"], last["door"], last["note"]) == ("reject", "cli", "I like him\x1b[2J")
    shown = cli("show", decisions[2]).out
    assert "\x1b" not in shown
    assert "reject (cli): I like him␛[2J" in shown


def test_deciding_twice_is_a_conflict(cli: Cli, decisions: list[str]) -> None:
    assert cli("approve", decisions[0]).code == 0
    ran = cli("reject", decisions[0])
    assert (ran.code, ran.out) == (4, "")
    assert "was already approved by Manager at 2024-11-10 18:30 UTC." in ran.err


def test_an_unknown_decision(cli: Cli, decisions: list[str]) -> None:
    for command in ("show", "approve", "reject"):
        ran = cli(command, "nothing-like-it", "--json")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("No decision nothing-like-it is stored for you")


def test_an_empty_queue(cli: Cli, decisions: list[str]) -> None:
    for one in decisions:
        cli("approve", one)
    assert cli("queue", "--json").json == []
    assert cli("queue").out.endswith("\n\nNothing waits. Sleeper rosters, synced 5m ago.\n")


def test_an_undone_answer_is_given_again(cli: Cli, decisions: list[str]) -> None:
    for one in decisions[:2]:
        cli("approve", one)
    for one in decisions[1::-1]:
        assert cli("undo", "--json").json["id"] == one
    for one in decisions[:2]:
        done = cli("redo", "--json").json
        assert (done["id"], done["action"]) == (one, "redo")
    again = cli("redo")
    assert (again.code, again.out) == (4, "")
    assert again.err.startswith("There is nothing to redo")


def test_set_aside_until_an_event_and_listed(cli: Cli, decisions: list[str]) -> None:
    listed = cli("snooze", decisions[0], "--json").json
    assert {choice["event"] for choice in listed} >= {"news about CeeDee Lamb", "news about Saquon Barkley"}
    done = cli("snooze", decisions[0], "--event", "lamb", "--json").json
    assert (done["id"], done["action"]) == (decisions[0], "snooze")
    assert datetime.fromisoformat(done["until"]) == NOW + timedelta(hours=2) - timedelta(minutes=10)
    assert [row["id"] for row in cli("queue", "--json").json] == decisions[1:]
    [row] = cli("queue", "--snoozed", "--json").json
    assert (row["id"], row["snoozed_for"]) == (decisions[0], "news about Bench Man")
    assert "news about Bench Man" in cli("queue", "--snoozed").out
    assert cli("undo").code == 0
    assert cli("queue", "--snoozed").out == "Nothing is set aside.\n"


def test_set_aside_until_a_time(cli: Cli, decisions: list[str]) -> None:
    at = (NOW + timedelta(hours=1)).astimezone()
    done = cli("snooze", decisions[0], "--until", f"{at:%H:%M}", "--json").json
    assert datetime.fromisoformat(done["until"]) == at.replace(second=0, microsecond=0)
    ran = cli("snooze", decisions[1], "--until", at.isoformat())
    assert ran.out.startswith("Set aside until ")
    for wrong in ("--until", "tomorrow"), ("--event", "the moon is full"), ("--event", "news"):
        ran = cli("snooze", decisions[2], *wrong)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("“")


def test_what_moved_is_told_weighed_anew_and_not_approved(cli: Cli, decisions: list[str], empty: str) -> None:
    async def hurt() -> None:
        store = Store(empty)
        await alter(store, Player, "4", injury_status="Out")
        await store.close()

    asyncio.run(hurt())
    ran = cli("approve", decisions[0])
    assert (ran.code, ran.out) == (4, "")
    assert "Bench Man is Out now (was not on the injury report)." in ran.err
    assert "Weighed anew; in its place waits: nothing." in ran.err
    assert cli("show", decisions[0], "--json").json["status"] == "superseded"


def test_edits_are_listed_and_one_is_approved(cli: Cli, decisions: list[str]) -> None:
    assert cli("edit", decisions[0], "--json").json == []
    assert cli("edit", decisions[0]).out == "There is nothing else to approve in its place.\n"
    ran = cli("approve", decisions[0], "--option", "1")
    assert (ran.code, ran.err) == (2, "There is no option 1: there are none.\n")
    ran = cli("approve", decisions[0], "--bid", "7")
    assert (ran.code, ran.err) == (2, "Only a waiver claim has a bid.\n")
