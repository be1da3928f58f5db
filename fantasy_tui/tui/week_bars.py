"""A player's season as columns of blocks, a week each: what he scored, what he missed, what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from fantasy_tui.football.player_card import BYE, MISSED, PLAYING
from fantasy_tui.tui.pictures.sparkline import BLOCKS, Gap
from fantasy_tui.tui.text import cut

if TYPE_CHECKING:
    from fantasy_tui.football.player_card import WeekLine

LEGEND: Final = f"█ scored ░ expected {Gap.MISSED.value} missed * game on"
_LEAST, _MOST = 4, 7
"""Cells a week takes, one of them a gap."""
_WITH_OPPONENT, _WITH_DECIMALS = 5, 6
_DIM = "$foreground-muted"
_EXPECTED = "░"


def week_bars(
    weeks: Sequence[WeekLine], room: int, height: int, expected: Mapping[int, float] | None = None
) -> Iterator[Content]:
    """Bars of `height` lines, points and weeks below them; in several blocks where the width asks for it.

    `expected` has points of weeks still ahead, which are drawn lighter.
    """
    ahead = expected or {}
    known = [line.points for line in weeks if line.points is not None]
    top = max(*known, *ahead.values(), 1.0) if known or ahead else 1.0
    cells = min(max(room // max(len(weeks), 1), _LEAST), _MOST)
    at_once = max(room // cells, 1)
    for first in range(0, len(weeks), at_once):
        yield from _block(weeks[first : first + at_once], cells, height, top, ahead)


def _block(
    weeks: Sequence[WeekLine], cells: int, height: int, top: float, ahead: Mapping[int, float]
) -> Iterator[Content]:
    for level in reversed(range(height)):
        parts = []
        for line in weeks:
            points = line.points if line.points is not None else ahead.get(line.week)
            lighter = line.points is None
            parts.append(
                (_bar(points, top, level, height, lighter, cells), _DIM if lighter else "$text-primary")
            )
        yield Content.assemble(*parts)
    yield Content.assemble(*(_right(_told(line, cells, ahead), cells, "") for line in weeks))
    yield Content.assemble(*(_right(str(line.week), cells, _DIM) for line in weeks))
    if cells >= _WITH_OPPONENT and any(line.opponent for line in weeks):
        yield Content.assemble(*(_right(_opponent(line), cells, _DIM) for line in weeks))


def _bar(points: float | None, top: float, level: int, height: int, lighter: bool, cells: int) -> str:
    """One week's part of a line of bars: eighths of a cell, shades where it is only expected."""
    if points is None:
        return " " * cells
    eighths = max(round(min(max(points, 0.0) / top, 1.0) * height * 8), 1) - 8 * level
    if eighths <= 0:
        return " " * cells
    block = _EXPECTED if lighter else BLOCKS[min(eighths, 8) - 1]
    return " " + block * (cells - 1)


def _right(text: str, cells: int, style: str) -> tuple[str, str]:
    return text.rjust(cells), style


def _told(line: WeekLine, cells: int, ahead: Mapping[int, float]) -> str:
    if line.state == BYE:
        return "bye"
    if line.state == MISSED:
        return Gap.MISSED.value
    if line.points is None:
        return f"~{ahead[line.week]:.0f}" if line.week in ahead else ""
    points = f"{line.points:.1f}" if cells >= _WITH_DECIMALS else f"{line.points:.0f}"
    return points + "*" * (line.state == PLAYING)


def _opponent(line: WeekLine) -> str:
    if line.opponent is None:
        return ""
    return cut(line.opponent if line.at_home else f"@{line.opponent}", _MOST - 1)
