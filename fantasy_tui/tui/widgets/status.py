"""The line at the top: where one is, what is going on, how old the data is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from fantasy_tui.clock import is_set, utcnow
from fantasy_tui.tui.text import cut
from fantasy_tui.tui.times import age

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem

_WIDE = 100
"""Cells from which the clock shows its date."""


class Waiting(Struct, frozen=True):
    """How many decisions wait, by how soon they lock."""

    now: int = 0
    """Within the hour."""
    today: int = 0
    """Within a day."""
    later: int = 0

    @classmethod
    def of(cls, items: Iterable[QueueItem], now: datetime) -> Waiting:
        """Count them."""
        counted = Counter(item.urgency(now) for item in items)
        return cls(counted["now"], counted["today"], counted["later"])

    @property
    def told(self) -> str:
        """The counts that are not zero: "3 now · 5 today · 9 later"."""
        counts = ((self.now, "now"), (self.today, "today"), (self.later, "later"))
        return " · ".join(f"{count} {when}" for count, when in counts if count) or "nothing waits"


class Status(Struct, frozen=True):
    """What the status line tells on every screen."""

    user: str = ""
    waiting: Waiting | None = None
    """Decisions that wait; none while that is not known."""
    synced_at: datetime | None = None
    busy: str = ""
    """What runs behind the screen at this moment."""
    offline: bool = False
    """True while nothing new comes in."""
    trouble: str = ""
    """What keeps new data away, in a few words; empty when offline by choice or when all is well."""
    live: bool = False
    """True while games are on and their points are followed."""
    fictional: bool = False


class StatusLine(Widget):
    """Screen, user, decisions waiting; what runs; age of the data."""

    DEFAULT_CSS = """
    StatusLine { dock: top; height: 1; width: 1fr; padding: 0 1; background: $panel; color: $foreground; }
    """

    status: reactive[Status] = reactive(Status())

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading

    def on_mount(self) -> None:
        """Show the app's status, and let its ages grow."""
        self.watch(self.app, "status", self._show)
        self.set_interval(15, self.refresh)

    def _show(self, status: Status) -> None:
        self.status = status

    def render(self) -> RenderResult:
        """Left what one looks at, right how fresh it is."""
        status, width = self.status, self.content_size.width
        left = Content.styled(f" {self.heading} ", "bold $text-primary on $boost")
        counted = status.waiting.told if status.waiting is not None else ""
        right = self._freshness(status, width - left.cell_length - len(counted) - 3)
        room = max(width - left.cell_length - right.cell_length - 3, 0)
        told = cut(counted, room)
        urgent = "bold $text-error" if status.waiting is not None and status.waiting.now else ""
        left += Content.assemble("  ", (told, urgent))
        room -= len(told) + 3
        if status.user and room > 3:
            left += Content(f"{' · ' if told else ''}{cut(status.user, min(room, 20))}")
        gap = max(width - left.cell_length - right.cell_length, 1)
        return left + Content(" " * gap) + right

    def _freshness(self, status: Status, room: int) -> Content:
        """As much as the counts leave room for: the reason goes first, then the clock."""
        for reason, clock in ((True, True), (False, True), (False, False)):
            told = Content(" · ").join(self._parts(status, reason=reason, clock=clock))
            if told.cell_length <= room:
                break
        return told

    def _parts(self, status: Status, *, reason: bool, clock: bool) -> Iterator[Content]:
        if status.fictional:
            yield Content.styled("DEMO", "bold $text-warning")
        if status.offline:
            why = f" ({cut(status.trouble, 24)})" if status.trouble and reason else ""
            yield Content.styled(f"OFFLINE{why}", "bold $text-warning")
        elif status.live:
            yield Content.styled("● LIVE", "bold $text-success")
        if status.busy:
            yield Content.styled(cut(status.busy, 34 if reason else 20), "$text-accent")
        elif status.synced_at is not None:
            yield Content.styled(f"synced {age(status.synced_at, utcnow())} ago", "$text-muted")
        if is_set() and clock:
            day = "%a %d %b " if self.content_size.width >= _WIDE else "%a "
            yield Content.styled(f"clock {utcnow():{day}%H:%M}Z", "$text-muted")
