"""Commands about decisions: queue, show, approve, reject, undo, redo."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.runner import AgentFailed
from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.cli.edit import option_at, option_of
from fantasy_tui.cli.output import plain
from fantasy_tui.cli.to_apply import banner, checklist_lines
from fantasy_tui.cli.verdicts import tell
from fantasy_tui.clock import utcnow
from fantasy_tui.models import Door
from fantasy_tui.review.card import CardPlayer
from fantasy_tui.review.decide import Moved
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.queue import AuditLine
from fantasy_tui.tui.times import local
from fantasy_tui.workspace import Workspace

if TYPE_CHECKING:
    from fantasy_tui.review.edit import Option

_SHORT_ID = 8
_FIELDS = (
    "id",
    "league_id",
    "league",
    "roster_id",
    "decision_type",
    "summary",
    "gain",
    "confidence_score",
    "expires_at",
    "status",
    "season",
    "week",
    "created_at",
    "model_version",
    "actionable",
    "horizon",
    "as_of",
    "steps",
    "proof",
    "snoozed_until",
    "snoozed_for",
)


async def queue(context: Context) -> int:
    """List what is approved and still to be done in Sleeper, then what waits."""
    async with context.workspace() as workspace:
        to_do = await workspace.to_apply()
        items, age = await workspace.queue(), await freshness(workspace)
        listed = await workspace.listed() if context.arguments.all else []
        aside = await workspace.snoozed() if context.arguments.snoozed else None
    if aside is not None:
        return _aside(context, aside)
    if context.json:
        output.as_json([_row(item) for item in (to_do if context.arguments.to_apply else [*items, *listed])])
        return 0
    now = utcnow()
    output.say(*banner(to_do, now))
    if context.arguments.to_apply:
        output.say(*([] if to_do else ["Nothing approved is left to do in Sleeper."]), age)
        return 0
    output.say(*_table(items, now), f"{_waiting(len(items))} {age}")
    if context.arguments.all:
        output.say("", "Toss-ups and reports, nothing to decide:", *_table(listed, now))
    return 0


def _aside(context: Context, items: list[QueueItem]) -> int:
    """What is set aside until later, and what brings it back."""
    if context.json:
        output.as_json([_row(item) for item in items])
        return 0
    rows = [
        (
            item.id[:_SHORT_ID],
            item.league,
            local(item.snoozed_until) if item.snoozed_until is not None else "",
            item.snoozed_for or "",
            item.summary,
        )
        for item in items
    ]
    headers = ("ID", "LEAGUE", "BACK AT THE LATEST", "OR AT", "DECISION")
    output.say(*(output.table(headers, rows) if rows else ["Nothing is set aside."]))
    return 0


def _table(items: list[QueueItem], now: datetime) -> list[str]:
    """A line a decision, and an empty one after them."""
    if not items:
        return []
    headers = ("ID", "LEAGUE", "DEADLINE", "GAIN", "SURE", "DECISION")
    rows = [
        (
            item.id[:_SHORT_ID],
            item.league,
            output.deadline(item.expires_at, now),
            output.gain(item.gain),
            f"{item.confidence_at(now)}%",
            item.summary,
        )
        for item in items
    ]
    return [*output.table(headers, rows, right="   rr"), ""]


async def show(context: Context) -> int:
    """One decision with its card and history."""
    async with context.workspace() as workspace:
        item = await workspace.decision(context.arguments.id)
        history = await workspace.history(item.id)
    if context.json:
        output.as_json(_row(item) | {"card": item.card, "history": history})
        return 0
    output.say(*_described(item, history, utcnow()))
    return 0


async def approve(context: Context) -> int:
    """Approve a decision."""
    async with context.workspace() as workspace:
        edit = await _edit(context, workspace)
        try:
            verdict = await workspace.approve(context.arguments.id, Door.CLI, edit)
        except Moved:
            await _look_again(workspace, context.arguments.id)
            raise
        item = await workspace.decision(verdict.decision_id)
    tell(context, verdict)
    if not context.json:
        output.say(*(f"  {line}" for line in checklist_lines(item)))
    return 0


async def _edit(context: Context, workspace: Workspace) -> Option | None:
    """What is approved in its place; none where it is approved as it is."""
    arguments = context.arguments
    if arguments.option is not None:
        return await option_of(workspace, arguments.id, arguments.option)
    return await option_at(workspace, arguments.id, arguments.bid) if arguments.bid is not None else None


async def _look_again(workspace: Workspace, decision_id: str) -> None:
    """Let the agent weigh it anew and say on stderr what waits now in its place."""
    with suppress(AgentFailed):
        item = await workspace.recompute(decision_id)
        waits = f"{plain(item.summary)} ({item.id[:_SHORT_ID]})" if item is not None else "nothing"
        output.warn(f"Weighed anew; in its place waits: {waits}.")


async def reject(context: Context) -> int:
    """Reject a decision, perhaps with a reason."""
    async with context.workspace() as workspace:
        verdict = await workspace.reject(context.arguments.id, Door.CLI, context.arguments.reason)
        return tell(context, verdict)


async def undo(context: Context) -> int:
    """Take back the last answer."""
    async with context.workspace() as workspace:
        return tell(context, await workspace.undo(Door.CLI))


async def redo(context: Context) -> int:
    """Give the answer again that was taken back last."""
    async with context.workspace() as workspace:
        return tell(context, await workspace.redo(Door.CLI))


def _row(item: QueueItem) -> dict[str, Any]:
    return {field: getattr(item, field) for field in _FIELDS}


def _waiting(number: int) -> str:
    if number == 0:
        return "Nothing waits."
    return f"{number} decisions wait." if number > 1 else "1 decision waits."


def _described(item: QueueItem, history: list[AuditLine], now: datetime) -> list[str]:
    card = item.card
    lines = [
        plain(item.summary),
        f"{plain(item.league)}, {item.season} week {item.week}, {item.decision_type.replace('_', ' ')}",
        f"{item.status}{' by a rule' if item.policy else ''}; deadline {output.deadline(item.expires_at, now)}",
        f"{output.gain(item.gain)} points expected, {item.confidence_at(now)}% sure"
        f" (model {plain(item.model_version)})",
        f"id {item.id}",
    ]
    if card.rows:
        rows = [
            (row.slot, _player(row.before), "=>" if row.changes else "", _player(row.after))
            for row in card.rows
        ]
        lines += ["", *output.table(("SLOT", "NOW", "", "THEN"), rows)]
    lines += _block("In Sleeper", checklist_lines(item))
    lines += _block("Why", [plain(reason) for reason in (*card.reasons, *card.facts)])
    lines += _block("Flips if", [plain(text) for text in card.flips])
    lines += _block("Otherwise", [plain(text) for text in (card.alternative, card.status_quo) if text])
    lines += _block("Mind", [plain(text) for text in (*item.linked, *card.lacks)])
    lines += _block("Record", [plain(text) for text in (card.record, *card.stories) if text])
    lines += _block("Sources", [f"{plain(s.name)}, {output.ago(s.as_of, now)}" for s in card.sources])
    lines += _block("History", [_event(line) for line in history])
    return lines


def _block(title: str, entries: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {entry}" for entry in entries)] if entries else []


def _player(player: CardPlayer | None) -> str:
    if player is None:
        return "(empty)"
    injury = f" [{player.injury_status}]" if player.injury_status else ""
    return f"{plain(player.name)}, {player.place}{injury} {player.points:.1f}"


def _event(line: AuditLine) -> str:
    note = f": {plain(line.note)}" if line.note else ""
    return f"{line.at:%Y-%m-%d %H:%M} UTC  {line.action} ({line.door}){note}"
