"""Migrations on both databases: up, down, at once, from a loop, half-way, and with rows in the tables."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database import migrate
from fantasy_tui.database.base import Base
from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.errors import MigrationFailed, StoreTooNew
from fantasy_tui.database.migrate import alembic_config, check, current, downgrade, script_location, upgrade
from fantasy_tui.database.revision import HEAD
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, League, LeagueMember, Roster, User
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW

CHECKOUT = Path(__file__).resolve().parents[2]
PASSWORD = "hunter2"
AddRevision = Callable[..., None]

_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    {up}


def downgrade():
    {down}
"""


@pytest.fixture
def add_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddRevision:
    """Writes a revision after the newest, in a copy of the migrations; a second one replaces the first."""
    folder = tmp_path / "migrations"
    shutil.copytree(script_location(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "script_location", lambda: folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def add(*up: str, down: str = "pass") -> None:
        text = _REVISION.format(head=HEAD, up="\n    ".join(up), down=down)
        (folder / "versions" / "later.py").write_text(text, "utf-8")

    return add


async def tables(url: str) -> set[str]:
    engine = make_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    await engine.dispose()
    return set(names)


async def execute(url: str, statement: str) -> None:
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()


async def fill(url: str) -> None:
    """A user with a league, a roster, a member and a decision."""
    store = Store(url)
    user_id = await add_user(store)
    await add_league(store, user_id)

    async def work(session: AsyncSession) -> None:
        session.add(Roster(id="L:1", league_id="L", roster_id=1, players=["1"]))
        session.add(LeagueMember(league_id="L", user_id="1", display_name="Manager"))

    await store.write(work)
    await add_decision(store, user_id, expires_at=NOW)
    await store.close()


async def counts(url: str) -> list[int]:
    store = Store(url)
    async with store.read() as session:
        found = [
            await session.scalar(sa.select(sa.func.count()).select_from(model))
            for model in (User, League, Roster, LeagueMember, AgentDecision)
        ]
    await store.close()
    return [count or 0 for count in found]


async def test_up_down_and_up_again_without_drift(empty_url: str) -> None:
    assert await current(empty_url) is None
    await upgrade(empty_url)
    assert await current(empty_url) == HEAD
    assert await tables(empty_url) == {*Base.metadata.tables, "alembic_version"}
    assert await check(empty_url) == []
    await downgrade(empty_url, "base")
    assert await current(empty_url) is None
    assert await tables(empty_url) == {"alembic_version"}
    await upgrade(empty_url)
    assert await check(empty_url) == []
    await upgrade(empty_url)
    assert await current(empty_url) == HEAD


async def test_check_tells_what_differs(database_url: str) -> None:
    await execute(database_url, "ALTER TABLE players ADD COLUMN surplus INTEGER")
    assert "surplus" in "\n".join(await check(database_url))


def test_by_the_plain_command(empty_url: str) -> None:
    command = Path(sys.executable).with_name("alembic")
    for arguments in (["upgrade", "head"], ["downgrade", "base"], ["upgrade", "head"], ["check"]):
        done = subprocess.run(
            [command, *arguments],
            cwd=CHECKOUT,
            env={**os.environ, "FANTASY_DATABASE_URL": empty_url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "No new upgrade operations detected" in done.stdout
    assert asyncio.run(current(empty_url)) == HEAD


def test_one_head_and_it_is_the_one_the_code_needs() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]


async def test_a_store_prepares_itself_while_the_loop_runs(empty_url: str) -> None:
    store = Store(empty_url)
    await store.prepare()
    assert await current(empty_url) == HEAD
    await store.prepare()
    assert await counts(empty_url) == [0] * 5
    await store.close()


async def test_a_prepared_store_is_prepared_without_alembic(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise AssertionError("nothing to migrate")

    monkeypatch.setattr(migrate, "upgrade", refuse)
    store = Store(database_url)
    await store.prepare()
    await store.close()


def test_four_processes_at_once_all_end_well(empty_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from fantasy_tui.database.store import Store\n"
        "async def main():\n"
        "    store = Store(sys.argv[1])\n"
        "    await store.prepare()\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, empty_url], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 4
    assert asyncio.run(current(empty_url)) == HEAD
    assert asyncio.run(check(empty_url)) == []


def test_two_tasks_at_once_in_one_loop_after_another(empty_url: str) -> None:
    async def both() -> None:
        await asyncio.gather(upgrade(empty_url), upgrade(empty_url))
        await asyncio.gather(downgrade(empty_url, "base"), downgrade(empty_url, "base"))

    for _ in range(2):
        asyncio.run(both())


async def test_a_newer_database_is_refused(database_url: str) -> None:
    await execute(database_url, "UPDATE alembic_version SET version_num = 'ffff'")
    url = database_url.replace("postgres@", f"postgres:{PASSWORD}@")
    store = Store(url)
    with pytest.raises(StoreTooNew) as refused:
        await store.prepare()
    await store.close()
    sentence = str(refused.value)
    assert sentence.endswith("was made by a newer version of fantasy-tui (revision ffff); upgrade the app.")
    assert PASSWORD not in sentence
    assert await current(url) == "ffff"


async def test_a_migration_that_fails_half_way_leaves_the_old_schema(
    database_url: str, add_revision: AddRevision, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(database_url)
    before = await tables(database_url)
    half = "op.create_table('extra', sa.Column('id', sa.Integer(), primary_key=True))"
    add_revision(
        half, "op.execute('DELETE FROM agent_decisions')", "op.execute('UPDATE nowhere SET nothing = 1')"
    )
    url = database_url.replace("postgres@", f"postgres:{PASSWORD}@")
    with pytest.raises(MigrationFailed, match="its schema is as it was") as failed:
        await upgrade(url)
    assert PASSWORD not in str(failed.value)
    assert "\n" not in str(failed.value)
    assert "nowhere" in caplog.text
    assert PASSWORD not in caplog.text
    assert await tables(database_url) == before
    assert await current(database_url) == HEAD
    assert await counts(database_url) == [1] * 5
    add_revision(half, down="op.drop_table('extra')")
    await upgrade(database_url)
    assert await tables(database_url) == before | {"extra"}
    await downgrade(database_url, HEAD)
    assert await tables(database_url) == before


async def test_a_bug_in_a_migration_leaves_the_old_schema_too(
    database_url: str, add_revision: AddRevision, caplog: pytest.LogCaptureFixture
) -> None:
    add_revision(
        "op.create_table('extra', sa.Column('id', sa.Integer(), primary_key=True))", "{}['no such key']"
    )
    with pytest.raises(MigrationFailed, match="its schema is as it was"):
        await upgrade(database_url)
    assert "no such key" in caplog.text
    assert "extra" not in await tables(database_url)
    assert await current(database_url) == HEAD


async def test_a_parents_table_made_anew_keeps_its_children(
    database_url: str, add_revision: AddRevision
) -> None:
    await fill(database_url)
    recreate = "with op.batch_alter_table('{}', recreate='{}') as batch: batch.add_column(sa.Column('extra', sa.Text()))"
    mode = "always" if database_url.startswith("sqlite") else "never"
    add_revision(
        recreate.format("users", mode),
        recreate.format("leagues", mode),
        down="with op.batch_alter_table('leagues') as one, op.batch_alter_table('users') as two: one.drop_column('extra'), two.drop_column('extra')",
    )
    await upgrade(database_url)
    assert await counts(database_url) == [1] * 5
    await downgrade(database_url, HEAD)
    assert await counts(database_url) == [1] * 5


async def test_children_without_parents_are_noticed(sqlite_url: str, add_revision: AddRevision) -> None:
    await fill(sqlite_url)
    add_revision("op.execute('DELETE FROM leagues')")
    with pytest.raises(MigrationFailed) as failed:
        await upgrade(sqlite_url)
    assert "without their parent" in str(failed.value.__cause__)
    assert await counts(sqlite_url) == [1] * 5


async def test_down_and_up_with_rows(database_url: str) -> None:
    await fill(database_url)
    await downgrade(database_url, "base")
    await upgrade(database_url)
    assert await counts(database_url) == [0] * 5
    await fill(database_url)
    assert await counts(database_url) == [1] * 5


def test_a_percent_sign_in_the_folder_of_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "100%"
    shutil.copytree(script_location(), folder)
    monkeypatch.setattr(migrate, "script_location", lambda: folder)
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]
