"""Database roles of a shared Postgres for tests: members bound to a user, and one that says whose it is."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.pool import NullPool

from fantasy_tui.database.engine import make_engine
from fantasy_tui.database.roles import make_member
from tests.databases import admin


def url_of(url: str, role: str) -> str:
    """The same database, connected to as another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@dataclass
class Roles:
    """Makes roles that may log in; none of them outlives the test."""

    folder: Path
    url: str
    names: list[str] = field(default_factory=list)

    async def login(self, name: str, options: str = "") -> str:
        """A role without any right; its name."""
        role = f"{name}_{uuid.uuid4().hex[:8]}"
        await admin(self.folder, f"CREATE ROLE {role} LOGIN {options}")
        self.names.append(role)
        return role

    async def member(self, name: str, username: str | None = None) -> str:
        """The URL of a new member, bound to the user where one is named."""
        role = await self.login(name)
        await make_member(self.url, role, username)
        return url_of(self.url, role)


@asynccontextmanager
async def roles(folder: Path, url: str) -> AsyncIterator[Roles]:
    """Roles for one database, which nobody uses any more at the end."""
    made = Roles(folder, url)
    try:
        yield made
    finally:
        for role in made.names:
            await admin_in(url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


async def admin_in(url: str, *statements: str) -> None:
    """Statements of the owner's in the database itself."""
    engine = make_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
