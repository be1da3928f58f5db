"""The reliability plot: stated confidence against how often it came true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.football.track import Band
from fantasy_tui.tui.pictures.picture import Picture
from fantasy_tui.tui.track import DRAWN_LEGEND, LEGEND, is_off, percent, plot

if TYPE_CHECKING:
    from fantasy_tui.tui.pictures.paper import Canvas

_LABEL = 5
_COUNTS = 2
"""Rows below the axis: how many calls, and how many of them came true."""
_SHARES = ((1.0, "100%"), (0.5, "50%"), (0.0, "0%"))


class ReliabilityPlot(Picture):
    """A bin a column with its interval, beside the line that true confidence follows; small, a bin a line of text."""

    LEAST = (60, 14)

    _bands: Sequence[Band] = ()

    def update(self, bands: Sequence[Band]) -> None:
        """Show settled calls by stated confidence, in bins of equal width from 0 to 100."""
        self._bands = bands
        self.show()

    @property
    def drawable(self) -> bool:
        """True once a call is settled."""
        return any(band.n for band in self._bands)

    def words(self) -> Sequence[str]:
        """What the marks mean."""
        return DRAWN_LEGEND

    def told(self) -> Content:
        """What the marks mean; where nothing is drawn, the plot by lines of text."""
        if self.drawn:
            return super().told()
        width = self.content_size.width
        head, *lines = plot(self._bands, width)
        shown = [Content.styled(head.text[:width], "$foreground-muted")]
        for band, line in zip(self._bands, lines, strict=True):
            style = "bold $text-error" if line.off else "$text-success" if band.n else "$foreground-muted"
            shown.append(Content.styled(line.text[:width], style))
        return Content("\n").join([*shown, Content.styled(LEGEND, "$foreground-muted")])

    def draw(self, canvas: Canvas, inks: dict[str, str]) -> None:
        """Share that came true upwards, stated confidence to the right, both from 0 to 100."""
        from fantasy_tui.tui.pictures.paper import Paper

        last = self._bands[-1].high
        paper = Paper(canvas, inks, (0.0, last / 100), (0.0, 1.0), left=_LABEL, below=2 + _COUNTS)
        paper.side(_SHARES)
        paper.line([(0.0, 0.0), (last / 100, last / 100)], "axis")
        centres = [paper.x.cell((band.low + band.high) / 200) for band in self._bands]
        for band in self._bands:
            if band.hit_rate is None:
                continue
            column, ink = paper.column(band.stated), "second" if is_off(band) else "first"
            paper.interval(column, *band.interval, ink)
            paper.text(column, paper.row(band.hit_rate), "●!" if is_off(band) else "●", ink)
        paper.axis([(band.high / 100, "") for band in self._bands[:-1]])
        rows = (
            ("said", [f"{band.low}-{band.high}" for band in self._bands]),
            ("true", [percent(band.hit_rate).replace(" ", "") for band in self._bands]),
            ("n", [str(band.n) if band.n else "" for band in self._bands]),
        )
        for number, (name, texts) in enumerate(rows, start=paper.bottom + 1):
            paper.text(0, number, name.rjust(_LABEL - 1))
            paper.labels(
                number, zip(centres, texts, strict=True), "axis" if number == paper.bottom + 1 else "mark"
            )
