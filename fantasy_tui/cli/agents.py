"""The command `agents run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.agents.runner import Progress
from fantasy_tui.cli import output
from fantasy_tui.cli.bar import bar
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.cli.output import plain
from fantasy_tui.models import AgentTaskType

if TYPE_CHECKING:
    from fantasy_tui.review.policy_apply import Applied


async def run(context: Context) -> int:
    """Run one agent or all, on one league or on all that are in season."""
    kinds = _kinds(context.arguments.type)
    applied: list[Applied] = []
    async with context.workspace() as workspace:
        names = {league.league_id: league.name for league in await workspace.leagues()}
        with bar(silent=context.json) as progress:

            def show(at: Progress) -> None:
                league = names.get(at.league_id, at.league_id)
                progress.show(at.percentage, 100, f"{at.task_type} in {league}: {at.step}")

            outcome = await workspace.run_agents(kinds, context.arguments.league, show, applied.append)
        age = await freshness(workspace)
    approved = [verdict for one in applied for verdict in one.approved]
    for told in (told for one in applied for told in one.stopped):
        output.warn(told)
    if context.json:
        output.as_json(outcome.as_json() | {"approved_by_rules": [one.decision_id for one in approved]})
        return 0
    output.say(
        f"{outcome.written} new, {outcome.unchanged} as before, {outcome.superseded} replaced,"
        f" {outcome.withdrawn} withdrawn. {age}",
        *(f"Approved by a rule: {plain(one.summary)} ({plain(one.league)})." for one in approved),
    )
    return 0


def _kinds(name: str | None) -> list[AgentTaskType] | None:
    return [AgentTaskType(name)] if name is not None else None
