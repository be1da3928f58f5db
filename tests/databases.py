"""Postgres databases for tests: templates, clones, and one a worker that is emptied and used again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

import fantasy_tui.models  # noqa: F401  every table must be known
from fantasy_tui.database.base import Base
from fantasy_tui.database.engine import make_engine
from tests import postgres

TEMPLATE = "template_migrated"

# Every column, constraint, trigger, policy and function of ours: what a test that alters the schema leaves changed.
_SCHEMA = """
    SELECT md5(string_agg(a::text, '' ORDER BY attrelid, attnum)) FROM pg_attribute a WHERE attrelid >= 16384
    UNION ALL SELECT md5(string_agg(c::text, '' ORDER BY oid)) FROM pg_constraint c WHERE oid >= 16384
    UNION ALL SELECT md5(string_agg(t::text, '' ORDER BY oid)) FROM pg_trigger t WHERE oid >= 16384
    UNION ALL SELECT md5(string_agg(p::text, '' ORDER BY oid)) FROM pg_policy p
    UNION ALL SELECT md5(string_agg(f::text, '' ORDER BY oid)) FROM pg_proc f WHERE oid >= 16384
    UNION ALL SELECT md5(string_agg(concat(relname, relrowsecurity, relforcerowsecurity, relowner), '' ORDER BY oid))
        FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'v')
"""
_REVISION = "SELECT version_num FROM alembic_version"
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def admin(folder: Path, *statements: str) -> None:
    """Statements that no transaction may hold."""
    engine = make_engine(postgres.url(folder, "postgres"), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def clone(folder: Path, name: str, template: str = TEMPLATE) -> str:
    """A copy of a template; its URL."""
    await admin(folder, f"CREATE DATABASE {name} TEMPLATE {template}")
    return postgres.url(folder, name)


async def drop(folder: Path, name: str) -> None:
    """Remove a database, whoever is connected."""
    await admin(folder, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@dataclass
class Reused:
    """A database that one test after the other gets without rows: a new clone takes ten times as long."""

    folder: Path
    name: str
    schema: Sequence[str] | None = None
    """As it was when the database was cloned; none before that."""

    async def emptied(self) -> str:
        """Its URL, without a row and with the template's schema, whatever the test before did."""
        url = postgres.url(self.folder, self.name)
        if self.schema is None or not await self._emptied(url):
            await drop(self.folder, self.name)
            await clone(self.folder, self.name)
            await self._emptied(url)
        return url

    async def _emptied(self, url: str) -> bool:
        engine = make_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.execute(text(_END_OTHERS))
            found = await _schema(connection)
            self.schema = self.schema or found
            if found == self.schema:
                # Neither foreign keys nor the trigger that keeps the audit have a say in this.
                await connection.execute(text("SET LOCAL session_replication_role = replica"))
                for table in Base.metadata.tables:
                    await connection.execute(text(f"DELETE FROM {table}"))
        await engine.dispose()
        return found == self.schema


async def _schema(connection: AsyncConnection) -> Sequence[str]:
    found = (await connection.execute(text(_SCHEMA))).scalars().all()
    if await connection.scalar(text("SELECT to_regclass('alembic_version') IS NULL")):
        return found
    return [*found, *(await connection.execute(text(_REVISION))).scalars()]
