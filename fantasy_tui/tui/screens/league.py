"""One league: its table with the odds, the season played out many times, and its moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import LEAGUE
from fantasy_tui.tui.league_words import described, forecast, ordinal, simulated, team_told
from fantasy_tui.tui.pictures.histogram import Histogram
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.moves import Moves
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.season import Season, places, wins
from fantasy_tui.tui.widgets.standings_table import StandingsTable, legend
from fantasy_tui.tui.widgets.views import Views
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.football.standings import Standings, TeamStanding
    from fantasy_tui.workspace import Workspace

VIEWS = {"table": "Standings", "season": "Season", "moves": "Transactions"}
BROAD = 160
"""Columns from which the season stands beside the table."""
_WIDE = 100
_TICK = 15.0


class LeagueScreen(AppScreen):
    """A league; enter opens the team under the cursor."""

    CSS_PATH = "league.tcss"
    HEADING = "League"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [*LEAGUE.bindings, *PANE.bindings]

    def __init__(self, league_id: str) -> None:
        super().__init__()
        self._league_id = league_id
        self._leagues: list[str] = []
        self._table: Standings | None = None
        self._awaited = False

    def content(self) -> ComposeResult:
        """Which league, the three views, and what the numbers rest on."""
        yield Static(id="place", classes="line")
        yield Views(VIEWS)
        with Container(id="desk"):
            with Vertical(id="standings"):
                yield StandingsTable(id="table")
                yield Static(id="legend", classes="line")
                with Vertical(id="team"):
                    yield Static(id="about")
                    with Horizontal():
                        yield Histogram(id="wins-of-team")
                        yield Histogram(id="places-of-team")
            yield Season(id="season")
            yield Moves(id="transactions")
        with Container(id="foot"):
            yield Waiting()
            yield Static(id="sources", classes="line")

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(_TICK, self._tell_ages)
        self.add_class("-table")

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self._league_id

    # What is shown

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the table, then its odds, then the moves where they are looked at."""
        asked = self._league_id
        self._leagues = [league.league_id for league in await workspace.browse.leagues()]
        if self._table is None or self._table.league_id != asked:
            self._show(await workspace.browse.standings(asked, odds=False), awaited=True)
        with self.query_one(Waiting).saying("playing out the season"):
            table = await workspace.browse.standings(asked)
        if asked == self._league_id:
            self._show(table)
            await self.query_one(Moves).read(workspace, asked, table.teams)
            self._tell_ages()

    def _show(self, table: Standings, *, awaited: bool = False) -> None:
        first = self._table is None or self._table.league_id != table.league_id
        self._table, self._awaited = table, awaited and table.no_odds is None
        self.query_one("#place", Static).update(described(table, self.size.width - 2))
        shown = self.query_one(StandingsTable)
        shown.show(table, awaited=awaited)
        if first:
            self._to_my_team()
        self.query_one("#legend", Static).update(plain(legend(table)))
        self._tell()
        self._tell_ages()

    @property
    def _team(self) -> TeamStanding | None:
        """The team under the cursor."""
        if self._table is None:
            return None
        key = self.query_one(StandingsTable).chosen_key
        return next((team for team in self._table.teams if str(team.roster_id) == key), None)

    @on(RowTable.RowHighlighted, "#table")
    def _tell(self) -> None:
        table, team = self._table, self._team
        if table is None or team is None:
            return
        self.query_one("#about", Static).update(team_told(table, team, awaited=self._awaited))
        self._picture(team)
        self.query_one(Season).show(table, team, forecast(table, awaited=self._awaited))

    def _picture(self, team: TeamStanding) -> None:
        """How often the season of the team under the cursor ends with how many wins, and where."""
        ends, ranks = self.query_one("#wins-of-team", Histogram), self.query_one("#places-of-team", Histogram)
        self.query_one("#team Horizontal").display = self._awaited or team.odds is not None
        if self._awaited:
            ends.wait_for("The season is being played out …")
            ranks.wait_for("")
        else:
            ends.update(*wins(team))
            ranks.update(*places(team), mark=ordinal(team.place))

    def _tell_ages(self) -> None:
        if self._table is None:
            return
        now, wide = utcnow(), self.size.width >= _WIDE
        told = ages(self._table.sources, now, in_full=wide)
        if self._view == "moves":
            told = self.query_one(Moves).told(now)
        elif self._table.draws is not None:
            told = f"{told} · {simulated(self._table.draws, in_full=wide)}"
        self.query_one("#sources", Static).update(plain(told))

    def on_resize(self, event: events.Resize) -> None:
        """The season beside the table where there is room."""
        self.set_class(event.size.width >= BROAD, "-broad")
        self.set_class(_WIDE <= event.size.width < BROAD, "-wide")
        if self._table is not None:
            self.query_one("#place", Static).update(described(self._table, event.size.width - 2))
        self._tell_ages()

    # Views

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
        self.query_one(f"#{view}", Widget).focus()
        self.refresh_bindings()
        self._tell_ages()

    # Going on

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Kinds are those of moves, and only a team's row leads to its matchup."""
        if action == "kind":
            return self._view == "moves"
        if action == "matchup":
            return self._view != "moves"
        return super().check_action(action, parameters)

    def action_kind(self) -> None:
        """Show the next kind of moves alone; after the last one all."""
        self.query_one(Moves).next_kind()

    def action_team(self, step: int) -> None:
        """Go to the next team; among the moves, show those of the next team alone."""
        if self._table is None:
            return
        if self._view == "moves":
            self.query_one(Moves).next_team(step)
        else:
            shown = self.query_one(StandingsTable)
            shown.move_cursor(row=(shown.cursor_row + step) % max(shown.row_count, 1))

    def action_mine(self) -> None:
        """Go to the user's own team; among the moves, show its own alone."""
        mine = next((team for team in self._table.teams if team.mine), None) if self._table else None
        if mine is None:
            self.notify("You have no team in this league.")
        elif self._view == "moves":
            self.query_one(Moves).only(mine.roster_id)
        else:
            self._to_my_team()

    def _to_my_team(self) -> None:
        if self._table is not None:
            mine = next((place for place, team in enumerate(self._table.teams) if team.mine), 0)
            self.query_one(StandingsTable).move_cursor(row=mine)

    def action_league(self, step: int) -> None:
        """Go to the next league."""
        if self._league_id in self._leagues:
            place = self._leagues.index(self._league_id) + step
            self._league_id = self._leagues[place % len(self._leagues)]
            self.reload()

    def action_matchup(self) -> None:
        """Go to this week's matchup of the team under the cursor."""
        if self._team is not None:
            self.fantasy.go.matchup(self._league_id, self._team.roster_id)

    @on(RowTable.RowSelected, "#moves")
    def _open_player(self) -> None:
        move = self.query_one(Moves).chosen
        player = next((one for one in (*move.adds, *move.drops) if one.known), None) if move else None
        if player is not None:
            self.fantasy.go.player(player.player_id)

    @on(RowTable.RowSelected, "#table")
    def _open_team(self) -> None:
        if self._team is not None:
            self.fantasy.go.roster(self._league_id, self._team.roster_id)
