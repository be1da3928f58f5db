"""The NFL's team codes, the season's calendar and the demo's instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from fantasy_tui.football.weeks import WEEK_ENDS_AFTER

NOW = datetime(2025, 11, 9, 16, 10, tzinfo=UTC)
"""When the demo takes place: Sunday of week 10, two hours before the early kickoffs."""

SEASON = "2025"
WEEK = 10
LAST_WEEK = 18
PAST = range(WEEK - 5, WEEK)
"""The weeks before this one of which decisions are stored, with what was known then."""

FIRST_THURSDAY = date(2025, 9, 4)

_CODES = (
    "ARI ATL BAL BUF CAR CHI CIN CLE DAL DEN DET GB HOU IND JAX KC LAC LAR LV MIA MIN NE NO NYG NYJ PHI PIT SEA "
    "SF TB TEN WAS"
)
CODES = tuple(_CODES.split())

_EASTERN = ZoneInfo("America/New_York")
# Days after Thursday and time of day in US Eastern time.
WINDOWS = {
    "thursday": (0, 20, 15),
    "early": (3, 13, 0),
    "late": (3, 16, 25),
    "night": (3, 20, 20),
    "monday": (4, 20, 15),
}


def kickoff(week: int, window: str) -> datetime:
    """The instant a window's games of a week begin."""
    days, hour, minute = WINDOWS[window]
    day = FIRST_THURSDAY + timedelta(weeks=week - 1, days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_EASTERN).astimezone(UTC)


def published(week: int) -> datetime:
    """When a past week's projections, designations and line-ups were brought: a day before its first kickoff."""
    return kickoff(week, "thursday") - timedelta(days=1)


def confirmed(week: int) -> datetime:
    """When a past week's final stats and scores were brought."""
    return kickoff(week, "monday") + WEEK_ENDS_AFTER + timedelta(hours=5)


def gameday(week: int, window: str) -> date:
    """The day of the window's games in US Eastern time."""
    return FIRST_THURSDAY + timedelta(weeks=week - 1, days=WINDOWS[window][0])
