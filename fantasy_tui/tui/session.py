"""What was answered since the app was opened, summed up in one line."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fantasy_tui.tui.times import age

_WORDS = {"approve": "approved", "reject": "rejected", "edit": "edited", "snooze": "snoozed"}


class Session:
    """Each decision counts once, with its last answer; what is taken back does not count."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[str, float]] = {}
        self._taken_back: dict[str, tuple[str, float]] = {}
        self._first: datetime | None = None
        self._last: datetime | None = None

    def note(self, decision_id: str, action: str, points: float, at: datetime) -> None:
        """An answer is in the database: approve, reject, edit or snooze, and the points it was about."""
        self._first, self._last = self._first or at, at
        self._answers[decision_id] = (action, points)

    def take_back(self, decision_id: str) -> None:
        """The answer was undone; one of an earlier session never counted."""
        if decision_id in self._answers:
            self._taken_back[decision_id] = self._answers.pop(decision_id)

    def give_again(self, decision_id: str, at: datetime) -> None:
        """The undone answer was given again."""
        if decision_id in self._taken_back:
            self.note(decision_id, *self._taken_back.pop(decision_id), at)

    @property
    def line(self) -> str:
        """How many, how, how many points were at stake and how long it took; empty while nothing counts."""
        if not self._answers or self._first is None or self._last is None:
            return ""
        counted = Counter(action for action, _ in self._answers.values())
        how = ", ".join(f"{counted[action]} {word}" for action, word in _WORDS.items() if counted[action])
        points = sum(points for _, points in self._answers.values())
        took = age(self._first, self._last)
        return f"Decided {len(self._answers)} in {took}: {how}; {points:.1f} points at stake."
