"""Many syncs of the same at once: each resource is written by one of them, the others take it as it is."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import sync_state
from fantasy_tui.crud.sync_state import Known
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player, SyncState
from tests.sleeper.fake import NOW, FakeSleeper
from tests.sleeper.syncing import LATER, rows, run

KEY = "league/1/rosters"


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[list[Store]]:
    """Machines of one manager."""
    found = [Store(database_url, pool_size=3, max_overflow=2) for _ in range(5)]
    yield found
    for store in found:
        await store.close()


async def test_what_one_has_written_the_others_leave_alone(stores: list[Store]) -> None:
    sleeper = FakeSleeper()
    ticks = [NOW + timedelta(seconds=number) for number in range(len(stores))]
    reports = await asyncio.gather(
        *(run(store, sleeper, now=now) for store, now in zip(stores, ticks, strict=True))
    )
    assert all(report.skipped == () for report in reports)
    players = [one for report in reports for one in report.resources if one.resource == "players"]
    assert sum(one.inserted for one in players) == len(await rows(stores[0], Player)) == 4
    # Whoever came first, the last to look has left its time.
    assert (await rows(stores[0], SyncState))["players"].checked_at >= ticks[0]


async def test_a_resource_in_hand_is_not_waited_for(postgres_url: str) -> None:
    mine, theirs = Store(postgres_url), Store(postgres_url)

    async def holding(session: AsyncSession) -> None:
        assert await sync_state.take(session, KEY)
        assert not await mine.write(lambda other: sync_state.take(other, KEY))
        assert await mine.write(lambda other: sync_state.take(other, "another"))

    await theirs.write(holding)
    assert await mine.write(lambda session: sync_state.take(session, KEY)), "given back with the transaction"
    await mine.close()
    await theirs.close()


async def test_a_confirmation_does_not_undo_what_came_since(store: Store) -> None:
    async def record(session: AsyncSession) -> None:
        for key in (KEY, "players"):
            await sync_state.record(session, key, etag="b", digest="new", at=NOW, changed=True)

    await store.write(record)
    asked = {
        KEY: Known("a", "old", LATER),
        "players": Known("c", "new", LATER),
        "games": Known(None, None, LATER),
    }
    await store.write(lambda session: sync_state.confirm(session, asked, LATER))
    found = await rows(store, SyncState)
    assert (found[KEY].etag, found[KEY].digest, found[KEY].checked_at) == ("b", "new", NOW)
    assert (found["players"].etag, found["players"].checked_at) == ("c", LATER)
    assert set(found) == {KEY, "players"}


async def test_confirmations_of_two_do_not_wait_for_each_other(postgres_url: str) -> None:
    mine, theirs = Store(postgres_url), Store(postgres_url)
    known = {key: Known("a", "same", LATER) for key in (KEY, "players")}

    async def record(session: AsyncSession) -> None:
        for key in known:
            await sync_state.record(session, key, etag="a", digest="same", at=NOW, changed=True)

    async def both(session: AsyncSession) -> None:
        await sync_state.confirm(session, {KEY: known[KEY]}, LATER)
        # While this transaction has the first, another confirms all it can and is done.
        await asyncio.wait_for(mine.write(lambda other: sync_state.confirm(other, known, LATER)), 5)

    await mine.write(record)
    await theirs.write(both)
    assert {state.checked_at for state in (await rows(mine, SyncState)).values()} == {LATER}
    await mine.close()
    await theirs.close()
