"""The NFL's team codes, the season's calendar and the demo's instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fantasy_tui.football.weeks import WEEK_ENDS_AFTER

NOW = datetime(2025, 11, 9, 16, 10, tzinfo=UTC)
"""When the demo takes place: Sunday of week 10, two hours before the early kickoffs, with a game in Europe on."""

SEASON = "2025"
WEEK = 10
LAST_WEEK = 18
LAST_SEASON = "2024"
AHEAD = range(WEEK + 1, WEEK + 4)
"""The weeks ahead for which players are projected, as a sync asks for them."""
PAST = range(WEEK - 5, WEEK)
"""The weeks before this one of which decisions are stored, with what was known then."""

_FIRST_THURSDAYS = {SEASON: date(2025, 9, 4), LAST_SEASON: date(2024, 9, 5)}

_CODES = (
    "ARI ATL BAL BUF CAR CHI CIN CLE DAL DEN DET GB HOU IND JAX KC LAC LAR LV MIA MIN NE NO NYG NYJ PHI PIT SEA "
    "SF TB TEN WAS"
)
CODES = tuple(_CODES.split())

_EASTERN = ZoneInfo("America/New_York")
_PACIFIC = ZoneInfo("America/Los_Angeles")
# Days after Thursday and time of day in US Eastern time.
WINDOWS = {
    "thursday": (0, 20, 15),
    "europe": (3, 9, 30),
    "early": (3, 13, 0),
    "late": (3, 16, 25),
    "night": (3, 20, 20),
    "monday": (4, 20, 15),
}


def gameday(week: int, window: str, season: str = SEASON) -> date:
    """The day of a window's games in US Eastern time."""
    return _FIRST_THURSDAYS[season] + timedelta(weeks=week - 1, days=WINDOWS[window][0])


def kickoff(week: int, window: str, season: str = SEASON) -> datetime:
    """The instant a window's games of a week begin."""
    _, hour, minute = WINDOWS[window]
    return datetime.combine(gameday(week, window, season), time(hour, minute), _EASTERN).astimezone(UTC)


def claims_decided(week: int) -> datetime:
    """When waivers run before a week: in the night to Wednesday, five past midnight US Pacific."""
    wednesday = gameday(week, "thursday") - timedelta(days=1)
    return datetime.combine(wednesday, time(0, 5), _PACIFIC).astimezone(UTC)


def published(week: int) -> datetime:
    """When a past week's projections, designations and line-ups were brought: a day before its first kickoff."""
    return kickoff(week, "thursday") - timedelta(days=1)


def confirmed(week: int) -> datetime:
    """When a past week's final stats and scores were brought."""
    return kickoff(week, "monday") + WEEK_ENDS_AFTER + timedelta(hours=5)
