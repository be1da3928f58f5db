"""A league's moves as a table: trades, claims, adds and drops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fantasy_tui.tui import move_words as words
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.crud.transactions import TransactionRow

COLUMNS = (
    Column("when", "When", 12),
    Column("kind", "Kind", 9),
    Column("team", "Team", 14, most=28),
    Column("what", "What", 23, most=90),
    Column("bid", "Bid", 4, right=True),
    Column("status", "Status", 8, most=10, drop=1),
)
_DIM = "$foreground-muted"


class MovesTable(RowTable):
    """A move a line, the newest first."""

    def show(self, moves: Iterable[TransactionRow]) -> None:
        """Show these moves; those added below leave the cursor where it is."""
        self.fill(COLUMNS, [(move.transaction_id, move_row(move)) for move in moves])


def move_row(move: TransactionRow) -> Row:
    """A move as a line; one that failed is dim and has a cross."""
    style = _DIM if words.failed(move) else ""
    mine = "bold" if any(team.mine for team in move.teams) else ""
    return {
        "when": Cell(f"{move.at.astimezone():%d %b %H:%M}", _DIM),
        "kind": Cell(words.kind(move), style or ("bold $text-accent" if move.kind == "trade" else "")),
        "team": Cell(words.teams(move), style or mine),
        "what": Cell(words.in_short(move), style),
        "bid": Cell("" if move.bid is None else f"${move.bid}", style),
        "status": Cell(words.status(move), "$text-error" if style else _DIM),
    }
