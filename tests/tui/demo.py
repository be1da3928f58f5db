"""The demo's store for tests of the whole app: the same rows, ids aside, on every run."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from fantasy_tui import clock
from fantasy_tui.clock import Clock
from fantasy_tui.database.store import Store
from fantasy_tui.demo import build
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui.app import FantasyApp
from tests.postgres import locked


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
    """Every clock starts at its instant, or at the demo's, and ticks with each reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Ticking, "ticks", count())
        patch.setattr(clock, "Clock", _Ticking)
        patch.setattr(clock, "_clock", _Ticking())
        yield


def freeze(patch: pytest.MonkeyPatch) -> None:
    """Stop the clock half a minute after the demo's instant."""
    patch.setattr(Clock, "now", lambda _: NOW + timedelta(seconds=30))


def build_file(file: Path) -> None:
    """The demo in a SQLite file; the workers of one run build it once and copy it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _build(file)
        return
    shared = file.parents[2] / "demo-template.db"
    with locked(shared.with_suffix(".lock")):
        if not shared.exists():
            _build(file)
            shutil.copyfile(file, shared)
            return
    shutil.copyfile(shared, file)


def _build(file: Path) -> None:
    with ticking():
        asyncio.run(build.build_file(file))


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
