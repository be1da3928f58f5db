"""The whole demo as plain rows, from a seed: the same seed gives the same rows."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from fantasy_tui.demo import games, people, players, reports, season, sunday, weeks
from fantasy_tui.demo.draft import Pool
from fantasy_tui.demo.leagues import DISPLAY_NAME, LEAGUES, ME, USERNAME, league_row
from fantasy_tui.demo.teams import NOW, PAST, SEASON, WEEK, confirmed, published

EDITION = 53
"""Which season is told: another number tells another one for every seed."""

Rows = dict[str, list[dict[str, Any]]]
"""Table to rows, in an order in which they can be inserted."""


def generate(seed: int = 7) -> Rows:
    """Everything the demo's store holds but what its agents find."""
    found = players.athletes(_dice(seed, "players"))
    fixtures = games.schedule(_dice(seed, "games"))
    missed = weeks.absences(_dice(seed, "absences"), found)
    done = weeks.played(_dice(seed, "played"), found, fixtures, missed)
    expected = weeks.expected(_dice(seed, "expected"), found, fixtures)
    today = sunday.Sunday(fixtures, expected, sunday.known_statuses(_dice(seed, "statuses"), found, missed))
    then = {
        week: weeks.expected(_dice(seed, f"expected/{week}"), found, fixtures, week, done) for week in PAST
    }
    statuses = reports.past_statuses(_dice(seed, "past statuses"), found, missed)
    plans = [
        (rules, season.play(_dice(seed, rules.league_id), rules, trouble, Pool(rules, found), done, today))
        for rules, trouble in zip(LEAGUES, sunday.TROUBLES, strict=True)
    ]
    names = iter(people.managers(_dice(seed, "managers")))
    dice = _dice(seed, "members")
    user = _user_row(_dice(seed, "user"))
    rows: Rows = {
        "users": [user],
        "players": players.player_rows(found, today.statuses),
        "games": games.game_rows(fixtures),
        "player_stats": weeks.stats_rows(_dice(seed, "hindsight"), done),
        "projections": [
            *(
                row
                for week, table in then.items()
                for row in weeks.projection_rows(table, week, published(week))
            ),
            *weeks.projection_rows(expected),
        ],
        "observations": reports.injury_rows(found, statuses, today.statuses),
        "leagues": [league_row(rules, user["id"]) for rules in LEAGUES],
        "league_members": [m for plan in plans for m in season.member_rows(dice, *plan, names)],
        "rosters": [r for plan in plans for r in season.roster_rows(*plan, today.statuses)],
        "matchups": [matchup for _, played in plans for matchup in played.matchups],
        "transactions": [move for plan in plans for move in season.move_rows(*plan)],
        "traded_picks": [pick for rules in LEAGUES for pick in season.pick_rows(dice, rules)],
    }
    dice = _dice(seed, "past line-ups")
    for rules, played in plans:
        rows["observations"] += reports.lineup_rows(
            dice, rules, played, Pool(rules, found), fixtures, statuses, missed
        )
    rows["trending_players"] = _trending(_dice(seed, "trending"), rows)
    rows["sync_state"] = _sync_rows()
    return rows


def _dice(seed: int, purpose: str) -> Random:
    """A generator of its own for each purpose: a change to one leaves the others' numbers alone."""
    return Random(f"{EDITION}/{seed}/{purpose}")


def _trending(rng: Random, rows: Rows) -> list[dict[str, Any]]:
    """Free players with the best projections are added most, hurt ones dropped most."""
    held = {player for roster in rows["rosters"] for player in roster["players"]}
    totals = {row["player_id"]: row["stats"]["pts_ppr"] for row in rows["projections"] if row["week"] == WEEK}
    add = sorted((p for p in totals if p not in held), key=lambda p: (-totals[p], p))[:25]
    hurt = [row["player_id"] for row in rows["players"] if row["injury_status"] in ("IR", "Out")]
    drop = sorted(hurt, key=lambda p: (-totals.get(p, 0.0), p))[:25]
    return [
        {"kind": kind, "player_id": player, "count": round(240_000 / (place + 2)) + rng.randint(0, 900)}
        for kind, chosen in (("add", add), ("drop", drop))
        for place, player in enumerate(chosen)
    ]


def _sync_rows() -> list[dict[str, Any]]:
    """What a sync a few minutes ago would have left, and those that brought the weeks before to their end."""
    shared = ("games", "trending/add", "trending/drop", f"schedule/{SEASON}")
    weekly = (f"stats/{SEASON}/{WEEK}", f"projections/{SEASON}/{WEEK}")
    minutes = {"state": 4, "players": 26} | dict.fromkeys((*shared, *weekly), 12)
    parts = ("", "/rosters", "/users", f"/matchups/{WEEK}", f"/transactions/{WEEK}")
    minutes |= {f"league/{rules.league_id}{part}": 4 for rules in LEAGUES for part in parts}
    times = {resource: NOW - timedelta(minutes=age) for resource, age in minutes.items()}
    for week in PAST:
        final = (f"stats/{SEASON}/{week}", *(f"league/{r.league_id}/matchups/{week}" for r in LEAGUES))
        times |= dict.fromkeys(final, confirmed(week)) | {f"projections/{SEASON}/{week}": published(week)}
    return [{"resource": resource, "checked_at": at, "changed_at": at} for resource, at in times.items()]


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
