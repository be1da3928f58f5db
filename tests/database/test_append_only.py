"""The audit cannot be changed in the database itself, on either engine."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.store import Store
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW


@pytest.mark.parametrize(
    "statement",
    ["UPDATE decision_events SET note = 'x'", "DELETE FROM decision_events"],
)
async def test_events_are_neither_changed_nor_deleted(store: Store, statement: str) -> None:
    user = await add_user(store)
    await add_league(store, user)
    await add_decision(store, user, expires_at=NOW)

    async def work(session: AsyncSession) -> None:
        await session.execute(sa.text(statement))

    with pytest.raises(DBAPIError, match="append-only"):
        await store.write(work)
    async with store.read() as session:
        assert (await session.execute(sa.text("SELECT action, note FROM decision_events"))).all() == [
            ("propose", None)
        ]


async def test_nor_truncated(postgres_url: str) -> None:
    store = Store(postgres_url)

    async def work(session: AsyncSession) -> None:
        await session.execute(sa.text("TRUNCATE decision_events"))

    with pytest.raises(DBAPIError, match="append-only"):
        await store.write(work)
    await store.close()
