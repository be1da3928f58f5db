"""A matchup in words: which it is, how far it is, what its numbers do not know; and its pictures' parts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.football import seat as states
from fantasy_tui.football.density import density_of_bars
from fantasy_tui.tui.pictures.points import Points
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.times import local, until
from fantasy_tui.tui.widgets.duel_rows import ASSUMED

if TYPE_CHECKING:
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.football.board import Lineup, MatchupBoard
    from fantasy_tui.football.shape import Shape

_LEAST_NAME = 12
_DIM = "$foreground-muted"
_PHASES = {
    "before": "not begun",
    "live": "● live",
    "between": "between games",
    states.OVER: "final",
    states.UNKNOWN: "no kickoffs known",
}
_STALE = "The inputs are old for a game day: the chance is drawn towards even."
_BEST_BALL = "Best ball: Sleeper sets the line-up; shown is the one that would count as things stand."
_FORESEEN = "A week ahead is as foreseen today: health, line-ups and projections will change."
_ASSUMED = f"{ASSUMED} is not set in the line-up, but expected to come in for who will not play."


def place(board: MatchupBoard, now: datetime, width: int) -> Content:
    """ "League › week 10 · between games · next Sun 18:00 (1h50)" in `width` cells."""
    phase, kickoff = _PHASES.get(board.phase, board.phase), board.next_kickoff
    ahead = f" · next {local(kickoff)} ({until(kickoff, now)})" if kickoff and kickoff > now else ""
    rest = Content.assemble(
        (" › ", _DIM),
        (f"week {board.week}", "bold"),
        (f" · {phase}", "bold $text-success" if board.phase == "live" else ""),
        (ahead, _DIM),
    )
    return plain(board.name, max(width - rest.cell_length, _LEAST_NAME)) + rest


def notes(board: MatchupBoard, league: LeagueSummary) -> list[str]:
    """What one has to know to read the board right; sentences."""
    told = [_BEST_BALL] if board.best_ball else []
    told += [_FORESEEN] if league.week is not None and board.week > league.week else []
    if league.my_roster_id is None:
        told.append("You have no team in this league: another team's matchup is shown.")
    seats = (*board.mine.starters, *(board.theirs.starters if board.theirs is not None else ()))
    told += [_ASSUMED] if any(seat.assumed for seat in seats) else []
    told += [_STALE] if board.stale else []
    # That there is no opponent stands where the chance to win would be.
    return [*told, *(one for one in board.lacks if board.theirs is not None or "opponent" not in one)]


def kickoffs(board: MatchupBoard) -> list[datetime]:
    """The kickoffs of both line-ups."""
    seats = (*board.mine.starters, *(board.theirs.starters if board.theirs is not None else ()))
    return sorted({seat.kickoff for seat in seats if seat.kickoff is not None})


def sides(board: MatchupBoard) -> tuple[Points | None, Points | None]:
    """Both teams' final points, as they are drawn."""
    shape = board.shape
    if shape is None:
        return None, None
    mine = _points(board.mine, shape, shape.mine, shape.mine_levels)
    if board.theirs is None or shape.theirs is None or shape.theirs_levels is None:
        return mine, None
    return mine, _points(board.theirs, shape, shape.theirs, shape.theirs_levels)


def _points(
    lineup: Lineup, shape: Shape, shares: tuple[float, ...], levels: tuple[float, ...]
) -> Points | None:
    if lineup.projected is None:
        return None
    curve = density_of_bars(shape.edges, shares, lineup.projected, levels[0], levels[-1])
    return Points(lineup.team_name, curve)
