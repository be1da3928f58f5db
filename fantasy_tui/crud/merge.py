"""Which of the answers that several machines gave to one decision stand: whoever was first, by the time of the answer.

Machines without a network answer on their own copies. Once all their answers lie side by side, what holds depends on
the answers alone and not on the order in which they arrived, so every machine comes to the same state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

ANSWER_FIELDS = (
    "user_approved",
    "user_action_taken",
    "decided_at",
    "decided_by",
    "closed_at",
    "snoozed_until",
    "snoozed_for",
)
"""The columns of a decision that an answer writes; an event's `after` has them as JSON values."""
WAITS: Mapping[str, Any] = dict.fromkeys(ANSWER_FIELDS)
ANSWERS = frozenset({"approve", "reject", "snooze", "undo", "redo"})
"""Actions of people (and of their rules) that change what holds; an edit's own event says nothing more."""


class Why(StrEnum):
    """Why an answer does not hold."""

    LATE = "too late"
    """Given after the deadline."""
    SECOND = "second"
    """Another answer was first."""
    GONE = "gone"
    """The decision is not there any more: its league was removed."""
    AGREES = "agrees"
    """Another answer was first, and says the same: nothing is lost."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as the audit has it."""

    id: str
    at: datetime
    action: str
    """approve, reject, snooze, undo or redo."""
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    """The decision's state then, on the machine that gave it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that does not hold, and the one that was first, where one was."""

    answer: Answer
    why: Why
    first: Answer | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What holds: the columns of `ANSWER_FIELDS`, as JSON values."""

    state: Mapping[str, Any]
    standing: Answer | None
    """The answer that holds; none while the decision waits, set aside or not."""
    refused: tuple[Refused, ...] = field(default=())

    @property
    def conflicts(self) -> tuple[Refused, ...]:
        """Answers of which something is lost."""
        return tuple(one for one in self.refused if one.why is not Why.AGREES)


def merge(answers: Iterable[Answer], deadline: datetime) -> Merged:
    """Go through the answers in the order of their times; a decision is answered once until that is undone."""
    state: Mapping[str, Any] = WAITS
    standing: Answer | None = None
    refused: list[Refused] = []
    for one in sorted(answers, key=lambda one: (one.at, one.id)):
        if one.action == "undo":
            taken = one.before.get("user_approved")
            if standing is not None and taken == standing.after.get("user_approved"):
                state, standing = WAITS, None
            elif standing is None and taken is None:
                state = WAITS
            else:
                # What it takes back never held, or was taken back already.
                refused.append(Refused(one, Why.AGREES if standing is None else Why.SECOND, standing))
        elif one.at >= deadline:
            refused.append(Refused(one, Why.LATE, standing))
        elif standing is not None:
            refused.append(Refused(one, _beside(one, standing), standing))
        else:
            state = {name: one.after.get(name) for name in ANSWER_FIELDS}
            standing = one if one.after.get("user_approved") is not None else None
    return Merged(state, standing, tuple(refused))


def _beside(one: Answer, standing: Answer) -> Why:
    """Whether an answer says what another one has said already."""
    same = _said(one) == _said(standing)
    return Why.AGREES if same else Why.SECOND


def _said(answer: Answer) -> tuple[bool | None, Any]:
    """Approved or not, and what in its place."""
    return answer.after.get("user_approved"), (answer.after.get("user_action_taken") or {}).get("edit")
