"""Agents' runs as lines of a list, on both databases."""

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.task import task_rows
from tests.leagues import build


async def test_newest_first_with_the_leagues_names(session: AsyncSession) -> None:
    user = await build(session)
    rows = await task_rows(session, user)
    assert [(row.task_type, row.league, row.status) for row in rows] == [
        ("waiver_wire", "Alpha League", "in_progress"),
        ("injury_monitoring", "Alpha League", "failed"),
        ("lineup_optimization", None, "completed"),
    ]
    assert (rows[0].progress_percentage, rows[0].current_step) == (65, "Reading the league")
    assert rows[2].result == {"proposed": 2}


async def test_the_limit_keeps_the_newest(session: AsyncSession) -> None:
    user = await build(session)
    assert [row.task_type for row in await task_rows(session, user, limit=1)] == ["waiver_wire"]


async def test_others_see_nothing(session: AsyncSession) -> None:
    await build(session)
    assert await task_rows(session, "nobody") == []
