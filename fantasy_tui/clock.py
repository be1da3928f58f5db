"""The only reader of the system clock: aware UTC, movable for replays and tests."""

from datetime import UTC, datetime


class Clock:
    """A clock that ticks in real time, from now or from the instant it was set to."""

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("a clock starts at an aware datetime")
        self._offset = (start - datetime.now(UTC)) if start else None

    @property
    def is_set(self) -> bool:
        """True when the clock was started at an instant other than the present."""
        return self._offset is not None

    def now(self) -> datetime:
        """The present instant on this clock, in UTC."""
        if self._offset is None:
            return datetime.now(UTC)
        return datetime.now(UTC) + self._offset


_clock = Clock()


def set_clock(start: datetime | None) -> None:
    """Start the process's clock at `start` (None: the real time)."""
    global _clock
    _clock = Clock(start)


def utcnow() -> datetime:
    """The present instant on the process's clock, in UTC."""
    return _clock.now()


def is_set() -> bool:
    """True when the process's clock does not show the real time."""
    return _clock.is_set
