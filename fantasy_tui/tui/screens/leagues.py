"""All leagues of the user at a glance, and how the week and the season look in one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import LEAGUES
from fantasy_tui.tui.league_words import about_league, no_leagues
from fantasy_tui.tui.matchup_words import kickoffs
from fantasy_tui.tui.pictures.histogram import Histogram
from fantasy_tui.tui.pictures.win import WinCurve
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.leagues_rows import COLUMNS, league_row
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.scoreboard import Scoreboard
from fantasy_tui.tui.widgets.scrolling import Pane
from fantasy_tui.tui.widgets.season import wins
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.browse import LeagueOutlook
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.workspace import Workspace

TALL = 34
"""Lines from which the pictures have room."""
_TICK = 15.0
_HOLDS = timedelta(seconds=30)
"""Sleeper has new points once a minute at most."""


class LeaguesScreen(AppScreen):
    """The leagues; enter opens one. What takes a while to work out is filled in league by league."""

    CSS_PATH = "leagues.tcss"
    HEADING = "Leagues"
    AUTO_FOCUS = "#leagues"
    BINDINGS: ClassVar[list[BindingType]] = [*LEAGUES.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self._leagues: dict[str, LeagueSummary] = {}
        self._outlooks: dict[str, LeagueOutlook] = {}
        self._worked_out: dict[str, tuple[LeagueSummary, datetime]] = {}
        """From what, and when."""

    def content(self) -> ComposeResult:
        """The table, all about the league under the cursor, and what to do while there is none."""
        yield RowTable(id="leagues")
        with Pane(id="about"):
            yield Static(id="title")
            yield Scoreboard()
            yield Static(id="told")
            with Container(id="pictures"):
                yield WinCurve()
                yield Histogram()
        with Container(id="foot"):
            yield Waiting()
            yield Static(plain(no_leagues()), id="empty")

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(_TICK, self._show)

    def on_resize(self, event: events.Resize) -> None:
        """Pictures where there is room for them."""
        self.set_class(event.size.height >= TALL, "-tall")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the leagues, then what their weeks and seasons look like."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        self._leagues = {league.league_id: league for league in leagues}
        self._show()
        with self.query_one(Waiting).saying("working out the odds"):
            for league in leagues:
                if league.week is not None and not league.left and not self._holds(league):
                    found = await workspace.browse.outlook(league.league_id)
                    self._outlooks[league.league_id] = found
                    self._worked_out[league.league_id] = (league, utcnow())
                    self._show()

    def _holds(self, league: LeagueSummary) -> bool:
        """True while what was worked out about a league is fresh: nothing has come in since, points apart."""
        before, at = self._worked_out.get(league.league_id, (None, None))
        return before == league and at is not None and utcnow() - at < _HOLDS

    def _show(self) -> None:
        self.set_class(not self._leagues, "-empty")
        now = utcnow()
        self.query_one(RowTable).fill(
            COLUMNS,
            [(key, league_row(one, self._outlooks.get(key), now)) for key, one in self._leagues.items()],
        )
        self._tell()

    @property
    def chosen(self) -> LeagueSummary | None:
        """The league under the cursor."""
        key = self.query_one(RowTable).chosen_key
        # A table that has not been laid out yet has no cursor: its first row will have it.
        return self._leagues.get(key) if key is not None else next(iter(self._leagues.values()), None)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self.chosen.league_id if self.chosen is not None else None

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        league = self.chosen
        if league is None:
            return
        outlook = self._outlooks.get(league.league_id)
        board = outlook.board if outlook is not None else None
        title, *told = about_league(league, outlook, utcnow())
        self.query_one("#title", Static).update(title)
        self.query_one(Scoreboard).board = board
        self.query_one(Scoreboard).display = board is not None
        self.query_one("#told", Static).update(Content("\n").join(told))
        self._picture(outlook)

    def _picture(self, outlook: LeagueOutlook | None) -> None:
        """How the chance to win moved, and how often the season ends with how many wins."""
        board = outlook.board if outlook is not None else None
        curve, ends = self.query_one(WinCurve), self.query_one(Histogram)
        curve.display = board is not None and board.win is not None
        if board is not None:
            curve.update([(one.at, one.win) for one in board.curve], kickoffs(board))
        mine = outlook.mine if outlook is not None else None
        ends.display = mine is not None and mine.odds is not None
        if mine is not None:
            ends.update(*wins(mine))

    @on(RowTable.RowSelected)
    def _open(self, event: RowTable.RowSelected) -> None:
        self.fantasy.go.league(event.key)

    def action_mine(self) -> None:
        """Open the user's own team in the league under the cursor."""
        if self.league_id is not None:
            self.fantasy.go.roster(self.league_id)

    def action_matchup(self) -> None:
        """Open this week's matchup in the league under the cursor."""
        if self.league_id is not None:
            self.fantasy.go.matchup(self.league_id)
