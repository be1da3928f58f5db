"""A whole database into another: the demo both ways, what is refused, and that a failure leaves the target alone."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from fantasy_tui.database import moving
from fantasy_tui.database.base import Base
from fantasy_tui.database.copying import Differs, copy_rows
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.database.migrate import check, current, downgrade
from fantasy_tui.database.moving import CopyFailed, CopyRefused, Progress, move
from fantasy_tui.database.revision import HEAD
from fantasy_tui.database.store import Store
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW, build
from tests.tui.demo import demo_file

TABLES = Base.metadata.sorted_tables
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def demo(run_folder: Path) -> str:
    """The demo in a SQLite file that nobody changes."""
    return f"sqlite:///{demo_file(run_folder)}"


@pytest.fixture
async def filled(sqlite_url: str) -> str:
    """Two leagues and a decision in a SQLite file."""
    store = Store(sqlite_url)
    user_id = await store.write(build)
    await add_decision(store, user_id, expires_at=NOW, league_id="A")
    await store.close()
    return sqlite_url


@pytest.fixture
def target(empty_url: str) -> str:
    """A database without a schema, on either engine."""
    return empty_url


async def run(url: str, *statements: str) -> list[str]:
    engine = make_engine(url, poolclass=NullPool, begin="IMMEDIATE")
    said = []
    async with engine.begin() as connection:
        for statement in statements:
            done = await connection.execute(sa.text(statement))
            said += [str(row[0]) for row in done] if done.returns_rows else []
    await engine.dispose()
    return said


async def count(url: str, table: str = "agent_decisions") -> str:
    return (await run(url, f"SELECT count(*) FROM {table}"))[0]


async def test_the_demo_goes_to_postgres_and_back(demo: str, empty_postgres_url: str, tmp_path: Path) -> None:
    seen: list[Progress] = []
    there = await move(demo, empty_postgres_url, TABLES, on_progress=seen.append)
    assert there["agent_decisions"] > 10 < there["players"]
    assert (seen[-1].done, seen[-1].total) == (2 * sum(there.values()),) * 2
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert await move(empty_postgres_url, back, TABLES) == there
    # The first and the last are now compared directly, past all that is between them.
    engines = [make_engine(url, poolclass=NullPool) for url in (demo, back)]
    async with engines[0].connect() as one, engines[1].connect() as other:
        for table in TABLES:
            asked = sa.select(table).order_by(*table.primary_key.columns)
            assert (await one.execute(asked)).all() == (await other.execute(asked)).all(), table.name
    for engine in engines:
        await engine.dispose()
    assert await check(back) == []


async def test_a_target_that_holds_rows_is_refused_unless_replaced(filled: str, target: str) -> None:
    copied = await move(filled, target, TABLES)
    await run(target, "UPDATE players SET age = 99")
    with pytest.raises(CopyRefused, match=r"holds rows already \(in .*--replace"):
        await move(filled, target, TABLES)
    assert await run(target, "SELECT DISTINCT age FROM players") == ["99"]
    assert await move(filled, target, TABLES, replace=True) == copied
    assert await run(target, "SELECT count(*) FROM players WHERE age = 99") == ["0"]
    for statement in ("UPDATE decision_events SET note = 'x'", "DELETE FROM decision_events"):
        with pytest.raises(DBAPIError, match="append-only"):
            await run(target, statement)
    assert await check(target) == []


async def test_replacing_on_postgres_leaves_no_trigger_off(filled: str, postgres_url: str) -> None:
    await move(filled, postgres_url, TABLES)
    await move(filled, postgres_url, TABLES, replace=True)
    with pytest.raises(DBAPIError, match="append-only"):
        await run(postgres_url, "TRUNCATE decision_events")


async def test_a_database_is_not_copied_onto_itself(
    filled: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for url in (filled, "sqlite:///fantasy.db", f"sqlite:///{tmp_path}/../{tmp_path.name}/fantasy.db"):
        with pytest.raises(CopyRefused, match="the same file"):
            await move(filled, url, TABLES, replace=True)
    other = postgres_url.replace("postgres@/", "postgres@:5432/").replace("+asyncpg", "")
    with pytest.raises(CopyRefused, match="the same database"):
        await move(postgres_url, other, TABLES, replace=True)
    assert await count(filled) == "1"


async def test_what_cannot_be_a_source(filled: str, target: str, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"
    with pytest.raises(CopyRefused, match="There is no database file"):
        await move(f"sqlite:///{nowhere}", target, TABLES)
    assert not nowhere.exists()
    with pytest.raises(CopyRefused, match="in memory"):
        await move("sqlite://", target, TABLES)
    await downgrade(filled, "0004")
    with pytest.raises(CopyRefused, match=f"is at revision 0004 and this app needs {HEAD}: run"):
        await move(filled, target, TABLES)
    assert await current(target) is None


async def test_a_source_that_cannot_be_reached_is_named_without_its_password(sqlite_url: str) -> None:
    with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1:9/x does not answer") as told:
        await move("postgresql://fan:hunter2@127.0.0.1:9/x", sqlite_url, TABLES)
    assert "hunter2" not in str(told.value)


async def test_a_copy_that_is_not_like_the_original_is_not_kept(
    filled: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a value had changed on the way, in a target that had rows before."""
    await move(filled, target, TABLES)
    await run(target, "UPDATE players SET age = 99")

    async def copy_and_spoil(
        source: AsyncConnection, into: AsyncConnection, table: sa.Table, **more: Any
    ) -> int:
        done = await copy_rows(source, into, table, **more)
        if table.name == "players":
            await into.execute(sa.text("UPDATE players SET age = 28 WHERE player_id = '7'"))
        return done

    monkeypatch.setattr(moving, "copy_rows", copy_and_spoil)
    with pytest.raises(CopyFailed, match="players 7 differs from the original in age") as told:
        await move(filled, target, TABLES, replace=True)
    assert isinstance(told.value.__cause__, Differs)
    assert await run(target, "SELECT DISTINCT age FROM players") == ["99"]
    with pytest.raises(DBAPIError, match="append-only"):
        await run(target, "UPDATE decision_events SET note = 'x'")


async def test_a_value_that_the_target_cannot_hold_is_told(filled: str, postgres_url: str) -> None:
    await run(filled, "UPDATE players SET age = 99999999999 WHERE player_id = '7'")
    with pytest.raises(CopyFailed, match=r"nothing of it was kept .*table players.*int32"):
        await move(filled, postgres_url, TABLES)
    assert await count(postgres_url, "users") == "0"


async def test_a_cancelled_copy_leaves_the_target_as_it_was(filled: str, target: str) -> None:
    await move(filled, target, TABLES)
    await run(target, "UPDATE players SET age = 99")
    task: asyncio.Task[object] | None = None

    def stop(progress: Progress) -> None:
        if progress.doing == "verifying players":
            assert task is not None
            task.cancel()

    task = asyncio.create_task(move(filled, target, TABLES, replace=True, on_progress=stop))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await run(target, "SELECT DISTINCT age FROM players") == ["99"]


async def test_what_is_written_to_the_source_meanwhile_is_not_in_the_copy(
    database_url: str, tmp_path: Path, sqlite_template: Path
) -> None:
    store = Store(database_url)
    user_id = await add_user(store)
    await add_league(store, user_id)
    await add_decision(store, user_id, expires_at=NOW)
    late: list[asyncio.Task[str]] = []

    def write(progress: Progress) -> None:
        if not late:
            adding = add_decision(store, user_id, expires_at=NOW, subject="later")
            late.append(asyncio.get_running_loop().create_task(adding))

    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    shutil.copyfile(sqlite_template, tmp_path / "copy.db")
    copied = await move(database_url, copy, TABLES, on_progress=write)
    await late[0]
    assert copied["agent_decisions"] == 1
    assert await count(copy) == "1"
    assert await count(database_url) == "2"
    await store.close()


async def test_rows_that_a_policy_hides_are_not_left_out_in_silence(
    filled: str, postgres_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    """A role that sees a part of the rows may not make a copy that looks whole."""
    await move(filled, postgres_url, TABLES)
    role = f"part_{tmp_path.name[-8:].replace('-', '_')}"
    await run(
        postgres_url,
        f"CREATE ROLE {role} LOGIN",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    )
    copy = tmp_path / "copy.db"
    shutil.copyfile(sqlite_template, copy)
    as_role = postgres_url.replace("postgres@", f"{role}@")
    try:
        with pytest.raises(CopyFailed, match="needs the owner of the tables"):
            await move(as_role, f"sqlite:///{copy}", TABLES)
    finally:
        await run(
            postgres_url,
            f"DROP OWNED BY {role}",
            f"DROP ROLE {role}",
        )
    assert await count(f"sqlite:///{copy}", "users") == "0"


@pytest.mark.parametrize("cut", ["source", "target"])
async def test_a_connection_that_is_cut_is_told_and_the_target_is_as_it_was(
    filled: str, postgres_url: str, empty_postgres_url: str, cut: str
) -> None:
    """Postgres ends our session in the middle of the copy: whose it was is named."""
    await move(filled, postgres_url, TABLES)
    await move(filled, empty_postgres_url, TABLES)
    await run(empty_postgres_url, "UPDATE players SET age = 99")
    victim = {"source": postgres_url, "target": empty_postgres_url}[cut]
    cutting: list[asyncio.Task[object]] = []

    def cut_it(progress: Progress) -> None:
        if not cutting:
            cutting.append(asyncio.ensure_future(run(victim, _END_OTHERS)))

    copying = asyncio.create_task(
        move(postgres_url, empty_postgres_url, TABLES, replace=True, on_progress=cut_it)
    )
    with pytest.raises(StoreUnreachable, match="has closed the connection") as told:
        await copying
    await cutting[0]
    assert f"/{sa.make_url(victim).database}?" in str(told.value)
    assert await run(empty_postgres_url, "SELECT DISTINCT age FROM players") == ["99"]
