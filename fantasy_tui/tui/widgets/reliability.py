"""The reliability plot: stated confidence against how often it came true."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from fantasy_tui.football.track import Band
from fantasy_tui.tui.track import LEGEND, plot


class ReliabilityPlot(Widget):
    """A line a bin below a scale from 0 to 100, and what the marks mean; readable without colour."""

    DEFAULT_CSS = """
    ReliabilityPlot { height: auto; color: $foreground; }
    """

    bands: reactive[Sequence[Band]] = reactive((), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line a bin, the scale and the legend."""
        return len(self.bands) + 2

    def render(self) -> RenderResult:
        """Bins that came true as stated in the theme's success colour, the others in its error colour."""
        head, *lines = plot(self.bands, self.content_size.width)
        shown = [Content.styled(head.text, "$foreground-muted")]
        for band, line in zip(self.bands, lines, strict=True):
            style = "bold $text-error" if line.off else "$text-success" if band.n else "$foreground-muted"
            shown.append(Content.styled(line.text, style))
        return Content("\n").join([*shown, Content.styled(LEGEND, "$foreground-muted")])
