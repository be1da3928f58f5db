"""Stores the projections of a file as one more source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.mirror import Changes, hashed, mirror
from fantasy_tui.crud.observation import Value, remember
from fantasy_tui.crud.player import all_players, this_seasons_leagues
from fantasy_tui.crud.season import current_week
from fantasy_tui.database.store import Store
from fantasy_tui.models import ObservationKind, Projection
from fantasy_tui.sources.projection_file import ProjectionFile, read


async def bring_file(
    store: Store, user_id: str, text: str, source: str, week: int | None, now: datetime
) -> tuple[ProjectionFile, Changes, int]:
    """Read a file and store it for a week (none: the current one), which is returned; raises UnreadableFile."""
    async with store.read() as session:
        leagues = await this_seasons_leagues(session, user_id)
        season = leagues[0].season if leagues else str(now.year)
        week = week or await current_week(session, season, now) or 1
        players = await all_players(session)
    scored = {stat for league in leagues for stat in league.scoring_settings or {}}
    found = read(text, players, scored)
    changes = await store.write(
        lambda session: store_projections(session, season, week, source, found.stats, now)
    )
    return found, changes, week


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
