"""Fixtures that every test may ask for."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from fantasy_tui.clock import set_clock
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.migrate import upgrade
from fantasy_tui.database.store import Store
from tests import postgres

CHECKOUT = Path(__file__).resolve().parent.parent
TEMPLATE = "template_migrated"


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
def cluster(run_id: str) -> Path:
    """The run's Postgres, with a migrated template database."""
    folder = postgres.start(run_id)
    with postgres.locked(folder / "template.lock"):
        if not (folder / "template.done").exists():
            asyncio.run(_admin(folder, f"CREATE DATABASE {TEMPLATE}"))
            asyncio.run(upgrade(postgres.url(folder, TEMPLATE)))
            (folder / "template.done").touch()
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{file}"))
    return file


async def _admin(folder: Path, statement: str) -> None:
    engine = make_engine(postgres.url(folder, "postgres"), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def empty_postgres_url(cluster: Path) -> AsyncIterator[str]:
    """A Postgres database without a schema, dropped after the test."""
    name = f"e_{uuid.uuid4().hex[:12]}"
    await _admin(cluster, f"CREATE DATABASE {name}")
    yield postgres.url(cluster, name)
    await _admin(cluster, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a schema, on either engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def postgres_url(cluster: Path) -> AsyncIterator[str]:
    """A migrated, empty Postgres database of the test's own."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    await _admin(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield postgres.url(cluster, name)
    await _admin(cluster, f"DROP DATABASE {name} WITH (FORCE)")


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
    name = f"w_{uuid.uuid4().hex[:12]}"
    asyncio.run(_admin(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    return postgres.url(cluster, name)


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
