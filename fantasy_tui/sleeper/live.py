"""What changes while games are on: line-ups and points of the week under way, and nothing else."""

import asyncio
from datetime import datetime, timedelta

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.season import current_week
from fantasy_tui.database.store import Store
from fantasy_tui.sleeper.client import SleeperClient
from fantasy_tui.sleeper.leagues import bring_matchups
from fantasy_tui.sleeper.run import Run

EVERY = timedelta(seconds=60)
"""Sleeper's own cache keeps matchups for so long (`s-maxage`): whoever asks sooner gets the same again."""
_UNDER_WAY = ("in_season", "post_season")


async def follow(store: Store, client: SleeperClient, user_id: str, now: datetime) -> int:
    """Fetch the current week's matchups of the user's leagues; returns how many rows changed.

    Raises SleeperUnreachable or StoreError.
    """
    async with store.read() as session:
        leagues = [one for one in await get_user_leagues(session, user_id) if one.status in _UNDER_WAY]
        weeks = {
            season: await current_week(session, season, now) for season in {one.season for one in leagues}
        }
    run = Run(store, client, now, lambda _: None)
    await run.begin()
    try:
        async with asyncio.TaskGroup() as group:
            for league in leagues:
                if (week := weeks[league.season]) is not None:
                    group.create_task(bring_matchups(run, league.id, league.name, week))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from failed
    finally:
        await run.end()
    return sum(one.changed for one in run.reports)
