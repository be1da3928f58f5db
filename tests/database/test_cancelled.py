"""A read whose task is cancelled again while its connection is being given up leaves nothing behind."""

import asyncio
import gc
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from fantasy_tui.database.store import Store

SLOW = text(
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200000) SELECT sum(x) FROM n"
)


@pytest.mark.parametrize("turns", [1, 2, 3, 5, 8])
async def test_a_read_cancelled_twice_ends(tmp_path: Path, turns: int) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'fantasy.db'}")
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    async def read() -> None:
        async with store.read() as session:
            await session.execute(SLOW)

    before = asyncio.all_tasks()
    task = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    task.cancel()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    for _ in range(50):
        await asyncio.sleep(0.01)
        if asyncio.all_tasks() == before:
            break
    left = asyncio.all_tasks() - before
    gc.collect()
    await store.close()
    assert (left, told) == (set(), [])
