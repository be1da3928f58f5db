"""Pictures that are rows of text as wide as their widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from fantasy_tui.tui.text import plain


class Line(NamedTuple):
    """A row, its names sanitised and all of it cut to the width, and its style."""

    text: str
    style: str = ""


class Rows(Widget):
    """As high as it has rows; a sentence stands where there is nothing to show."""

    DEFAULT_CSS = """
    Rows { height: auto; color: $foreground; }
    """
    EMPTY = ""

    def lines(self, width: int) -> Sequence[Line]:
        """The rows at this width; none while there is nothing to show."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A cell a row; the sentence wraps."""
        return len(self.lines(width)) or len(plain(self.EMPTY).wrap(width))

    def render(self) -> RenderResult:
        """The rows, or the sentence."""
        lines = self.lines(self.content_size.width)
        if not lines:
            return plain(self.EMPTY).stylize("$foreground-muted")
        return Content("\n").join([Content.styled(line.text, line.style) for line in lines])
