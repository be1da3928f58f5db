"""A run's row from pending to its end, whatever the end is; the same advice is not written twice."""

import asyncio
import threading
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents import lineup_optimization
from fantasy_tui.agents.runner import AgentFailed, Progress, run_agent
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.task import TaskRow, task_rows
from fantasy_tui.database.store import Store
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
