"""A user's agent tasks: what ran, stopping one, running one again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from fantasy_tui.agents.reconcile import Outcome
from fantasy_tui.agents.runner import AgentFailed, Progress, run_agent
from fantasy_tui.clock import utcnow
from fantasy_tui.crud import task as crud
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.league_view import LeagueNotFound, load_league_view
from fantasy_tui.models import AgentTaskStatus, AgentTaskType

if TYPE_CHECKING:
    from fantasy_tui.crud.task import TaskRow
    from fantasy_tui.database.store import Store

_IN_SEASON = ("in_season", "post_season")


class TaskNotFound(Exception):
    """No task of the user's has that id, or several do; the message is for the user."""


class TaskConflict(Exception):
    """The task is not in the state for it; the message is for the user."""


class Tasks:
    """The tasks of one user in one store."""

    def __init__(self, store: Store, user_id: str) -> None:
        self._store = store
        self._user_id = user_id

    async def run(
        self,
        kinds: Iterable[AgentTaskType],
        league_id: str | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> tuple[Outcome, list[AgentFailed]]:
        """Run agents on a league (none: all in season): what came of it, and who failed; raises LeagueNotFound."""
        outcome, failures, kinds = Outcome(), [], tuple(kinds)
        async with self._store.read() as session:
            leagues = await get_user_leagues(session, self._user_id)
        if league_id is not None and league_id not in {league.id for league in leagues}:
            raise LeagueNotFound(league_id)
        for league in leagues:
            if league.id != league_id if league_id else league.status not in _IN_SEASON:
                continue
            async with self._store.read() as session:
                view = await load_league_view(session, league.id, self._user_id, utcnow())
            for kind in kinds:
                try:
                    outcome += await run_agent(self._store, kind, self._user_id, league.id, on_progress, view)
                except AgentFailed as failure:
                    failures.append(failure)  # the others still have something to say
        return outcome, failures

    async def rows(self) -> list[TaskRow]:
        """The latest runs, newest first."""
        async with self._store.read() as session:
            return await crud.task_rows(session, self._user_id)

    async def find(self, beginning: str) -> TaskRow:
        """One of the latest runs by its id or the beginning of it; raises TaskNotFound."""
        found = [row for row in await self.rows() if beginning and row.id.startswith(beginning)]
        if len(found) != 1:
            raise TaskNotFound(f"{'Several tasks begin' if found else 'No task begins'} with “{beginning}”.")
        return found[0]

    async def cancel(self, task_id: str) -> TaskRow:
        """Stop a run, whichever process it runs in: nothing of it is written; raises TaskNotFound, TaskConflict."""
        task = await self.find(task_id)
        stopped = await self._store.write(
            lambda session: crud.finish_task(session, task.id, AgentTaskStatus.CANCELLED)
        )
        if not stopped:
            raise TaskConflict("This run has ended already.")
        return task

    async def retry(self, task_id: str, on_progress: Callable[[Progress], None] = lambda _: None) -> Outcome:
        """Run the same agent on the same league again; raises TaskNotFound, TaskConflict or AgentFailed."""
        task = await self.find(task_id)
        if task.is_active:
            raise TaskConflict("This run is still under way.")
        if task.league_id is None:
            raise TaskConflict("This run was about all leagues; run the agents again instead.")
        kind = AgentTaskType(task.task_type)
        return await run_agent(self._store, kind, self._user_id, task.league_id, on_progress)
