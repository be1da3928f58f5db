"""A league's season odds: what the view knows about the weeks ahead, played out many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from .lineup import Candidate, best_starters
from .matchup import Side, likely_lineup, margin, side
from .odds import outlook
from .simulation import SEASONS, Pair, Rules, Team, TeamOdds, rounds_for, simulate
from .view import LeagueView, PlayerWeek, RosterWeek

STRENGTH_KEPT = 0.9
"""Share of a team's distance from the league's mean that is kept in weeks ahead: a cautious assumption.

In two recorded leagues of 2024 (22 teams) later weeks showed 1.3 of a projected distance, with a 95 % interval by
team of 0.9 to 1.6, but 0.6 in one league and 1.4 in the other.
"""


@dataclass(frozen=True, slots=True)
class SeasonOdds:
    """The odds by roster, and what they do not know."""

    teams: Mapping[int, TeamOdds]
    lacks: tuple[str, ...] = ()


def season_odds(view: LeagueView, *, seasons: int = SEASONS) -> SeasonOdds | None:
    """The odds of every team from the view's week on; none without playoffs, or once they have begun.

    This week's points are those of the likely line-ups; in weeks ahead a team fields its best line-up of what
    its players are expected to score, byes included, drawn a little towards the league's mean.
    """
    start = int(view.settings.get("playoff_week_start") or 0)
    entrants = min(int(view.settings.get("playoff_teams") or 0), len(view.rosters))
    if entrants < 1 or start <= view.week or view.week < 1 or len(view.rosters) < 2:
        return None
    regular = range(view.week, start)
    rounds = _rounds(view, entrants, len(regular))
    weeks = range(view.week, view.week + len(regular) + sum(map(len, rounds)))
    schedule = [_pairs(view, week) for week in regular]
    rules = Rules(
        entrants,
        rounds,
        median_game=bool(view.settings.get("league_average_match")),
        reseeds=view.settings.get("playoff_seed_type") == 1,
    )
    teams = _teams(view, weeks)
    return SeasonOdds(simulate(teams, schedule, rules, seasons=seasons), _lacks(view, schedule))


def _rounds(view: LeagueView, entrants: int, first: int) -> tuple[tuple[int, ...], ...]:
    """The weeks of each round, counted from the view's week."""
    count = rounds_for(entrants)
    kind = view.settings.get("playoff_round_type", view.settings.get("playoff_type"))
    rounds = []
    for number in range(count):
        length = 2 if kind == 2 or (kind == 1 and number == count - 1) else 1
        rounds.append(tuple(range(first, first + length)))
        first += length
    return tuple(rounds)


def _pairs(view: LeagueView, week: int) -> tuple[Pair, ...] | None:
    pairs = view.pairings.get(week)
    if pairs is None and week == view.week:
        held: dict[int, list[int]] = {}
        for roster in view.rosters.values():
            if roster.matchup_id is not None:
                held.setdefault(roster.matchup_id, []).append(roster.roster_id)
        pairs = tuple((pair[0], pair[1]) for pair in held.values() if len(pair) == 2)
    known = tuple(pair for pair in pairs or () if pair[0] in view.rosters and pair[1] in view.rosters)
    return known or None


def _lacks(view: LeagueView, schedule: Sequence[Sequence[Pair] | None]) -> tuple[str, ...]:
    found = []
    unknown = [str(view.week + index) for index, pairs in enumerate(schedule) if pairs is None]
    if unknown:
        label = "week" if len(unknown) == 1 else "weeks"
        found.append(f"Who meets whom is not known for {label} {', '.join(unknown)}: paired at random.")
    if len(schedule) > 1 and not any(player.ahead for player in view.players.values()):
        found.append("Nothing is projected for the weeks ahead: they are taken to be like this one.")
    divided = int(view.settings.get("divisions") or 0) > 1
    if divided and any(roster.division is None for roster in view.rosters.values()):
        found.append("Divisions are not known here: their winners are seeded like everyone else.")
    return tuple(found)


def _teams(view: LeagueView, weeks: range) -> list[Team]:
    rosters = [view.rosters[roster_id] for roster_id in sorted(view.rosters)]
    sides = [[_side(view, roster, week) for week in weeks] for roster in rosters]
    nobody = Side(0.0, ())
    usual = [fmean(column[index].expected for column in sides) for index in range(len(weeks))]
    return [
        Team(
            roster.roster_id,
            roster.wins + roster.ties / 2,
            roster.points_for,
            tuple(
                one.expected if week == view.week else mean + STRENGTH_KEPT * (one.expected - mean)
                for week, one, mean in zip(weeks, team, usual, strict=True)
            ),
            tuple(margin(one, nobody).variance for one in team),
            roster.division,
        )
        for roster, team in zip(rosters, sides, strict=True)
    ]


def _side(view: LeagueView, roster: RosterWeek, week: int) -> Side:
    """This week's likely line-up; in a week ahead the best one, who is on reserve today included."""
    if week == view.week:
        return side(view, likely_lineup(view, roster))
    players = [view.players[p] for p in roster.players if p in view.players and p not in roster.taxi]
    expected = {p.player_id: _ahead(view, p, week) for p in players}
    best = best_starters(
        view.slots, [Candidate(p.player_id, p.positions, expected[p.player_id]) for p in players]
    )
    return Side(
        0.0,
        tuple(
            outlook(p.group, expected[p.player_id], team=p.team)
            for p in players
            if p.player_id in best and expected[p.player_id] > 0
        ),
    )


def _ahead(view: LeagueView, player: PlayerWeek, week: int) -> float:
    """What he is expected to score in a week; beyond the last one known, like his other weeks."""
    if week in view.weeks_ahead:
        index = view.weeks_ahead.index(week)
        if index < len(player.ahead):
            return player.ahead[index]
    known = [points for points in player.ahead if points > 0]
    if known:
        return fmean(known)
    return 0.0 if player.ahead else max(0.0, player.projection.points)
