"""The session in one line: each decision once, and not what was taken back."""

from datetime import timedelta

from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui.session import Session


def test_nothing_decided_says_nothing() -> None:
    assert Session().line == ""


def test_each_decision_counts_once_with_its_last_answer() -> None:
    session = Session()
    session.note("a", "snooze", 3.0, NOW)
    session.note("a", "approve", 3.0, NOW + timedelta(minutes=1))
    session.note("b", "reject", 2.5, NOW + timedelta(minutes=2))
    assert session.line == "Decided 2 in 2m: 1 approved, 1 rejected; 5.5 points at stake."


def test_what_is_taken_back_does_not_count_until_it_is_given_again() -> None:
    session = Session()
    session.note("a", "edit", 3.0, NOW)
    session.take_back("a")
    session.take_back("of an earlier session")
    assert session.line == ""
    session.give_again("a", NOW)
    assert session.line.endswith("1 edited; 3.0 points at stake.")
