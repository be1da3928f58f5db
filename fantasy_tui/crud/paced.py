"""Many rows, read so that a screen can paint and answer keys meanwhile."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

_AT_ONCE = 500
"""Rows made before others have their turn: fewer than a key's echo takes."""


async def paced(session: AsyncSession | AsyncConnection, statement: Select[*tuple[Any, ...]]) -> list[Any]:
    """All rows of a statement, in its order. `execute` would make thousands of them in one go."""
    result = await session.stream(statement, execution_options={"yield_per": _AT_ONCE})
    rows: list[Any] = []
    async for part in result.partitions():
        rows += part
    return rows
