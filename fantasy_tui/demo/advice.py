"""What the agents find in the demo's leagues."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from fantasy_tui.agents.reconcile import Outcome, reconcile
from fantasy_tui.agents.registry import AGENTS, agent
from fantasy_tui.agents.stories import with_stories
from fantasy_tui.clock import utcnow
from fantasy_tui.crud import task as tasks
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.database.store import Store
from fantasy_tui.demo.leagues import LEAGUES
from fantasy_tui.models import AgentTaskStatus

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.agents.proposal import Proposal
    from fantasy_tui.football.view import LeagueView
    from fantasy_tui.models import AgentTaskType


async def find_decisions(store: Store, user_id: str, kinds: Collection[AgentTaskType] = AGENTS) -> int:
    """Run agents on every league, on the process's clock; returns how many decisions were written."""
    written = 0
    for rules in LEAGUES:
        async with store.read() as session:
            view = await load_league_view(session, rules.league_id, user_id, utcnow())
        written += (await _advise(store, user_id, view, kinds)).written
    return written


async def _advise(store: Store, user_id: str, view: LeagueView, kinds: Collection[AgentTaskType]) -> Outcome:
    """What all agents say of a league, in one transaction: nobody is watching their steps."""
    found = {kind: await asyncio.to_thread(_proposals, kind, view) for kind in kinds}

    async def work(session: AsyncSession) -> Outcome:
        whole = Outcome()
        for kind, proposals in found.items():
            task = await tasks.create_task(session, kind, user_id, view.league_id)
            outcome = await reconcile(
                session,
                view,
                proposals,
                kind=kind,
                model_version=agent(kind).MODEL_VERSION,
                task_id=task.id,
                user_id=user_id,
            )
            done = AgentTaskStatus.COMPLETED
            await tasks.finish_task(session, task.id, done, result=outcome.as_json())
            whole += outcome
        return whole

    return await store.write(work)


def _proposals(kind: AgentTaskType, view: LeagueView) -> list[Proposal]:
    return with_stories(kind.value, view.week, agent(kind).recommend(view), view.past_calls)
