"""The other matchups of a league's week as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.tui.league_words import chance
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.board import MatchupBoard, OtherMatchup

COLUMNS = (
    Column("one", "Team", 14, most=34),
    Column("points", "Pts", 5, right=True),
    Column("projected", "Proj", 5, right=True),
    Column("win", "Win", 4, right=True),
    Column("lost", "Win", 4, right=True),
    Column("their_points", "Pts", 5, right=True),
    Column("their_projected", "Proj", 5, right=True),
    Column("other", "Team", 14, most=34),
)


class OthersTable(RowTable):
    """A matchup a line; its key is the first team's roster."""

    def show(self, board: MatchupBoard) -> None:
        """Show the others of the board's league and week."""
        self.fill(COLUMNS, [(str(other.one.roster_id), other_row(other)) for other in board.others])


def other_row(matchup: OtherMatchup) -> Row:
    """A matchup as a line, who is ahead in bold."""
    win = matchup.win
    ahead = "" if win is None else "bold"
    one = ahead if win is not None and win > 0.5 else ""
    other = ahead if win is not None and win < 0.5 else ""
    return {
        "one": Cell(matchup.one.team_name, one),
        "points": Cell(_number(matchup.one.points), one),
        "projected": Cell(_number(matchup.one.projected), "$foreground-muted"),
        "win": Cell(chance(win), one),
        "lost": Cell(chance(None if win is None else 1 - win), other),
        "their_points": Cell(_number(matchup.other.points), other),
        "their_projected": Cell(_number(matchup.other.projected), "$foreground-muted"),
        "other": Cell(matchup.other.team_name, other),
    }


def _number(points: float | None) -> str:
    return "–" if points is None else f"{points:.1f}"
