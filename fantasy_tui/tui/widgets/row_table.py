"""A table of plain text whose columns share the width out and whose cursor stays on its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable

from fantasy_tui.tui.text import cut

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


def share_out(columns: Sequence[Column], room: int) -> list[tuple[Column, int]]:
    """The columns that fit into `room` cells, each with its width."""
    kept = list(columns)
    while sum(column.width + _PADDING for column in kept) > room:
        worst = max(kept, key=lambda column: column.drop, default=None)
        if worst is None or not worst.drop:
            break
        kept.remove(worst)
    spare = max(room - sum(column.width + _PADDING for column in kept), 0)
    widths = {column.key: column.width for column in kept}
    growing = sorted((c for c in kept if c.most > c.width), key=lambda c: c.most - c.width)
    for number, column in enumerate(growing):
        more = min(spare // (len(growing) - number), column.most - column.width)
        widths[column.key] += more
        spare -= more
    return [(column, widths[column.key]) for column in kept]


class RowTable(DataTable[Content]):
    """Rows by key, moved through with the keys of every list; `RowSelected` opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("ctrl+d", "page_down", "Page down", show=False),
        Binding("ctrl+u", "page_up", "Page up", show=False),
        Binding("g,home", "scroll_top", "First", show=False),
        Binding("G,end", "scroll_bottom", "Last", show=False),
    ]
    DEFAULT_CSS = """
    RowTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        background: $background;
        &:focus { background-tint: transparent; }
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
        if widths == self._widths and list(before) == list(self._lines):
            for key, row in self._lines.items():
                if row != before[key]:
                    for column, width in widths:
                        self.update_cell(key, column.key, _content(row, column, width))
        else:
            self._widths = widths
            self._build()

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
            title = cut(column.title, width)
            # A Text, like a Content, is not read as markup; labels are typed for the former alone.
            label = Text(title.rjust(width) if column.right else title)
            self.add_column(label, width=width, key=column.key)
        for key, row in self._lines.items():
            self.add_row(*(_content(row, column, width) for column, width in self._widths), key=key)
        if chosen in self._lines:
            self.move_cursor(row=self.get_row_index(chosen))


def _content(row: Row, column: Column, width: int) -> Content:
    text, style = row.get(column.key, Cell(""))
    shown = cut(text, width)
    return Content.styled(shown.rjust(width) if column.right else shown, style)
