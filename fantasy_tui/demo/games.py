"""The season's schedule: who plays whom and when, byes, and scores of what has been played."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from fantasy_tui.demo.teams import CODES, LAST_WEEK, NOW, SEASON, gameday, kickoff

# Four teams rest in each of eight weeks.
BYE_WEEKS = (5, 6, 7, 8, 9, 10, 11, 12)


@dataclass(frozen=True, slots=True)
class Fixture:
    """A game; scores are none before it is over."""

    week: int
    home: str
    away: str
    window: str
    kickoff: datetime
    spread: float
    total: float
    home_score: int | None
    away_score: int | None


def schedule(rng: Random) -> list[Fixture]:
    """All games of the season, by week and kickoff."""
    strength = {code: rng.gauss(0, 4) for code in CODES}
    resting = list(CODES)
    rng.shuffle(resting)
    byes = {week: set(resting[4 * i : 4 * i + 4]) for i, week in enumerate(BYE_WEEKS)}
    fixtures = []
    for week in range(1, LAST_WEEK + 1):
        playing = [code for code in CODES if code not in byes.get(week, ())]
        rng.shuffle(playing)
        pairs = list(zip(playing[::2], playing[1::2], strict=True))
        for (home, away), window in zip(pairs, _windows(len(pairs)), strict=True):
            fixtures.append(_fixture(rng, week, home, away, window, strength))
    return fixtures


def _windows(games: int) -> list[str]:
    fixed = ["thursday", *["late"] * 4, "night", "monday", "monday"]
    return ["thursday", *["early"] * (games - len(fixed)), *fixed[1:]]


def _fixture(
    rng: Random, week: int, home: str, away: str, window: str, strength: dict[str, float]
) -> Fixture:
    spread = round(2 * (strength[home] - strength[away] + 1.5)) / 2
    total = round(2 * rng.gauss(44.5, 3.5)) / 2
    starts = kickoff(week, window)
    home_score = max(0, round(rng.gauss((total + spread) / 2, 8)))
    away_score = max(0, round(rng.gauss((total - spread) / 2, 8)))
    over = starts < NOW
    return Fixture(
        week,
        home,
        away,
        window,
        starts,
        spread,
        total,
        home_score if over else None,
        away_score if over else None,
    )


def game_rows(fixtures: list[Fixture]) -> list[dict[str, Any]]:
    """Rows of `games`."""
    return [
        {
            "season": SEASON,
            "week": game.week,
            "home": game.home,
            "away": game.away,
            "gameday": gameday(game.week, game.window),
            "kickoff": game.kickoff,
            "kickoff_assumed": False,
            "status": "pre_game" if game.home_score is None else "complete",
            "spread_line": game.spread,
            "total_line": game.total,
            "home_score": game.home_score,
            "away_score": game.away_score,
        }
        for game in fixtures
    ]


def sides(fixtures: list[Fixture], week: int) -> dict[str, Fixture]:
    """Each team's game of a week; teams that rest are missing."""
    return {code: game for game in fixtures if game.week == week for code in (game.home, game.away)}
