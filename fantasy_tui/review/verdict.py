"""What comes of an answer: the verdict, or the reason why there is none."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class DecisionConflict(Exception):
    """The decision no longer waits, or cannot be undone; the message says who did what and when."""


class NothingToUndo(Exception):
    """The user has not decided anything that could be undone, or undone anything that could be redone."""


class Moved(DecisionConflict):
    """What the decision was made on has changed since: nothing was approved."""

    def __init__(self, changes: tuple[str, ...]) -> None:
        super().__init__("Not approved, the world has moved: " + " ".join(changes))
        self.changes = changes
        """What has changed, one sentence each."""


class Verdict(Struct, frozen=True):
    """What was done, after it is in the database."""

    decision_id: str
    league: str
    summary: str
    action: str
    """approve, reject, undo, redo or snooze."""
    at: datetime
    edited: bool = False
    """True when something else than the recommendation was approved; `summary` tells what."""
    until: datetime | None = None
    """When a snoozed decision comes back at the latest."""
