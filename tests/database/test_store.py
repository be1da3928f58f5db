"""The store's promises on both databases: whole transactions, news of others, and one sentence when it fails."""

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.engine import MANY
from fantasy_tui.database.errors import StoreError, StoreUnreachable
from fantasy_tui.database.migrate import check, current, upgrade
from fantasy_tui.database.store import Store
from fantasy_tui.models import League, User
from tests import postgres

PASSWORD = "hunter2"
Work = Callable[[AsyncSession], Awaitable[None]]


def a_user(name: str) -> User:
    return User(sleeper_user_id=name, sleeper_username=name, display_name=name)


def adding(*names: str) -> Work:
    async def work(session: AsyncSession) -> None:
        session.add_all(a_user(name) for name in names)

    return work


async def users(store: Store) -> set[str]:
    async with store.read() as session:
        return set(await session.scalars(select(User.sleeper_user_id)))


async def test_foreign_keys_hold(store: Store) -> None:
    async def work(session: AsyncSession) -> None:
        session.add(League(id="L", user_id="nobody", name="League", season="2024"))

    with pytest.raises(IntegrityError):
        await store.write(work)
    async with store.read() as session:
        assert await session.scalar(select(func.count()).select_from(League)) == 0


async def test_what_raises_is_rolled_back(store: Store) -> None:
    async def work(session: AsyncSession) -> None:
        session.add(a_user("a"))
        await session.flush()
        raise LookupError("no")

    with pytest.raises(LookupError):
        await store.write(work)
    assert await users(store) == set()


async def test_a_read_is_never_committed(store: Store) -> None:
    async with store.read() as session:
        session.add(a_user("a"))
        await session.flush()
    assert await users(store) == set()


async def test_a_cancelled_write_is_whole_and_the_next_goes_on(store: Store) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def work(session: AsyncSession) -> None:
        session.add(a_user("a"))
        await session.flush()
        begun.set()
        await go.wait()
        session.add(a_user("b"))

    task = asyncio.create_task(store.write(work))
    await begun.wait()
    # A worker that is cancelled, and then everything because the app closes.
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0.01)
        assert not task.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await users(store) == {"a", "b"}
    async with asyncio.timeout(5):
        await store.write(adding("c"))
    assert await users(store) == {"a", "b", "c"}


async def test_a_cancelled_write_that_fails_is_rolled_back_and_logged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def work(session: AsyncSession) -> None:
        session.add(a_user("a"))
        await session.flush()
        begun.set()
        await go.wait()
        raise LookupError("no")

    task = asyncio.create_task(store.write(work))
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await users(store) == set()
    assert [record.name for record in caplog.records] == ["fantasy_tui.database.store"]
    async with asyncio.timeout(5):
        await store.write(adding("b"))


async def test_cancelling_at_any_moment_neither_tears_nor_blocks(store: Store) -> None:
    for steps in range(12):
        task = asyncio.create_task(store.write(adding(f"{steps}-a", f"{steps}-b")))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        await store.write(adding("last"))
    names = await users(store)
    assert all((f"{n}-a" in names) == (f"{n}-b" in names) for n in range(12))
    assert "last" in names


async def test_cancelled_reads_give_their_connections_back(database_url: str) -> None:
    store = Store(database_url, pool_size=1, max_overflow=0)
    for steps in range(12):
        task = asyncio.create_task(users(store))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        assert await users(store) == set()
    await store.close()


async def test_twenty_writers_at_once(store: Store) -> None:
    other = Store(store.url)
    await asyncio.gather(*((store, other)[n % 2].write(adding(str(n))) for n in range(20)))
    assert await users(store) == {str(n) for n in range(20)}
    await other.close()


async def moved(store: Store, since: int) -> bool:
    """True as soon as the token differs, False when it still does not after a while."""
    for _ in range(100):
        if await store.changed_token() != since:
            return True
        await asyncio.sleep(0.01)
    return False


async def test_the_token_moves_when_another_commits(store: Store) -> None:
    other = Store(store.url)
    token = await store.changed_token()
    assert await store.changed_token() == token
    assert await users(other) == set()
    assert await store.changed_token() == token
    await other.write(adding("a"))
    assert await moved(store, token)
    token = await store.changed_token()
    assert await store.changed_token() == token
    await other.close()


async def test_what_is_rolled_back_is_no_news(store: Store) -> None:
    other = Store(store.url)

    async def work(session: AsyncSession) -> None:
        session.add(a_user("a"))
        await session.flush()
        raise LookupError("no")

    token = await store.changed_token()
    with pytest.raises(LookupError):
        await other.write(work)
    await asyncio.sleep(0.05)
    assert await store.changed_token() == token
    await other.close()


@pytest.mark.parametrize("earlier", [False, True])
async def test_a_cancelled_question_for_the_token_leaves_it_working(store: Store, earlier: bool) -> None:
    other = Store(store.url)
    for steps in range(40):
        asking = Store(store.url)
        if earlier:
            await asking.changed_token()
        task = asyncio.create_task(asking.changed_token())
        await asyncio.sleep(steps * 0.00015)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        token = await asking.changed_token()
        if steps % 4 == 0:
            await other.write(adding(str(steps)))
            assert await moved(asking, token), steps
        await asking.close()
    await other.close()


async def test_cancelled_just_before_it_listens(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store, other = Store(postgres_url), Store(postgres_url)

    async def cancelled(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "add_listener", cancelled)
        with pytest.raises(asyncio.CancelledError):
            await store.changed_token()
    token = await store.changed_token()
    await other.write(adding("a"))
    assert await moved(store, token)
    await store.close()
    await other.close()


async def test_a_lost_connection_counts_as_a_change(postgres_url: str) -> None:
    store, other = Store(postgres_url), Store(postgres_url)
    token = await store.changed_token()

    async def cut(session: AsyncSession) -> None:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    await other.write(cut)
    assert await moved(store, token)
    token = await store.changed_token()
    await other.write(adding("a"))
    assert await moved(store, token)
    assert await users(store) == {"a"}
    await store.close()
    await other.close()


@pytest.fixture
def missing_database(cluster: Path) -> str:
    return postgres.url(cluster, "missing").replace("postgres@", f"postgres:{PASSWORD}@")


@pytest.fixture
def garbage(tmp_path: Path) -> str:
    file = tmp_path / "garbage.db"
    file.write_bytes(b"This is a letter, not a database. " * 100)
    return f"sqlite:///{file}"


@pytest.fixture
def a_folder(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}"


@pytest.fixture
def below_a_file(tmp_path: Path) -> str:
    (tmp_path / "file").touch()
    return f"sqlite:///{tmp_path / 'file' / 'fantasy.db'}"


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[str]:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    yield f"sqlite:///{folder / 'fantasy.db'}"
    folder.chmod(0o700)


@pytest.fixture
def nobody_listens() -> str:
    return f"postgresql://someone:{PASSWORD}@127.0.0.1:1/fantasy"


@pytest.fixture
def no_socket(tmp_path: Path) -> str:
    return f"postgresql://someone:{PASSWORD}@/fantasy?host={tmp_path}"


@pytest.mark.parametrize(
    "place",
    [
        "missing_database", "garbage", "a_folder", "below_a_file", "locked_folder", "nobody_listens", "no_socket",
    ],
)  # fmt: skip
async def test_an_unreachable_database_is_one_sentence(place: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(place)

    async def ask(act: Callable[[Store], Awaitable[object]]) -> None:
        store = Store(url)
        try:
            await act(store)
        finally:
            await store.close()

    for attempt in (
        lambda: ask(lambda store: store.prepare()),
        lambda: ask(users),
        lambda: ask(lambda store: store.write(adding("a"))),
        lambda: ask(lambda store: store.changed_token()),
        lambda: upgrade(url),
        lambda: current(url),
        lambda: check(url),
    ):
        with pytest.raises(StoreUnreachable) as refused:
            await attempt()
        sentence = str(refused.value)
        assert sentence.startswith("The database ")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert PASSWORD not in sentence
        assert PASSWORD not in repr(refused.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"mysql://someone:{PASSWORD}@host/name", "mysql is not a database this app can use"),
        (f"nonsense {PASSWORD}", "The database URL cannot be read"),
        (f"postgresql://u:{PASSWORD}@host:port/name", "The database URL cannot be read"),
        ("", "The database URL cannot be read"),
    ],
)
def test_a_url_of_no_use_is_one_sentence(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as refused:
        Store(url)
    assert PASSWORD not in str(refused.value)


def test_a_shown_url_hides_its_password() -> None:
    store = Store(f"postgres://someone:{PASSWORD}@host/name")
    assert (store.redacted_url, store.dialect) == ("postgresql+asyncpg://someone:***@host/name", "postgresql")


async def test_file_and_folder_are_private(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "fantasy.db"
    old = os.umask(0)
    try:
        store = Store(f"sqlite:///{file}")
        await store.prepare()
        await store.write(adding("a"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    finally:
        os.umask(old)
    await store.close()
    assert set(modes.values()) == {0o600}
    assert "fantasy.db" in modes
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_postgres_plans_a_bulk_write_once_and_everything_else_each_time(postgres_url: str) -> None:
    store = Store(postgres_url, pool_size=1, max_overflow=0)
    row = {"sleeper_username": "a", "display_name": "A"}

    async def mode(session: AsyncSession) -> str:
        return str(await session.scalar(text("SHOW plan_cache_mode")))

    async def write(session: AsyncSession) -> tuple[str, str]:
        before = await mode(session)
        connection = await session.connection()
        await connection.execute(insert(User), [{"sleeper_user_id": str(n), **row} for n in range(MANY)])
        return before, await mode(session)

    assert await store.write(write) == ("force_custom_plan", "auto")
    async with store.read() as session:
        assert await mode(session) == "force_custom_plan"
    assert len(await users(store)) == MANY
    await store.close()
