"""The weeks to come: who is on bye, what the best line-up is worth without them, which slots stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from fantasy_tui.tui.pictures.bars import bar
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.widgets.lineup_table import SLOTS
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.depth import ByeWeek, RosterDepth

_NAMES_FROM = 110
"""Columns from which those on bye are named in the table."""
_BAR = 20
_NAMES = 18
"""Cells of those on bye, at most."""
_LOST = "░"
_SHOWN = 0.05
"""Points that are shown as more than nothing."""
_DIM = "$foreground-muted"


class ByeTable(RowTable):
    """A line a week; `told` says in words what the one under the cursor is like."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._weeks: Mapping[str, ByeWeek] = {}

    def show(self, depth: RosterDepth, width: int) -> None:
        """Show a team's weeks in a terminal of this width."""
        self._weeks = {str(week.week): week for week in depth.byes}
        named = width >= _NAMES_FROM
        rows = [(key, _row(week, depth, named=named)) for key, week in self._weeks.items()]
        longest = {
            one.position: max(
                (cell_len(row[one.position].text) for _, row in rows if one.position in row), default=0
            )
            for one in depth.positions
        }
        top = _top(depth)
        columns = (
            Column("week", "Week", 4, right=True),
            *(Column(one, one, max(min(width, _NAMES), 3)) for one, width in longest.items()),
            Column("points", "Best", 5, right=True),
            Column("lost", "Lost", 5, right=True),
            Column("bar", f"of {top:.0f} points", _BAR, drop=1),
            Column("empty", "Empty", 10, most=24),
        )
        self.fill(columns, rows)

    @property
    def told(self) -> Content:
        """The week under the cursor in words."""
        week = self._weeks.get(self.chosen_key or "")
        if week is None:
            return plain("Nothing is known yet of the weeks to come.")
        out = [f"{position} {', '.join(names)}" for position, names in week.out.items()]
        said = [f"bye: {'; '.join(out)}" if out else "nobody who usually starts is on bye"]
        if not week.scheduled:
            said = ["its games are not known yet"]
        if week.points is not None:
            lost = f", {week.lost:.1f} less than without byes" if (week.lost or 0) >= _SHOWN else ""
            said.append(f"best line-up {week.points:.1f} points{lost}")
        said.append(f"nobody for {_slots(week)}" if week.empty else "every slot can be filled")
        return Content.assemble((f"Week {week.week}: ", "bold"), plain(" · ".join(said)))


def _full(week: ByeWeek) -> float:
    """Points of the line-up if nobody were on bye."""
    return (week.points or 0.0) + (week.lost or 0.0)


def _top(depth: RosterDepth) -> float:
    return max((_full(week) for week in depth.byes), default=0.0)


def _row(week: ByeWeek, depth: RosterDepth, *, named: bool) -> Row:
    lost = week.lost or 0.0
    points = "–" if week.points is None else f"{week.points:.1f}"
    return {
        "week": Cell(str(week.week), "bold" if week.week == depth.week else ""),
        **{position: Cell(_out(names, named=named), "$text-warning") for position, names in week.out.items()},
        "points": Cell(points, "bold"),
        "lost": Cell(f"-{lost:.1f}" if lost >= _SHOWN else "", "$text-error"),
        "bar": Cell(_bar(week, _top(depth)), "$text-primary"),
        "empty": Cell(
            _slots(week) if week.scheduled else "not known yet", "bold $text-error" if week.empty else _DIM
        ),
    }


def _out(names: tuple[str, ...], *, named: bool) -> str:
    """How many are out, and who: last names where there is room."""
    if not named:
        return str(len(names))
    return ", ".join(cut(name, 40).rpartition(" ")[2] for name in names)


def _bar(week: ByeWeek, top: float) -> str:
    """Points of the fullest line-up of all weeks: blocks for what is left, shades for what byes take."""
    if week.points is None or top <= 0:
        return ""
    left = bar(week.points / top, _BAR).rstrip()
    return left + _LOST * max(round(_full(week) / top * _BAR) - len(left), 0)


def _slots(week: ByeWeek) -> str:
    return ", ".join(SLOTS.get(slot, slot) for slot in week.empty)
