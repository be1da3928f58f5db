"""When inputs are too old to be taken at their word."""

from datetime import datetime, timedelta

STALE_AFTER = timedelta(hours=6)
"""On a day with a game, inputs older than this are stale."""
GAME_DAY = timedelta(hours=18)
"""A kickoff so near makes it a game day."""


def is_stale(as_of: datetime | None, kickoff: datetime, now: datetime) -> bool:
    """True when inputs are more than six hours old, or of unknown age, on the day of a kickoff still ahead."""
    if not now < kickoff <= now + GAME_DAY:
        return False
    return as_of is None or now - as_of > STALE_AFTER
