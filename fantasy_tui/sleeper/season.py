"""The sync of what all leagues share: games, players, trends, weekly stats and projections."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import season as season_crud
from fantasy_tui.crud.mirror import Changes, mirror
from fantasy_tui.crud.player import known_player_ids
from fantasy_tui.models import Game, Player, PlayerStats, Projection, TrendingPlayer
from fantasy_tui.sleeper import endpoints, rows
from fantasy_tui.sleeper import payloads as wire
from fantasy_tui.sleeper.client import Reply
from fantasy_tui.sleeper.errors import SleeperError
from fantasy_tui.sleeper.games import GameLine
from fantasy_tui.sleeper.memory import remember_injuries, remember_lines, remember_projections
from fantasy_tui.sleeper.run import Run

# Sleeper asks for the players file at most once a day; before kickoff a day-old injury report is worse than none.
PLAYERS_EVERY = timedelta(hours=24)
PLAYERS_EVERY_ON_GAME_DAY = timedelta(hours=1)
GAME_DAY = timedelta(hours=18)
WEEKS_AHEAD = 3
GAMES = "table of games"
"""Written from two resources."""
LAST_WEEK = 18
"""The regular season's last week."""


async def bring_games(run: Run, season: str, games_url: str) -> None:
    """Bring the schedule with kickoffs up to date, from Sleeper and the file of kickoffs together.

    What the file lacks stays as it is known from earlier; a game of which no time is known gets an assumed one.
    """
    schedule, file = endpoints.schedule(season), endpoints.games(games_url)
    try:
        listed = await run.fetch(schedule, again=True)
    except SleeperError as error:
        run.skip(schedule.key, "schedule", error)
        listed = Reply([], None, None)
    lines: Reply[list[GameLine]] | None = None
    try:
        lines = await run.fetch(file, again=True)
    except SleeperError as error:
        run.skip(file.key, "kickoffs", error)
    games = listed.value or ()
    kickoffs = (lines.value or ()) if lines is not None else ()

    async def write(session: AsyncSession, _: Any) -> Changes:
        stored = await season_crud.games_of(session, season)
        known = [rows.game_line(game) for game in stored if not game.kickoff_assumed]
        statuses = {(game.week, game.home, game.away): game.status for game in stored}
        found = rows.games(season, games, [*known, *kickoffs], statuses)
        await remember_lines(session, run, season, found)
        return await mirror(session, Game, found, within={"season": season}, prune=bool(games))

    if listed.etag or listed.digest:
        await run.keep(schedule, "schedule", listed, write, alone=[GAMES])
    if lines is not None:
        await run.keep(file, "kickoffs", lines, write, alone=[GAMES])


async def bring_players(run: Run) -> None:
    """Bring the players file up to date if the stored one is a day old, on a game day an hour.

    Where players are new in it, what was left out about them before is read again.
    """
    resource = endpoints.players()
    checked = run.checked_at(resource.key)
    async with run.store.read() as session:
        kickoff = await season_crud.next_kickoff(session, run.now)
    game_day = kickoff is not None and kickoff - run.now <= GAME_DAY
    every = PLAYERS_EVERY_ON_GAME_DAY if game_day else PLAYERS_EVERY
    if checked is not None and timedelta(0) <= run.now - checked < every:
        return

    async def write(session: AsyncSession, file: Any) -> Changes:
        found = await asyncio.to_thread(rows.players, file)
        changes = await mirror(session, Player, found, within={})
        await remember_injuries(session, run, found)
        if changes.inserted:
            await run.forget(session, "trending/", "projections/", "stats/")
        return changes

    run.plan(1)
    await run.bring(resource, "players", write, optional=True)


async def bring_season(run: Run, season: str, weeks: range) -> None:
    """Bring trends, projections and stats of the players the store knows up to date.

    Of the weeks ahead only the next few have projections that say more than a player's level does.
    """
    async with run.store.read() as session:
        known = await known_player_ids(session)
    if not known:
        return
    steps = [_trending(run, kind, known) for kind in ("add", "drop")]
    for week in weeks:
        both = endpoints.weekly_projections(season, week), endpoints.weekly_stats(season, week)
        if not all(run.is_settled(resource.key, week) for resource in both):
            steps.append(_week(run, season, week, known))
    run.plan(2 * len(steps) - 2)
    for week in range(weeks.stop, min(weeks.stop + WEEKS_AHEAD, LAST_WEEK + 1)):
        steps.append(_projections(run, season, week, known))
        run.plan(1)
    async with asyncio.TaskGroup() as group:
        for step in steps:
            group.create_task(step)


async def _trending(run: Run, kind: str, known: set[str]) -> None:
    async def write(session: AsyncSession, found: list[wire.Trending]) -> Changes:
        new = rows.trending(kind, found, known)
        return await mirror(session, TrendingPlayer, new, within={"kind": kind}, prune=True)

    await run.bring(endpoints.trending(kind), "trending players", write, optional=True)


async def _week(run: Run, season: str, week: int, known: set[str]) -> None:
    """Projections first: the stats of a week remember what was expected."""

    async def write_stats(session: AsyncSession, table: dict[str, dict[str, Any]]) -> Changes:
        expected = await season_crud.projected_points(session, season, week)
        new = rows.stats(season, week, table, known, expected)
        within = {"season": season, "week": week}
        return await mirror(session, PlayerStats, new, within=within, prune=bool(new))

    await _projections(run, season, week, known)
    await run.bring(endpoints.weekly_stats(season, week), f"stats of week {week}", write_stats, optional=True)


async def _projections(run: Run, season: str, week: int, known: set[str]) -> None:
    async def write(session: AsyncSession, table: dict[str, dict[str, Any]]) -> Changes:
        new = rows.projections(season, week, table, known)
        within = {"season": season, "week": week, "source": rows.SOURCE}
        changes = await mirror(
            session, Projection, new, within=within, prune=bool(new), fresh={"as_of": run.now}
        )
        if changes:
            await remember_projections(session, run, season, week, rows.SOURCE, new)
        return changes

    resource = endpoints.weekly_projections(season, week)
    await run.bring(resource, f"projections of week {week}", write, optional=True)


async def last_kickoffs(run: Run, season: str) -> dict[int, datetime]:
    """Each week's last kickoff, as stored."""
    async with run.store.read() as session:
        return await season_crud.last_kickoffs(session, season)
