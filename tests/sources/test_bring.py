"""A second source beside Sleeper's, on both databases."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.models import Observation, Projection
from fantasy_tui.sources.bring import store_projections
from tests.leagues import NOW, build


async def test_a_second_source_enters_the_mean_and_is_remembered(session: AsyncSession) -> None:
    user = await build(session)
    before = (await load_league_view(session, "A", user, NOW)).players["1"].projection
    await store_projections(session, "2024", 10, "espn", {"1": {"pass_yd": 350.0}}, NOW)
    after = (await load_league_view(session, "A", user, NOW)).players["1"].projection
    assert dict(after.parts) == {"sleeper": 10.0, "espn": 14.0}
    assert before.points < after.points
    assert await session.scalar(sa.select(sa.func.count()).select_from(Observation)) == 1


async def test_what_a_later_file_lacks_is_gone(session: AsyncSession) -> None:
    await build(session)
    await store_projections(session, "2024", 10, "espn", {"1": {"rec": 1.0}, "2": {"rec": 2.0}}, NOW)
    later = NOW + timedelta(hours=1)
    await store_projections(session, "2024", 10, "espn", {"2": {"rec": 2.0}}, later)
    found = await session.scalars(sa.select(Projection.player_id).where(Projection.source == "espn"))
    assert set(found) == {"2"}
