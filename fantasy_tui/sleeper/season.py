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
from fantasy_tui.sleeper.run import Run

# Sleeper asks for the players file at most once a day.
PLAYERS_EVERY = timedelta(hours=24)


async def bring_games(run: Run, season: str, games_url: str) -> None:
    """Bring the schedule with kickoffs up to date, from Sleeper and the file of kickoffs together.

    Without the file, times known from earlier stay; a season of which none is known gets assumed ones.
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
        async with run.store.read() as session:
            if await season_crud.has_kickoffs(session, season):
                return
    found = rows.games(season, listed.value or (), lines.value or () if lines is not None else ())

    async def write(session: AsyncSession, _: Any) -> Changes:
        return await mirror(session, Game, found, within={"season": season}, prune=bool(found))

    if listed.etag or listed.digest:
        await run.keep(schedule, "schedule", listed, write)
    if lines is not None:
        await run.keep(file, "kickoffs", lines, write)


async def bring_players(run: Run) -> bool:
    """Bring the players file up to date if the stored one is a day old; True when players are new in it."""
    resource = endpoints.players()
    checked = run.checked_at(resource.key)
    if checked is not None and timedelta(0) <= run.now - checked < PLAYERS_EVERY:
        return False

    async def write(session: AsyncSession, file: Any) -> Changes:
        found = await asyncio.to_thread(rows.players, file)
        return await mirror(session, Player, found, within={})

    run.plan(1)
    return (await run.bring(resource, "players", write, optional=True)).inserted > 0


async def bring_season(run: Run, season: str, weeks: range, *, newcomers: bool) -> None:
    """Bring trends, projections and stats up to date; where players are new, read known answers again for them."""
    async with run.store.read() as session:
        known = await known_player_ids(session)
    if not known:
        return
    steps = [_trending(run, kind, known, newcomers) for kind in ("add", "drop")]
    for week in weeks:
        if not run.is_settled(endpoints.weekly_stats(season, week).key, week):
            steps.append(_week(run, season, week, known, newcomers))
    run.plan(2 * len(steps) - 2)
    async with asyncio.TaskGroup() as group:
        for step in steps:
            group.create_task(step)


async def _trending(run: Run, kind: str, known: set[str], again: bool) -> None:
    async def write(session: AsyncSession, found: list[wire.Trending]) -> Changes:
        new = rows.trending(kind, found, known)
        return await mirror(session, TrendingPlayer, new, within={"kind": kind}, prune=True)

    await run.bring(endpoints.trending(kind), "trending players", write, again=again, optional=True)


async def _week(run: Run, season: str, week: int, known: set[str], again: bool) -> None:
    """Projections first: the stats of a week remember what was expected."""

    async def write_projections(session: AsyncSession, table: dict[str, dict[str, Any]]) -> Changes:
        new = rows.projections(season, week, table, known)
        within = {"season": season, "week": week, "source": rows.SOURCE}
        return await mirror(
            session, Projection, new, within=within, prune=bool(new), fresh={"as_of": run.now}
        )

    async def write_stats(session: AsyncSession, table: dict[str, dict[str, Any]]) -> Changes:
        expected = await season_crud.projected_points(session, season, week)
        new = rows.stats(season, week, table, known, expected)
        within = {"season": season, "week": week}
        return await mirror(session, PlayerStats, new, within=within, prune=bool(new))

    projections, stats = endpoints.weekly_projections(season, week), endpoints.weekly_stats(season, week)
    await run.bring(projections, f"projections of week {week}", write_projections, again=again, optional=True)
    await run.bring(stats, f"stats of week {week}", write_stats, again=again, optional=True)


async def last_kickoffs(run: Run, season: str) -> dict[int, datetime]:
    """Each week's last kickoff, as stored."""
    async with run.store.read() as session:
        return await season_crud.last_kickoffs(session, season)
