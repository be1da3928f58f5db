"""A league's season odds: who makes the playoffs and who wins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size

from fantasy_tui.tui.pictures.bars import bar, percent
from fantasy_tui.tui.pictures.rows import Line, Rows
from fantasy_tui.tui.text import fit

_NUMBER = 4
_LEAST_BAR = 4
_LEAST_NAME, _MOST_NAME = 8, 24
_MINE = "▸"


@dataclass(frozen=True, slots=True)
class TeamChance:
    """A team's chances, 0 to 1, to make the playoffs and to win the title."""

    name: str
    playoffs: float
    title: float
    mine: bool = False


class SeasonOdds(Rows):
    """A row a team: two bars with their numbers, the user's own team marked by `▸`."""

    EMPTY = "No odds: the league has no playoffs ahead, or they have begun."

    _teams: Sequence[TeamChance] = ()

    def update(self, teams: Sequence[TeamChance]) -> None:
        """Show the teams in this order."""
        self._teams = teams
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Line]:
        """A head and a row a team."""
        return season_lines(self._teams, width)


def season_lines(teams: Sequence[TeamChance], width: int) -> list[Line]:
    """Rows of at most `width` cells; where bars do not fit beside a name the numbers stand alone."""
    if not teams:
        return []
    name, size = _shares(width)
    head = "  " + fit("Team", name) + _head("Playoffs", size) + _head("Title", size)
    rows = [Line(set_cell_size(head, width).rstrip(), "$foreground-muted")]
    for team in teams:
        marked = f"{_MINE} " if team.mine else "  "
        text = marked + fit(team.name, name) + _side(team.playoffs, size) + _side(team.title, size)
        rows.append(Line(set_cell_size(text, width).rstrip(), "bold" if team.mine else ""))
    return rows


def _shares(width: int) -> tuple[int, int]:
    """Cells for the name and for each bar."""
    fixed = 2 + 2 * (_NUMBER + 1)
    name = min(max((width - fixed) // 3, _LEAST_NAME), _MOST_NAME)
    size = (width - fixed - name) // 2 - 1
    return name, size if size >= _LEAST_BAR else 0


def _head(title: str, size: int) -> str:
    return " " + (title.ljust(size + 1 + _NUMBER) if size else fit(title, _NUMBER))


def _side(chance: float, size: int) -> str:
    return f" {bar(chance, size)} {percent(chance)}" if size else f" {percent(chance)}"
