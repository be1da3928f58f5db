"""Draft picks that changed hands."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.picks import Pick
from fantasy_tui.models import TradedPick


async def traded_picks(session: AsyncSession, league_id: str) -> dict[Pick, int]:
    """A league's, each with the roster that holds it now."""
    rows = await session.scalars(select(TradedPick).where(TradedPick.league_id == league_id))
    return {Pick(row.season, row.round, row.roster_id): row.owner_id for row in rows}
