"""What was known before each past week's games: designations, and line-ups as they stood then."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from fantasy_tui.demo import results
from fantasy_tui.demo.draft import Pool
from fantasy_tui.demo.games import Fixture, sides
from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.season import Season
from fantasy_tui.demo.sunday import DEAD, LONG
from fantasy_tui.demo.teams import NOW, PAST, published
from fantasy_tui.models import ObservationKind

Row = dict[str, Any]
Missed = Mapping[str, frozenset[int]]

# What was said two days before the first game that a player misses; later ones find him ruled out.
_FIRST = ("Out", "Doubtful", "Questionable", "Questionable", "Questionable", "Questionable")
# So many of the others are questionable that about 7 in 10 of all who are play, as in the real league.
_QUESTIONABLE = 0.023
# How far managers' opinions of players stray from what they are worth; a little more than projections do.
_OPINION = 0.2


def past_statuses(rng: Random, found: list[Athlete], missed: Missed) -> dict[int, dict[str, str]]:
    """By past week, the designations that were known before its first kickoff."""
    return {week: dict(_designated(rng, found, missed, week)) for week in PAST}


def _designated(rng: Random, found: list[Athlete], missed: Missed, week: int) -> Iterator[tuple[str, str]]:
    for athlete in found:
        if athlete.position == "DEF" or not athlete.team:
            continue
        weeks, dice = missed.get(athlete.player_id, frozenset()), rng.random()
        if week in weeks and week - 1 in weeks:
            yield athlete.player_id, "IR" if len(weeks) > LONG else "Out"
        elif week in weeks:
            yield athlete.player_id, _FIRST[int(dice * len(_FIRST))]
        elif dice < _QUESTIONABLE:
            yield athlete.player_id, "Questionable"


def injury_rows(
    found: list[Athlete],
    past: Mapping[int, Mapping[str, str]],
    today: Mapping[str, str],
    charts: Mapping[str, Mapping[str, Any]],
) -> list[Row]:
    """Rows of `observations`: each change of a player's team and designation, to today's with its details."""
    seen: list[tuple[datetime, Mapping[str, str], Mapping[str, Mapping[str, Any]]]] = [
        (published(week), statuses, {}) for week, statuses in past.items()
    ]
    last: dict[str, Row] = {}
    rows = []
    for seen_at, statuses, details in [*seen, (NOW - timedelta(minutes=26), today, charts)]:
        for athlete in found:
            chart = details.get(athlete.player_id, {})
            value = {
                "team": athlete.team,
                "injury_status": statuses.get(athlete.player_id),
                "practice": chart.get("practice_participation"),
                "body_part": chart.get("injury_body_part"),
            }
            value = {name: known for name, known in value.items() if known}
            if value != last.get(athlete.player_id, {}):
                last[athlete.player_id] = value
                rows.append(
                    {
                        "kind": ObservationKind.INJURY,
                        "scope": "nfl",
                        "subject": athlete.player_id,
                        "seen_at": seen_at,
                        "value": value,
                    }
                )
    return rows


def lineup_rows(
    rng: Random,
    rules: Rules,
    season: Season,
    pool: Pool,
    fixtures: list[Fixture],
    statuses: Mapping[int, Mapping[str, str]],
    missed: Missed,
) -> list[Row]:
    """Rows of `observations`: each team's line-up a day before the week's first kickoff.

    The demo manager had set his own before the week's new designations came, and may have left a player in
    whose team rests.
    """
    taxi = {squad.roster_id: squad.taxi for squad in season.books.squads.values()}
    rows = []
    for matchup in season.matchups:
        week, roster_id = matchup["week"], matchup["roster_id"]
        if week not in PAST:
            continue
        playing = sides(fixtures, week)
        active = [player for player in matchup["players"] if player not in taxi[roster_id]]
        dead = {player for player in active if statuses[week].get(player) in DEAD}
        resting = [player for player in active if pool.of[player].team not in playing]
        reserve = [p for p in active if statuses[week].get(p) == "IR"][: rules.positions.count("IR")]
        forgotten: list[str] = []
        if roster_id == season.mine:
            dead = {player for player in dead if week - 1 in missed.get(player, ())}
            forgotten = [player for player in resting if player not in dead and rng.random() < 0.5]
        form = {
            player: pool.worth[player] * max(0.1, rng.gauss(1, _OPINION))
            for player in active
            if player not in dead and (player not in resting or player in forgotten)
        }
        starters = results.lineup(rules, pool, form, form)
        standing = season.standings[week, roster_id]
        rows.append(
            {
                "kind": ObservationKind.LINEUP,
                "scope": f"{rules.league_id}:{week}",
                "subject": str(roster_id),
                "seen_at": published(week),
                "value": {
                    "players": matchup["players"],
                    "starters": [player or results.EMPTY for player in starters],
                    "reserve": reserve,
                    "taxi": taxi[roster_id],
                    "waiver_position": standing["waiver_position"],
                    "waiver_budget_used": standing["waiver_budget_used"],
                },
            }
        )
    return rows
