"""Queries about a season's games and projections."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import Game, Projection


async def games_of(session: AsyncSession, season: str) -> list[Game]:
    """Every game of the season."""
    return list(await session.scalars(select(Game).where(Game.season == season)))


async def last_kickoffs(session: AsyncSession, season: str) -> dict[int, datetime]:
    """Each week's last kickoff."""
    rows = await session.execute(
        select(Game.week, func.max(Game.kickoff)).where(Game.season == season).group_by(Game.week)
    )
    return {row[0]: row[1] for row in rows}


async def projected_points(session: AsyncSession, season: str, week: int) -> dict[str, float | None]:
    """The PPR total that was projected for each player."""
    rows = await session.execute(
        select(Projection.player_id, Projection.stats).where(
            Projection.season == season, Projection.week == week
        )
    )
    return {player_id: (stats or {}).get("pts_ppr") for player_id, stats in rows}
