"""Answers of several machines: the first one holds, whatever the order they come in."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.crud.merge import ANSWER_FIELDS, WAITS, Answer, Why, merge

START = datetime(2025, 11, 9, 12, tzinfo=UTC)
DEADLINE = START + timedelta(hours=6)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def answered(approved: bool, minutes: float, edit: dict[str, Any] | None = None) -> dict[str, Any]:
    taken: dict[str, Any] = {"action": "approve" if approved else "reject"}
    if edit is not None:
        taken["edit"] = edit
    when = at(minutes).isoformat()
    state = dict(WAITS, user_approved=approved, user_action_taken=taken, decided_at=when, closed_at=when)
    return state | {"decided_by": "me"}


def approve(id: str, minutes: float, edit: dict[str, Any] | None = None) -> Answer:
    return Answer(id, at(minutes), "approve", WAITS, answered(True, minutes, edit))


def reject(id: str, minutes: float) -> Answer:
    return Answer(id, at(minutes), "reject", WAITS, answered(False, minutes))


def snooze(id: str, minutes: float) -> Answer:
    return Answer(id, at(minutes), "snooze", WAITS, dict(WAITS, snoozed_until=at(minutes + 60).isoformat()))


def undo(id: str, minutes: float, of: Answer) -> Answer:
    return Answer(id, at(minutes), "undo", of.after, WAITS)


def test_nothing_was_said() -> None:
    assert merge([], DEADLINE).state == WAITS


def test_the_first_answer_holds() -> None:
    first, second = approve("a", 1), reject("b", 2)
    merged = merge([second, first], DEADLINE)
    assert merged.standing is first
    assert merged.state["user_approved"] is True
    (lost,) = merged.conflicts
    assert (lost.answer, lost.why, lost.first) == (second, Why.SECOND, first)


def test_the_same_answer_twice_is_no_conflict() -> None:
    merged = merge([approve("a", 1), approve("b", 2)], DEADLINE)
    assert [one.why for one in merged.refused] == [Why.AGREES]
    assert merged.conflicts == ()


def test_an_edit_is_another_answer_than_the_advice() -> None:
    merged = merge([approve("a", 1), approve("b", 2, {"bid": 3})], DEADLINE)
    assert [one.why for one in merged.conflicts] == [Why.SECOND]


def test_too_late_is_kept_as_such() -> None:
    late = approve("a", 6 * 60)
    merged = merge([late], DEADLINE)
    assert merged.state == WAITS
    assert [(one.answer, one.why) for one in merged.conflicts] == [(late, Why.LATE)]


def test_an_undo_opens_it_again_for_the_next() -> None:
    first = approve("a", 1)
    merged = merge([first, undo("b", 2, first), reject("c", 3)], DEADLINE)
    assert merged.state["user_approved"] is False
    assert merged.refused == ()


def test_an_undo_of_an_answer_that_never_held_changes_nothing() -> None:
    held, lost = approve("a", 1), reject("b", 2)
    merged = merge([held, lost, undo("c", 3, lost)], DEADLINE)
    assert merged.standing is held
    assert [one.answer.id for one in merged.refused] == ["b", "c"]


def test_undone_on_two_machines() -> None:
    first = approve("a", 1)
    merged = merge([first, undo("b", 2, first), undo("c", 3, first)], DEADLINE)
    assert merged.state == WAITS
    assert merged.conflicts == ()


def test_set_aside_and_then_answered_elsewhere() -> None:
    merged = merge([snooze("a", 1), approve("b", 2)], DEADLINE)
    assert (merged.state["user_approved"], merged.state["snoozed_until"]) == (True, None)
    merged = merge([approve("b", 2), snooze("a", 3)], DEADLINE)
    assert merged.state["user_approved"] is True
    assert [one.why for one in merged.conflicts] == [Why.SECOND]


@st.composite
def histories(draw: st.DrawFn) -> list[Answer]:
    """Answers of machines that know nothing of each other; each undoes only what it gave itself."""
    found: list[Answer] = []
    for machine in range(draw(st.integers(1, 3))):
        own: Answer | None = None
        for step in range(draw(st.integers(0, 3))):
            id, minutes = f"{machine}{step}", draw(st.integers(0, 400))
            if own is not None and draw(st.booleans()):
                found.append(undo(id, minutes, own))
                own = None
            else:
                own = draw(st.sampled_from([approve, reject, snooze]))(id, minutes)
                found.append(own)
    return found


@given(histories(), st.randoms())
def test_the_order_of_arrival_does_not_matter(answers: list[Answer], rng: Any) -> None:
    merged = merge(answers, DEADLINE)
    shuffled = list(answers)
    rng.shuffle(shuffled)
    assert merge(shuffled, DEADLINE) == merged
    assert merged.state.keys() == set(ANSWER_FIELDS)
    held = {one.answer.id for one in merged.refused}
    assert merged.standing is None or merged.standing.id not in held
    assert (merged.state["user_approved"] is None) == (merged.standing is None)


@given(histories())
def test_nobody_answers_before_the_one_that_holds_unless_it_was_taken_back(answers: list[Answer]) -> None:
    merged = merge(answers, DEADLINE)
    if merged.standing is None or any(one.action == "undo" for one in answers):
        return
    given_ = [one for one in answers if one.action in ("approve", "reject")]
    assert merged.standing.at == min(one.at for one in given_)


@pytest.mark.parametrize("order", permutations(range(3)))
def test_one_instant(order: tuple[int, ...]) -> None:
    answers = [approve("a", 1), reject("b", 1), approve("c", 1)]
    merged = merge([answers[place] for place in order], DEADLINE)
    assert merged.standing is answers[0]
