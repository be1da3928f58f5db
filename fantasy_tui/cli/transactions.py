"""The command `transactions`: a league's moves, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.clock import utcnow
from fantasy_tui.tui import move_words as words

if TYPE_CHECKING:
    from fantasy_tui.crud.transactions import TransactionPage


async def transactions(context: Context) -> int:
    """List one league's moves."""
    asked = context.arguments
    async with context.workspace(for_user=False) as workspace:
        page = await workspace.browse.transactions(
            asked.league_id, offset=asked.offset, limit=asked.limit, kind=asked.kind, roster_id=asked.team
        )
    if context.json:
        output.as_json(page)
    else:
        output.say(*_described(page))
    return 0


def _described(page: TransactionPage) -> Iterator[str]:
    if page.rows:
        headers = ("WHEN", "KIND", "WEEK", "TEAM", "WHAT", "BID", "NOTE")
        rows = [
            (
                f"{move.at.astimezone():%d %b %Y %H:%M}",
                words.kind(move),
                move.week,
                words.teams(move),
                words.in_short(move),
                "" if move.bid is None else f"${move.bid}",
                move.note or move.status if words.failed(move) else "",
            )
            for move in page.rows
        ]
        yield from output.table(headers, rows, right="  r  r")
        yield ""
    shown = page.offset + len(page.rows)
    told = f"{page.offset + 1} to {shown} of {page.total:,}" if page.rows else f"None of {page.total:,}"
    yield f"{told}. Sleeper transactions, {output.ago(page.as_of, utcnow())}."
