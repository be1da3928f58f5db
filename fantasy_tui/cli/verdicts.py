"""What a command says once an answer is in the database."""

from __future__ import annotations

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.cli.output import plain
from fantasy_tui.review.verdict import Verdict
from fantasy_tui.tui.times import local

_DONE = {
    "approve": "Approved",
    "reject": "Rejected",
    "undo": "Taken back",
    "redo": "Done again",
    "snooze": "Set aside",
}


def tell(context: Context, verdict: Verdict) -> int:
    """One line, or JSON."""
    if context.json:
        document: dict[str, object] = {
            "id": verdict.decision_id,
            "league": verdict.league,
            "summary": verdict.summary,
            "action": verdict.action,
            "at": verdict.at,
        }
        if verdict.edited:
            document["edited"] = True
        if verdict.until is not None:
            document["until"] = verdict.until
        output.as_json(document)
        return 0
    done = _DONE[verdict.action] + (" as edited" if verdict.edited else "")
    until = f" until {local(verdict.until)} at the latest" if verdict.until is not None else ""
    output.say(f"{done}{until}: {plain(verdict.summary)} ({plain(verdict.league)}).")
    return 0
