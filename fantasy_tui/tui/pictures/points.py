"""Two points distributions over each other: how far apart they are, and how much they overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fantasy_tui.football.density import Density
from fantasy_tui.tui.pictures.axes import ticks
from fantasy_tui.tui.pictures.picture import Picture
from fantasy_tui.tui.text import cut

if TYPE_CHECKING:
    from fantasy_tui.tui.pictures.paper import Canvas

_SHORTEST, _LONGEST = 8, 24
"""Cells of a name."""
_NUMBERS = 22
"""Cells of everything beside it."""
_CELLS_A_TICK = 7
_MOST_ABOVE = 2.0


@dataclass(frozen=True, slots=True)
class Points:
    """Whose points, and how they are distributed."""

    name: str
    curve: Density

    def said(self, marks: str, width: int) -> str:
        """`██ Bo Nix 18.2 (9 to 28)` in about `width` cells; the range is that of 80 in 100."""
        low, high = round(self.curve.low), round(self.curve.high)
        name = cut(self.name, min(max(width - _NUMBERS, _SHORTEST), _LONGEST))
        if not self.curve.step:
            return f"┊ {name} {self.curve.mean:.1f}"
        return f"{marks} {name} {self.curve.mean:.1f} ({low} to {high})"


class PointsDistribution(Picture):
    """The first player or line-up filled, the second as a dotted line."""

    EMPTY = "No points are projected for either side, so there is nothing to draw."

    _first: Points | None = None
    _second: Points | None = None
    _chance: float | None = None

    def update(self, first: Points | None, second: Points | None = None, chance: float | None = None) -> None:
        """Show one or two distributions; `chance` (0 to 1) is that the first scores at least as much."""
        self._first, self._second, self._chance = first, second, chance
        self.show()

    @property
    def drawable(self) -> bool:
        """True with a distribution of some width."""
        return any(side.curve.step for side in self._sides)

    @property
    def _sides(self) -> list[Points]:
        return [side for side in (self._first, self._second) if side is not None]

    def words(self) -> Sequence[str]:
        """Both sides with mean and range, and the chance."""
        if self._first is None:
            return [self.EMPTY]
        width = self.content_size.width
        said = [self._first.said("██", width)]
        if self._second is not None:
            said.append(self._second.said("⠤⠒", width))
        if self._chance is not None:
            said.append(f"██ ahead in {round(100 * self._chance)} of 100")
        return [*said, "( ) 80 of 100"]

    def draw(self, canvas: Canvas, inks: dict[str, str]) -> None:
        """Both over one axis of league points; a side that is certain is a line down."""
        from fantasy_tui.tui.pictures.paper import Paper

        curves = [side.curve for side in self._sides]
        wide = [curve for curve in curves if curve.step]
        reach = [curve.mean for curve in curves] + [end for curve in wide for end in (curve.start, curve.end)]
        span = (min(reach), max(reach))
        peaks = [max(curve.heights) for curve in wide]
        # Where somebody may not play his 0 is a peak that would press everything else flat.
        top = min(max(peaks), _MOST_ABOVE * min(peaks))
        paper = Paper(canvas, inks, span, (0.0, top))
        paper.axis(_labels(span, paper.x.cells), "points")
        for curve, ink in zip(curves, ("first", "second"), strict=False):
            if not curve.step:
                paper.down(curve.mean, ink)
            elif ink == "first":
                paper.fill(curve.at, ink)
            else:
                xs = [paper.x.value(cell / 2) for cell in range(2 * paper.x.cells + 1)]
                paper.line([(x, curve.at(x)) for x in xs if curve.start <= x <= curve.end], ink)


def _labels(span: tuple[float, float], cells: int) -> list[tuple[float, str]]:
    return [(value, f"{value:g}") for value in ticks(*span, cells // _CELLS_A_TICK)]
