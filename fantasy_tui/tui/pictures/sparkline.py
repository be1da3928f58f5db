"""Weekly points in a row of blocks, one cell a week."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

BLOCKS: Final = "▁▂▃▄▅▆▇█"


class Gap(Enum):
    """A week without points that is no 0."""

    BYE = "·"
    MISSED = "–"


LEGEND: Final = (
    f"{BLOCKS[0]}{BLOCKS[3]}{BLOCKS[-1]} points  {Gap.BYE.value} bye  {Gap.MISSED.value} did not play"
)


def sparkline(values: Sequence[float | Gap | None], top: float | None = None) -> str:
    """One cell a value, from the lowest block for 0 or less to a full one for `top` (none: the largest value).

    A bye is `·`, a game missed `–`, and a week that nothing is known of (none) a space.
    """
    points = [value for value in values if isinstance(value, int | float)]
    full = max(points, default=0.0) if top is None else top
    return "".join(
        " " if value is None else value.value if isinstance(value, Gap) else block(value, 0.0, full)
        for value in values
    )


def block(value: float, low: float, high: float) -> str:
    """The block, of eight heights, for a value between `low` and `high`; those beyond count as the ends."""
    if high <= low:
        return BLOCKS[0]
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return BLOCKS[min(int(share * len(BLOCKS)), len(BLOCKS) - 1)]
