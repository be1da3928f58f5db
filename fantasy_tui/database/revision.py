"""Which revision of the schema the code needs, and which a database has."""

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

HEAD = "0007"


async def stored_revision(connection: AsyncConnection) -> str | None:
    """The database's revision; none when it has no schema yet."""
    exists = await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version"))
    if not exists:
        return None
    revision: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
