"""Kickoffs, spreads and totals from a file in the format of nflverse's games.csv."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
_SLEEPER_TEAM = {"LA": "LAR"}
_NEEDED = frozenset({"season", "game_type", "week", "gameday", "gametime", "away_team", "home_team"})

# The earliest kickoff that each weekday usually has, US Eastern: locking early is harmless, locking late is not.
_EARLIEST = {
    0: time(19, 0),
    1: time(13, 0),
    2: time(13, 0),
    3: time(20, 15),
    4: time(15, 0),
    5: time(13, 0),
    6: time(9, 30),
}
_THANKSGIVING = time(12, 30)


@dataclass(frozen=True, slots=True)
class GameLine:
    """A game of the regular season, teams in Sleeper's codes."""

    season: str
    week: int
    home: str
    away: str
    gameday: date
    kickoff: datetime | None
    """UTC; none where the file gives no time yet."""
    spread_line: float | None
    total_line: float | None
    home_score: int | None
    away_score: int | None


def parse(body: bytes) -> list[GameLine]:
    """The regular season's games of every season in the file; raises ValueError when it is not such a file."""
    reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    try:
        missing = _NEEDED - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"no column {', '.join(sorted(missing))}")
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(str(error)) from error
    if not rows or None in rows[-1].values():
        raise ValueError(f"broken off after {len(rows)} lines")
    return [_game(row) for row in rows if row["game_type"] == "REG"]


def _game(row: dict[str, str]) -> GameLine:
    if not all(row[name] is not None for name in _NEEDED):
        raise ValueError(f"a short line: {row}")
    gameday = date.fromisoformat(row["gameday"])
    gametime = row["gametime"]
    return GameLine(
        season=row["season"],
        week=int(row["week"]),
        home=_SLEEPER_TEAM.get(row["home_team"], row["home_team"]),
        away=_SLEEPER_TEAM.get(row["away_team"], row["away_team"]),
        gameday=gameday,
        kickoff=_instant(gameday, time.fromisoformat(gametime)) if gametime else None,
        spread_line=_number(row.get("spread_line")),
        total_line=_number(row.get("total_line")),
        home_score=_whole(row.get("home_score")),
        away_score=_whole(row.get("away_score")),
    )


def assumed_kickoff(gameday: date) -> datetime:
    """The earliest usual kickoff of a day on which a game's time is not known, in UTC."""
    is_thanksgiving = gameday.month == 11 and gameday.weekday() == 3 and 22 <= gameday.day <= 28
    return _instant(gameday, _THANKSGIVING if is_thanksgiving else _EARLIEST[gameday.weekday()])


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, EASTERN).astimezone(UTC)


def _number(text: str | None) -> float | None:
    return float(text) if text and text != "NA" else None


def _whole(text: str | None) -> int | None:
    number = _number(text)
    if number is None:
        return None
    if not number.is_integer():
        raise ValueError(f"{text} is not a score")
    return int(number)
