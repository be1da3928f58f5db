"""Queries about agents' tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import utcnow
from fantasy_tui.models import AgentTask, AgentTaskStatus, AgentTaskType, League

ACTIVE = (AgentTaskStatus.PENDING, AgentTaskStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An agent's run as a line of a list."""

    id: str
    task_type: str
    league_id: str | None
    """None, as the next, for a run over all leagues."""
    league: str | None
    """Its name."""
    status: str
    progress_percentage: int
    current_step: str | None
    error_message: str | None
    created_at: datetime
    completed_at: datetime | None
    result: dict[str, Any] | None

    @property
    def is_active(self) -> bool:
        """True while it waits or runs."""
        return self.status in ACTIVE


async def create_task(
    session: AsyncSession, task_type: AgentTaskType, user_id: str, league_id: str | None
) -> AgentTask:
    """A pending task."""
    task = AgentTask(task_type=task_type, user_id=user_id, league_id=league_id, input_data={})
    session.add(task)
    await session.flush()
    return task


async def advance_task(session: AsyncSession, task_id: str, percentage: int, step: str) -> bool:
    """Record progress (0 to 100) and what is being done; False when the task was cancelled meanwhile."""
    advanced = await session.execute(
        update(AgentTask)
        .where(AgentTask.id == task_id, AgentTask.status.in_(ACTIVE))
        .values(
            status=AgentTaskStatus.IN_PROGRESS,
            progress_percentage=percentage,
            current_step=step,
            started_at=AgentTask.started_at if percentage else utcnow(),
            updated_at=utcnow(),
        )
        .returning(AgentTask.id)
    )
    return advanced.first() is not None


async def finish_task(
    session: AsyncSession,
    task_id: str,
    status: AgentTaskStatus,
    *,
    result: dict[str, Any] | None = None,
    error_message: str | None = None,
) -> bool:
    """Close a task as completed, failed or cancelled; False when it was closed already."""
    values: dict[str, Any] = {
        "status": status,
        "result": result,
        "error_message": error_message,
        "completed_at": utcnow(),
        "current_step": None,
        "updated_at": utcnow(),
    }
    if status is AgentTaskStatus.COMPLETED:
        values["progress_percentage"] = 100
    closed = await session.execute(
        update(AgentTask)
        .where(AgentTask.id == task_id, AgentTask.status.in_(ACTIVE))
        .values(values)
        .returning(AgentTask.id)
    )
    return closed.first() is not None


async def is_active(session: AsyncSession, task_id: str) -> bool:
    """Whether the task is still to go on."""
    status = await session.scalar(select(AgentTask.status).where(AgentTask.id == task_id))
    return status in ACTIVE


async def recent_tasks(session: AsyncSession, user_id: str, limit: int = 200) -> list[AgentTask]:
    """A user's tasks, newest first."""
    tasks = await session.scalars(
        select(AgentTask)
        .where(AgentTask.user_id == user_id)
        .order_by(AgentTask.created_at.desc(), AgentTask.id)
        .limit(limit)
    )
    return list(tasks)


async def task_rows(session: AsyncSession, user_id: str, limit: int = 200) -> list[TaskRow]:
    """A user's tasks with their leagues' names, newest first."""
    rows = await session.execute(
        select(AgentTask, League.name)
        .outerjoin(League, League.id == AgentTask.league_id)
        .where(AgentTask.user_id == user_id)
        .order_by(AgentTask.created_at.desc(), AgentTask.id)
        .limit(limit)
    )
    return [
        TaskRow(
            id=task.id,
            task_type=task.task_type.value,
            league_id=task.league_id,
            league=league,
            status=task.status.value,
            progress_percentage=task.progress_percentage,
            current_step=task.current_step,
            error_message=task.error_message,
            created_at=task.created_at,
            completed_at=task.completed_at,
            result=task.result,
        )
        for task, league in rows
    ]


async def fail_abandoned_tasks(session: AsyncSession, user_id: str) -> int:
    """Fail the tasks that a process which died left open; returns how many."""
    failed = await session.execute(
        update(AgentTask)
        .where(AgentTask.user_id == user_id, AgentTask.status.in_(ACTIVE))
        .values(
            status=AgentTaskStatus.FAILED,
            error_message="The app was closed before this task ended.",
            completed_at=utcnow(),
            updated_at=utcnow(),
        )
        .returning(AgentTask.id)
    )
    return len(failed.all())
