"""The command `history`: the whole audit, written page by page."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import msgspec

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError
from fantasy_tui.cli.output import plain
from fantasy_tui.review.history import HistoryLine

_FIELDS = (
    "at",
    "who",
    "door",
    "action",
    "decision_id",
    "version",
    "kind",
    "league_id",
    "league",
    "season",
    "week",
    "summary",
    "note",
)
# A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def history(context: Context) -> int:
    """Every event, the newest first, as lines, JSON or CSV."""
    given = context.arguments
    if given.csv and context.json:
        raise UsageError("Choose --json or --csv, not both.")
    async with context.workspace() as workspace:
        pages = workspace.audit.pages(
            league_id=given.league,
            kind=given.kind,
            decision_id=given.decision,
            limit=given.limit,
            states=context.json,
        )
        written = 0
        async for lines in pages:
            if not written:
                output.say(*_head(context))
            output.say(*_page(context, lines, first=not written))
            written += len(lines)
    output.say(*_foot(context, written))
    return 0


def _head(context: Context) -> list[str]:
    if context.json:
        return ["["]
    return [_csv(_FIELDS)] if context.arguments.csv else []


def _page(context: Context, lines: list[HistoryLine], *, first: bool) -> list[str]:
    if context.json:
        # A comma stands before every entry but the very first: what comes after a page is not known yet.
        return [f"{'' if first and not place else ','}{_json(line)}" for place, line in enumerate(lines)]
    if context.arguments.csv:
        return [_csv([_cell(getattr(line, field)) for field in _FIELDS]) for line in lines]
    return [_told(line) for line in lines]


def _foot(context: Context, written: int) -> list[str]:
    if context.json:
        return ["]"] if written else ["[]"]
    if context.arguments.csv:
        return [] if written else [_csv(_FIELDS)]
    return [] if written else ["Nothing has happened yet."]


def _json(line: HistoryLine) -> str:
    document = {field: getattr(line, field) for field in (*_FIELDS, "before", "after")}
    return json.dumps(msgspec.to_builtins(document)).replace("\x7f", "\\u007f")


def _csv(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _told(line: HistoryLine) -> str:
    about = plain(line.summary) or f"decision {line.decision_id[:8]}"
    note = f": {plain(line.note)}" if line.note else ""
    return (
        f"{line.at.astimezone():%Y-%m-%d %H:%M}  {line.action:<9}  {line.door:<6}"
        f"  {_set(line.who, 12)}  {_set(line.league, 18)}  {about}{note}"
    )


def _set(text: str | None, width: int) -> str:
    from rich.cells import set_cell_size

    return set_cell_size(plain(text, width), width)
