"""A small table as lines of text, for what is read and not moved through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from fantasy_tui.tui.text import cut, fit
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, share_out

_GAP = 2


def aligned(columns: Sequence[Column], rows: Sequence[Row], room: int) -> Iterator[Content]:
    """Titles, then a line a row, at most `room` cells wide; columns drop and grow as those of a table do."""
    shared = share_out(columns, room, _GAP)
    titles: Row = {column.key: Cell(column.title, "$foreground-muted") for column in columns}
    for row in (titles, *rows):
        yield Content.assemble(
            *(_cell(row.get(column.key, Cell("")), column, width) for column, width in shared)
        )


def _cell(cell: Cell, column: Column, width: int) -> tuple[str, str]:
    shown = cut(cell.text, width).rjust(width) if column.right else fit(cell.text, width)
    return shown + " " * _GAP, cell.style
