"""What a higher bid buys: the chance that each wins the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fantasy_tui.tui.pictures.bars import bar, percent
from fantasy_tui.tui.pictures.rows import Line, Rows

_LEAST_BAR = 4
_MARK = "▸"


@dataclass(frozen=True, slots=True)
class Rung:
    """A bid in dollars and the chance, 0 to 1, that it wins."""

    bid: int
    chance: float


class BidLadder(Rows):
    """A row a bid, the advised one marked by `▸`."""

    EMPTY = "No bid to weigh: this league has no bidding, or the player can be added at once."

    _rungs: Sequence[Rung] = ()
    _advised: int | None = None

    def update(self, rungs: Sequence[Rung], advised: int | None = None) -> None:
        """Show the bids in this order."""
        self._rungs, self._advised = rungs, advised
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Line]:
        """A row a bid."""
        texts = ladder(self._rungs, width, self._advised)
        return [
            Line(text, "bold" if rung.bid == self._advised else "")
            for rung, text in zip(self._rungs, texts, strict=True)
        ]


def ladder(rungs: Sequence[Rung], width: int, advised: int | None = None) -> list[str]:
    """A row a bid, of at most `width` cells: `▸ $12 ██████▌    45 %`; without room for a bar the numbers alone."""
    digits = max((len(str(rung.bid)) for rung in rungs), default=1)
    size = width - digits - 9
    rows = []
    for rung in rungs:
        mark = _MARK if rung.bid == advised else " "
        steps = f" {bar(rung.chance, size)}" if size >= _LEAST_BAR else ""
        rows.append(f"{mark} ${rung.bid:<{digits}}{steps} {percent(rung.chance)}"[:width].rstrip())
    return rows
