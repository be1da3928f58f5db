"""Two line-ups side by side, with a cursor on a player of either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fantasy_tui.tui.keys.shared import LIST
from fantasy_tui.tui.widgets.duel_rows import DuelRow, Widths, duel_rows, half, middle

if TYPE_CHECKING:
    from fantasy_tui.football.board import MatchupBoard


# Left and right are the screen's, which changes sides by them; those of a scrollable would catch them.
class Duel(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a slot with a player on either side; the cursor keeps its slot and its side."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(
            f"duel--{what}"
            for what in ("line", "cursor", "name", "tag", "told", "number", "strong", "on", "head")
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = LIST.bindings
    DEFAULT_CSS = """
    Duel {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .duel--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .duel--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .duel--tag { color: $text-warning; }
        & > .duel--told { color: $foreground-muted; }
        & > .duel--number { color: $foreground-muted; }
        & > .duel--strong { text-style: bold; }
        & > .duel--on { color: $text-success; text-style: bold; }
        & > .duel--head { color: $foreground-muted; }
    }
    """

    cursor: var[int] = var(0, init=False)
    """The row, counted among those that hold players."""
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
        self.virtual_size = Size(self.size.width, len(self._rows))
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

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
        return self.get_component_rich_style("duel--cursor" if at else f"duel--{what}")

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row with players."""
        return max(0, min(cursor, len(self._stops) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor visible."""
        self._follow()
        self.refresh()

    def watch_side(self) -> None:
        """Show the cursor on the other side."""
        self.refresh()

    def _follow(self) -> None:
        if not self._stops:
            return
        height, top = self.scrollable_content_region.height, self.scroll_offset.y
        line = self._stops[self.cursor] if self.cursor else 0  # the titles come with the first row
        if line < top:
            self.scroll_to(y=line, animate=False, force=True)
        elif height and line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False, force=True)

    def action_cursor_down(self) -> None:
        """Go to the next row."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """Go to the row before."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """Go down by what is visible at once."""
        self.cursor += self._page

    def action_page_up(self) -> None:
        """Go up by what is visible at once."""
        self.cursor -= self._page

    @property
    def _page(self) -> int:
        return max(self.scrollable_content_region.height - 1, 1)

    def action_scroll_top(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_scroll_bottom(self) -> None:
        """Go to the last row."""
        self.cursor = len(self._stops) - 1

    def action_select_cursor(self) -> None:
        """Open the player under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a player; a second click opens him."""
        line = self.scroll_offset.y + event.y
        if line in self._stops:
            here = (self._stops.index(line), int(event.x >= self.size.width // 2))
            again = here == (self.cursor, self.side)
            self.cursor, self.side = here
            if again:
                self.action_select_cursor()

    def on_resize(self) -> None:
        """Keep the cursor visible at the new height."""
        self._follow()
