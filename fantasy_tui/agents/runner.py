"""Runs agents: a task row from pending to its end, decisions reconciled with those that already wait."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.reconcile import Outcome, reconcile
from fantasy_tui.agents.registry import agent
from fantasy_tui.agents.stories import with_stories
from fantasy_tui.clock import utcnow
from fantasy_tui.crud import task as tasks
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.database.store import Store
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentTaskStatus, AgentTaskType

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

log = logging.getLogger(__name__)

_HEED = 0.5
"""Seconds between two looks at whether somebody has cancelled."""


class AgentFailed(Exception):
    """An agent could not finish; the message is one sentence, the task row and the log have the cause."""


class _Stopped(Exception):
    """Somebody has cancelled the task."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    task_id: str
    task_type: AgentTaskType
    league_id: str
    percentage: int
    step: str


async def run_agent(
    store: Store,
    task_type: AgentTaskType,
    user_id: str,
    league_id: str,
    on_progress: Callable[[Progress], None] = lambda _: None,
    view: LeagueView | None = None,
) -> Outcome:
    """Run one agent on one league; raises AgentFailed, or CancelledError when cancelled (both recorded).

    `view` is the league as it was just read, where several agents share it; none: it is read here. A task whose row
    is cancelled meanwhile, by whomever, stops at its next step and writes nothing.
    """
    loop = asyncio.get_running_loop()
    stop = threading.Event()
    task = await store.write(lambda session: tasks.create_task(session, task_type, user_id, league_id))

    async def advance(percentage: int, step: str) -> None:
        if not await store.write(lambda session: tasks.advance_task(session, task.id, percentage, step)):
            raise _Stopped
        on_progress(Progress(task.id, task_type, league_id, percentage, step))

    def weighing(share: float) -> None:
        if stop.is_set():
            raise _Stopped
        at = Progress(task.id, task_type, league_id, 40 + round(40 * share), "weighing the options")
        loop.call_soon_threadsafe(on_progress, at)

    try:
        await advance(0, "reading the league")
        if view is None:
            async with store.read() as session:
                view = await load_league_view(session, league_id, user_id, utcnow())
        await advance(40, "weighing the options")
        module = await asyncio.to_thread(agent, task_type)
        async with _heeding(store, task.id, stop):
            proposals = await asyncio.to_thread(module.recommend, view, weighing)
        proposals = with_stories(task_type.value, view.week, proposals, view.past_calls)
        await advance(80, "writing what was found")
        outcome = await _write(store, module.MODEL_VERSION, task_type, task.id, user_id, view, proposals)
    except _Stopped:
        log.info("%s on league %s was cancelled", task_type, league_id)
        return Outcome()
    except asyncio.CancelledError:
        stop.set()
        await store.write(lambda s: tasks.finish_task(s, task.id, AgentTaskStatus.CANCELLED))
        raise
    except Exception as error:
        log.exception("%s failed on league %s", task_type, league_id)
        message = f"{type(error).__name__}: {error}"
        await store.write(
            lambda s: tasks.finish_task(s, task.id, AgentTaskStatus.FAILED, error_message=message)
        )
        raise AgentFailed(
            f"The {task_type} agent failed on league {league_id}; the log has the cause."
        ) from error
    on_progress(Progress(task.id, task_type, league_id, 100, "done"))
    return outcome


@asynccontextmanager
async def _heeding(store: Store, task_id: str, stop: threading.Event) -> AsyncIterator[None]:
    """Set `stop` soon after the task's row has been cancelled."""

    async def look() -> None:
        while not stop.is_set():
            await asyncio.sleep(_HEED)
            async with store.read() as session:
                if not await tasks.is_active(session, task_id):
                    stop.set()

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        if not looking.cancelled() and (error := looking.exception()) is not None:
            raise error


async def _write(
    store: Store,
    model_version: str,
    task_type: AgentTaskType,
    task_id: str,
    user_id: str,
    view: LeagueView,
    proposals: list[Proposal],
) -> Outcome:
    """Decisions and the task's end in one transaction."""

    async def work(session: AsyncSession) -> Outcome:
        outcome = await reconcile(
            session,
            view,
            proposals,
            kind=task_type,
            model_version=model_version,
            task_id=task_id,
            user_id=user_id,
        )
        result = outcome.as_json()
        if not await tasks.finish_task(session, task_id, AgentTaskStatus.COMPLETED, result=result):
            raise _Stopped  # which takes the decisions back as well
        return outcome

    return await store.write(work)
