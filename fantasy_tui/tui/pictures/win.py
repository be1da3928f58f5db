"""The chance to win a matchup over its week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fantasy_tui.tui.pictures.bars import percent
from fantasy_tui.tui.pictures.picture import Picture
from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.tui.pictures.paper import Canvas

_ONE_WINDOW = timedelta(minutes=45)
"""Kickoffs no further apart than this are one window."""
_LABEL = 5
_SIDES = tuple((chance, percent(chance).strip()) for chance in (1.0, 0.5, 0.0))


class WinCurve(Picture):
    """A line from 0 to 100 %, a dashed one at 50 %, a dotted one down at each kickoff window."""

    EMPTY = "No chance to win has been worked out this week yet; it is drawn from the second one on."

    _points: Sequence[tuple[datetime, float]] = ()
    _kickoffs: Sequence[datetime] = ()

    def update(self, points: Sequence[tuple[datetime, float]], kickoffs: Sequence[datetime] = ()) -> None:
        """Show chances (0 to 1) at aware instants; kickoffs close to each other are one window."""
        self._points = sorted(points)
        self._kickoffs = windows(kickoffs)
        self.show()

    @property
    def drawable(self) -> bool:
        """True from two instants on."""
        return len({at for at, _ in self._points}) > 1

    def words(self) -> Sequence[str]:
        """The last chance with its instant, then the first and the extremes."""
        if not self._points:
            return [self.EMPTY]
        at, last = self._points[-1]
        said = [f"Win {_percent(last)} at {local(at)}"]
        if self.drawable:
            chances = [chance for _, chance in self._points]
            began, first = self._points[0]
            said += [
                *(["┊ kickoffs"] if self._kickoffs else []),
                f"{_percent(first)} at {local(began)}",
                f"between {_percent(min(chances))} and {_percent(max(chances))}",
            ]
        return said

    def draw(self, canvas: Canvas, inks: dict[str, str]) -> None:
        """The curve, its last value written at its end."""
        from fantasy_tui.tui.pictures.paper import Paper

        points = [(at.timestamp(), chance) for at, chance in self._points]
        shown = [at for at in self._kickoffs if points[0][0] <= at.timestamp() <= points[-1][0]]
        span = (points[0][0], points[-1][0])
        paper = Paper(canvas, inks, span, (0.0, 1.0), left=_LABEL, right=_LABEL)
        paper.across(0.5)
        for at in shown:
            paper.down(at.timestamp())
        labels = [*shown, self._points[-1][0], self._points[0][0]]
        paper.axis([(at.timestamp(), local(at)) for at in labels])
        paper.side(_SIDES)
        paper.line(points, "first")
        last = points[-1][1]
        column = paper.left + paper.x.cells
        paper.text(column - 1, paper.row(last), f"●{_percent(last)}", "mark")


def windows(kickoffs: Sequence[datetime]) -> list[datetime]:
    """The first kickoff of each window, in order."""
    found: list[datetime] = []
    last: datetime | None = None
    for at in sorted(kickoffs):
        if last is None or at - last > _ONE_WINDOW:
            found.append(at)
        last = at
    return found


def _percent(chance: float) -> str:
    return percent(chance).strip()
