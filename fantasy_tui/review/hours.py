"""Hours of the day as people write them: "22-7" is from ten in the evening to seven in the morning, local time."""

from __future__ import annotations

import re
from datetime import datetime

Hours = tuple[int, int]
"""From the first hour on, up to the second; equal ones would be no time at all and are refused."""


def parse_hours(text: str) -> Hours | None:
    """Two hours from "22-7"; none from "always", "off" or nothing. Raises ValueError with a sentence."""
    words = text.strip().casefold()
    if words in ("", "always", "off", "none", "-"):
        return None
    found = re.fullmatch(r"(\d{1,2})(?::00)?\s*(?:-|–|to)\s*(\d{1,2})(?::00)?", words)
    hours = (int(found[1]), int(found[2]) % 24) if found else (-1, -1)
    if not found or int(found[2]) > 24 or not 0 <= hours[0] <= 23:
        raise ValueError(f"“{text.strip()}” is not two hours of the day; write them as in 22-7.")
    if hours[0] == hours[1]:
        raise ValueError(f"“{text.strip()}” has no hour in it; write two different ones as in 22-7.")
    return hours


def shown_hours(hours: Hours | None, otherwise: str) -> str:
    """As they are written, or `otherwise` without any."""
    return f"{hours[0]}-{hours[1]}" if hours is not None else otherwise


def within(instant: datetime, hours: Hours | None) -> bool:
    """True when the instant's local hour lies between the two, over midnight too; always without hours."""
    if hours is None:
        return True
    hour, (start, end) = instant.astimezone().hour, hours
    return start <= hour < end if start < end else hour >= start or hour < end
