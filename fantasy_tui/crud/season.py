"""Queries about a season's games, weeks and projections."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.weeks import week_at
from fantasy_tui.models import Game, Projection


async def games_of(session: AsyncSession, season: str) -> list[Game]:
    """Every game of the season."""
    return list(await session.scalars(select(Game).where(Game.season == season)))


async def kickoffs(session: AsyncSession, since: datetime) -> list[datetime]:
    """Every kickoff from this instant on, each once."""
    return list(await session.scalars(select(Game.kickoff).where(Game.kickoff >= since).distinct()))


async def week_starts(session: AsyncSession, season: str) -> dict[int, datetime]:
    """Each week's first kickoff."""
    rows = await session.execute(
        select(Game.week, func.min(Game.kickoff)).where(Game.season == season).group_by(Game.week)
    )
    return {row[0]: row[1] for row in rows}


async def last_kickoffs(session: AsyncSession, season: str) -> dict[int, datetime]:
    """Each week's last kickoff."""
    rows = await session.execute(
        select(Game.week, func.max(Game.kickoff)).where(Game.season == season).group_by(Game.week)
    )
    return {row[0]: row[1] for row in rows}


async def teams_playing(session: AsyncSession, season: str) -> dict[int, frozenset[str]]:
    """By week, the NFL teams that have a game; weeks without a known one are left out."""
    rows = await session.execute(
        select(Game.week, Game.home, Game.away).where(
            Game.season == season, or_(Game.status.is_(None), Game.status != "canceled")
        )
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.week, set()).update((row.home, row.away))
    return {week: frozenset(teams) for week, teams in sorted(found.items())}


async def current_week(session: AsyncSession, season: str, now: datetime) -> int | None:
    """The season's week at this instant, by the stored schedule; none when no schedule is stored."""
    return week_at(await last_kickoffs(session, season), now)


async def next_kickoff(session: AsyncSession, now: datetime) -> datetime | None:
    """The kickoff of the next game after this instant."""
    return await session.scalar(select(func.min(Game.kickoff)).where(Game.kickoff > now))


async def projected_points(session: AsyncSession, season: str, week: int) -> dict[str, float | None]:
    """The PPR total that was projected for each player."""
    rows = await session.execute(
        select(Projection.player_id, Projection.stats).where(
            Projection.season == season, Projection.week == week
        )
    )
    return {player_id: (stats or {}).get("pts_ppr") for player_id, stats in rows}
