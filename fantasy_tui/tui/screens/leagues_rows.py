"""The leagues' table: its columns, and a league as a line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fantasy_tui.tui.league_words import chance, record
from fantasy_tui.tui.times import age
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row

if TYPE_CHECKING:
    from fantasy_tui.browse import LeagueOutlook
    from fantasy_tui.crud.overview import LeagueSummary

COLUMNS = (
    Column("name", "League", 14, most=34),
    Column("season", "Season", 6, drop=4),
    Column("status", "Status", 11, drop=5),
    Column("record", "Record", 6),
    Column("rank", "Place", 5),
    Column("for", "PF", 6, drop=6, right=True),
    Column("against", "PA", 6, drop=7, right=True),
    Column("opponent", "This week", 12, most=30),
    Column("points", "Points", 11, drop=3),
    Column("win", "Win", 4, right=True),
    Column("playoffs", "Playoffs", 8, right=True),
    Column("waiting", "Waiting", 7, right=True),
    Column("age", "Age", 5, drop=2, right=True),
)
_LEFT = "(left)"
_AWAITED = "…"


def league_row(league: LeagueSummary, outlook: LeagueOutlook | None, now: datetime) -> Row:
    """A league as a line; what does not apply is a dash, what is being worked out `…`, a league left says so."""
    style = "$foreground-muted" if league.left else ""
    has_team = league.my_roster_id is not None
    opponent = f"v {league.opponent}" if league.opponent else ("bye" if league.week and has_team else "–")
    texts = {
        "name": f"{_LEFT} {league.name}" if league.left else league.name,
        "season": league.season,
        "status": (league.status or "–").replace("_", " "),
        "record": record(league.wins, league.losses, league.ties) if has_team else "–",
        "rank": f"{league.rank}/{league.total_rosters or '?'}" if league.rank else "–",
        "for": f"{league.points_for:.1f}" if has_team else "–",
        "against": f"{league.points_against:.1f}" if has_team else "–",
        "opponent": "–" if league.left else opponent,
        **_outlook(league, outlook),
        "waiting": str(league.waiting) if league.waiting else "–",
        "age": age(league.synced_at, now) if league.synced_at is not None else "never",
    }
    row = {key: Cell(text, style) for key, text in texts.items()}
    if league.waiting:
        row["waiting"] = Cell(texts["waiting"], "bold $text-warning")
    return row


def _outlook(league: LeagueSummary, outlook: LeagueOutlook | None) -> dict[str, str]:
    """Points so far, the chance to win this week and the one to make the playoffs."""
    if outlook is None:
        awaited = league.week is not None and not league.left and league.my_roster_id is not None
        return dict.fromkeys(("points", "win", "playoffs"), _AWAITED if awaited else "–")
    board, odds = outlook.board, outlook.odds
    theirs = board.theirs if board is not None else None
    return {
        "points": f"{_points(board.mine.points)}:{_points(theirs.points)}" if board and theirs else "–",
        "win": chance(board.win if board is not None else None),
        "playoffs": chance(odds.playoffs if odds is not None else None),
    }


def _points(points: float | None) -> str:
    return "–" if points is None else f"{points:.1f}"
