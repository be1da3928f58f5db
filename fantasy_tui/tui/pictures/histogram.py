"""How often each outcome comes up: a column each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from fantasy_tui.tui.pictures.picture import Picture

if TYPE_CHECKING:
    from fantasy_tui.tui.pictures.paper import Canvas

_WIDEST = 7
_HEADROOM = 1.0
_TAIL = 0.1


class Histogram(Picture):
    """Columns from left to right with their shares above them; the one that is marked stands out by `▼`."""

    EMPTY = "Nothing has been simulated yet."

    _bars: Sequence[tuple[str, float]] = ()
    _of = ""
    _unit = ""
    _mark: str | None = None

    def update(
        self, bars: Sequence[tuple[str, float]], of: str = "", unit: str = "wins", mark: str | None = None
    ) -> None:
        """Show shares (0 to 1) by label, in order; `of` is whose they are, `mark` the label to point at."""
        self._bars, self._of, self._unit, self._mark = bars, of, unit, mark
        self.show()

    @property
    def drawable(self) -> bool:
        """True when something comes up."""
        return any(share > 0 for _, share in self._bars)

    def words(self) -> Sequence[str]:
        """The most frequent outcome, and those between which 80 of 100 lie."""
        if not self.drawable:
            return [self.EMPTY]
        label, share = max(self._bars, key=lambda bar: bar[1])
        low, high = middle([share for _, share in self._bars])
        whose = f"{self._of}: " if self._of else ""
        return [
            f"{whose}most often {label} {self._unit}, in {round(100 * share)} of 100",
            f"{self._bars[low][0]} to {self._bars[high][0]} in 80",
            *(["% above the columns"] if self.drawn else []),
        ]

    def draw(self, canvas: Canvas, inks: dict[str, str]) -> None:
        """As wide as there is room for, labels below, shares above where they fit."""
        from fantasy_tui.tui.pictures.paper import Paper

        shares = [share for _, share in self._bars]
        wide = min(canvas.size.width // len(shares), _WIDEST)
        if not wide:
            return
        rows = max(canvas.size.height - 2, 1)
        top = max(shares) * rows / max(rows - _HEADROOM, 1)
        paper = Paper(canvas, inks, (0.0, float(len(shares))), (0.0, top))
        gap = int(wide > 1)
        labels = []
        for number, (label, share) in enumerate(self._bars):
            start = number * wide
            centre = start + (wide - gap - 1) // 2
            marked = label == self._mark
            for column in range(start, start + wide - gap):
                paper.pillar(column, share, "mark" if marked else "first")
            # Above the column, however little of its highest cell is filled.
            over = paper.bottom - 1 - -(-round(paper.y.at(share) * 8) // 8)
            said = f"{100 * share:.0f}" if share >= 0.005 else ""
            room = max(wide - gap, 1)
            shown = said if not marked else f"▼{said}" if len(said) < room else "▼"
            if len(shown) <= room:
                paper.text(centre - (len(shown) - 1) // 2, over, shown, "mark" if marked else "axis")
            labels.append((centre, label))
        paper.axis([], "")
        paper.labels(paper.bottom + 1, [*labels, (paper.x.cells - 1, self._unit)])


def middle(shares: Sequence[float], tail: float = _TAIL) -> tuple[int, int]:
    """The first and last index between which all but a `tail` on either side lies; needs shares that sum to 1."""
    total = sum(shares)
    below = list(accumulate(shares))
    low = next(index for index, sum_ in enumerate(below) if sum_ > tail * total)
    high = next(index for index, sum_ in enumerate(below) if sum_ >= (1 - tail) * total)
    return low, max(low, high)
