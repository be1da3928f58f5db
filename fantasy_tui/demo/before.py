"""The season before: its games, and what the better players of today did in them."""

from dataclasses import replace
from random import Random

from fantasy_tui.demo import games, players, weeks
from fantasy_tui.demo.games import Fixture
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.teams import LAST_SEASON, LAST_WEEK
from fantasy_tui.demo.weeks import Played

_BEST = 260
"""So many players by rank have last season's stats, those who were not in college then."""


def last_season(rng: Random, found: list[Athlete]) -> tuple[list[Fixture], Played]:
    """Its fixtures and stat lines: everyone on today's team, somewhat better or worse than he is now."""
    fixtures = games.schedule(rng, LAST_SEASON)
    best = [a for a in players.ranked(found)[:_BEST] if a.years or a.position == "DEF"]
    then = [_a_year_younger(athlete, rng.gauss(1, 0.15)) for athlete in best]
    return fixtures, weeks.played(rng, then, fixtures, weeks.absences(rng, then, LAST_WEEK))


def _a_year_younger(athlete: Athlete, skill: float) -> Athlete:
    return replace(athlete, mean={stat: max(0.5, skill) * count for stat, count in athlete.mean.items()})
