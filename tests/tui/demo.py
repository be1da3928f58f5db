"""The demo's store for tests of the whole app: the same rows, ids aside, on every run."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from fantasy_tui.clock import Clock, set_clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo import build
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui.app import FantasyApp


@contextmanager
def ticking() -> Iterator[None]:
    """A clock that shows another microsecond each time it is read, so that order is kept and time is not."""
    ticks = count()

    def now(_: Clock) -> datetime:
        return NOW + timedelta(microseconds=next(ticks))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clock, "now", now)
        yield


def freeze(patch: pytest.MonkeyPatch) -> None:
    """Stop the clock half a minute after the demo's instant."""
    patch.setattr(Clock, "now", lambda _: NOW + timedelta(seconds=30))


def build_file(file: Path) -> None:
    """The demo in a SQLite file."""
    with ticking():
        asyncio.run(build.build_file(file))


async def build_into(url: str) -> None:
    """The demo in a migrated, empty database."""
    store = Store(url)
    try:
        with ticking():
            await build.find_decisions(store, await build.build(store))
    finally:
        await store.close()
        set_clock(None)


def demo_app(url: str) -> FantasyApp:
    """The real app on the demo."""
    return FantasyApp({"database_url": url, "now": NOW, "offline": True, "username": USERNAME}, demo=True)
