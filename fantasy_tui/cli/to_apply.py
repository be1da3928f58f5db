"""What is approved and not yet done in Sleeper, as the command line tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fantasy_tui.cli import output
from fantasy_tui.cli.output import plain
from fantasy_tui.review.item import Proof, ProvenStep, QueueItem, link

_SHORT_ID = 8
_STATES = {
    "applied": "Done in Sleeper",
    "partly": "Partly done in Sleeper",
    "missed": "Missed",
    "overtaken": "Overtaken",
    "open": "Not seen in Sleeper yet",
}


def banner(items: Sequence[QueueItem], now: datetime) -> list[str]:
    """The approved decisions that are still to be carried out, those that lock soon marked; nothing for none."""
    if not items:
        return []
    rows = [
        (
            "!!" if item.is_pressing(now) else "",
            item.id[:_SHORT_ID],
            item.league,
            output.deadline(item.expires_at, now),
            _progress(item),
            item.summary,
        )
        for item in items
    ]
    pressing = sum(item.is_pressing(now) for item in items)
    title = "APPROVED, BUT NOT YET DONE IN SLEEPER"
    if pressing:
        which = f"{pressing} OF {len(items)} " if len(items) > 1 else ""
        title += f": {which}LOCK{'S' if pressing == 1 else ''} WITHIN 2 HOURS"
    headers = ("", "ID", "LEAGUE", "DEADLINE", "DONE", "DECISION")
    return [title, *output.table(headers, rows), ""]


def _progress(item: QueueItem) -> str:
    done = sum(step.done for step in item.proof.steps) if item.proof is not None else 0
    return f"{done} of {len(item.steps)}"


def checklist_lines(item: QueueItem) -> list[str]:
    """The numbered steps with a mark for what was seen, and what a sync made of them."""
    if not item.steps or item.status not in ("pending", "approved"):
        return []
    proof = item.proof
    steps = proof.steps if proof is not None else [ProvenStep(text, done=False) for text in item.steps]
    lines = [f"{number}. {_mark(step, item)}{plain(step.text)}" for number, step in enumerate(steps, start=1)]
    if item.status == "approved":
        lines.append(_state(proof))
    return [*lines, link(item.league_id, item.decision_type)]


def _mark(step: ProvenStep, item: QueueItem) -> str:
    if item.status != "approved":
        return ""
    return "[x] " if step.done else "[-] " if step.late else "[ ] "


def _state(proof: Proof | None) -> str:
    if proof is None:
        return "Not looked for in Sleeper yet: the next sync does."
    note = f" {plain(proof.note)}" if proof.note else ""
    return f"{_STATES[proof.state]}, as of {proof.at:%Y-%m-%d %H:%M} UTC.{note}"
