"""The whole demo as plain rows, from a seed: the same seed gives the same rows."""

from collections.abc import Mapping
from random import Random
from typing import Any
from uuid import UUID

from fantasy_tui.demo import (
    before,
    books,
    clinic,
    games,
    lines,
    people,
    players,
    reports,
    season,
    sunday,
    weeks,
)
from fantasy_tui.demo.draft import Pool
from fantasy_tui.demo.leagues import DISPLAY_NAME, LEAGUES, ME, USERNAME, league_row
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.synced import sync_rows
from fantasy_tui.demo.teams import AHEAD, LAST_SEASON, PAST, WEEK
from fantasy_tui.demo.weeks import Played

EDITION = 144
"""Which season is told: another number tells another one for every seed."""

_HELD_BY_ALL, _KNOWN, _TRENDING = 90, 330, 25

Rows = dict[str, list[dict[str, Any]]]
"""Table to rows, in an order in which they can be inserted."""


def generate(seed: int = 7) -> Rows:
    """Everything the demo's store holds but what its agents find."""
    found = players.athletes(_dice(seed, "players"))
    fixtures = games.schedule(_dice(seed, "games"))
    missed = weeks.absences(_dice(seed, "absences"), found)
    done = weeks.played(_dice(seed, "played"), found, fixtures, missed)
    told = {
        week: weeks.expected(_dice(seed, f"forecast/{week}"), found, fixtures, week, done) for week in PAST
    } | {
        week: weeks.expected(_dice(seed, f"expected/{week}"), found, fixtures, week)
        for week in (WEEK, *AHEAD)
    }
    statuses = sunday.known_statuses(_dice(seed, "statuses"), found, missed)
    today = sunday.Sunday(fixtures, told[WEEK], statuses)
    past = reports.past_statuses(_dice(seed, "past statuses"), found, missed)
    nfl = season.Nfl(fixtures, done, past | {WEEK: today.statuses}, today)
    plans = [
        (rules, season.play(_dice(seed, rules.league_id), rules, trouble, Pool(rules, found), nfl))
        for rules, trouble in zip(LEAGUES, sunday.TROUBLES, strict=True)
    ]
    charts = clinic.charts(_dice(seed, "clinic"), today.statuses)
    last_fixtures, last = before.last_season(_dice(seed, "last season"), found)
    names = iter(people.managers(_dice(seed, "managers")))
    dice = _dice(seed, "members")
    user = _user_row(_dice(seed, "user"))
    rows: Rows = {
        "users": [user],
        "players": players.player_rows(found, today.statuses, charts),
        "games": games.game_rows([*last_fixtures, *fixtures]),
        "player_stats": [*weeks.stats_rows(last, {}, LAST_SEASON), *weeks.stats_rows(done, told)],
        "projections": [row for week, table in told.items() for row in weeks.projection_rows(table, week)],
        "observations": reports.injury_rows(found, past, today.statuses, charts),
        "leagues": [league_row(rules, user["id"]) for rules in LEAGUES],
        "league_members": [m for plan in plans for m in season.member_rows(dice, *plan, names)],
        "rosters": [r for plan in plans for r in season.roster_rows(*plan, today.statuses)],
        "matchups": [matchup for _, played in plans for matchup in played.matchups],
        "transactions": [
            move
            for rules, played in plans
            for move in books.transaction_rows(played.books, season.owners(rules, played))
        ],
        "traded_picks": [pick for _, played in plans for pick in books.pick_rows(played.books)],
    }
    dice = _dice(seed, "past line-ups")
    for rules, played in plans:
        rows["observations"] += reports.lineup_rows(
            dice, rules, played, Pool(rules, found), fixtures, past, missed
        )
    rows["trending_players"] = _trending(_dice(seed, "trending"), found, done, today.statuses)
    rows["sync_state"] = sync_rows()
    return rows


def _dice(seed: int, purpose: str) -> Random:
    """A generator of its own for each purpose: a change to one leaves the others' numbers alone."""
    return Random(f"{EDITION}/{seed}/{purpose}")


def _trending(
    rng: Random, found: list[Athlete], done: Played, statuses: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Who did better than anyone had thought last week is added most, who is hurt or did not is dropped most."""
    gains = {}
    for rank, athlete in enumerate(players.ranked(found)):
        scored = done.lines[WEEK - 1].get(athlete.player_id, {}).get("pts_ppr")
        # Nobody can add those whom every league holds, and few have heard of the last.
        if scored is not None and _HELD_BY_ALL <= rank < _KNOWN:
            gains[athlete.player_id] = scored - athlete.worth(lines.PPR)
    add = sorted((p for p in gains if p not in statuses), key=lambda p: (-gains[p], p))[:_TRENDING]
    hurt = [a.player_id for a in players.ranked(found)[:_KNOWN] if statuses.get(a.player_id) in ("IR", "Out")]
    poor = sorted((p for p in gains if p not in statuses), key=lambda p: (gains[p], p))
    drop = [*hurt, *poor][:_TRENDING]
    return [
        {"kind": kind, "player_id": player, "count": round(240_000 / (place + 2)) + rng.randint(0, 900)}
        for kind, chosen in (("add", add), ("drop", drop))
        for place, player in enumerate(chosen)
    ]


def _user_row(rng: Random) -> dict[str, Any]:
    return {
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "sleeper_user_id": ME,
        "sleeper_username": USERNAME,
        "display_name": DISPLAY_NAME,
        "preferences": {},
        "autonomous_mode": False,
        "notification_settings": {},
    }
