"""A league's season: drafted, moved and played week by week, and written out as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from fantasy_tui.demo import draft, pickups, results, trades, waivers
from fantasy_tui.demo.books import Books
from fantasy_tui.demo.draft import Pool
from fantasy_tui.demo.games import Fixture, sides
from fantasy_tui.demo.leagues import CO_MANAGER, DISPLAY_NAME, ME, Rules
from fantasy_tui.demo.results import Lineup
from fantasy_tui.demo.sunday import Sunday, Trouble
from fantasy_tui.demo.teams import WEEK
from fantasy_tui.demo.weeks import Played

Row = dict[str, Any]
_TIDIED = 4
"""The week before which the commissioner looks after a team without a manager."""
_SHARED = 2
"""The roster that two people manage, where the league has such a one."""


@dataclass(frozen=True, slots=True)
class Nfl:
    """What happened to the players, whatever league they are in."""

    fixtures: list[Fixture]
    done: Played
    statuses: Mapping[int, Mapping[str, str]]
    """Designations as they were known before the weeks of which that is stored."""
    today: Sunday


@dataclass(slots=True)
class Season:
    """What came of a league; `lineups` are this week's, `mine` is the demo manager's roster."""

    books: Books
    mine: int = 0
    lineups: dict[int, Lineup] = field(default_factory=dict)
    matchups: list[Row] = field(default_factory=list)
    standings: dict[tuple[int, int], dict[str, int]] = field(default_factory=dict)
    """By week and roster, money and turn after its moves."""


def play(rng: Random, rules: Rules, trouble: Trouble, pool: Pool, nfl: Nfl) -> Season:
    """Play the league to this week's Sunday; of the weeks ahead only the pairings are known."""
    books = Books(rng, rules, pool, draft.draft(rng, rules, pool))
    season = Season(books)
    trading = trades.trading_weeks(rng, books)
    for week in range(1, WEEK + 1):
        if week in trading:
            trades.trade(rng, books, week)
        if week == WEEK:
            season.mine = _mine(rng, books, nfl.today)
        if week > 1:
            _move(rng, season, nfl, week)
        for squad in books.squads.values():
            if week < WEEK:
                starters = results.past_lineup(rules, pool, nfl.done, squad, week)
            elif squad.roster_id == season.mine:
                starters = nfl.today.troubled(rules, pool, squad, trouble)
            else:
                starters = nfl.today.good(rules, pool, squad)
            season.lineups[squad.roster_id] = starters
            season.matchups.append(results.matchup_row(rules, nfl.done, squad, starters, week))
            season.standings[week, squad.roster_id] = books.standing(squad.roster_id)
    for week in range(WEEK + 1, int(rules.settings["playoff_week_start"])):
        season.matchups += [results.pairing_row(rules, squad, week) for squad in books.squads.values()]
    return season


def _mine(rng: Random, books: Books, today: Sunday) -> int:
    """The demo manager's team: of a few the one with the best prospects, for much of it is about to go wrong."""
    met = {roster_id: results.pairings(books.rules.teams, WEEK)[roster_id] for roster_id in books.squads}

    def edge(roster_id: int) -> float:
        (foe,) = (other for other, match in met.items() if match == met[roster_id] and other != roster_id)
        own, theirs = (
            today.prospects(books.rules, books.pool, books.squads[one]) for one in (roster_id, foe)
        )
        return own - theirs

    return max(rng.sample(range(3, books.rules.teams), 4), key=edge)


def _move(rng: Random, season: Season, nfl: Nfl, week: int) -> None:
    """Whom teams add and drop between a week's last game and the next one's, and on this week's Saturday."""
    books, done = season.books, nfl.done
    last = {player: done.points(week - 1, player, books.rules.scoring) for player in done.lines[week - 1]}
    playing = sides(nfl.fixtures, week).keys()
    waivers.run_waivers(rng, books, last, week)
    if books.rules.orphan and week == _TIDIED:
        trades.tidy_up(books, week)
    times = pickups.wednesday(rng, week)
    pickups.stream(books, last, week, times, playing, season.mine if week == WEEK else None)
    pickups.fill_up(rng, books, last, week, times)
    hurt = {player for player, status in nfl.statuses.get(week, {}).items() if status == "IR"}
    if week in nfl.statuses:
        pickups.use_the_reserve(rng, books, last, week, times, hurt, playing)
    if week == WEEK:
        games = nfl.today.games
        begun = {p for p, a in books.pool.of.items() if (game := games.get(a.team or "")) and game.played}
        pickups.lose_patience(rng, books, last, week, begun | hurt, season.mine)


def owners(rules: Rules, season: Season) -> dict[int, str | None]:
    """The Sleeper user_id of each roster's manager."""
    found: dict[int, str | None] = {
        roster_id: str(int(rules.league_id) + 100 + roster_id) for roster_id in season.books.squads
    }
    found[season.mine] = ME
    return found | ({rules.teams: None} if rules.orphan else {})


def member_rows(rng: Random, rules: Rules, season: Season, names: Iterator[tuple[str, str]]) -> list[Row]:
    """Rows of `league_members`; the commissioner's team has the league's odd name, some have none."""
    found = []
    for roster_id, owner in owners(rules, season).items():
        if owner is None:
            continue
        handle, team = (DISPLAY_NAME, rules.my_team) if owner == ME else next(names)
        odd = roster_id == 1
        unnamed = rng.random() < 0.12 and owner != ME
        found.append(_member(rules, owner, handle, rules.odd_team if odd else None if unnamed else team))
        found[-1]["is_commissioner"] = odd
    if rules.shared:
        found.append(_member(rules, CO_MANAGER, "sideline_sam", None))
    return found


def _member(rules: Rules, user_id: str, handle: str, team: str | None) -> Row:
    return {
        "league_id": rules.league_id,
        "user_id": user_id,
        "display_name": handle,
        "team_name": team,
        "is_commissioner": False,
    }


def roster_rows(rules: Rules, season: Season, statuses: Mapping[str, str]) -> list[Row]:
    """Rows of `rosters`; the first bench player on injured reserve takes the reserve slot."""
    table = results.table(season.matchups)
    owned = owners(rules, season)
    found = []
    for squad in season.books.squads.values():
        starters = season.lineups[squad.roster_id]
        bench = [p for p in squad.players if p not in starters and p not in squad.taxi]
        row = {
            "id": f"{rules.league_id}:{squad.roster_id}",
            "league_id": rules.league_id,
            "roster_id": squad.roster_id,
            "owner_id": owned[squad.roster_id],
            "co_owners": [CO_MANAGER] if rules.shared and squad.roster_id == _SHARED else None,
            "players": list(squad.players),
            "starters": [player or results.EMPTY for player in starters],
            "reserve": [player for player in bench if statuses.get(player) == "IR"][:1],
            "taxi": list(squad.taxi),
            **table[squad.roster_id].row(),
        }
        row["settings"] |= season.books.standing(squad.roster_id) | rules.division_of(squad.roster_id)
        found.append(row)
    return found
