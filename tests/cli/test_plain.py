"""The queue asked line by line: what is read out, what is in the database before the next question, how it ends."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from fantasy_tui.config import load_settings
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW as DEMO_NOW
from fantasy_tui.models import Door, Player
from fantasy_tui.review.item import QueueItem
from fantasy_tui.workspace import Workspace
from tests.cli.conftest import Cli, Ran
from tests.leagues import NOW
from tests.pseudo import APP, Pseudo, environment
from tests.review.world import alter

Talk = Callable[..., Ran]
_NOT_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2500-\u259f]")
"""Control characters other than the line's end, boxes and blocks."""


@pytest.fixture
def talk(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Start it, say these lines, close the input."""

    class Said:
        """Standard input; what stands between the lines is done before the next is read."""

        def __init__(self, *said: str | Callable[[], object]) -> None:
            self.left = list(said)

        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            while self.left and callable(self.left[0]):
                self.left.pop(0)()  # type: ignore[operator]
            return f"{self.left.pop(0)}\n" if self.left else ""

    def run(*said: str | Callable[[], object], argv: tuple[str, ...] = ("--plain",)) -> Ran:
        monkeypatch.setattr(sys, "stdin", Said(*said))
        return cli(*argv)

    return run


def elsewhere(work: Callable[[Workspace], Awaitable[object]], url: str, **settings: Any) -> None:
    """Do something in the same store as another process would."""

    async def do() -> None:
        workspace = await Workspace.open(load_settings(database_url=url, now=NOW, offline=True, **settings))
        await work(workspace)
        await workspace.close()

    thread = Thread(target=lambda: asyncio.run(do()))
    thread.start()
    thread.join()


@pytest.mark.parametrize("argv", [("--plain",), ("queue", "--plain"), ("--plain", "queue")])
def test_it_reads_the_queue_out_and_ends_with_the_input(
    talk: Talk, decisions: list[str], argv: tuple[str, ...]
) -> None:
    ran = talk(argv=argv)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "3 decisions wait. Sleeper rosters, synced 5m ago."
    assert [line[:2] for line in lines[1:4]] == ["1.", "2.", "3."]
    assert "Start Bench Man over Start Man. Alpha League, week 10. Locks in 1h59 (" in lines[1]
    assert "+4.4 points expected, 64 in 100 sure." in lines[1]
    assert lines[5].startswith("1 of 3: Start Bench Man")
    assert lines[6] == "Answer, or ? for help:"
    assert lines[-1] == "Nothing was decided."
    assert not _NOT_TEXT.search(ran.out)


def test_answers_are_carried_out_and_can_be_taken_back(talk: Talk, cli: Cli, decisions: list[str]) -> None:
    second = decisions[1]
    ran = talk("approve", "x", "too risky", "n", "u", "x", ".", "q")
    assert ran.code == 0
    assert "Approved: Start Bench Man over Start Man. u takes it back." in ran.out
    assert "In Sleeper:\n1. [ ] RB: start Bench Man (RB, PHI) in place of Start Man.\n" in ran.out
    assert "Rejected: Start Bench Man over Start Man. u takes it back." in ran.out
    assert "Taken back: Start Bench Man over Start Man." in ran.out
    assert "Kept; it still waits." in ran.out
    assert ran.out.splitlines()[-1].startswith("Decided 1 in 0s: 1 approved;")
    status = {one: cli("show", one, "--json").json for one in decisions}
    assert [status[one]["status"] for one in decisions] == ["approved", "pending", "pending"]
    history = [(event["action"], event["door"], event["note"]) for event in status[second]["history"]]
    assert history[1:] == [("reject", "cli", "too risky"), ("undo", "cli", None)]


def test_every_answer_is_in_the_database_before_the_next_question(decisions: list[str], empty: str) -> None:
    def pending() -> list[str]:
        left: list[QueueItem] = []

        async def read(workspace: Workspace) -> None:
            left.extend(await workspace.queue())

        elsewhere(read, empty)
        return [item.id for item in left]

    with subprocess.Popen(
        [*APP, "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"TZ": "UTC"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def question() -> None:
            assert process.stdout is not None
            while (line := process.stdout.readline()) != "Answer, or ? for help:\n":
                assert line, "it has ended"

        question()
        for number in range(1, 4):
            process.stdin.write("a\n")
            process.stdin.flush()
            question()
            assert pending() == decisions[number:]
        process.stdin.close()
        assert process.wait(60) == 0


def test_what_it_can_be_told(talk: Talk, decisions: list[str]) -> None:
    ran = talk("?", "7", "perhaps", "3", "n", "n", "", "n", "d", "l", "p", "2", "details")
    out = ran.out
    assert ran.code == 0
    assert "a or approve: approve this decision." in out
    assert out.count("That is no answer; ? tells which there are.") == 2
    assert "3 of 3: " in out
    assert "3 left for later; l lists them" in out
    assert "No decision is left to answer; l lists those that you left for later." in out
    assert "Nothing approved is left to do in Sleeper." in out
    assert out.count("3 decisions wait.") == 2
    assert "What changes:\nRB: Bench Man, RB PHI at DAL, 12.0 points, until now Start Man" in out
    assert "Otherwise:\nThe line-up as it stands is expected to score 7.6 against 12.0.\n" in out


def test_what_moved_is_told_and_what_is_best_now_is_asked(
    talk: Talk, decisions: list[str], empty: str
) -> None:
    async def hurt(workspace: Workspace) -> None:
        await alter(workspace.store, Player, "4", injury_status="Out")

    ran = talk(lambda: elsewhere(hurt, empty), "a", "q")
    assert "Not approved: “Start Bench Man over Start Man” was made for another situation." in ran.out
    assert "Bench Man is Out now (was not on the injury report)." in ran.out
    assert "Nothing is recommended on this question any more." in ran.out
    assert "Nothing was decided." in ran.out


def test_who_was_faster_is_told(talk: Talk, decisions: list[str], empty: str) -> None:
    async def reject(workspace: Workspace) -> None:
        await workspace.reject(decisions[0], Door.TUI)

    ran = talk(lambda: elsewhere(reject, empty), "a")
    assert ran.code == 0
    assert "was already rejected by Manager" in ran.out
    assert "1 of 2: " in ran.out


def test_it_is_set_aside_until_an_event(talk: Talk, cli: Cli, decisions: list[str]) -> None:
    ran = talk("s", "", "s", "99", "1")
    assert "Set aside until:\n1. " in ran.out
    assert re.search(r"There are 1 to \d+\.", ran.out)
    assert "Set aside until " in ran.out.split("There are")[1]
    (row,) = cli("queue", "--snoozed", "--json").json
    assert row["id"] == decisions[0]


def test_an_empty_queue_still_takes_an_answer_back(talk: Talk, decisions: list[str]) -> None:
    ran = talk("x", "", "x", "", "x", "", "u", "U", "U", "q")
    assert ran.code == 0
    assert "Nothing waits for you." in ran.out
    assert "Done again: " in ran.out
    assert "There is nothing" in ran.out
    assert ran.out.splitlines()[-1].startswith("Decided 3 in 0s: 3 rejected;")


def test_offline_fetches_nothing_and_goes_on(talk: Talk, decisions: list[str]) -> None:
    ran = talk("r", "a")
    assert ran.code == 0
    assert "Offline mode is on: nothing was fetched." in ran.out
    assert "Approved: " in ran.out


def test_nobody_and_no_database(talk: Talk) -> None:
    assert talk().code == 3
    ran = talk(argv=("--plain", "--database-url", "postgresql://u:pw@127.0.0.1:1/x"))
    assert (ran.code, ran.out) == (5, "")


def test_the_unexpected_is_not_swallowed(
    talk: Talk, decisions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fall(*_: object) -> None:
        raise ValueError("deep inside")

    monkeypatch.setattr(Workspace, "approve", fall)
    ran = talk("a", "q")
    assert ran.code == 1
    assert "Something unexpected happened (ValueError)" in ran.err


@pytest.fixture
def on_the_demo(demo: Path, home: Path) -> Path:
    """The settings of a copy of the demo."""
    file = home / "demo.db"
    file.write_bytes(demo.read_bytes())
    return file


def test_conflicts_are_told_and_asked_about(
    talk: Talk, on_the_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANTASY_NOW", DEMO_NOW.isoformat())
    url = f"sqlite:///{on_the_demo}"
    torn: list[bool] = []

    async def look(workspace: Workspace) -> None:
        torn.extend(bool(item.conflicts) for item in await workspace.queue())

    elsewhere(look, url, username=USERNAME)
    argv = ("--plain", "--database-url", url, "--username", USERNAME)
    ran = talk(*["n"] * torn.index(True), "a", "n", "a", "y", argv=argv)
    kept, done = ran.out.split("Not approved; it still waits.")
    assert "It cannot be done beside another decision." in kept
    assert "not both can be done as they stand." in kept
    assert "Approve it all the same? y or n:" in kept
    assert "Approved: " in done
    assert "As it stands this cannot be done any more: “" in done


def test_in_a_terminal_nothing_is_steered_and_an_interrupt_is_clean(
    decisions: list[str], tmp_path: Path, empty: str
) -> None:
    settings = {name: value for name, value in os.environ.items() if name.startswith("FANTASY_")}
    with Pseudo([*APP, "--plain"], environment(tmp_path, TERM="dumb", **settings), tmp_path) as plain:
        plain.wait_for("Answer, or ? for help: ")
        plain.send("a\n")
        plain.wait_for("1 of 2: ")
        plain.wait_for("help: ", 5)
        plain.settle()
        plain.send("\x03")
        assert plain.end() == 130
        assert plain.text.rstrip().endswith("Interrupted.")
        assert b"\x1b" not in plain.written
        assert "Traceback" not in plain.text
        assert plain.changed_modes == set()


def test_the_end_of_the_input_in_a_terminal(decisions: list[str], tmp_path: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if name.startswith("FANTASY_")}
    with Pseudo([*APP, "--plain"], environment(tmp_path, **settings), tmp_path) as plain:
        plain.wait_for("help: ")
        plain.send("x\n")
        plain.wait_for("keeps the decision: ")
        plain.send("\x04")
        assert plain.end() == 0
        assert plain.text.rstrip().endswith("Nothing was decided.")
