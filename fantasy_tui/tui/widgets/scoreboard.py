"""Who plays whom, what both have and expect, and the chance to win, in three lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from fantasy_tui.football import seat as states
from fantasy_tui.tui.league_words import record
from fantasy_tui.tui.pictures.bars import bar, percent
from fantasy_tui.tui.text import cut

if TYPE_CHECKING:
    from fantasy_tui.football.board import Lineup, MatchupBoard

WIDE = 96
"""Cells from which words are written out."""
_DIM = "$foreground-muted"
_CHANCE = 5


class Scoreboard(Widget):
    """The user's own team, or the one looked at, on the left."""

    DEFAULT_CSS = """
    Scoreboard { height: 3; width: 1fr; padding: 0 1; color: $foreground; }
    """

    board: reactive[MatchupBoard | None] = reactive(None)

    def render(self) -> RenderResult:
        """Names, points, chance."""
        return (
            Content("\n").join(self.lines(self.board, self.content_size.width)) if self.board else Content()
        )

    @staticmethod
    def lines(board: MatchupBoard, width: int) -> list[Content]:
        """The three lines, each of at most `width` cells."""
        room, short = max(width // 2 - 1, 0), width < WIDE
        scores = (_score(board.mine, short=short), _score(board.theirs, mirrored=True, short=short))
        return [
            _across(_name(board.mine, room), _name(board.theirs, room), width),
            _across(*scores, width),
            chance(board, width),
        ]


def _across(left: Content, right: Content, width: int) -> Content:
    """One at either end; what comes too close to the right one is cut, and that one only where it fills the line."""
    right = right.truncate(width, ellipsis=True)
    left = left.truncate(max(width - right.cell_length - 1, 0), ellipsis=True)
    return left + Content(" " * (width - left.cell_length - right.cell_length)) + right


def _name(lineup: Lineup | None, width: int) -> Content:
    if lineup is None:
        return Content.styled("no opponent", _DIM)
    mine, stands = " (mine)" if lineup.mine else "", f" {record(*lineup.record)}"
    name = cut(lineup.team_name, width - cell_len(mine) - cell_len(stands))
    return Content.assemble((name, "bold"), (mine, "$text-success"), (stands, _DIM))


def _score(lineup: Lineup | None, *, mirrored: bool = False, short: bool) -> Content:
    """Points so far, points expected at the end, and how many have still to play."""
    if lineup is None:
        return Content()
    word = "proj" if short else "projected"
    points = Content.styled("–" if lineup.points is None else f"{lineup.points:.1f}", "bold $text-accent")
    expected = "nothing projected" if lineup.projected is None else f"{lineup.projected:.1f} {word}"
    parts = [
        points,
        *([] if lineup.done else [Content(expected)]),
        Content.styled(_left(lineup, short=short), _DIM),
    ]
    return Content.styled(" · ", _DIM).join(reversed(parts) if mirrored else parts)


def _left(lineup: Lineup, *, short: bool) -> str:
    counts = (
        (lineup.playing, "on" if short else "playing"),
        (lineup.to_play, "left" if short else "to play"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "all played"


def chance(board: MatchupBoard, width: int) -> Content:
    """A bar between both chances; once all is over, by how much it was won; a sentence where there is none."""
    theirs = board.theirs
    if theirs is None or board.win is None:
        return Content.styled(cut(_none(board), width), _DIM)
    if board.phase == states.OVER and board.mine.points is not None and theirs.points is not None:
        ahead = board.mine.points - theirs.points
        won = "Tied" if not ahead else f"{'Won' if ahead > 0 else 'Lost'} by {abs(ahead):.1f}"
        return Content.styled(won, "bold $text-success" if ahead > 0 else "bold")
    left, right = f"{percent(board.win):<{_CHANCE}}", f"{percent(1 - board.win):>{_CHANCE}}"
    room = max(width - len(left) - len(right), 0)
    filled = bar(board.win, room).rstrip()
    return Content.assemble(
        (left, "bold"), (filled, "$text-success"), ("─" * (room - len(filled)), _DIM), (right, "bold")
    )


def _none(board: MatchupBoard) -> str:
    if board.theirs is None:
        return f"No opponent is known for week {board.week}."
    return "Nothing is projected for either side yet, so there is no chance to win to tell."
