"""A seat of a line-up in words: whom he plays, and how far his game is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.football import seat as states
from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.football.seat import Seat


def when(seat: Seat) -> str:
    """The state of his game: when it begins, that it is on or over, or why there is none."""
    if seat.state == states.AHEAD and seat.kickoff is not None:
        return f"{seat.kickoff.astimezone():%a} ?" if seat.kickoff_assumed else local(seat.kickoff)
    words = {states.PLAYING: "● playing", states.OVER: "over", states.BYE: "BYE", states.UNKNOWN: "no game"}
    return words.get(seat.state, "")


def against(seat: Seat) -> str:
    """Whom he plays: "v DAL", "at PHI"; a dash for nobody."""
    return f"{'v' if seat.at_home else 'at'} {seat.opponent}" if seat.opponent else "–"
