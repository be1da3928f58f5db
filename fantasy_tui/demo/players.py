"""The players: a depth chart for each team, free agents without one, and the defences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from fantasy_tui.demo import lines
from fantasy_tui.demo.lines import Line
from fantasy_tui.demo.people import names
from fantasy_tui.demo.teams import CODES
from fantasy_tui.football.scoring import league_points

# How good the first, second … of a depth chart is, against an average starter.
_DEPTH = {
    "QB": (1.0, 0.28),
    "RB": (1.0, 0.58, 0.28, 0.1),
    "WR": (1.2, 0.85, 0.6, 0.32, 0.12),
    "TE": (1.0, 0.45, 0.18),
    "K": (1.0,),
    "DL": (1.1, 0.8),
    "LB": (1.15, 0.9, 0.55),
    "DB": (1.1, 0.9, 0.55),
}
# So many of a depth chart play week in, week out; the others now and then.
_REGULARS = {"QB": 2, "RB": 3, "WR": 4, "TE": 2, "LB": 2, "DB": 2}
_NUMBERS = {"QB": (1, 19), "RB": (20, 39), "WR": (10, 19), "TE": (80, 89), "K": (1, 9)}
_SPREAD = 0.2
_WITHOUT_TEAM = 48


@dataclass(frozen=True, slots=True)
class Athlete:
    """A player or a defence; `mean` is what he does in an average game."""

    player_id: str
    first: str
    last: str
    position: str
    also: tuple[str, ...]
    """Further fantasy positions."""
    team: str | None
    age: int | None
    number: int | None
    depth: int | None
    years: int
    mean: Line

    @property
    def positions(self) -> frozenset[str]:
        """Fantasy positions."""
        return frozenset({self.position, *self.also})

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def regular(self) -> bool:
        """Whether he plays every week, and sources project him."""
        return self.depth is not None and self.depth <= _REGULARS.get(self.position, self.depth)

    def worth(self, scoring: Mapping[str, float]) -> float:
        """League points of an average game; a defence's are a guess, for points allowed come in bands."""
        return league_points(self.mean, scoring) + (0.6 if self.position == "DEF" else 0.0)


def athletes(rng: Random) -> list[Athlete]:
    """Everyone, by team and position."""
    people = names(rng)
    ids = _ids(rng)
    found = []
    for team in CODES:
        for position, chart in _DEPTH.items():
            for depth, level in enumerate(chart, start=1):
                skill = level * max(0.4, rng.gauss(1, _SPREAD))
                found.append(_athlete(rng, next(ids), next(people), position, team, depth, skill))
        found.append(_defence(rng, team))
    for _ in range(_WITHOUT_TEAM):
        position = rng.choice(("QB", "RB", "RB", "WR", "WR", "TE", "LB", "DB"))
        found.append(_athlete(rng, next(ids), next(people), position, None, None, 0.05))
    return _with_namesake(found)


def _with_namesake(found: list[Athlete]) -> list[Athlete]:
    """Two players of one name, as every season has them."""
    first = next(a for a in found if a.position == "WR" and a.depth == 1)
    second = next(a for a in reversed(found) if a.position == "LB" and a.depth == 2)
    twin = replace(second, first=first.first, last=first.last)
    return [twin if athlete is second else athlete for athlete in found]


def _ids(rng: Random) -> Iterator[str]:
    number = 100_000
    while True:
        number += rng.randint(1, 17)
        yield str(number)


def _athlete(
    rng: Random,
    player_id: str,
    name: tuple[str, str],
    position: str,
    team: str | None,
    depth: int | None,
    skill: float,
) -> Athlete:
    years = rng.choices(range(13), weights=(14, 13, 12, 11, 10, 8, 7, 6, 5, 4, 3, 2, 1))[0]
    also: tuple[str, ...] = ()
    if position == "DL" and rng.random() < 0.12:
        also = ("LB",)
    elif position == "RB" and rng.random() < 0.04:
        also = ("WR",)
    return Athlete(
        player_id=player_id,
        first=name[0],
        last=name[1],
        position=position,
        also=also,
        team=team,
        age=21 + years + rng.randint(0, 2),
        number=rng.randint(*_NUMBERS.get(position, (50, 99))),
        depth=depth,
        years=years,
        mean=lines.mean_line(position, skill),
    )


def _defence(rng: Random, team: str) -> Athlete:
    skill = max(0.5, rng.gauss(1, 0.18))
    return Athlete(team, team, "Defence", "DEF", (), team, None, None, 1, 0, lines.mean_line("DEF", skill))


def player_rows(
    found: list[Athlete], statuses: Mapping[str, str], charts: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of `players`; `statuses` has the injury designations, `charts` what is known besides."""
    rank = {athlete.player_id: place for place, athlete in enumerate(ranked(found), start=1)}
    return [
        _row(
            athlete,
            statuses.get(athlete.player_id),
            charts.get(athlete.player_id, {}),
            rank[athlete.player_id],
        )
        for athlete in found
    ]


def ranked(found: list[Athlete]) -> list[Athlete]:
    """Everyone by how wanted he is, whatever a league counts."""
    scoring = lines.PPR | lines.IDP
    return sorted(found, key=lambda athlete: (-_importance(athlete, scoring), athlete.player_id))


def _importance(athlete: Athlete, scoring: Mapping[str, float]) -> float:
    """Quarterbacks, kickers and defenders are easier to replace than their points say."""
    discount = {"QB": 0.7, "K": 0.5, "DEF": 0.6, "DL": 0.4, "LB": 0.4, "DB": 0.4}
    return athlete.worth(scoring) * discount.get(athlete.position, 1.0) if athlete.team else 0.0


def _row(athlete: Athlete, status: str | None, chart: Mapping[str, Any], rank: int) -> dict[str, Any]:
    reserve = status in ("IR", "PUP")
    return {
        "player_id": athlete.player_id,
        "first_name": athlete.first,
        "last_name": athlete.last,
        "full_name": athlete.name,
        "position": athlete.position,
        "team": athlete.team,
        "age": athlete.age,
        "injury_status": status,
        "number": athlete.number,
        "depth_chart_order": athlete.depth,
        "search_rank": rank,
        "fantasy_positions": [athlete.position, *athlete.also],
        "player_data": {
            "status": "Injured Reserve" if reserve else "Active" if athlete.team else "Inactive",
            "years_exp": athlete.years,
            "sport": "nfl",
            "active": athlete.team is not None,
            **chart,
        },
    }
