"""Two line-ups side by side, with a cursor on a player of either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from fantasy_tui.tui.widgets.duel_rows import DuelRow, Widths, duel_rows, half, middle
from fantasy_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from fantasy_tui.football.board import MatchupBoard


class Duel(LineList):
    """Rows of a slot with a player on either side; the cursor keeps its slot and its side.

    It counts the rows that hold players.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"duel--{what}" for what in ("line", "name", "tag", "told", "number", "strong", "on", "head"))
    }
    DEFAULT_CSS = """
    Duel {
        scrollbar-size-vertical: 1;
        & > .duel--tag { color: $text-warning; }
        & > .duel--told { color: $foreground-muted; }
        & > .duel--number { color: $foreground-muted; }
        & > .duel--strong { text-style: bold; }
        & > .duel--on { color: $text-success; text-style: bold; }
        & > .duel--head { color: $foreground-muted; }
    }
    """

    side: var[int] = var(0, init=False)
    """0 left, 1 right."""

    class Chosen(Message):
        """A player was opened."""

        def __init__(self, player_id: str) -> None:
            super().__init__()
            self.player_id = player_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[DuelRow] = ()
        self._stops: list[int] = []
        """The lines on which the cursor may stand."""

    def show(self, board: MatchupBoard) -> None:
        """Show a matchup; the cursor stays on its row."""
        self._rows = duel_rows(board)
        self._stops = [line for line, row in enumerate(self._rows) if row.sides != (None, None)]
        self.relisted(len(self._rows), self.cursor)

    @property
    def height_in_full(self) -> int:
        """Lines that show all of it."""
        return len(self._rows)

    @property
    def chosen(self) -> str | None:
        """The player under the cursor; none on an empty slot."""
        return self._rows[self._stops[self.cursor]].players[self.side] if self._stops else None

    def render_line(self, y: int) -> Strip:
        """One row, `y` lines below the top of the visible part."""
        width = self.scrollable_content_region.width
        line = self.scroll_offset.y + y
        if line >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row, widths = self._rows[line], Widths.of(width)
        at = self._stops and line == self._stops[self.cursor]
        label = middle(row, width - 2 * widths.side)
        slot = Segment(label, self._style("told" if row.sides != (None, None) else "head", at=False))
        sides = [self._half(row, side, widths, at=bool(at) and side == self.side) for side in (0, 1)]
        base = self.get_component_rich_style("duel--line")
        return Strip([*sides[0], slot, *sides[1]]).adjust_cell_length(width, base)

    def _half(self, row: DuelRow, side: int, widths: Widths, *, at: bool) -> list[Segment]:
        return [Segment(part.text, self._style(part.what, at=at)) for part in half(row, side, widths)]

    def _style(self, what: str, *, at: bool) -> Style:
        return self.get_component_rich_style("line-list--cursor" if at else f"duel--{what}")

    @property
    def count(self) -> int:
        """How many rows hold players."""
        return len(self._stops)

    def line_of(self, cursor: int) -> int:
        """The row's line; the titles come with the first row."""
        return self._stops[cursor] if cursor else 0

    def watch_cursor(self, before: int, now: int) -> None:
        """Repaint, and keep the cursor visible."""
        super().watch_cursor(before, now)
        self.refresh()

    def watch_side(self) -> None:
        """Show the cursor on the other side."""
        self.refresh()

    def action_select_cursor(self) -> None:
        """Open the player under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a player; a second click opens him."""
        event.prevent_default()
        line = self.scroll_offset.y + event.y
        if line in self._stops:
            here = (self._stops.index(line), int(event.x >= self.size.width // 2))
            again = here == (self.cursor, self.side)
            self.cursor, self.side = here
            if again:
                self.action_select_cursor()
