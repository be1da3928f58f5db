"""The commands `agents run`, `list`, `cancel` and `retry`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fantasy_tui.agents.runner import Progress
from fantasy_tui.cli import output
from fantasy_tui.cli.bar import Bar, bar
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.cli.output import plain
from fantasy_tui.models import AgentTaskType
from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.agents.reconcile import Outcome
    from fantasy_tui.review.policy_apply import Applied

_SHORT_ID = 8


async def run(context: Context) -> int:
    """Run one agent or all, on one league or on all that are in season."""
    kinds = _kinds(context.arguments.type)
    applied: list[Applied] = []
    async with context.workspace() as workspace:
        names = {league.league_id: league.name for league in await workspace.browse.leagues()}
        with bar(silent=context.json) as progress:
            show = _shown(progress, names)
            outcome = await workspace.run_agents(kinds, context.arguments.league, show, applied.append)
        age = await freshness(workspace)
    approved = [verdict for one in applied for verdict in one.approved]
    for told in (told for one in applied for told in one.stopped):
        output.warn(told)
    if context.json:
        output.as_json(outcome.as_json() | {"approved_by_rules": [one.decision_id for one in approved]})
        return 0
    output.say(
        f"{_told(outcome)} {age}",
        *(f"Approved by a rule: {plain(one.summary)} ({plain(one.league)})." for one in approved),
    )
    return 0


async def listed(context: Context) -> int:
    """The latest runs, newest first."""
    async with context.workspace() as workspace:
        rows = await workspace.tasks.rows()
    if context.json:
        output.as_json(rows)
        return 0
    lines = [
        (
            row.id[:_SHORT_ID],
            local(row.created_at),
            row.task_type,
            row.league or "all leagues",
            f"{row.status} {row.progress_percentage}%" if row.is_active else row.status,
            row.error_message or "",
        )
        for row in rows
    ]
    output.say(*output.table(("ID", "BEGUN", "AGENT", "LEAGUE", "STATUS", "ERROR"), lines))
    return 0


async def cancel(context: Context) -> int:
    """Stop a run."""
    async with context.workspace() as workspace:
        task = await workspace.tasks.cancel(context.arguments.id)
    if context.json:
        output.as_json({"cancelled": task.id})
    else:
        output.say(f"Cancelled {task.task_type} in {plain(task.league or 'all leagues')}.")
    return 0


async def retry(context: Context) -> int:
    """Run the same agent on the same league again."""
    async with context.workspace() as workspace:
        names = {league.league_id: league.name for league in await workspace.browse.leagues()}
        with bar(silent=context.json) as progress:
            outcome = await workspace.tasks.retry(context.arguments.id, _shown(progress, names))
        age = await freshness(workspace)
    if context.json:
        output.as_json(outcome.as_json())
    else:
        output.say(f"{_told(outcome)} {age}")
    return 0


def _shown(progress: Bar, names: Mapping[str, str]) -> Callable[[Progress], None]:
    def show(at: Progress) -> None:
        league = names.get(at.league_id, at.league_id)
        progress.show(at.percentage, 100, f"{at.task_type} in {league}: {at.step}")

    return show


def _told(outcome: Outcome) -> str:
    return (
        f"{outcome.written} new, {outcome.unchanged} as before, {outcome.superseded} replaced,"
        f" {outcome.withdrawn} withdrawn."
    )


def _kinds(name: str | None) -> list[AgentTaskType] | None:
    return [AgentTaskType(name)] if name is not None else None
