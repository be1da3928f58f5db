"""The sheet that pictures are drawn on. Imports the plotting library and numpy: only ever imported in a thread."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from textual_hires_canvas import Canvas, HiResMode

from fantasy_tui.tui.pictures.axes import Scale, spaced
from fantasy_tui.tui.pictures.sparkline import BLOCKS

__all__ = ["Canvas", "Paper"]

_DOT = 0.25
"""A quarter of a cell: how high a dot of braille is."""


class Paper:
    """A canvas with room for axes around an area in the data's own units.

    Everything is drawn cell by cell: the canvas' own `write_text` would take names for markup. `inks` are styles
    by name; two inks always differ in their marks as well.
    """

    def __init__(
        self,
        canvas: Canvas,
        inks: Mapping[str, str],
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        left: int = 0,
        right: int = 0,
        below: int = 2,
    ) -> None:
        self._canvas, self._inks = canvas, inks
        self.width, self.height = canvas.size
        self.left, self.bottom = left, max(self.height - below, 1)
        self.x = Scale(*x, max(self.width - left - right, 1))
        self.y = Scale(*y, self.bottom)

    def column(self, x: float) -> int:
        """The canvas column of a value."""
        return self.left + self.x.cell(x)

    def row(self, y: float) -> int:
        """The canvas row of a value; larger values stand higher."""
        return self.bottom - 1 - self.y.cell(y)

    def text(self, column: int, row: int, text: str, ink: str = "axis") -> None:
        """Single-width characters from a cell on; what falls outside is not drawn."""
        for offset, char in enumerate(text):
            self._canvas.set_pixel(column + offset, row, char, self._inks[ink])

    def axis(self, ticks: Iterable[tuple[float, str]], unit: str = "") -> None:
        """The x axis below the area: a line, then labels at their ticks with the unit at the right end."""
        labels = [(self.x.cell(value), label) for value, label in ticks]
        self.text(self.left, self.bottom, "─" * self.x.cells)
        for cell, _ in labels:
            self.text(self.left + cell, self.bottom, "┬")
        last = [(self.x.cells - 1, unit)] if unit else []
        self.labels(self.bottom + 1, [*last, *labels])

    def labels(self, row: int, labels: Iterable[tuple[int, str]], ink: str = "axis") -> None:
        """A row of labels centred on cells of the area."""
        self.text(self.left, row, spaced(labels, self.x.cells), ink)

    def side(self, labels: Iterable[tuple[float, str]]) -> None:
        """Labels of the y axis, right of which a line stands."""
        for row in range(self.bottom):
            self.text(self.left - 1, row, "│")
        self.text(self.left - 1, self.bottom, "└")
        for value, label in labels:
            self.text(0, self.row(value), label.rjust(self.left - 1) + "┤")

    def fill(self, height: Callable[[float], float], ink: str) -> None:
        """Everything below a curve, in eighths of a cell."""
        for cell in range(self.x.cells):
            self.pillar(self.left + cell, height(self.x.value(cell + 0.5)), ink)

    def pillar(self, column: int, y: float, ink: str) -> None:
        """One column filled up to a value."""
        eighths = round(self.y.at(y) * len(BLOCKS))
        whole, rest = divmod(eighths, len(BLOCKS))
        for row in range(whole):
            self.text(column, self.bottom - 1 - row, BLOCKS[-1], ink)
        if rest:
            self.text(column, self.bottom - 1 - whole, BLOCKS[rest - 1], ink)

    def line(self, points: Iterable[tuple[float, float]], ink: str) -> None:
        """A fine line of dots from point to point."""
        places = [(self.left + self._inside(self.x.at(x), self.x.cells), self._level(y)) for x, y in points]
        segments = [(*one, *other) for one, other in pairwise(places)]
        self._canvas.draw_hires_lines(segments, hires_mode=HiResMode.BRAILLE, style=self._inks[ink])

    def _level(self, y: float) -> float:
        return self._inside(self.bottom - self.y.at(y), self.bottom)

    @staticmethod
    def _inside(place: float, cells: int) -> float:
        return min(place, cells - _DOT)

    def across(self, y: float, ink: str = "axis") -> None:
        """A dashed line over the whole width."""
        self.text(self.left, self.row(y), "╌" * self.x.cells, ink)

    def down(self, x: float, ink: str = "axis") -> None:
        """A dotted line over the whole height."""
        for row in range(self.bottom):
            self.text(self.column(x), row, "┊", ink)

    def interval(self, column: int, low: float, high: float, ink: str) -> None:
        """From one value up to another in one column, with both ends marked."""
        top, foot = self.row(high), self.row(low)
        for row in range(top, foot + 1):
            self.text(column, row, "│", ink)
        if foot > top:
            self.text(column, top, "┬", ink)
            self.text(column, foot, "┴", ink)
