"""Instants as people say them."""

from datetime import datetime, timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def _span(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{int(seconds)}s"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)}m"
    if seconds < _DAY:
        hours, rest = divmod(int(seconds), _HOUR)
        return f"{hours}h{rest // _MINUTE:02d}"
    days, rest = divmod(int(seconds), _DAY)
    return f"{days}d{rest // _HOUR:02d}h"


def age(then: datetime, now: datetime) -> str:
    """How long ago: "12s", "5m", "3h20", "2d04h"; never negative."""
    return _span(max((now - then) / timedelta(seconds=1), 0))


def until(deadline: datetime, now: datetime) -> str:
    """How long it still is, or "over"."""
    left = (deadline - now) / timedelta(seconds=1)
    return _span(left) if left > 0 else "over"


def local(instant: datetime) -> str:
    """Weekday and time in the zone of the machine: "Sun 18:00"."""
    return f"{instant.astimezone():%a %H:%M}"
