"""What came of answers that were given without the shared database, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from fantasy_tui.crud.merge import Why
from fantasy_tui.crud.replay import Lost, Replayed

When = Callable[[datetime], str]
"""How an instant is written."""
_SAID = {"approve": "approval", "reject": "rejection", "snooze": "snooze", "undo": "undo", "redo": "answer"}


def told(sent: Replayed, when: When) -> Iterator[str]:
    """How many answers arrived, then each that does not hold; nothing where nothing was sent."""
    if sent.answers:
        many = "answer that was" if sent.answers == 1 else "answers that were"
        yield f"Sent {sent.answers} {many} given without the database."
    for one in sent.lost:
        yield lost(one, when)


def lost(one: Lost, when: When) -> str:
    """Why an answer does not hold."""
    yours = f"“{one.summary}”: your {_SAID[one.action]} of {when(one.at)}{_at(one.machine)}"
    if one.why is Why.LATE:
        return f"{yours} came too late and is kept as such."
    if one.why is Why.GONE:
        return f"{yours} has no place any more: its league is gone from the shared database."
    if one.first_action is None or one.first_at is None:
        return f"{yours} does not hold."
    first = f"{_SAID[one.first_action]} of {when(one.first_at)}{_at(one.first_machine)}"
    return f"{yours} does not hold: the {first} was first."


def _at(machine: str | None) -> str:
    return f" on {machine}" if machine else ""
