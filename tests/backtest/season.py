"""A made-up season of two leagues, one of them best ball; small for tests, and of a real one's size."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.lineup import Candidate, best_lineup
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.models import (
    Game,
    League,
    LeagueMember,
    Matchup,
    Observation,
    ObservationKind,
    Player,
    PlayerStats,
    Projection,
    Roster,
    SyncState,
    Transaction,
    User,
)


@dataclass(frozen=True)
class Size:
    """How large a season is."""

    teams: int
    """Of each league."""
    clubs: int
    """That meet each week, an even number."""
    final: int
    scheduled: int


SMALL = Size(teams=4, clubs=8, final=5, scheduled=7)
REAL = Size(teams=12, clubs=32, final=14, scheduled=17)

THURSDAY = datetime(2024, 9, 6, 0, 20, tzinfo=UTC)
FINAL = SMALL.final
NOW = THURSDAY + timedelta(days=7 * REAL.final)
"""When the store was synced last; all final weeks are over."""
POSITIONS = ["QB", "RB", "RB", "RB", "WR", "WR", "WR", "TE", "K"]
CLUBS = ["KC", "PHI", "CIN", "DAL", "SF", "BUF", "ATL", "NYJ", *(f"T{number}" for number in range(24))]
SLOTS = ["QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF", "BN", "BN", "BN", "BN", "IR"]
SCORING = {
    "rec": 0.5, "rec_yd": 0.1, "rush_yd": 0.1, "pass_yd": 0.04, "fgm_30_39": 3.0, "fgm": 0.0, "sack": 1.0,
}  # fmt: skip
YARDS = {"QB": "pass_yd", "RB": "rush_yd", "WR": "rec_yd", "TE": "rec_yd", "K": "fgm_30_39", "DEF": "sack"}
USUAL = {"QB": 240.0, "RB": 70.0, "WR": 65.0, "TE": 45.0, "K": 2.0, "DEF": 3.0}


def kickoff(week: int) -> datetime:
    return THURSDAY + timedelta(days=7 * (week - 1))


@dataclass
class MadeUp:
    """Everything that is known about the season."""

    size: Size = SMALL
    positions: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    projected: dict[int, dict[str, dict[str, float]]] = field(default_factory=dict)
    scored: dict[int, dict[str, dict[str, float]]] = field(default_factory=dict)
    squads: dict[int, list[str]] = field(default_factory=dict)

    def points(self, week: int, player: str) -> float:
        return league_points(self.scored[week].get(player, {}), SCORING)


def make(seed: int = 1, size: Size = SMALL) -> MadeUp:
    rng = random.Random(seed)
    season = MadeUp(size)
    for team in CLUBS[: size.clubs]:
        for number, position in enumerate(POSITIONS):
            season.positions[f"{team}{number}"] = position
            season.teams[f"{team}{number}"] = team
        season.positions[team], season.teams[team] = "DEF", team
    talent = {player: rng.uniform(0.4, 1.3) for player in season.positions}
    for week in range(1, size.scheduled + 1):
        season.projected[week], season.scored[week] = {}, {}
        for player, position in season.positions.items():
            stat = YARDS[position]
            mean = USUAL[position] * talent[player] * rng.uniform(0.8, 1.2)
            season.projected[week][player] = {stat: round(mean, 1)}
            if week <= size.final and rng.random() < 0.93:
                season.scored[week][player] = {"gp": 1, stat: round(mean * rng.uniform(0.2, 1.9), 1)}
    for position, count in (("QB", 1), ("RB", 4), ("WR", 4), ("TE", 1), ("K", 1), ("DEF", 1)):
        these = sorted(p for p, has in season.positions.items() if has == position)
        rng.shuffle(these)
        for roster in range(1, size.teams + 1):
            season.squads.setdefault(roster, []).extend(these[(roster - 1) * count : roster * count])
    return season


def lineup(season: MadeUp, roster: int, week: int) -> list[str]:
    """What the manager sets: the best by a projection he has misread."""
    rng = random.Random(f"{roster} {week}")
    candidates = [
        Candidate(
            player,
            frozenset({season.positions[player]}),
            league_points(season.projected[week][player], SCORING) * rng.uniform(0.4, 1.6),
        )
        for player in season.squads[roster]
    ]
    return [player or "0" for player in best_lineup(starting_slots(SLOTS), candidates).starters]


def pairing(teams: int, roster: int, week: int) -> int:
    """Everyone meets another half of the league in turn."""
    half = teams // 2
    return roster if roster <= half else 1 + (roster + week) % half


def _games(size: Size) -> Iterator[Game]:
    half = size.clubs // 2
    for week in range(1, size.scheduled + 1):
        for number in range(half):
            start = kickoff(week) + (timedelta() if number == 0 else timedelta(days=2, hours=17 + number % 4))
            yield Game(
                season="2024", week=week, home=CLUBS[number], away=CLUBS[half + (number + week) % half],
                gameday=start.date(), kickoff=start, spread_line=3.0 - number % 7, total_line=44.0 + number % 7,
                status="complete" if week <= size.final else "pre_game",
            )  # fmt: skip


def _players(season: MadeUp, as_of: datetime | None) -> Iterator[Any]:
    for player, position in season.positions.items():
        yield Player(
            player_id=player, full_name=player, first_name=player, last_name="", position=position,
            fantasy_positions=[position], team=season.teams[player], player_data={"status": "Active"},
        )  # fmt: skip
    for week in range(1, season.size.final + 2):
        for player, stats in season.projected[week].items():
            yield Projection(
                player_id=player, season="2024", week=week, source="sleeper", stats=stats,
                as_of=as_of or kickoff(week) - timedelta(days=1),
            )  # fmt: skip
        for player, line in season.scored[week].items():
            yield PlayerStats(
                id=f"{player}:2024:{week}", player_id=player, season="2024", week=week, stats=line
            )


def _league(season: MadeUp, league_id: str) -> Iterator[Any]:
    for roster, squad in season.squads.items():
        yield LeagueMember(league_id=league_id, user_id=f"m{roster}", display_name=f"m{roster}")
        yield Roster(
            id=f"{league_id}:{roster}", league_id=league_id, roster_id=roster, owner_id=f"m{roster}",
            players=squad, starters=lineup(season, roster, season.size.final), settings={"waiver_position": roster},
        )  # fmt: skip
        for week in range(1, season.size.final + 1):
            starters = lineup(season, roster, week)
            scored = {player: round(season.points(week, player), 2) for player in squad}
            yield Matchup(
                league_id=league_id, week=week, roster_id=roster, matchup_id=pairing(season.size.teams, roster, week),
                players=squad, starters=starters, players_points=scored,
                points=round(sum(scored.get(player, 0.0) for player in starters), 2),
            )  # fmt: skip
            yield _claim(season, league_id, roster, week)
    for week in range(1, season.size.final + 1):
        yield _state(f"league/{league_id}/matchups/{week}")


def _claim(season: MadeUp, league_id: str, roster: int, week: int) -> Transaction:
    free = sorted(set(season.positions) - {p for squad in season.squads.values() for p in squad})
    decided = kickoff(week) - timedelta(days=1)
    return Transaction(
        league_id=league_id, transaction_id=f"{league_id}-{week}-{roster}", week=week, type="waiver", status="failed",
        roster_ids=[roster], adds={free[week]: roster}, settings={"waiver_bid": roster},
        created=decided - timedelta(hours=9), status_updated=decided,
    )  # fmt: skip


def _state(resource: str) -> SyncState:
    return SyncState(resource=resource, checked_at=NOW, changed_at=NOW)


def _memory(season: MadeUp) -> Iterator[Observation]:
    """What a store that was synced the day before every week has seen."""

    def seen(kind: ObservationKind, scope: str, subject: str, week: int, value: Any) -> Observation:
        at = kickoff(week) - timedelta(days=1)
        return Observation(kind=kind, scope=scope, subject=subject, seen_at=at, value=value)

    for player, team in season.teams.items():
        yield seen(ObservationKind.INJURY, "nfl", player, 1, {"team": team})
    for week in range(1, season.size.final + 1):
        hurt = sorted(season.positions)[week]
        yield seen(
            ObservationKind.INJURY, "nfl", f"{hurt}", week + 1,
            {"team": season.teams[hurt], "injury_status": "Questionable"},
        )  # fmt: skip
        for player, stats in season.projected[week].items():
            yield seen(ObservationKind.PROJECTION, f"2024:{week}:sleeper", player, week, stats)
        for number in range(season.size.clubs // 2):
            value = {"spread": 2.5 - number % 7, "total": 45.0}
            yield seen(ObservationKind.LINES, f"2024:{week}", CLUBS[number], week, value)
        for roster, squad in season.squads.items():
            starters = lineup(season, roster, week)
            seen_then = {"players": squad, "starters": starters, "waiver_position": roster}
            yield seen(ObservationKind.LINEUP, f"A:{week}", str(roster), week, seen_then)


async def fill(
    session: AsyncSession, season: MadeUp, *, remembered: bool = False, as_of: datetime | None = None
) -> None:
    """Write the season: leagues A and B (best ball), and what was seen at the time where it is `remembered`.

    `as_of` is when the projections were fetched (none: the day before each week).
    """
    user = User(sleeper_user_id="m1", sleeper_username="m1", display_name="m1")
    session.add(user)
    session.add_all(_players(season, as_of))
    session.add_all(_games(season.size))
    session.add_all(
        [_state("players"), *(_state(f"stats/2024/{week}") for week in range(1, season.size.final + 1))]
    )
    await session.flush()
    for league_id, settings in (("A", {"waiver_type": 2, "waiver_budget": 100}), ("B", {"best_ball": 1})):
        session.add(
            League(
                id=league_id, user_id=user.id, name=f"League {league_id}", season="2024", status="complete",
                total_rosters=season.size.teams, roster_positions=SLOTS, scoring_settings=SCORING, settings=settings,
            )
        )  # fmt: skip
        await session.flush()
        session.add_all(_league(season, league_id))
    if remembered:
        session.add_all(_memory(season))
    await session.flush()
