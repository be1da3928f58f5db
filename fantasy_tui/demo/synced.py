"""What syncs would have left behind: when each resource was last confirmed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from fantasy_tui.demo.leagues import LEAGUES
from fantasy_tui.demo.teams import (
    AHEAD,
    LAST_SEASON,
    LAST_WEEK,
    NOW,
    PAST,
    SEASON,
    WEEK,
    confirmed,
    published,
)

_OF_A_LEAGUE = ("", "/rosters", "/users", "/traded_picks", f"/matchups/{WEEK}", f"/transactions/{WEEK}")


def sync_rows() -> list[dict[str, Any]]:
    """Rows of `sync_state`: of a sync a few minutes ago, and of those that brought earlier weeks to their end."""
    weekly = (f"stats/{SEASON}/{WEEK}", *(f"projections/{SEASON}/{week}" for week in (WEEK, *AHEAD)))
    shared = ("games", "trending/add", "trending/drop", f"schedule/{SEASON}", *weekly)
    ages = {"state": 4, "players": 26} | dict.fromkeys(shared, 12)
    ages |= dict.fromkeys(_of_leagues(_OF_A_LEAGUE), 4)
    ages |= dict.fromkeys(_of_leagues(f"/pairings/{week}" for week in range(WEEK + 1, _playoffs())), 130)
    times = {resource: NOW - timedelta(minutes=age) for resource, age in ages.items()}
    for week in range(1, WEEK):
        final = (f"stats/{SEASON}/{week}", *_of_leagues((f"/matchups/{week}", f"/transactions/{week}")))
        times |= dict.fromkeys(final, confirmed(week))
    times |= {f"projections/{SEASON}/{week}": published(week) for week in PAST}
    brought = (
        f"schedule/{LAST_SEASON}",
        *(f"stats/{LAST_SEASON}/{week}" for week in range(1, LAST_WEEK + 1)),
    )
    times |= dict.fromkeys(brought, published(1))
    return [{"resource": resource, "checked_at": at, "changed_at": at} for resource, at in times.items()]


def _of_leagues(parts: Iterable[str]) -> list[str]:
    return [f"league/{rules.league_id}{part}" for part in parts for rules in LEAGUES]


def _playoffs() -> int:
    return min(int(rules.settings["playoff_week_start"]) for rules in LEAGUES)
