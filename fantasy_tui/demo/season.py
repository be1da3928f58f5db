"""A league's season: drafted, moved and played week by week, and written out as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from fantasy_tui.demo import draft, results
from fantasy_tui.demo.draft import Move, Pool, Squad
from fantasy_tui.demo.leagues import DISPLAY_NAME, ME, Rules
from fantasy_tui.demo.results import Lineup
from fantasy_tui.demo.sunday import Sunday, Trouble
from fantasy_tui.demo.teams import WEEK
from fantasy_tui.demo.weeks import Played

Row = dict[str, Any]


@dataclass(slots=True)
class Season:
    """What came of a league; `lineups` are this week's, `mine` is the demo manager's roster."""

    squads: list[Squad]
    mine: int
    lineups: dict[int, Lineup] = field(default_factory=dict)
    matchups: list[Row] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def play(rng: Random, rules: Rules, trouble: Trouble, pool: Pool, done: Played, today: Sunday) -> Season:
    """Play the league to this week's Sunday."""
    season = Season(draft.draft(rng, rules, pool), rng.randint(2, rules.teams - 1))
    for week in range(1, WEEK + 1):
        if week > 1:
            season.moves += draft.moves_before(rng, rules, pool, season.squads, week)
        for squad in season.squads:
            if week < WEEK:
                starters = results.past_lineup(rules, pool, done, squad, week)
            elif squad.roster_id == season.mine:
                starters = today.troubled(rules, pool, squad, trouble)
            else:
                starters = today.good(rules, pool, squad)
            season.lineups[squad.roster_id] = starters
            season.matchups.append(results.matchup_row(rules, done, squad, starters, week))
    return season


def owner_of(rules: Rules, season: Season, roster_id: int) -> str | None:
    """The Sleeper user_id of a roster's manager."""
    if roster_id == season.mine:
        return ME
    if rules.orphan and roster_id == rules.teams:
        return None
    return str(int(rules.league_id) + 100 + roster_id)


def member_rows(rng: Random, rules: Rules, season: Season, names: Iterator[tuple[str, str]]) -> list[Row]:
    """Rows of `league_members`; the commissioner's team has the league's odd name, some have none."""
    found = []
    for squad in season.squads:
        owner = owner_of(rules, season, squad.roster_id)
        if owner is None:
            continue
        if owner == ME:
            handle, team = DISPLAY_NAME, rules.my_team
        else:
            handle, team = next(names)
        odd = squad.roster_id == 1
        unnamed = rng.random() < 0.12 and owner != ME
        found.append(
            {
                "league_id": rules.league_id,
                "user_id": owner,
                "display_name": handle,
                "team_name": rules.odd_team if odd else None if unnamed else team,
                "is_commissioner": odd,
            }
        )
    return found


def roster_rows(rules: Rules, season: Season, statuses: Mapping[str, str]) -> list[Row]:
    """Rows of `rosters`; the first bench player on injured reserve takes the reserve slot."""
    table = results.table(season.matchups)
    found = []
    for squad in season.squads:
        starters = season.lineups[squad.roster_id]
        bench = [p for p in squad.players if p not in starters and p not in squad.taxi]
        found.append(
            {
                "id": f"{rules.league_id}:{squad.roster_id}",
                "league_id": rules.league_id,
                "roster_id": squad.roster_id,
                "owner_id": owner_of(rules, season, squad.roster_id),
                "players": list(squad.players),
                "starters": [player or results.EMPTY for player in starters],
                "reserve": [player for player in bench if statuses.get(player) == "IR"][:1],
                "taxi": list(squad.taxi),
                **table[squad.roster_id].row(),
            }
        )
    return found


def move_rows(rules: Rules, season: Season) -> list[Row]:
    """Rows of `transactions`."""
    return [
        {
            "transaction_id": str(int(rules.league_id) + 5000 + number),
            "league_id": rules.league_id,
            "week": move.week,
            "type": move.kind,
            "status": move.status,
            "creator": owner_of(rules, season, move.roster_ids[0]),
            "created": move.created,
            "status_updated": move.created + timedelta(minutes=7),
            "roster_ids": list(move.roster_ids),
            "adds": dict(move.adds),
            "drops": dict(move.drops) or None,
            "draft_picks": [],
            "waiver_budget": [],
            "settings": {"waiver_bid": move.bid} if move.kind == "waiver" else None,
            "details": {"notes": move.note} if move.note else None,
        }
        for number, move in enumerate(season.moves)
    ]


def pick_rows(rng: Random, rules: Rules) -> list[Row]:
    """Rows of `traded_picks`, for leagues that keep their players."""
    found = []
    for year, number in (("2026", 1), ("2026", 2), ("2026", 3), ("2027", 1)) if rules.taxi else ():
        roster, owner = rng.sample(range(1, rules.teams + 1), 2)
        found.append(
            {
                "league_id": rules.league_id,
                "season": year,
                "round": number,
                "roster_id": roster,
                "previous_owner_id": roster,
                "owner_id": owner,
            }
        )
    return found
