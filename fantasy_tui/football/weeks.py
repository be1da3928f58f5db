"""Which week of the season it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

# A week ends the morning after its last game: Monday night's final whistle in the US falls on Tuesday in UTC.
WEEK_ENDS_AFTER = timedelta(hours=10)
GAME_OVER_AFTER = timedelta(hours=4)
"""After its kickoff a game is over, overtime and a short interruption included."""
LAST_WEEK = 18
"""The last week of the regular season."""


def week_at(last_kickoffs: Mapping[int, datetime], now: datetime) -> int | None:
    """The first week whose last game is not yet over; after the season the last; none without a schedule.

    `last_kickoffs` maps a week to the kickoff of its last game.
    """
    if not last_kickoffs:
        return None
    open_weeks = [week for week, kickoff in last_kickoffs.items() if now < kickoff + WEEK_ENDS_AFTER]
    return min(open_weeks) if open_weeks else max(last_kickoffs)


def next_look(kickoffs: Iterable[datetime], now: datetime, every: timedelta) -> datetime | None:
    """When points are next worth asking for: `every` while a game is on, else once the next one has begun.

    None when no game is to come.
    """
    times = list(kickoffs)
    if any(kickoff <= now < kickoff + GAME_OVER_AFTER for kickoff in times):
        return now + every
    return min((kickoff + every for kickoff in times if kickoff > now), default=None)
