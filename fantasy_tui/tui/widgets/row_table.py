"""A table of plain text whose columns share the width out and whose cursor stays on its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from fantasy_tui.tui.keys.shared import LIST
from fantasy_tui.tui.text import cut, fit

_PADDING = 2


class Cell(NamedTuple):
    """Text from anywhere and the style it is shown in."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column:
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


class RowTable(DataTable[Content], inherit_bindings=False):
    """Rows by key, moved through with the keys of every list; `RowSelected` opens one."""

    BINDINGS: ClassVar[list[BindingType]] = LIST.bindings
    DEFAULT_CSS = """
    RowTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        background: $background;
        &:focus { background-tint: transparent; }
        &:ansi > .datatable--header { background: ansi_default; text-style: bold underline; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self._columns: Sequence[Column] = ()
        self._lines: dict[str, Row] = {}
        self._widths: list[tuple[Column, int]] = []

    @property
    def chosen_key(self) -> str | None:
        """The key of the row under the cursor."""
        if not self.is_valid_coordinate(self.cursor_coordinate):
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    def fill(self, columns: Sequence[Column], rows: Iterable[tuple[str, Row]]) -> None:
        """Show these rows, by key; what is shown already stays, with cursor and place."""
        self._columns, before, self._lines = columns, self._lines, dict(rows)
        if not self.size.width:
            self._widths = []
            return  # not laid out, or hidden: the resize that shows it builds it
        widths = share_out(columns, self.scrollable_content_region.width)
        keys = list(self._lines)
        if widths == self._widths and list(before) == keys[: len(before)]:
            for key, row in self._lines.items():
                if key not in before:  # below those there were
                    self._add(key, row)
                elif row != before[key]:
                    for column, width in widths:
                        self.update_cell(key, column.key, _content(row, column, width))
        else:
            self._widths = widths
            self._build()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row; a double click opens it."""
        row = event.style.meta.get("row", -1)
        if 0 <= row < self.row_count:
            event.prevent_default()
            event.stop()
            self.move_cursor(row=row)
            if event.chain > 1:
                self.action_select_cursor()

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width out."""
        widths = share_out(self._columns, self.scrollable_content_region.width)
        if widths != self._widths:
            self._widths = widths
            self._build()

    def _build(self) -> None:
        chosen = self.chosen_key
        self.clear(columns=True)
        for column, width in self._widths:
            # A Text, like a Content, is not read as markup; labels are typed for the former alone.
            label = Text(fit(column.title, width, right=column.right))
            self.add_column(label, width=width, key=column.key)
        for key, row in self._lines.items():
            self._add(key, row)
        if chosen in self._lines:
            self.move_cursor(row=self.get_row_index(chosen))

    def _add(self, key: str, row: Row) -> None:
        self.add_row(*(_content(row, column, width) for column, width in self._widths), key=key)


def _content(row: Row, column: Column, width: int) -> Content:
    text, style = row.get(column.key, Cell(""))
    return Content.styled(fit(text, width, right=True) if column.right else cut(text, width), style)
