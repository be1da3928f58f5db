"""The bell and the desktop notification: when, and what is written."""

from datetime import timedelta
from typing import Any

import pytest

from fantasy_tui.models import Door
from fantasy_tui.review.card import NOTHING_KNOWN
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.policy import Terms
from fantasy_tui.review.preferences import Notifications
from fantasy_tui.tui.alert import Caller, desktop, signals
from fantasy_tui.tui.background import Background
from tests.leagues import HOSTILE, NOW
from tests.rules import switched_on
from tests.tui.demo import demo_app
from tests.tui.host import press, settle


def item(decision_id: str, minutes: int = 180) -> QueueItem:
    return QueueItem(
        id=decision_id, league_id="L", league="League", roster_id=1, decision_type="sit_start", season="2024",
        week=10, summary=f"Decision {decision_id}", gain=2.0, confidence_score=60,
        expires_at=NOW + timedelta(minutes=minutes), status="pending", created_at=NOW, model_version="t",
        card=NOTHING_KNOWN,
    )  # fmt: skip


def test_each_decision_calls_once_when_new_and_once_when_urgent() -> None:
    caller = Caller()
    assert caller.heed([item("a"), item("b", 30)], NOW) is None
    assert caller.heed([item("a"), item("b", 30)], NOW) is None
    assert caller.heed([item("a"), item("c"), item("d")], NOW) == "New: Decision c and 1 more"
    later = NOW + timedelta(minutes=121)
    assert caller.heed([item("a"), item("e")], later) == "Locks within the hour: Decision a and 1 more"
    assert caller.heed([item("a"), item("e")], later) is None
    # One that comes back after an undo is not new.
    assert caller.heed([item("c")], NOW) is None


@pytest.mark.parametrize(
    ("environ", "written"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;T: B\a"),
        ({"TERM_PROGRAM": "WezTerm"}, "\x1b]9;T: B\a"),
        ({"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}, "\x1b]9;T: B\a"),
        ({"TERM": "foot-extra"}, "\x1b]777;notify;T;B\a"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "8203"}, "\x1b]777;notify;T;B\a"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, ""),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "linux"}, ""),
        ({}, ""),
        ({"TERM_PROGRAM": "tmux", "TMUX": "x"}, ""),
        (
            {"TERM_PROGRAM": "tmux", "LC_TERMINAL": "iTerm.app", "TMUX": "x"},
            "\x1bPtmux;\x1b\x1b]9;T: B\a\x1b\\",
        ),
        ({"TERM_PROGRAM": "WezTerm", "STY": "1.x"}, ""),
    ],
)
def test_only_terminals_that_are_known_to_show_it_are_written_to(environ: Any, written: str) -> None:
    assert desktop("T", "B", environ) == written


@pytest.mark.parametrize("name", [*HOSTILE, "a;b\x07\x1b\\c", "x" * 500])
def test_no_name_ends_the_sequence(name: str) -> None:
    written = desktop("T", name, {"TERM": "foot"})
    assert written.count("\x1b") == 1
    assert written.count("\a") == 1
    assert written.count(";") == 3
    assert len(written) < 200


def test_what_the_user_has_chosen() -> None:
    term = {"TERM": "foot"}
    hour = NOW.astimezone().hour
    assert signals("B", Notifications(), NOW, term) == "\a"
    assert signals("B", Notifications(bell=False), NOW, term) == ""
    assert signals("B", Notifications(bell=False, desktop=True), NOW, term).startswith("\x1b]777")
    quiet = Notifications(desktop=True, quiet=(hour, (hour + 1) % 24))
    assert signals("B", quiet, NOW, term) == ""
    assert signals("B", quiet, NOW + timedelta(hours=1), term).startswith("\a\x1b]777")


@pytest.mark.usefixtures("surroundings")
async def test_the_app_rings_for_what_comes_in_and_not_for_what_was_there(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(Background, "_signal", lambda _, sequence: written.append(sequence))
    app = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.workspace is not None
        workspace = app.workspace
        first = (await workspace.queue())[0]
        await press(pilot, "a", "u")
        assert written == []
        app.background._caller._seen = {item.id for item in await workspace.queue()} - {first.id}
        await workspace.choose("bell", "off")
        app.publish_change()
        await settle(pilot)
        assert written == [""]
        await workspace.choose("bell", "on")
        app.background._caller._seen -= {first.id}
        app.publish_change()
        await settle(pilot)
        assert written == ["", "\a"]


@pytest.mark.usefixtures("surroundings")
async def test_the_app_tells_what_a_rule_approved_and_u_takes_it_back(demo_postgres: str) -> None:
    app = demo_app(demo_postgres)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.workspace is not None
        workspace = app.workspace
        for kind in ("waiver_wire", "injury_monitoring", "lineup_optimization", "sit_start"):
            await switched_on(workspace.store, workspace.user_id, Terms(kind, None, 55, 50.0))
        before = {item.id for item in await workspace.queue()}
        await press(pilot, "8", "R")
        told = [note.message for note in app._notifications]
        assert any(text.startswith("Approved by a rule: ") for text in told)
        gone = before - {item.id for item in await workspace.queue()}
        events = [(await workspace.history(one))[-1] for one in gone]
        assert {event.door for event in events if event.action == "approve"} == {Door.POLICY.value}
        await press(pilot, "1", "u")
        assert len(before - {item.id for item in await workspace.queue()}) == len(gone) - 1
