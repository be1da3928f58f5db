"""A run's row from pending to its end, whatever the end is; the same advice is not written twice."""

import asyncio
import threading
import time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents import lineup_optimization, runner
from fantasy_tui.agents.proposal import OnProgress
from fantasy_tui.agents.reconcile import Outcome
from fantasy_tui.agents.runner import AgentFailed, Progress, run_agent
from fantasy_tui.agents.tasks import TaskConflict, TaskNotFound, Tasks
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.task import TaskRow, create_task, task_rows
from fantasy_tui.database.store import Store
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentDecision, AgentTaskType, User
from tests.leagues import NOW, build

KIND = AgentTaskType.LINEUP_OPTIMIZATION


@pytest.fixture
async def user_id(store: Store, clock_reset: None) -> str:
    set_clock(NOW)
    await store.write(build)
    async with store.read() as session:
        return (await session.scalars(select(User.id))).one()


async def newest(store: Store, user_id: str) -> TaskRow:
    async with store.read() as session:
        return (await task_rows(session, user_id))[0]


async def decisions(store: Store) -> int:
    async def count(session: AsyncSession) -> int:
        return await session.scalar(select(func.count()).select_from(AgentDecision)) or 0

    async with store.read() as session:
        return await count(session)


async def test_a_run_tells_its_progress_and_ends_completed(store: Store, user_id: str) -> None:
    seen: list[Progress] = []
    outcome = await run_agent(store, KIND, user_id, "A", seen.append)
    told = [at.percentage for at in seen]
    assert told == sorted(told)
    assert {0, 40, 80, 100} <= set(told)
    task = await newest(store, user_id)
    assert (task.status, task.progress_percentage, task.current_step) == ("completed", 100, None)
    assert task.completed_at is not None
    assert task.result == outcome.as_json()


async def test_the_same_advice_is_written_once(store: Store, user_id: str) -> None:
    await run_agent(store, KIND, user_id, "A")
    before = await decisions(store)
    again = await run_agent(store, KIND, user_id, "A")
    assert again.written == 0
    assert await decisions(store) == before


async def test_a_failure_is_kept_and_told_in_one_sentence(
    store: Store, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise ZeroDivisionError("no points")

    monkeypatch.setattr(lineup_optimization, "recommend", fail)
    with pytest.raises(AgentFailed, match=r"^The lineup_optimization agent failed on league A; .*\.$"):
        await run_agent(store, KIND, user_id, "A")
    task = await newest(store, user_id)
    assert (task.status, task.error_message) == ("failed", "ZeroDivisionError: no points")
    assert await decisions(store) == 0


async def test_a_cancelled_run_says_so(store: Store, user_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(*_: Any) -> Any:
        begun.set()
        go_on.wait(5)
        return []

    monkeypatch.setattr(lineup_optimization, "recommend", wait)
    run = asyncio.create_task(run_agent(store, KIND, user_id, "A"))
    await asyncio.to_thread(begun.wait, 5)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    go_on.set()
    assert (await newest(store, user_id)).status == "cancelled"


async def test_a_row_cancelled_elsewhere_stops_the_run_and_writes_nothing(
    store: Store, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, looked = threading.Event(), threading.Event()
    recommend = lineup_optimization.recommend

    def weigh(view: LeagueView, on_progress: OnProgress) -> Any:
        begun.set()
        looked.wait(5)
        return recommend(view, on_progress)

    monkeypatch.setattr(lineup_optimization, "recommend", weigh)
    run = asyncio.create_task(run_agent(store, KIND, user_id, "A"))
    await asyncio.to_thread(begun.wait, 5)
    tasks = Tasks(store, user_id)
    (running,) = [row for row in await tasks.rows() if row.is_active and row.task_type == KIND]
    await tasks.cancel(running.id[:8])
    looked.set()
    assert await run == Outcome()
    assert (await newest(store, user_id)).status == "cancelled"
    assert await decisions(store) == 0


async def test_a_long_run_heeds_a_cancellation_at_its_next_step(
    store: Store, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def weigh(_: LeagueView, on_progress: OnProgress) -> Any:
        begun.set()
        try:
            while True:
                on_progress(0.5)
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(lineup_optimization, "recommend", weigh)
    monkeypatch.setattr(runner, "_HEED", 0.01)
    run = asyncio.create_task(run_agent(store, KIND, user_id, "A"))
    await asyncio.to_thread(begun.wait, 5)
    await Tasks(store, user_id).cancel((await newest(store, user_id)).id)
    assert await asyncio.wait_for(run, 5) == Outcome()
    assert ended.is_set()


async def test_what_has_ended_is_run_again_and_cannot_be_cancelled(store: Store, user_id: str) -> None:
    await run_agent(store, KIND, user_id, "A")
    tasks = Tasks(store, user_id)
    ended = await newest(store, user_id)
    with pytest.raises(TaskConflict, match="ended already"):
        await tasks.cancel(ended.id)
    outcome = await tasks.retry(ended.id)
    assert outcome.written == 0
    again = await newest(store, user_id)
    assert (again.status, again.league_id, again.id != ended.id) == ("completed", "A", True)
    for unknown in ("", "nobody"):
        with pytest.raises(TaskNotFound):
            await tasks.retry(unknown)


async def test_what_runs_is_not_run_again(store: Store, user_id: str) -> None:
    running = await store.write(lambda session: create_task(session, KIND, user_id, "A"))
    with pytest.raises(TaskConflict, match="still under way"):
        await Tasks(store, user_id).retry(running.id)
    whole = await store.write(lambda session: create_task(session, KIND, user_id, None))
    await Tasks(store, user_id).cancel(whole.id)
    with pytest.raises(TaskConflict, match="all leagues"):
        await Tasks(store, user_id).retry(whole.id)
