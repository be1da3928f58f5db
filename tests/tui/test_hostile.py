"""Names from outside on every screen of the app."""

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.store import Store
from fantasy_tui.models import League
from tests.leagues import HOSTILE
from tests.tui.host import press, shown
from tests.tui.test_app import notices, running

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_league_name_is_plain_text_on_every_screen(demo_sqlite: str, name: str) -> None:
    store = Store(demo_sqlite)

    async def rename(session: AsyncSession) -> None:
        await session.execute(update(League).values(name=name))

    await store.write(rename)
    await store.close()
    async with running(demo_sqlite) as (app, pilot):
        for keys in (
            ("enter",),
            ("escape", "x"),
            ("escape", "2"),
            *"34",
            ("5",),
            ("escape", "6"),
            *"7890",
            ("comma",),
        ):
            await press(pilot, *keys)
            text = shown(app)
            assert "\x1b" not in text
            assert "\x07" not in text
        assert app._exception is None
        assert notices(app) == []
