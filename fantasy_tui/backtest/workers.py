"""Processes that replay league-weeks, as many at once as there are cores; a thread where there is one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

from fantasy_tui.backtest.replay import Replayed, replay

if TYPE_CHECKING:
    from fantasy_tui.football.view import LeagueView
    from fantasy_tui.models import AgentTaskType

Work = Callable[["LeagueView", "tuple[AgentTaskType, ...]"], Replayed]

_stop: Event
"""In a worker's process alone: set when nobody waits for its work any more."""


def cores() -> int:
    """How many processes are worth starting."""
    return os.cpu_count() or 1


class Workers:
    """Replays views elsewhere."""

    def __init__(self, executor: Executor, jobs: int, work: Work) -> None:
        self._executor, self._work = executor, work
        # A few views wait ready, so that nobody waits for the store; no more, for they take memory.
        self.room = asyncio.Semaphore(jobs + 2)

    async def replay(self, view: LeagueView, kinds: Collection[AgentTaskType]) -> Replayed:
        """What the agents would have told every team of the view."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._work, view, tuple(kinds))


@asynccontextmanager
async def workers(jobs: int) -> AsyncIterator[Workers]:
    """So many workers; when the block ends early they stop after the agent's run they are at."""
    if jobs > 1:
        context = multiprocessing.get_context("spawn")
        stop = context.Event()
        processes = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(stop,))
        async with _stopping(processes, stop.set):
            yield Workers(processes, jobs, _work)
    else:
        ended = threading.Event()
        thread = ThreadPoolExecutor(1)
        async with _stopping(thread, ended.set):
            yield Workers(thread, 1, lambda view, kinds: replay(view, kinds, ended.is_set))


@asynccontextmanager
async def _stopping(executor: Executor, stop: Callable[[], None]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        stop()
        await asyncio.to_thread(executor.shutdown, cancel_futures=True)


def _start(stop: Event) -> None:
    """Leave Ctrl-C, which every process of a terminal gets, to the one that started this."""
    global _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stop = stop


def _work(view: LeagueView, kinds: tuple[AgentTaskType, ...]) -> Replayed:
    return replay(view, kinds, _stop.is_set)
