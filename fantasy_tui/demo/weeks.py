"""What players did in the weeks so far, and what was expected of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from fantasy_tui.demo import lines
from fantasy_tui.demo.games import Fixture, sides
from fantasy_tui.demo.lines import Line
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.teams import NOW, SEASON, WEEK, published
from fantasy_tui.football.scoring import league_points

SOURCE = "sleeper"
# How often somebody at the end of a depth chart gets into a game.
_NOW_AND_THEN = 0.3
# How much of what will set a game apart from his average a source foresees; with it the projections explain
# among starters about what real ones do (QB 6 %, RB 17 %, WR 10-15 %, TE 7 % of the variance).
_FORESIGHT = {"QB": 0.01, "TE": 0.03, "DEF": 0.03}
_PRESETS = {"pts_ppr": lines.PPR, "pts_half_ppr": lines.HALF_PPR, "pts_std": lines.STANDARD}


@dataclass(frozen=True, slots=True)
class Played:
    """Stat lines by week and player; one who rested, was hurt or has not played yet is missing."""

    lines: Mapping[int, Mapping[str, Line]]

    def points(self, week: int, player_id: str, scoring: Mapping[str, float]) -> float:
        """League points of a week, to 0.01; 0.0 when he did not play."""
        line = self.lines.get(week, {}).get(player_id)
        return round(league_points(line, scoring), 2) if line else 0.0


def absences(rng: Random, found: list[Athlete], until: int = WEEK) -> dict[str, frozenset[int]]:
    """Weeks that players miss with injuries of which the last happens in week `until`."""
    missed = {}
    for athlete in found:
        if athlete.position != "DEF" and athlete.team and rng.random() < 0.14:
            first = rng.randint(1, until)
            missed[athlete.player_id] = frozenset(range(first, first + rng.choice((1, 1, 2, 2, 3, 5))))
    return missed


def played(
    rng: Random, found: list[Athlete], fixtures: list[Fixture], missed: Mapping[str, frozenset[int]]
) -> Played:
    """Draw every player's game of every week so far; of one that is on, what has been played of it."""
    table: dict[int, dict[str, Line]] = {}
    for week in sorted({game.week for game in fixtures if game.played}):
        games = sides(fixtures, week)
        table[week] = {
            athlete.player_id: _line(rng, athlete, game)
            for athlete in found
            if (game := games.get(athlete.team or "")) is not None
            and game.played
            and week not in missed.get(athlete.player_id, ())
            and (athlete.regular or rng.random() < _NOW_AND_THEN)
        }
    return Played(table)


def _line(rng: Random, athlete: Athlete, game: Fixture) -> Line:
    so_far = game.played
    mean = athlete.mean if so_far == 1 else {stat: so_far * count for stat, count in athlete.mean.items()}
    line = lines.drawn(rng, mean)
    if athlete.position == "TE" and "rec" in line:
        line["bonus_rec_te"] = line["rec"]
    if athlete.position == "DEF":
        line |= lines.allowed(round(so_far * game.conceded(athlete.team)))
    return _with_presets(line)


def _with_presets(line: Line) -> Line:
    return line | {name: round(league_points(line, scoring), 2) for name, scoring in _PRESETS.items()}


def expected(
    rng: Random, found: list[Athlete], fixtures: list[Fixture], week: int = WEEK, done: Played | None = None
) -> dict[str, Line]:
    """A week's projected lines: means moved by the opponent and by what the source thinks of the week.

    `done` has the games of a past week: its projections foresaw a little of them.
    """
    games = sides(fixtures, week)
    outlook = {code: rng.gauss(1, 0.08) for code in sorted(games)}
    table = {}
    for athlete in found:
        game = games.get(athlete.team or "")
        if game is None or not athlete.regular:
            continue
        factor = outlook[game.away if game.home == athlete.team else game.home] * max(0.6, rng.gauss(1, 0.1))
        if done is not None:
            factor *= _foreseen(athlete, done.lines[week].get(athlete.player_id))
        line = {stat: round(mean * factor, 2) for stat, mean in athlete.mean.items()}
        if athlete.position == "DEF":
            line |= _expected_allowed(game, athlete.team)
        line = _with_presets(line)
        # For a few the source gives totals only, as Sleeper does.
        crumb = (athlete.depth or 1) > 2 and rng.random() < 0.2
        table[athlete.player_id] = {s: v for s, v in line.items() if s in _PRESETS} if crumb else line
    return table


def _foreseen(athlete: Athlete, line: Line | None) -> float:
    """By how much a source moves his mean for a game that he went on to play; 1 when he missed it."""
    foresight = _FORESIGHT.get(athlete.position)
    usual = athlete.worth(lines.HALF_PPR)
    if foresight is None or line is None or usual <= 0:
        return 1.0
    return max(0.5, 1 + foresight * (line["pts_half_ppr"] / usual - 1))


def _expected_allowed(game: Fixture, team: str | None) -> Line:
    home = (game.total + game.spread) / 2
    conceded = round(game.total - home if game.home == team else home, 1)
    return {"pts_allow": conceded, "pts_allow_14_20": 0.35, "pts_allow_7_13": 0.22, "pts_allow_28_34": 0.15}


def stats_rows(
    done: Played, told: Mapping[int, Mapping[str, Line]], season: str = SEASON
) -> list[dict[str, Any]]:
    """Rows of `player_stats`, beside what had been projected in the weeks of which that is `told`."""
    return [
        {
            "id": f"{player_id}:{season}:{week}",
            "player_id": player_id,
            "season": season,
            "week": week,
            "stats": line,
            "fantasy_points": line["pts_ppr"],
            "projected_points": told.get(week, {}).get(player_id, {}).get("pts_ppr"),
        }
        for week, table in done.lines.items()
        for player_id, line in table.items()
    ]


def projection_rows(table: Mapping[str, Line], week: int) -> list[dict[str, Any]]:
    """Rows of `projections`; those of past weeks as they stood before them."""
    as_of = published(week) if week < WEEK else NOW - timedelta(minutes=38)
    return [
        {
            "player_id": player_id,
            "season": SEASON,
            "week": week,
            "source": SOURCE,
            "stats": line,
            "as_of": as_of,
        }
        for player_id, line in table.items()
    ]
