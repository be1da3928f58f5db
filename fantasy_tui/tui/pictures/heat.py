"""A row of weeks, each with its points in figures and a block for how much that is; readable without colour."""

from collections.abc import Sequence
from typing import Final

from fantasy_tui.tui.pictures.sparkline import Gap, block
from fantasy_tui.tui.text import fit

CELL: Final = 6
"""Cells a week takes."""


def heat_head(weeks: Sequence[int], label_width: int = 0) -> str:
    """The line above the rows: `wk` and each week's number, right above its points."""
    return f"{'wk':<{label_width}}"[:label_width] + "".join(f"{week:>{CELL - 1}} " for week in weeks)


def heat_row(
    values: Sequence[float | Gap | None], *, low: float, high: float, label: str = "", label_width: int = 0
) -> str:
    """`label` cut to `label_width`, then for each value its rounded points and a block between `low` and `high`.

    A bye is said in words, a game missed is `–`, what is not known is left out.
    """
    return fit(label, label_width) + "".join(_cell(value, low, high) for value in values)


def _cell(value: float | Gap | None, low: float, high: float) -> str:
    if value is None:
        return " " * CELL
    if isinstance(value, Gap):
        return f"{'bye' if value is Gap.BYE else value.value:>{CELL - 1}} "
    return f"{round(value):>{CELL - 1}d}{block(value, low, high)}"
