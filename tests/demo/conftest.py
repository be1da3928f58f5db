"""The demo's rows, made once a worker."""

from collections.abc import AsyncIterator

import pytest

from fantasy_tui.clock import set_clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.teams import NOW


@pytest.fixture(scope="session")
def rows() -> Rows:
    return generate()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """An empty store, and the clock at the demo's instant."""
    set_clock(NOW)
    store = Store(sqlite_url)
    yield store
    await store.close()
    set_clock(None)
