"""A line of filters with their keys: those that are on stand in brackets, a click does what the key does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from fantasy_tui.tui.text import sanitise


class Chip(NamedTuple):
    """A filter or a choice."""

    key: str
    """What to press, as it is shown."""
    text: str
    action: str
    on: bool = False

    @property
    def shown(self) -> Content:
        """`[f QB]` where it is on, else `f QB` with a blank on either side."""
        text = f"{self.key} {sanitise(self.text)}"
        if self.on:
            return Content.assemble(("[", "$text-muted"), (text, "bold $text-primary"), ("]", "$text-muted"))
        return Content.assemble(f" {text} ").stylize("$text-muted")


class Chips(Widget):
    """The chips from left to right; those that there is no room for end in an ellipsis."""

    DEFAULT_CSS = """
    Chips { height: 1; width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    class Pressed(Message):
        """A chip was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.chips: Sequence[Chip] = ()

    def show(self, chips: Sequence[Chip]) -> None:
        """Show these."""
        self.chips = chips
        self.refresh()

    def render(self) -> RenderResult:
        """All in one line."""
        return Content("").join([chip.shown for chip in self.chips])

    def on_click(self, event: events.Click) -> None:
        """Do what the chip's key does."""
        x = event.get_content_offset(self)
        left = x.x if x is not None else -1
        for chip in self.chips:
            left -= chip.shown.cell_length
            if left < 0:
                if x is not None:
                    self.post_message(self.Pressed(chip.action))
                return
