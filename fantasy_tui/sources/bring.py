"""Stores the projections of a file as one more source."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.mirror import Changes, hashed, mirror
from fantasy_tui.crud.observation import Value, remember
from fantasy_tui.models import ObservationKind, Projection


async def store_projections(
    session: AsyncSession,
    season: str,
    week: int,
    source: str,
    stats: Mapping[str, dict[str, float]],
    now: datetime,
) -> Changes:
    """Make the source's stored projections of a week equal to `stats`, and remember what changed when."""
    rows = [
        hashed({"player_id": player, "season": season, "week": week, "source": source, "stats": line})
        for player, line in stats.items()
    ]
    within = {"season": season, "week": week, "source": source}
    changes = await mirror(session, Projection, rows, within=within, prune=True, fresh={"as_of": now})
    values: dict[str, Value] = dict(stats)
    scope = f"{season}:{week}:{source}"
    await remember(session, ObservationKind.PROJECTION, scope, values, now, whole=True)
    return changes
