"""A table of plain text whose columns share the width out and whose cursor stays on its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from fantasy_tui.tui.text import fit
from fantasy_tui.tui.widgets.line_list import LineList

_PADDING = 2


class Cell(NamedTuple):
    """Text from anywhere and the style it is shown in."""

    text: str
    style: str = ""


class Column(Struct, frozen=True):
    """A column and what it does when the terminal is wide or narrow."""

    key: str
    title: str
    width: int
    """The least cells it needs."""
    most: int = 0
    """The cells it grows to where there is room; 0 for a column that never grows."""
    drop: int = 0
    """Where there is too little room the column with the highest number goes first; 0 always stays."""
    right: bool = False
    """True to align numbers to the right."""


Row = Mapping[str, Cell]


def share_out(columns: Sequence[Column], room: int, padding: int = _PADDING) -> list[tuple[Column, int]]:
    """The columns that fit into `room` cells, each with its width; each takes `padding` cells more."""
    kept = list(columns)
    while sum(column.width + padding for column in kept) > room:
        worst = max(kept, key=lambda column: column.drop, default=None)
        if worst is None or not worst.drop:
            break
        kept.remove(worst)
    spare = max(room - sum(column.width + padding for column in kept), 0)
    widths = {column.key: column.width for column in kept}
    growing = sorted((c for c in kept if c.most > c.width), key=lambda c: c.most - c.width)
    for number, column in enumerate(growing):
        more = min(spare // (len(growing) - number), column.most - column.width)
        widths[column.key] += more
        spare -= more
    # What does not fit even so is cut where it is widest: there an ellipsis says so, at the edge nothing would.
    for _ in range(sum(widths.values()) + padding * len(kept) - room):
        widest = max(widths, key=lambda key: widths[key], default=None)
        if widest is None or widths[widest] <= 1:
            break
        widths[widest] -= 1
    return [(column, widths[column.key]) for column in kept]


class RowTable(LineList):
    """Rows by key under a line of titles; `RowHighlighted` tells where the cursor is, `RowSelected` opens a row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-table--titles"}
    DEFAULT_CSS = """
    RowTable {
        background: $background;
        & > .row-table--titles { background: $panel; color: $foreground; text-style: bold; }
        &:focus > .row-table--titles { background-tint: $foreground 5%; }
        &:ansi > .row-table--titles { background: ansi_default; text-style: bold underline; }
    }
    """
    TOP = 1

    class Told(Message):
        """What a message about a row says."""

        def __init__(self, table: RowTable, key: str, row: int) -> None:
            super().__init__()
            self.table = table
            self.key = key
            self.row = row
            """The row's place, counted from 0."""

        @property
        def control(self) -> RowTable:
            """The table, for `@on` with a selector."""
            return self.table

    class RowHighlighted(Told):
        """The cursor is on another row."""

    class RowSelected(Told):
        """A row was opened."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: Sequence[Column] = ()
        self._rows: dict[str, Row] = {}
        self._keys: list[str] = []
        """Those of the rows that are shown: none while there is no room for them."""
        self._widths: list[tuple[Column, int]] = []
        self._told: tuple[str, int] | None = None
        self._strips: dict[tuple[str, bool], Strip] = {}
        self._styles: dict[tuple[str, bool], RichStyle] = {}

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return len(self._keys)

    @property
    def row_count(self) -> int:
        """How many rows are shown."""
        return len(self._keys)

    @property
    def cursor_row(self) -> int:
        """The place of the row under the cursor."""
        return self.cursor

    @property
    def chosen_key(self) -> str | None:
        """The key of the row under the cursor."""
        return self._keys[self.cursor] if self._keys else None

    def get_row_index(self, key: str) -> int:
        """The row's place; raises ValueError."""
        return self._keys.index(key)

    def move_cursor(self, *, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = row

    def fill(self, columns: Sequence[Column], rows: Iterable[tuple[str, Row]]) -> None:
        """Show these rows, by key; cursor and place stay with what stays."""
        before, self._rows = self._rows, dict(rows)
        for key, row in before.items():
            if row != self._rows.get(key):
                self._forget(key)
        self._columns = columns
        self._show()

    def _show(self) -> None:
        """Show the rows in the width there is; where there is none the resize that shows the table does it."""
        width = self.scrollable_content_region.width if self.size.width else 0
        widths = share_out(self._columns, width) if width else []
        if widths != self._widths:
            self._widths = widths
            self._strips.clear()
        chosen = self.chosen_key
        self._keys = list(self._rows) if width else []
        at = self._keys.index(chosen) if chosen in self._rows and width else 0
        self.relisted(len(self._rows), at)
        self._tell()

    def _tell(self) -> None:
        """Tell where the cursor is, once."""
        here = (self._keys[self.cursor], self.cursor) if self._keys else None
        if here is not None and here != self._told:
            self.post_message(self.RowHighlighted(self, *here))
        self._told = here

    def watch_cursor(self, before: int, now: int) -> None:
        """Show and tell where the cursor is."""
        super().watch_cursor(before, now)
        self._tell()

    def action_select_cursor(self) -> None:
        """Open the row under the cursor."""
        if self._keys:
            self.post_message(self.RowSelected(self, self._keys[self.cursor], self.cursor))

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width out."""
        self._show()

    def notify_style_update(self) -> None:
        """Other colours: nothing that was drawn holds."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def _forget(self, key: str) -> None:
        self._strips.pop((key, False), None)
        self._strips.pop((key, True), None)

    def render_line(self, y: int) -> Strip:
        """The titles, or one row, `y` lines below the top."""
        width = self.scrollable_content_region.width
        line = self.scroll_offset.y + y - self.TOP
        if y < self.TOP:
            strip = self._titles()
        elif line < len(self._keys):
            strip = self._row(self._keys[line], at_cursor=line == self.cursor)
        else:
            return Strip.blank(width, self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)

    def _titles(self) -> Strip:
        style = self.get_component_rich_style("row-table--titles")
        return Strip(
            [
                Segment(f" {fit(column.title, width, right=column.right)} ", style)
                for column, width in self._widths
            ]
        )

    def _row(self, key: str, *, at_cursor: bool) -> Strip:
        """A row as it is drawn; kept until it, its width or the colours change."""
        strip = self._strips.get((key, at_cursor))
        if strip is None:
            row = self._rows[key]
            cells = [(row.get(column.key, _NOTHING), column.right, width) for column, width in self._widths]
            strip = self._strips[key, at_cursor] = Strip(
                [
                    Segment(f" {fit(cell.text, width, right=right)} ", self._style(cell.style, at_cursor))
                    for cell, right, width in cells
                ]
            )
        return strip

    def _style(self, name: str, at_cursor: bool) -> RichStyle:
        """A cell's style; under the cursor its colours are the cursor's."""
        style = self._styles.get((name, at_cursor))
        if style is None:
            own = Style.parse(name, self.app.theme_variables) if name else Style()
            if at_cursor:
                style = self.get_component_rich_style("line-list--cursor") + own.without_color.rich_style
            else:
                style = (self.visual_style + own).rich_style
            self._styles[name, at_cursor] = style
        return style


_NOTHING = Cell("")
