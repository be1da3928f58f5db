"""The queue page by page is the queue: nothing twice, nothing left out, in one order on both databases."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.decision import find, pending, place_of
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision
from tests.decisions import add_decision, add_league, add_user

NOW = datetime(2024, 11, 10, 15, tzinfo=UTC)
MANY = 37


async def fill(store: Store) -> str:
    user_id = await add_user(store)
    await add_league(store, user_id)
    rng = random.Random(5)
    for number in range(MANY):
        lock = NOW + timedelta(hours=rng.choice((1, 2)))
        gain = rng.choice((0.0, 1.5, -2.25))
        await add_decision(store, user_id, subject=str(number), expires_at=lock, gain=gain)

    async def settle_later(session: AsyncSession) -> None:
        for number in range(0, MANY, 3):
            later = update(AgentDecision).where(AgentDecision.subject == str(number))
            await session.execute(later.values(settles_week=rng.choice((10, 12))))

    await store.write(settle_later)
    return user_id


async def test_pages_together_are_the_whole(store: Store) -> None:
    user_id = await fill(store)
    async with store.read() as session:
        whole = [one.id for one, _ in await pending(session, user_id, NOW)]
        assert len(set(whole)) == MANY
        for limit in (1, 5, MANY, MANY + 1):
            paged: list[str] = []
            last = None
            while found := await pending(session, user_id, NOW, limit, after=last):
                paged += [one.id for one, _ in found]
                last = place_of(found[-1][0])
            assert paged == whole, limit


async def test_found_by_the_beginning_of_an_id(store: Store) -> None:
    user_id = await fill(store)
    async with store.read() as session:
        for one, _ in await pending(session, user_id, NOW):
            found = await find(session, one.id[:13], user_id)
            assert found is not None
            assert found[0].id == one.id
        assert await find(session, "", user_id) is None, "several begin so"
        assert await find(session, "no-such", user_id) is None
