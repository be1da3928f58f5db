"""The picture of a matchup's points: how often each total comes out, by draws."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from .draws import DRAWS, LEVELS, totals
from .matchup import Side

BAR = 5.0
"""League points that one bar of the picture is wide."""
_MOST_BARS = 120
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Both teams' final points: shares of all draws by bar, each team's adding up to 1."""

    edges: tuple[float, ...]
    """League points between which the bars stand; one more than there are bars."""
    mine: tuple[float, ...]
    theirs: tuple[float, ...] | None
    """None without an opponent."""
    mine_levels: tuple[float, ...]
    """Points at the quantiles `draws.LEVELS`: 10, 25, 50, 75 and 90 of 100."""
    theirs_levels: tuple[float, ...] | None
    draws: int


def shape(mine: Side, theirs: Side | None, draws: int = DRAWS) -> Shape:
    """Draw both line-ups' points so often; the same sides give the same picture."""
    own, other = totals(mine, theirs if theirs is not None else Side(0.0, ()), draws)
    both = np.concatenate((own, other)) if theirs is not None else own
    width = max(BAR, ceil(float(np.ptp(both)) / _MOST_BARS / BAR) * BAR)
    first, last = floor(float(both.min()) / width), floor(float(both.max()) / width) + 1
    edges = [width * bar for bar in range(first, last + 1)]
    return Shape(
        edges=tuple(edges),
        mine=_shares(own, edges),
        theirs=_shares(other, edges) if theirs is not None else None,
        mine_levels=_levels(own),
        theirs_levels=_levels(other) if theirs is not None else None,
        draws=len(own),
    )


def _shares(points: _Floats, edges: list[float]) -> tuple[float, ...]:
    counts, _ = np.histogram(points, edges)
    return tuple(float(count) / len(points) for count in counts)


def _levels(points: _Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in np.quantile(points, LEVELS))
