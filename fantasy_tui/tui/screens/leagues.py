"""All leagues of the user at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("name", "League", 14, most=34),
    Column("season", "Season", 6, drop=2),
    Column("status", "Status", 11, drop=3),
    Column("record", "Record", 7),
    Column("rank", "Rank", 5),
    Column("for", "PF", 7, right=True),
    Column("against", "PA", 7, drop=4, right=True),
    Column("opponent", "This week", 12, most=30),
    Column("waiting", "Waiting", 7, right=True),
)
NO_LEAGUES = "No leagues are stored yet. Press r to sync with Sleeper."
_LEFT = " (left)"


def record(wins: int, losses: int, ties: int) -> str:
    """Wins and losses, and ties where there are any: "6-3", "6-2-1"."""
    return f"{wins}-{losses}-{ties}" if ties else f"{wins}-{losses}"


def league_row(league: LeagueSummary) -> Row:
    """A league as a line; what does not apply is a dash, a league left is dim and says so."""
    style = "dim" if league.left else ""
    has_team = league.my_roster_id is not None
    opponent = f"v {league.opponent}" if league.opponent else ("bye" if league.week and has_team else "–")
    texts = {
        "name": f"{_LEFT.strip()} {league.name}" if league.left else league.name,
        "season": league.season,
        "status": (league.status or "–").replace("_", " "),
        "record": record(league.wins, league.losses, league.ties) if has_team else "–",
        "rank": f"{league.rank}/{league.total_rosters or '?'}" if league.rank else "–",
        "for": f"{league.points_for:.1f}" if has_team else "–",
        "against": f"{league.points_against:.1f}" if has_team else "–",
        "opponent": "–" if league.left else opponent,
        "waiting": str(league.waiting) if league.waiting else "–",
    }
    row = {key: Cell(text, style) for key, text in texts.items()}
    if league.waiting:
        row["waiting"] = Cell(texts["waiting"], "bold $text-warning")
    return row


class LeaguesScreen(AppScreen):
    """The leagues; enter opens the team in one."""

    CSS_PATH = "leagues.tcss"
    HEADING = "Leagues"

    def content(self) -> ComposeResult:
        """The table, and what to do while it is empty."""
        yield RowTable(id="leagues")
        yield Static(plain(NO_LEAGUES), id="empty", classes="empty")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the leagues."""
        leagues = await workspace.leagues() if workspace.user is not None else []
        self.set_class(not leagues, "-empty")
        self.query_one(RowTable).fill(COLUMNS, [(league.league_id, league_row(league)) for league in leagues])

    @on(RowTable.RowSelected)
    def _open(self, event: RowTable.RowSelected) -> None:
        if event.row_key.value is not None:
            self.fantasy.open_roster(event.row_key.value)
