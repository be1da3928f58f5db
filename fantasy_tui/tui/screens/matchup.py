"""A week's matchup: both line-ups slot by slot, the chance to win and how it moved, the league's other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.football.weeks import LAST_WEEK
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import MATCHUP
from fantasy_tui.tui.league_words import no_leagues
from fantasy_tui.tui.matchup_words import kickoffs, notes, place, sides
from fantasy_tui.tui.pictures.points import PointsDistribution
from fantasy_tui.tui.pictures.win import WinCurve
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.widgets.duel import Duel
from fantasy_tui.tui.widgets.others_table import OthersTable
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.scoreboard import Scoreboard
from fantasy_tui.tui.widgets.scrolling import Reading
from fantasy_tui.tui.widgets.views import Views
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.football.board import MatchupBoard
    from fantasy_tui.workspace import Workspace

BROAD = 170
"""Columns from which the pictures have room beside the line-ups."""
TALL = 36
"""Lines from which they have it below them."""
_WIDE = 100
_PICTURES = 10
_NAME = 40
_TICK = 15.0
_UNDRAFTED = ("pre_draft", "drafting")
VIEWS = {"duel": "Line-ups", "chances": "Chances", "others": "Other matchups"}


class MatchupScreen(AppScreen):
    """One team's matchup; the keys lead to other weeks, teams and leagues."""

    CSS_PATH = "matchup.tcss"
    HEADING = "Matchup"
    AUTO_FOCUS = "#duel"
    BINDINGS: ClassVar[list[BindingType]] = MATCHUP.bindings

    def __init__(self) -> None:
        super().__init__()
        self._leagues: dict[str, LeagueSummary] = {}
        self._teams: list[int] = []
        self._league_id: str | None = None
        self._week: int | None = None
        self._roster_id: int | None = None
        self._board: MatchupBoard | None = None

    def content(self) -> ComposeResult:
        """Where one is, the score, the three views, and what the numbers rest on."""
        yield Static(id="place", classes="line")
        yield Scoreboard()
        yield Views(VIEWS)
        with Container(id="desk"):
            yield Duel(id="duel")
            with Reading(id="chances"):
                yield WinCurve()
                yield PointsDistribution()
            yield OthersTable(id="others")
        yield Static(id="notes")
        with Horizontal(id="foot"):
            yield Waiting()
            yield Static(id="sources", classes="line")
        yield Static(id="empty")

    def on_mount(self) -> None:
        """Let the ages grow and the kickoff come nearer."""
        self.set_interval(_TICK, self._tell)
        self.add_class("-duel")

    # What is shown

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self._league_id

    def show_matchup(self, league_id: str, roster_id: int | None = None, week: int | None = None) -> None:
        """Show a team's matchup; without a choice the user's own team, the current week."""
        self._league_id, self._roster_id, self._week = league_id, roster_id, week
        if self.is_running:
            self.reload()

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the matchup."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        self._leagues = {league.league_id: league for league in leagues}
        if self._league_id not in self._leagues:
            playing = (one.league_id for one in leagues if one.week is not None and not one.left)
            self._league_id = next(playing, next(iter(self._leagues), None))
            self._week = self._roster_id = None
        if self._league_id is None:
            self._say_empty(no_leagues())
            return
        league = self._leagues[self._league_id]
        if league.status in _UNDRAFTED:
            self._say_empty(
                f"{cut(league.name, _NAME)} has not held its draft yet: there are no line-ups to compare."
                f" {key_of('matchup.next_league')} goes to your next league."
            )
            return
        with self.query_one(Waiting).saying("reading the matchup"):
            table = await workspace.browse.standings(league.league_id, odds=False)
            self._teams = [team.roster_id for team in table.teams]
            team = self._roster_id or league.my_roster_id or next(iter(self._teams), None)
            self._board = await workspace.browse.matchup(league.league_id, self._week, team)
        if self._board is None:
            self._say_empty(f"There is no such team in {cut(league.name, _NAME)}.")
        else:
            self.remove_class("-empty")
            self._show(self._board)

    def _say_empty(self, sentence: str) -> None:
        self._board = None
        self.add_class("-empty")
        self.query_one("#empty", Static).update(plain(sentence))

    def _show(self, board: MatchupBoard) -> None:
        self.query_one(Scoreboard).board = board
        self.query_one(Duel).show(board)
        self.query_one(OthersTable).show(board)
        self.query_one(WinCurve).update([(one.at, one.win) for one in board.curve], kickoffs(board))
        self.query_one(PointsDistribution).update(*sides(board), chance=board.win)
        told = notes(board, self._leagues[board.league_id])
        self.query_one("#notes", Static).update(Content("\n").join(map(plain, told)))
        self.query_one("#notes").display = bool(told)
        self._arrange()
        self._tell()

    def _tell(self) -> None:
        board = self._board
        if board is None:
            return
        now, wide = utcnow(), self.size.width >= _WIDE
        self.query_one("#place", Static).update(place(board, now, self.size.width - 2))
        self.query_one("#sources", Static).update(plain(ages(board.sources, now, in_full=wide)))

    # Views

    def on_resize(self, event: events.Resize) -> None:
        """The pictures beside or below the line-ups where there is room for both."""
        broad = event.size.width >= BROAD
        self.set_class(broad, "-broad")
        self.set_class(event.size.height >= TALL and not broad, "-tall")
        self._arrange()
        self._tell()

    def _arrange(self) -> None:
        """As many lines for the line-ups as they need, where the pictures stand below them."""
        duel, room = self.query_one(Duel), self.query_one("#desk").size.height
        both = self.has_class("-tall") and self._view == "duel"
        most = max(room - _PICTURES, 1)
        duel.styles.height = min(duel.height_in_full, most) if both and room else "1fr"

    @property
    def _view(self) -> str:
        return self.query_one(Views).shown

    def action_view(self, step: int) -> None:
        """Show the next view."""
        self._turn_to(self.query_one(Views).after(step))

    @on(Views.Asked)
    def _asked(self, event: Views.Asked) -> None:
        self._turn_to(event.view)

    def _turn_to(self, view: str) -> None:
        self.query_one(Views).shown = view
        for one in VIEWS:
            self.set_class(one == view, f"-{one}")
        self._arrange()
        self.query_one(f"#{view}", Widget).focus()
        self.refresh_bindings()

    # Going on

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sides are changed where there are two."""
        if action in ("side", "other_side"):
            return self._view == "duel"
        return super().check_action(action, parameters)

    def action_side(self, side: int) -> None:
        """Put the cursor on the left or the right line-up."""
        self.query_one(Duel).side = side

    def action_other_side(self) -> None:
        """Put the cursor on the other line-up."""
        self.action_side(1 - self.query_one(Duel).side)

    def action_league(self, step: int) -> None:
        """Go to the next league, to the user's own matchup of this week."""
        leagues = list(self._leagues)
        if self._league_id in leagues:
            self.show_matchup(leagues[(leagues.index(self._league_id) + step) % len(leagues)])

    def action_week(self, step: int) -> None:
        """Go to the next week, of the same team."""
        if self._board is not None:
            week = min(max(self._board.week + step, 1), LAST_WEEK)
            self.show_matchup(self._board.league_id, self._roster_id, week)

    def action_team(self, step: int) -> None:
        """Go to the next team of the league, in the order of the standings."""
        if self._board is not None and self._board.mine.roster_id in self._teams:
            place = self._teams.index(self._board.mine.roster_id) + step
            self.show_matchup(self._board.league_id, self._teams[place % len(self._teams)], self._week)

    def action_mine(self) -> None:
        """Go back to the user's own team, this week."""
        if self._league_id is not None:
            if self._leagues[self._league_id].my_roster_id is None:
                self.notify("You have no team in this league.")
            self.show_matchup(self._league_id)

    @on(Duel.Chosen)
    def _open_player(self, event: Duel.Chosen) -> None:
        self.fantasy.go.player(event.player_id)

    @on(RowTable.RowSelected, "#others")
    def _open_other(self, event: RowTable.RowSelected) -> None:
        if self._league_id is not None:
            self._turn_to("duel")
            self.show_matchup(self._league_id, int(event.key), self._week)
