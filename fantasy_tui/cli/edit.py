"""The command `edit`: what could be approved in the place of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError
from fantasy_tui.workspace import Workspace

if TYPE_CHECKING:
    from fantasy_tui.review.edit import Option


async def edit(context: Context) -> int:
    """List the options; `approve --option N` or `--bid N` takes one."""
    async with context.workspace() as workspace:
        item = await workspace.decision(context.arguments.id)
        options = await workspace.edit_options(item.id, context.arguments.bid)
    if context.json:
        output.as_json(
            [
                {
                    "option": number,
                    "label": option.label,
                    "summary": option.document["summary"],
                    "gain": option.gain,
                    "confidence_score": option.confidence,
                    "recommendation": option.document,
                }
                for number, option in enumerate(options, start=1)
            ]
        )
        return 0
    if not options:
        output.say("There is nothing else to approve in its place.")
        return 0
    as_it_is = ("", "as it is", output.gain(item.gain), f"{item.confidence_score}%", item.summary)
    rows = [
        (
            number,
            option.label,
            output.gain(option.gain or 0.0),
            f"{option.confidence}%",
            option.document["summary"],
        )
        for number, option in enumerate(options, start=1)
    ]
    output.say(
        *output.table(("N", "OPTION", "GAIN", "SURE", "DECISION"), [as_it_is, *rows], right="r rr"),
        "",
        f"`fantasy-tui approve {item.id[:8]} {_taken(context.arguments.bid)}` approves it instead.",
    )
    return 0


def _taken(bid: int | None) -> str:
    return "--option N" if bid is None else f"--bid {bid}"


async def option_at(workspace: Workspace, decision_id: str, bid: int) -> Option:
    """The claim at a bid of one's own; raises BadEdit or UsageError."""
    options = await workspace.edit_options(decision_id, bid)
    if not options:
        raise UsageError("There is nothing to bid on: it has been answered or asks for nothing.")
    return options[0]


async def option_of(workspace: Workspace, decision_id: str, number: int) -> Option:
    """The option of that number; raises UsageError."""
    options = await workspace.edit_options(decision_id)
    if not 1 <= number <= len(options):
        there = f"there are 1 to {len(options)}" if options else "there are none"
        raise UsageError(f"There is no option {number}: {there}.")
    return options[number - 1]
