"""Thousands of players in a list that repaints what is visible and never lays the screen out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from fantasy_tui.football.search import PlayerRow
from fantasy_tui.tui.text import cut
from fantasy_tui.tui.widgets.line_list import LineList
from fantasy_tui.tui.widgets.player_columns import (
    GAP,
    Known,
    cells,
    columns_of,
    shared_out,
    short_injury,
    titles,
)
from fantasy_tui.tui.widgets.row_table import Column

__all__ = ["PlayerTable", "short_injury"]


class PlayerTable(LineList):
    """Players, one a line, with what is known of them in a league; the cursor stays on its player."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "player-table--line",
        "player-table--mine",
        "player-table--rival",
        "player-table--free",
        "player-table--injury",
        "player-table--up",
        "player-table--down",
        "player-table--faint",
    }
    DEFAULT_CSS = """
    PlayerTable {
        & > .player-table--mine { color: $text-success; }
        & > .player-table--rival { color: $text-muted; }
        & > .player-table--free { color: $text-accent; }
        & > .player-table--injury { color: $text-warning; }
        & > .player-table--up { color: $text-success; }
        & > .player-table--down { color: $text-error; }
        & > .player-table--faint { color: $text-muted; }
    }
    """

    class Chosen(Message):
        """A player was opened."""

        def __init__(self, row: PlayerRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[PlayerRow] = ()
        self.empty = ""
        """What stands there while there are no rows."""
        self.known = Known()
        self._columns = columns_of(self.known)
        self._shared: list[tuple[Column, int]] = []
        self._strips: dict[tuple[str, bool], Strip] = {}
        self._styles: dict[tuple[str | None, bool], Style] = {}

    def show(self, rows: Sequence[PlayerRow], *, keep: bool = False) -> None:
        """Show these players; `keep` leaves the cursor on its player if he is still there."""
        before, chosen, rows_before = self._visible, self.chosen, self.rows
        self.rows = rows
        at = 0
        if keep and chosen is not None:
            at = next((n for n, row in enumerate(rows) if row.player_id == chosen.player_id), 0)
        if rows and rows_before:
            self.relisted(len(rows), at, repaint=False)
            # Most letters leave most lines as they are; where nothing is in a place, nothing has its place to take.
            for y, (was, now) in enumerate(zip(before, self._visible, strict=True)):
                if was != now:
                    self.refresh_line(self.scroll_offset.y + y)
        else:
            self.relisted(len(rows), at)

    @property
    def _visible(self) -> list[tuple[PlayerRow | None, bool]]:
        """What stands in each line that is in sight, and whether the cursor stands there, too."""
        top, shown = self.scroll_offset.y, self.rows
        return [
            (shown[place] if place < len(shown) else None, place == self.cursor)
            for place in range(top, top + self.scrollable_content_region.height)
        ]

    def tell(self, known: Known) -> None:
        """Say what is known about the players."""
        self.known = known
        self._columns = columns_of(known)
        self._share_out()

    def _share_out(self) -> None:
        self._shared = shared_out(self._columns, self.scrollable_content_region.width)
        self._strips.clear()
        self.refresh()

    @property
    def chosen(self) -> PlayerRow | None:
        """The player under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def header(self) -> Content:
        """The columns' titles, as wide as the lines."""
        return Content(titles(self._shared, self.known.by))

    def column_at(self, x: int) -> str | None:
        """The key of the column so many cells from the left; none right of the last."""
        for column, width in self._shared:
            x -= width + GAP
            if x < 0:
                return column.key
        return None

    def render_line(self, y: int) -> Strip:
        """One player's line, `y` lines below the top of the visible part."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        if place >= len(self.rows):
            told = f" {cut(self.empty, width - 1)}" if y == 1 and not self.rows else ""
            blank = self._style(None, at_cursor=False)
            return Strip([Segment(told.ljust(width), blank)]).adjust_cell_length(width, blank)
        row = self.rows[place]
        at_cursor = place == self.cursor
        strip = self._strips.get((row.player_id, at_cursor))
        if strip is None:
            strip = self._strips[row.player_id, at_cursor] = self._line(row, width, at_cursor=at_cursor)
        return strip

    def _line(self, row: PlayerRow, width: int, *, at_cursor: bool) -> Strip:
        """A player as he is drawn; kept until what is known, the width or the colours change."""
        segments = [
            Segment(text, self._style(part, at_cursor=at_cursor))
            for text, part in cells(row, self.known, self._shared)
        ]
        return Strip(segments).adjust_cell_length(width, self._style(None, at_cursor=at_cursor))

    def _style(self, part: str | None, *, at_cursor: bool) -> Style:
        """What a part of a line is drawn in; under the cursor its colours are the cursor's."""
        style = self._styles.get((part, at_cursor))
        if style is None:
            names = ("player-table--line", "line-list--cursor") if at_cursor else ("player-table--line",)
            style = self.get_component_rich_style(*names)
            if part is not None and not at_cursor:
                style += Style(color=self.get_component_rich_style(f"player-table--{part}").color)
            self._styles[part, at_cursor] = style
        return style

    def notify_style_update(self) -> None:
        """Other colours: nothing that was drawn holds."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    @property
    def count(self) -> int:
        """How many players there are."""
        return len(self.rows)

    def action_select_cursor(self) -> None:
        """Open the player under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width out."""
        self._share_out()
