"""A season's schedule: who plays whom and when, byes, and scores of what has been played."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from fantasy_tui.demo.teams import CODES, LAST_WEEK, NOW, SEASON, gameday, kickoff
from fantasy_tui.football.matchup import GAME_LASTS

# Four teams rest in each of eight weeks.
BYE_WEEKS = (5, 6, 7, 8, 9, 10, 11, 12)
# In these a game is played in Europe on Sunday morning.
_IN_EUROPE = frozenset({4, 5, 6, 7, 10, 11})
# Weeks within which nobody meets the same team again.
_APART = 5


@dataclass(frozen=True, slots=True)
class Fixture:
    """A game; its scores are those that it ends with, though nobody knows them before."""

    season: str
    week: int
    home: str
    away: str
    window: str
    kickoff: datetime
    spread: float
    total: float
    home_score: int
    away_score: int

    @property
    def played(self) -> float:
        """How much of it has been played at the demo's instant, 0 to 1."""
        return min(1.0, max(0.0, (NOW - self.kickoff) / GAME_LASTS))

    def conceded(self, team: str | None) -> int:
        """What the other side ends with."""
        return self.away_score if self.home == team else self.home_score


def schedule(rng: Random, season: str = SEASON) -> list[Fixture]:
    """All games of a season, by week and kickoff."""
    strength = {code: rng.gauss(0, 4) for code in CODES}
    resting = list(CODES)
    rng.shuffle(resting)
    byes = {week: set(resting[4 * i : 4 * i + 4]) for i, week in enumerate(BYE_WEEKS)}
    fixtures = []
    met: dict[int, set[frozenset[str]]] = {}
    for week in range(1, LAST_WEEK + 1):
        playing = [code for code in CODES if code not in byes.get(week, ())]
        lately = set().union(*(met.get(before, set()) for before in range(week - _APART, week)))
        pairs = _pairs(rng, playing)
        while not lately.isdisjoint(map(frozenset, pairs)):
            pairs = _pairs(rng, playing)
        met[week] = set(map(frozenset, pairs))
        for (home, away), window in zip(pairs, _windows(week, len(pairs)), strict=True):
            spread = round(2 * (strength[home] - strength[away] + 1.5)) / 2
            total = round(2 * rng.gauss(44.5, 3.5)) / 2
            scores = (max(0, round(rng.gauss((total + edge) / 2, 8))) for edge in (spread, -spread))
            starts = kickoff(week, window, season)
            fixtures.append(Fixture(season, week, home, away, window, starts, spread, total, *scores))
    return fixtures


def _pairs(rng: Random, playing: list[str]) -> list[tuple[str, str]]:
    rng.shuffle(playing)
    return list(zip(playing[::2], playing[1::2], strict=True))


def _windows(week: int, games: int) -> list[str]:
    first = ["thursday", "europe"] if week in _IN_EUROPE else ["thursday"]
    last = [*["late"] * 4, "night", "monday", "monday"]
    return [*first, *["early"] * (games - len(first) - len(last)), *last]


def game_rows(fixtures: list[Fixture]) -> list[dict[str, Any]]:
    """Rows of `games`."""
    return [
        {
            "season": game.season,
            "week": game.week,
            "home": game.home,
            "away": game.away,
            "gameday": gameday(game.week, game.window, game.season),
            "kickoff": game.kickoff,
            "kickoff_assumed": False,
            "status": _status(game),
            "spread_line": game.spread,
            "total_line": game.total,
            "home_score": game.home_score if game.played == 1 else None,
            "away_score": game.away_score if game.played == 1 else None,
        }
        for game in fixtures
    ]


def _status(game: Fixture) -> str:
    if game.played == 0:
        return "pre_game"
    return "complete" if game.played == 1 else "in_game"


def sides(fixtures: list[Fixture], week: int) -> dict[str, Fixture]:
    """Each team's game of a week; teams that rest are missing."""
    return {code: game for game in fixtures if game.week == week for code in (game.home, game.away)}
