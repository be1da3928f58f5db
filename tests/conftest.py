"""Fixtures that every test may ask for."""

import asyncio
import gc
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from fantasy_tui.clock import set_clock
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.migrate import upgrade
from fantasy_tui.database.store import Store
from tests import databases, postgres
from tests.once import once

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Take what is loaded now out of every later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Folder of recorded Sleeper seasons; the test skips where there is none."""
    folder = Path(os.environ.get("FANTASY_RECORDINGS", CHECKOUT.parent / "shared" / "sleeper"))
    if not (folder / "replay.py").is_file():
        pytest.skip(f"no recorded leagues at {folder} (set FANTASY_RECORDINGS)")
    return folder


@pytest.fixture(scope="session")
def run_id() -> str:
    """The same in all workers of one test run."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in all workers of one test run, and empty when it begins."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def cluster(run_id: str) -> Path:
    """The run's Postgres, with a migrated template database."""
    folder = postgres.start(run_id)

    async def migrate() -> None:
        await databases.drop(folder, databases.TEMPLATE)
        await databases.clone(folder, databases.TEMPLATE, "template0")
        await upgrade(postgres.url(folder, databases.TEMPLATE))

    once(folder / "migrated", lambda _: asyncio.run(migrate()))
    return folder


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path) -> Path:
    """A migrated, empty SQLite file."""
    return once(run_folder / "migrated.db", lambda file: asyncio.run(upgrade(f"sqlite+aiosqlite:///{file}")))


@pytest.fixture
async def empty_postgres_url(cluster: Path) -> AsyncIterator[str]:
    """A Postgres database without a schema, dropped after the test."""
    name = f"e_{uuid.uuid4().hex[:12]}"
    yield await databases.clone(cluster, name, "template0")
    await databases.drop(cluster, name)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a schema, on either engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture(scope="session")
def reused(cluster: Path) -> databases.Reused:
    """The worker's database for tests that commit."""
    return databases.Reused(cluster, f"t_{uuid.uuid4().hex[:12]}")


@pytest.fixture
async def postgres_url(reused: databases.Reused) -> str:
    """A migrated, empty Postgres database that is the test's own while it runs."""
    return await reused.emptied()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file of the test's own."""
    file = tmp_path / "fantasy.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of the test's own, on either engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store that really commits, on either engine."""
    store = Store(database_url)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def worker_database(cluster: Path) -> str:
    """One migrated Postgres database for all tests of a worker that roll back."""
    return asyncio.run(databases.clone(cluster, f"w_{uuid.uuid4().hex[:12]}"))


@pytest.fixture(params=["sqlite", "postgres"])
def session_url(request: pytest.FixtureRequest) -> str:
    """A migrated database that stays empty because every test rolls back."""
    name = "sqlite_url" if request.param == "sqlite" else "worker_database"
    return str(request.getfixturevalue(name))


@pytest.fixture
async def session(session_url: str) -> AsyncIterator[AsyncSession]:
    """A session whose work, commits included, is rolled back after the test."""
    engine = make_engine(session_url, poolclass=NullPool)
    async with engine.connect() as connection:
        outer = await connection.begin()
        async with AsyncSession(
            bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        await outer.rollback()
    await engine.dispose()


@pytest.fixture
def clock_reset() -> Iterator[None]:
    """The real time again after a test that sets the clock."""
    yield
    set_clock(None)
