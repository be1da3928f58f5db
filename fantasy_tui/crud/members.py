"""Queries on the members of leagues."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import LeagueMember


async def member_names(session: AsyncSession) -> list[str]:
    """What the members of all stored leagues call themselves on Sleeper, each once, in order."""
    names = await session.scalars(select(LeagueMember.display_name).distinct())
    return sorted(name for name in names if name)
