"""Brings the store up to date with Sleeper: every resource in a transaction of its own, only changed rows written."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.crud.league import get_user_leagues, names_of, unfinished_before
from fantasy_tui.crud.mirror import Changes
from fantasy_tui.crud.user import find_user_id, get_own, refresh_user
from fantasy_tui.database.store import Store
from fantasy_tui.models import User
from fantasy_tui.sleeper import endpoints
from fantasy_tui.sleeper.client import SleeperClient
from fantasy_tui.sleeper.leagues import bring_league, bring_league_list, bring_old_league
from fantasy_tui.sleeper.payloads import SeasonState, SleeperUser
from fantasy_tui.sleeper.report import SyncProgress, SyncReport
from fantasy_tui.sleeper.run import Run
from fantasy_tui.sleeper.season import bring_games, bring_players, bring_season, last_kickoffs


async def sync(
    store: Store,
    client: SleeperClient,
    username: str,
    *,
    games_url: str,
    now: datetime,
    on_progress: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncReport:
    """Fetch everything of one person's leagues and of the season; raises SleeperError or StoreError.

    An answer that cannot be read leaves its rows as they are and is named in the report; the rest goes on.
    """
    started_at = utcnow()
    run = Run(store, client, now, on_progress)
    await run.begin()
    try:
        user = await _everything(run, username, games_url)
    except BaseExceptionGroup as group:
        raise _first(group) from group
    finally:
        await run.end()
    return SyncReport(
        user_id=user.id,
        username=user.sleeper_username,
        started_at=started_at,
        finished_at=utcnow(),
        requests=client.requests,
        resources=tuple(run.reports),
    )


async def _everything(run: Run, username: str, games_url: str) -> User:
    """User and leagues, then games and players, then all that refers to those."""
    run.plan(5)
    user, state = await _user(run, username), await _state(run)
    season = state.leagues_season
    league_ids = await bring_league_list(run, user.id, user.sleeper_user_id, season)
    async with run.store.read() as session:
        old = await unfinished_before(session, user.id, season)
        names = await names_of(session, league_ids)
        left = {league.id for league in await get_user_leagues(session, user.id, left=True)}
    async with asyncio.TaskGroup() as group:
        group.create_task(bring_games(run, season, games_url))
        group.create_task(bring_players(run))
        for league_id in old:
            run.plan(1)
            group.create_task(bring_old_league(run, user.id, league_id))
    run.week_ends = await last_kickoffs(run, season)
    weeks = range(1, state.regular_week(season) + 1)
    async with asyncio.TaskGroup() as group:
        for league_id in league_ids:
            rejoined = league_id in left
            group.create_task(bring_league(run, league_id, names[league_id], weeks, rejoined=rejoined))
        group.create_task(bring_season(run, season, weeks))
    return user


async def _user(run: Run, username: str) -> User:
    async def write(session: AsyncSession, person: SleeperUser) -> Changes:
        _, changes = await refresh_user(
            session, person.user_id, person.username or person.name, person.name, person.avatar
        )
        return changes

    resource = endpoints.user(username)
    reply = await run.fetch(resource, again=True)
    assert reply.value is not None  # asked for afresh
    await run.keep(resource, "user", reply, write)
    async with run.store.read() as session:
        user_id = await find_user_id(session, reply.value.user_id)
    assert user_id is not None  # just written
    run.store.act_for(user_id)
    async with run.store.read() as session:
        return await get_own(session, user_id)


async def _state(run: Run) -> SeasonState:
    async def write(_session: AsyncSession, _state: SeasonState) -> Changes:
        return Changes()

    resource = endpoints.state()
    reply = await run.fetch(resource, again=True)
    assert reply.value is not None  # asked for afresh
    await run.keep(resource, "season", reply, write)
    return reply.value


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong first; the tasks beside it were only cancelled."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
