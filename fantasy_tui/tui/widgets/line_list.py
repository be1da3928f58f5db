"""A list of lines with a cursor that repaints what is visible and never lays the screen out again."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.widget import Widget

from fantasy_tui.tui.keys.shared import LIST


# Left and right are the screen's; those of a scrollable would catch them.
class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines moved through with the keys of every list; a click moves the cursor, a second one opens."""

    BINDINGS: ClassVar[list[BindingType]] = LIST.bindings
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor"}
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        & > .line-list--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .line-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    TOP: ClassVar[int] = 0
    """Lines above the list that stay while it scrolls."""

    cursor: var[int] = var(0, init=False)

    @property
    def count(self) -> int:
        """How many lines the cursor can stand on."""
        raise NotImplementedError

    def line_of(self, cursor: int) -> int:
        """The line on which the cursor stands."""
        return cursor

    def action_select_cursor(self) -> None:
        """Open what is under the cursor."""
        raise NotImplementedError

    def relisted(self, lines: int, cursor: int, *, repaint: bool = True) -> None:
        """The list has so many lines now, and the cursor stands there; not `repaint`: the list does that itself."""
        grown = lines + self.TOP != self.virtual_size.height
        # Watchers of virtual_size lay the whole screen out: mostly only the scrollbar needs to know.
        self.set_reactive(Widget.virtual_size, Size(self.size.width, lines + self.TOP))
        self.vertical_scrollbar.window_virtual_size = lines + self.TOP
        if grown and self.styles.is_auto_height:
            self.refresh(layout=True)
        self.set_reactive(LineList.cursor, self.validate_cursor(cursor))
        self.follow()
        if repaint:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, for a list that is as high as they are."""
        return self.virtual_size.height

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Repaint the two lines and keep the cursor visible."""
        for cursor in (before, now):
            if 0 <= cursor < self.count:
                self.refresh_line(self.line_of(cursor) + self.TOP)
        self.follow()

    @property
    def room(self) -> int:
        """Lines of the list that are visible at once."""
        return self.scrollable_content_region.height - self.TOP

    def follow(self) -> None:
        """Scroll to where the cursor is visible, and no further than the end."""
        line, room, top = self.line_of(self.cursor) if self.count else 0, self.room, self.scroll_offset.y
        last = max(self.virtual_size.height - self.TOP - room, 0)
        if line < top:
            self._scroll_to_line(line)
        elif room > 0 and line >= top + room:
            self._scroll_to_line(line - room + 1)
        elif top > last:
            self._scroll_to_line(last)

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def action_cursor_down(self) -> None:
        """Move the cursor to the next line."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """Move the cursor to the line before."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """Move the cursor down by what is visible at once."""
        self.cursor += max(self.room - 1, 1)

    def action_page_up(self) -> None:
        """Move the cursor up by what is visible at once."""
        self.cursor -= max(self.room - 1, 1)

    def action_scroll_top(self) -> None:
        """Move the cursor to the first line."""
        self.cursor = 0

    def action_scroll_bottom(self) -> None:
        """Move the cursor to the last line."""
        self.cursor = self.count - 1

    def line_at(self, event: events.Click) -> int | None:
        """The line that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self.TOP:
            return None
        line = self.scroll_offset.y + offset.y - self.TOP
        return line if line < self.count else None

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line; a double click opens it."""
        line = self.line_at(event)
        if line is not None:
            self.cursor = line
            if event.chain > 1:
                self.action_select_cursor()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor visible at the new height."""
        self.follow()
