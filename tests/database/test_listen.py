"""News of others on Postgres: at once by NOTIFY, again after the connection was cut, by looking where none comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database import listen
from fantasy_tui.database.store import Store
from fantasy_tui.models import User

Refusal = Callable[..., Awaitable[None]]


def adding(name: str) -> Callable[[AsyncSession], Awaitable[None]]:
    async def work(session: AsyncSession) -> None:
        session.add(User(sleeper_user_id=name, sleeper_username=name, display_name=name))

    return work


async def cut(session: AsyncSession) -> None:
    """End every other connection to the database."""
    await session.execute(
        text(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )


class Told:
    """A store, and how often it has called."""

    def __init__(self, url: str) -> None:
        self.store = Store(url)
        self.times = 0
        self._event = asyncio.Event()
        self.store.on_news(self._call)

    def _call(self) -> None:
        self.times += 1
        self._event.set()

    async def called(self) -> bool:
        """Whether it is called, within some seconds of the last time this was asked."""
        try:
            await asyncio.wait_for(self._event.wait(), 5)
        except TimeoutError:
            return False
        self._event.clear()
        return True


@pytest.fixture
async def told(postgres_url: str) -> AsyncIterator[Told]:
    told = Told(postgres_url)
    yield told
    await told.store.close()


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator[Store]:
    store = Store(postgres_url)
    yield store
    await store.close()


async def test_a_commit_of_another_is_told_without_asking(told: Told, other: Store) -> None:
    token = await told.store.changed_token()
    await other.write(adding("a"))
    assert await told.called()
    assert await told.store.changed_token() != token


async def test_ones_own_commits_and_others_first_steps_are_no_news(told: Told, other: Store) -> None:
    token = await told.store.changed_token()
    await told.store.write(adding("a"))
    await other.changed_token()  # its probe is heard here as well
    await asyncio.sleep(0.1)
    assert told.times == 0
    assert await told.store.changed_token() == token


async def test_nothing_is_told_after_it_is_closed(told: Told, other: Store) -> None:
    await told.store.changed_token()
    await told.store.close()
    await other.write(adding("a"))
    await asyncio.sleep(0.1)
    assert told.times == 0


async def test_a_cut_connection_is_told_at_once_and_listens_again(told: Told, other: Store) -> None:
    for name in ("a", "b"):
        token = await told.store.changed_token()
        await other.write(cut)
        assert await told.called(), "the cut itself is news: notices are not kept for us"
        assert await told.store.changed_token() != token
        await other.write(adding(name))
        assert await told.called()


async def test_a_connection_that_no_longer_answers_is_replaced(
    told: Told, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await told.store.changed_token()
    monkeypatch.setattr(listen, "_PING_AFTER", 0.0)
    assert await told.store.changed_token() == token, "it answers"

    execute = asyncpg.Connection.execute

    async def silence(self: object, query: str, *arguments: object, **options: object) -> object:
        if query == "SELECT 1":
            raise TimeoutError
        return await execute(self, query, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "execute", silence)
        token, before = await told.store.changed_token(), token
    assert token != before
    await other.write(adding("a"))
    assert await told.called()


async def refused(_self: object, *_: object) -> None:
    raise asyncpg.FeatureNotSupportedError("LISTEN is not supported")


async def swallowed(_self: object, *_: object) -> None:
    """As behind a pooler that gives every transaction another connection: LISTEN works, and nothing comes."""


@pytest.mark.parametrize("add_listener", [refused, swallowed])
async def test_where_no_notice_comes_the_token_moves_all_the_same(
    told: Told, other: Store, add_listener: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listen, "_HEARD_WITHIN", 0.05)
    monkeypatch.setattr(asyncpg.Connection, "add_listener", add_listener)
    token = await told.store.changed_token()
    for name in ("a", "b"):
        # It may move without cause: what is compared counts the transactions of the whole server.
        await other.write(adding(name))
        token, before = await told.store.changed_token(), token
        assert token != before
    assert told.times == 0
    assert await connections(other, "LISTEN%") == 0, "the connection that is of no use is given back"


async def connections(store: Store, query: str) -> int:
    """How many have run this last."""
    async with store.read() as session:
        return (
            await session.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE :query"
                ),
                {"query": query},
            )
            or 0
        )


async def test_a_pool_of_one_does_not_listen(postgres_url: str, other: Store) -> None:
    store = Store(postgres_url, pool_size=1, max_overflow=0)
    token = await store.changed_token()
    async with asyncio.timeout(5):
        await store.write(adding("a"))
    await other.write(adding("b"))
    assert await store.changed_token() != token
    await store.close()
