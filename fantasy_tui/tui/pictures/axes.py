"""Where things stand on an axis: positions, round numbers, and labels that do not touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """From a range of values to so many cells; a range of nothing is widened to one around its value."""

    low: float
    high: float
    cells: int

    def at(self, value: float) -> float:
        """The distance from the first edge in cells, 0 to `cells`; values beyond the range stand at its ends."""
        low, high = (self.low, self.high) if self.high > self.low else (self.low - 0.5, self.low + 0.5)
        return min(max((value - low) / (high - low), 0.0), 1.0) * self.cells

    def cell(self, value: float) -> int:
        """The cell that a value falls into, 0 to `cells` - 1."""
        return min(floor(self.at(value)), max(self.cells - 1, 0))

    def value(self, cell: float) -> float:
        """The value so many cells from the first edge."""
        return self.low + (self.high - self.low) * cell / self.cells if self.cells else self.low


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers (steps of 1, 2 or 5 times a power of ten) within the range."""
    if most < 1 or not (isfinite(low) and isfinite(high)) or high <= low:
        return []
    power = 10.0 ** floor(log10((high - low) / most))
    for step in (factor * power for factor in (*_STEPS, 20.0, 50.0)):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first < most:
            return [number * step for number in range(first, last + 1)]
    return []


def spaced(labels: Iterable[tuple[int, str]], width: int) -> str:
    """Labels centred on their cells in a row of exactly `width`; one that would touch an earlier one is left out.

    The most important label comes first.
    """
    row = [" "] * width
    for cell, text in labels:
        start = min(max(cell - (len(text) - 1) // 2, 0), width - len(text))
        around = row[max(start - 1, 0) : start + len(text) + 1]
        if text and start >= 0 and not any(mark.strip() for mark in around):
            row[start : start + len(text)] = text
    return "".join(row)
