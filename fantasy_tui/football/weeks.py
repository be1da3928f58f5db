"""Which week of the season it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta

# A week ends the morning after its last game: Monday night's final whistle in the US falls on Tuesday in UTC.
WEEK_ENDS_AFTER = timedelta(hours=10)


def week_at(last_kickoffs: Mapping[int, datetime], now: datetime) -> int | None:
    """The first week whose last game is not yet over; after the season the last; none without a schedule.

    `last_kickoffs` maps a week to the kickoff of its last game.
    """
    if not last_kickoffs:
        return None
    open_weeks = [week for week, kickoff in last_kickoffs.items() if now < kickoff + WEEK_ENDS_AFTER]
    return min(open_weeks) if open_weeks else max(last_kickoffs)
