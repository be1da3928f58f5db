"""Two apps on one Postgres: what is decided in one leaves the other, told by NOTIFY, after a cut, or looked for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from textual.pilot import Pilot

from fantasy_tui.database import listen
from fantasy_tui.database.store import Store
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui import app as app_module
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens.queue import QueueScreen
from tests.database.test_listen import cut, swallowed
from tests.members import roles
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, shown

pytestmark = pytest.mark.usefixtures("surroundings")
_NEVER = 3600.0


@asynccontextmanager
async def running(app: FantasyApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app._poll()  # from here on it listens
        await settle(pilot)
        yield pilot


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[FantasyApp, Pilot[None], FantasyApp, Pilot[None]]]:
    one, other = demo_app(url), demo_app(url)
    async with running(one) as pilot, running(other) as other_pilot:
        yield one, pilot, other, other_pilot


def waiting(app: FantasyApp) -> list[str]:
    assert isinstance(app.screen, QueueScreen)
    return list(app.screen.lists.waiting)


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> bool:
    """Wait some seconds for it; whether it came true."""
    for _ in range(250):
        if true():
            return True
        await asyncio.sleep(0.02)
        await pilot.pause()
    return False


@pytest.fixture
def unpolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked for: what comes was told."""
    monkeypatch.setattr(app_module, "_POLL", _NEVER)


async def approve_in(app: FantasyApp, pilot: Pilot[None]) -> str:
    first = waiting(app)[0]
    await press(pilot, "a")
    assert first not in waiting(app)
    return first


async def test_what_is_decided_in_one_leaves_the_other(demo_postgres: str, unpolled: None) -> None:
    async with two(demo_postgres) as (one, pilot, other, other_pilot):
        for _ in range(2):
            gone = await approve_in(one, pilot)
            assert await until(other_pilot, lambda gone=gone: gone not in waiting(other))  # type: ignore[misc]
            assert waiting(one) == waiting(other)
        await press(pilot, "u")
        assert await until(other_pilot, lambda: gone in waiting(other)), "and comes back when it is undone"


async def test_though_every_connection_was_cut_meanwhile(demo_postgres: str, unpolled: None) -> None:
    async with two(demo_postgres) as (one, pilot, other, other_pilot):
        third = Store(demo_postgres)
        await third.write(cut)
        await third.close()
        gone = await approve_in(one, pilot)
        assert await until(other_pilot, lambda: gone not in waiting(other))
        gone = await approve_in(one, pilot)
        assert await until(other_pilot, lambda: gone not in waiting(other))


async def test_and_where_no_notice_comes_through(demo_postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncpg.Connection, "add_listener", swallowed)
    monkeypatch.setattr(listen, "_HEARD_WITHIN", 0.05)
    monkeypatch.setattr(app_module, "_POLL", 0.1)
    async with two(demo_postgres) as (one, pilot, other, other_pilot):
        gone = await approve_in(one, pilot)
        assert await until(other_pilot, lambda: gone not in waiting(other))


async def test_the_app_as_a_member(demo_postgres: str, cluster: Path, unpolled: None) -> None:
    async with roles(cluster, demo_postgres) as made:
        # Whose it is, is the role's: no name is given.
        member = FantasyApp({"database_url": await made.member("fan", USERNAME), "now": NOW, "offline": True})
        owner = demo_app(demo_postgres)
        async with running(member) as pilot, running(owner) as owner_pilot:
            assert waiting(member) == waiting(owner) != []
            gone = await approve_in(member, pilot)
            assert await until(owner_pilot, lambda: gone not in waiting(owner))
            await press(pilot, "u")
            assert gone in waiting(member)
            for key in "1234567890,":
                await press(pilot, key)
                assert member._exception is None
                assert "lacks a right" not in shown(member)
