"""Writes the demo into a store, and after it what its agents found in past weeks and find now."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fantasy_tui.models  # noqa: F401  every table must be known
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.similar import store_profiles
from fantasy_tui.database.base import Base
from fantasy_tui.database.store import Store
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.past import live_through
from fantasy_tui.demo.progress import OnProgress, silent
from fantasy_tui.demo.teams import NOW, PAST, SEASON, WEEK

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

Found = list[dict[str, Any]]
_STAMPS = ("created_at", "updated_at", "last_synced")


async def build(store: Store, seed: int = 7) -> str:
    """Write every row of the demo into an empty store in one transaction; returns users.id."""
    return await _write(store, await asyncio.to_thread(generate, seed))


async def build_whole(store: Store, seed: int = 7, on_progress: OnProgress = silent) -> str:
    """Write the demo, let the agents and the manager live through the past weeks, and find what waits now.

    Returns users.id. The process's clock moves with the weeks and is left at the demo's instant. Each week's
    projections are written when it comes: reading those of later weeks, to find that nobody knew them yet, took
    half a second.
    """
    steps = len(PAST) + 2
    on_progress(0, steps, "the season so far")
    rows = await asyncio.to_thread(generate, seed)
    told: dict[int, Found] = {}
    for row in rows.pop("projections"):
        told.setdefault(row["week"], []).append(row)
    user_id = await _write(store, rows)

    async def bring(week: int) -> None:
        if week in PAST:
            on_progress(1 + PAST.index(week), steps, f"week {week}")
        await store.write(lambda session: _insert(session, "projections", told.pop(week)))

    await live_through(store, user_id, seed, bring=bring)
    for week in sorted(told):
        await bring(week)
    on_progress(steps - 1, steps, f"week {WEEK}, this Sunday")
    await find_decisions(store, user_id)
    return user_id


async def _write(store: Store, rows: Rows) -> str:
    """All of it in one transaction, with the profiles that a sync makes of stat lines; returns users.id."""

    async def work(session: AsyncSession) -> None:
        for name, found in rows.items():
            await _insert(session, name, found)
        await store_profiles(session, SEASON, WEEK)

    await store.write(work)
    return str(rows["users"][0]["id"])


async def _insert(session: AsyncSession, name: str, found: Found) -> None:
    table = Base.metadata.tables[name]
    # As of the demo's instant, not of the moment they are written.
    stamps = {stamp: NOW for stamp in _STAMPS if stamp in table.c}
    await session.execute(table.insert(), [row | stamps for row in found])


async def build_file(file: Path, seed: int = 7, on_progress: OnProgress = silent) -> None:
    """Make a SQLite file with the demo and its decisions in it; raises StoreError.

    The process's clock shows the real time afterwards.
    """
    store = Store(f"sqlite+aiosqlite:///{file}")
    set_clock(NOW)
    try:
        await store.prepare()
        await build_whole(store, seed, on_progress)
    finally:
        set_clock(None)
        await store.close()
