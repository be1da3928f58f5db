"""The demo's store for tests of the whole app: the same rows on every run."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest

from fantasy_tui import clock
from fantasy_tui.clock import Clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo import build, launch
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui.app import FantasyApp
from tests.once import once


class _Ticking(Clock):
    """Shows another microsecond each time it is read, so that order is kept and time is not."""

    ticks = count()

    def __init__(self, start: datetime | None = None) -> None:
        super().__init__(start)
        self._start = start or NOW

    def now(self) -> datetime:
        return self._start + timedelta(microseconds=next(self.ticks))


@contextmanager
def ticking() -> Iterator[None]:
    """Every clock starts at its instant, or at the demo's, and ticks with each reading; ids are drawn the same too."""
    random = Random(7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Ticking, "ticks", count())
        patch.setattr(clock, "Clock", _Ticking)
        patch.setattr(clock, "_clock", _Ticking())
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=random.getrandbits(128), version=4))
        yield


def freeze(patch: pytest.MonkeyPatch) -> None:
    """Stop the clock half a minute after the demo's instant."""
    patch.setattr(Clock, "now", lambda _: NOW + timedelta(seconds=30))


def demo_file(run_folder: Path) -> Path:
    """The demo's file as the app makes it, built once in a test run; tests that change it take a copy."""
    return launch.demo_file(folder=once(run_folder / "demo", _build))


def _build(folder: Path) -> None:
    with ticking():
        launch.demo_file(folder=folder)
        assert not clock.is_set()


async def build_into(url: str) -> None:
    """The demo as it is now, without its past, in a migrated, empty database."""
    store = Store(url)
    try:
        with ticking():
            await find_decisions(store, await build.build(store))
    finally:
        await store.close()
        clock.set_clock(None)


def demo_app(url: str) -> FantasyApp:
    """The real app on the demo."""
    return FantasyApp({"database_url": url, "now": NOW, "offline": True, "username": USERNAME}, demo=True)
