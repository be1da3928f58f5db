"""How tests of the sync run it and look at what is stored."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from fantasy_tui.database.base import Base
from fantasy_tui.database.store import Store
from fantasy_tui.sleeper.report import SyncProgress, SyncReport
from fantasy_tui.sleeper.sync import sync
from tests.sleeper.fake import (
    GAMES_URL,
    NOW,
    Answer,
    client_of,
)

LATER = NOW + timedelta(minutes=10)
HTML = b"<!DOCTYPE html><html>hotel</html>"


async def run(
    store: Store,
    answer: Answer,
    *,
    name: str = "tester",
    now: datetime = NOW,
    on_progress: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncReport:
    async with client_of(answer) as client:
        return await sync(store, client, name, games_url=GAMES_URL, now=now, on_progress=on_progress)


async def rows(store: Store, model: Any) -> dict[Any, Any]:
    """Stored rows by key."""
    names = [key.name for key in sa.inspect(model).primary_key]
    async with store.read() as session:
        found = (await session.scalars(sa.select(model))).all()
    keys = [tuple(getattr(row, name) for name in names) for row in found]
    return {key[0] if len(key) == 1 else key: row for key, row in zip(keys, found, strict=True)}


async def contents(store: Store) -> dict[str, list[str]]:
    """Everything stored, times of writing included; only what remembers requests is left out."""
    async with store.read() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in await session.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
            if table.name != "sync_state"
        }


def is_one_sentence(said: str) -> bool:
    return said.endswith(".") and "\n" not in said and ". " not in said and len(said) < 250
