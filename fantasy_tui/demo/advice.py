"""What the agents find in the demo's leagues."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.agents.runner import run_agent
from fantasy_tui.clock import utcnow
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.database.store import Store
from fantasy_tui.demo.leagues import LEAGUES

if TYPE_CHECKING:
    from fantasy_tui.models import AgentTaskType


async def find_decisions(store: Store, user_id: str, kinds: Collection[AgentTaskType] = AGENTS) -> int:
    """Run agents on every league, on the process's clock; returns how many decisions were written."""
    written = 0
    for rules in LEAGUES:
        async with store.read() as session:
            view = await load_league_view(session, rules.league_id, user_id, utcnow())
        for kind in kinds:
            written += (await run_agent(store, kind, user_id, rules.league_id, view=view)).written
    return written
