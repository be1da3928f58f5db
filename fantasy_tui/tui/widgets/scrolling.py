"""Texts longer than their place: one that has the focus, and one that is read beside a list."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.containers import VerticalScroll

from fantasy_tui.tui.keys.shared import TEXT


class Reading(VerticalScroll, inherit_bindings=False):
    """A text that has the focus, moved through with the keys of every list."""

    BINDINGS: ClassVar[list[BindingType]] = TEXT.bindings

    def action_read(self, where: Literal["down", "up", "page_down", "page_up", "home", "end"]) -> None:
        """Move by a line, a page, or to an end."""
        moves = {
            "down": self.scroll_down,
            "up": self.scroll_up,
            "page_down": self.scroll_page_down,
            "page_up": self.scroll_page_up,
            "home": self.scroll_home,
            "end": self.scroll_end,
        }
        moves[where](animate=False)


class Pane(VerticalScroll, can_focus=False):
    """A text beside a list that keeps the focus; its screen or dialog has `action_pane` and PANE's keys."""

    def read_on(self, lines: int) -> None:
        """Move by lines; up where they are negative."""
        self.scroll_relative(y=lines, animate=False)
