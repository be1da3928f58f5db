"""A league's table: who is where by the league's rule, on what streak, and with what odds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from .view import RosterWeek, Source

if TYPE_CHECKING:
    from .simulation import TeamOdds  # imports numpy


@dataclass(frozen=True, slots=True)
class Score:
    """A team's points in a week that is final."""

    week: int
    roster_id: int
    matchup_id: int | None
    points: float


@dataclass(frozen=True, slots=True)
class WeekResult:
    """How a team's week ended, against the team it met."""

    week: int
    points: float
    opponent: int | None
    """The other roster; none on a bye."""
    opponent_points: float | None
    outcome: str | None
    """W, L or T; none on a bye."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a league's table is made from."""

    league_id: str
    name: str
    season: str
    week: int
    status: str | None
    settings: Mapping[str, Any]
    rosters: Mapping[int, RosterWeek]
    my_roster_id: int | None
    scores: tuple[Score, ...]
    """Of the weeks before this one."""
    divisions: tuple[str, ...]
    """Their names; empty where there are none."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """One team's line of the table."""

    place: int
    """1 leads."""
    roster_id: int
    team_name: str
    manager: str | None
    mine: bool
    wins: int
    losses: int
    ties: int
    points_for: float
    points_against: float
    streak: str | None
    """W3, L1 or T1, against the teams met; none before the first result."""
    division: int | None
    """Counted from 1."""
    leads_division: bool
    qualifies: bool | None
    """Would be in the playoffs if the regular season ended now; none without playoffs."""
    waiver_position: int | None
    faab_left: int | None
    results: tuple[WeekResult, ...]
    """Of the regular season's final weeks, oldest first."""
    odds: TeamOdds | None


@dataclass(frozen=True, slots=True)
class Standings:
    """A league's table, the leader first."""

    league_id: str
    name: str
    season: str
    week: int
    status: str | None
    teams: tuple[TeamStanding, ...]
    playoff_teams: int
    """0: no playoffs."""
    playoff_start: int | None
    """The first week of the playoffs."""
    byes: int
    """How many of the best seeds skip the first round."""
    divisions: tuple[str, ...]
    """Division n is the n-th."""
    median_game: bool
    best_ball: bool
    draws: int | None
    """Seasons simulated for the odds; none: there are no odds."""
    no_odds: str | None
    """Why there are none, where none can be; a sentence."""
    lacks: tuple[str, ...]
    """What the odds do not know; sentences."""
    sources: tuple[Source, ...]


def seeded(rosters: Collection[RosterWeek]) -> list[RosterWeek]:
    """The rosters in Sleeper's order of seeds: record, points for, points against; a tie is half a win.

    The best of each division comes before all who lead none. (Sleeper's help: how playoff teams are determined.)
    """
    ranked = sorted(
        rosters, key=lambda r: (-(r.wins + r.ties / 2), -r.points_for, -r.points_against, r.roster_id)
    )
    leaders = leading(ranked)
    return sorted(ranked, key=lambda r: r.roster_id not in leaders)


def leading(ranked: Sequence[RosterWeek]) -> frozenset[int]:
    """The first roster of each division."""
    first: dict[int, int] = {}
    for roster in ranked:
        if roster.division is not None:
            first.setdefault(roster.division, roster.roster_id)
    return frozenset(first.values())


def results(scores: Collection[Score], until: int | None = None) -> dict[int, tuple[WeekResult, ...]]:
    """Each roster's weeks, oldest first; of weeks before `until` alone where it is given."""
    by_match: dict[tuple[int, int], list[Score]] = {}
    for score in scores:
        if score.matchup_id is not None:
            by_match.setdefault((score.week, score.matchup_id), []).append(score)
    found: dict[int, list[WeekResult]] = {}
    for score in sorted(scores, key=lambda one: one.week):
        if until is not None and score.week >= until:
            continue
        pair = by_match.get((score.week, score.matchup_id), []) if score.matchup_id is not None else []
        other = next((one for one in pair if one.roster_id != score.roster_id), None)
        found.setdefault(score.roster_id, []).append(
            WeekResult(
                score.week,
                score.points,
                other.roster_id if other is not None else None,
                other.points if other is not None else None,
                _outcome(score.points, other.points) if other is not None else None,
            )
        )
    return {roster_id: tuple(weeks) for roster_id, weeks in found.items()}


def _outcome(own: float, other: float) -> str:
    return "T" if own == other else "W" if own > other else "L"


def streak(weeks: Sequence[WeekResult]) -> str | None:
    """The last outcome and how often in a row it came; byes do not end it."""
    outcomes = [week.outcome for week in reversed(weeks) if week.outcome is not None]
    if not outcomes:
        return None
    return f"{outcomes[0]}{sum(1 for _ in takewhile(outcomes[0].__eq__, outcomes))}"


def standings(
    table: Table,
    odds: Mapping[int, TeamOdds] | None = None,
    *,
    draws: int | None = None,
    lacks: tuple[str, ...] = (),
    sources: tuple[Source, ...] = (),
) -> Standings:
    """The table with the odds of `draws` seasons, where there are any; `sources` are those of the odds."""
    settings = table.settings
    entrants = min(int(settings.get("playoff_teams") or 0), len(table.rosters))
    start = int(settings.get("playoff_week_start") or 0) or None
    order = seeded(table.rosters.values())
    leaders = leading(order)
    played = results(table.scores, start)
    teams = [
        TeamStanding(
            place=place,
            roster_id=roster.roster_id,
            team_name=roster.team_name,
            manager=roster.manager,
            mine=roster.roster_id == table.my_roster_id,
            wins=roster.wins,
            losses=roster.losses,
            ties=roster.ties,
            points_for=roster.points_for,
            points_against=roster.points_against,
            streak=streak(played.get(roster.roster_id, ())),
            division=roster.division,
            leads_division=roster.roster_id in leaders,
            qualifies=place <= entrants if entrants and start else None,
            waiver_position=roster.waiver_position,
            faab_left=roster.faab_left,
            results=played.get(roster.roster_id, ()),
            odds=odds.get(roster.roster_id) if odds is not None else None,
        )
        for place, roster in enumerate(order, start=1)
    ]
    return Standings(
        league_id=table.league_id,
        name=table.name,
        season=table.season,
        week=table.week,
        status=table.status,
        teams=tuple(teams),
        playoff_teams=entrants if start else 0,
        playoff_start=start,
        # As many as are missing from a full bracket.
        byes=(1 << (entrants - 1).bit_length()) - entrants if start and entrants else 0,
        divisions=table.divisions,
        median_game=bool(settings.get("league_average_match")),
        best_ball=bool(settings.get("best_ball")),
        draws=draws if odds is not None else None,
        no_odds=no_odds(table),
        lacks=lacks,
        sources=(*table.sources, *(one for one in sources if one not in table.sources)),
    )


def no_odds(table: Table) -> str | None:
    """Why the season cannot be simulated; none where it can."""
    start = int(table.settings.get("playoff_week_start") or 0)
    if table.status == "complete":
        return "The season is over."
    if not start or not int(table.settings.get("playoff_teams") or 0):
        return "This league has no playoffs."
    if not any(roster.players for roster in table.rosters.values()):
        return "The teams have no players yet: odds come after the draft."
    if table.week >= start:
        return "The playoffs have begun: the seeds are settled."
    if len(table.rosters) < 2:
        return "It takes two teams to have odds."
    return None
