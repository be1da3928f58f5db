"""A team: its line-up this week with the one to prefer beside it, its depth, and its bye weeks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.widget import Widget
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.football.plan import Plan, suggest
from fantasy_tui.football.view import LeagueView, RosterWeek
from fantasy_tui.tui import roster_words as words
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import ROSTER
from fantasy_tui.tui.league_words import no_leagues
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets import depth_table, lineup_table
from fantasy_tui.tui.widgets.bye_table import ByeTable
from fantasy_tui.tui.widgets.depth_table import DepthTable
from fantasy_tui.tui.widgets.lineup_table import LineupTable, lineup_rows
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.views import Views
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.football.depth import RosterDepth
    from fantasy_tui.workspace import Workspace

WIDE = 110
"""Columns from which both line-ups have room beside each other."""
LINEUP, DEPTH, BYES = "lineup", "depth", "byes"


class RosterScreen(AppScreen):
    """One team; the keys lead to the others of its league and to the other leagues."""

    CSS_PATH = "roster.tcss"
    HEADING = "Roster"
    BINDINGS: ClassVar[list[BindingType]] = ROSTER.bindings

    def __init__(self) -> None:
        super().__init__()
        self._league_id: str | None = None
        self._roster_id: int | None = None
        self._leagues: list[str] = []
        self._view: LeagueView | None = None
        self._plans: dict[int, Plan] = {}
        self._depths: dict[int, RosterDepth | None] = {}
        self._advised = False

    def content(self) -> ComposeResult:
        """Whose team, its points, three views of it, and what the numbers rest on."""
        for name in ("team", "standing", "points"):
            yield Static(id=name, classes="line")
        yield Views(
            {
                LINEUP: "Line-up",
                DEPTH: f"{key_of('roster.depth')} Depth",
                BYES: f"{key_of('roster.byes')} Byes",
            }
        )
        with Container(id="desk"):
            yield LineupTable(id=LINEUP)
            yield DepthTable(id=DEPTH)
            yield ByeTable(id=BYES)
        yield Static(id="legend")
        with Horizontal(id="below"):
            yield Static(id="sources", classes="line")
            yield Waiting()
        yield Static(plain(no_leagues()), id="empty")

    def on_mount(self) -> None:
        """Begin with the line-up; let the ages grow."""
        self._turn_to(LINEUP)
        self.set_interval(30, self._tell_ages)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self._league_id

    def show_team(self, league_id: str, roster_id: int | None = None) -> None:
        """Show a team of a league; without a choice the user's own."""
        self._league_id, self._roster_id = league_id, roster_id
        if self.is_running:
            self.reload()

    async def read(self, workspace: Workspace) -> None:
        """Fetch the league and show the team."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        self._leagues = [league.league_id for league in leagues]
        if self._league_id not in self._leagues:
            self._league_id, self._roster_id = (self._leagues[0] if leagues else None), None
        self.set_class(self._league_id is None, "-empty")
        if self._league_id is not None:
            with self.query_one(Waiting).saying("reading the league"):
                self._view = await workspace.browse.view(self._league_id)
            self._plans, self._depths = {}, {}
            await self._show()

    @property
    def _roster(self) -> RosterWeek | None:
        """The team to show: the chosen one, else the user's, else the leader's."""
        view = self._view
        if view is None or view.league_id != self._league_id:
            return None
        chosen = view.rosters.get(self._roster_id) if self._roster_id is not None else None
        return chosen or view.mine or next(iter(view.standings()), None)

    async def _show(self) -> None:
        view, roster = self._view, self._roster
        if view is None or roster is None:
            return
        plan = self._plans.get(roster.roster_id)
        if plan is None:
            plan = self._plans[roster.roster_id] = await asyncio.to_thread(suggest, view, roster)
        if (view, roster) != (self._view, self._roster):
            return
        beside = self.size.width >= WIDE
        self.query_one("#team", Static).update(words.team(view, roster))
        self.query_one("#standing", Static).update(words.standing(view, roster))
        told = words.points(view, roster, plan, advised=self._advised, beside=beside or self._shown != LINEUP)
        self.query_one("#points", Static).update(told)
        self._tell_ages()
        if self._shown == LINEUP:
            table = self.query_one(LineupTable)
            table.show(lineup_rows(view, roster, plan), advised=self._advised, beside=beside)
        else:
            await self._show_ahead(view, roster)
        self._tell_legend()

    async def _show_ahead(self, view: LeagueView, roster: RosterWeek) -> None:
        """The weeks to come, by position or by week."""
        workspace, number = self.fantasy.workspace, roster.roster_id
        if number not in self._depths and workspace is not None:
            with self.query_one(Waiting).saying("Working out the weeks to come"):
                found = await workspace.browse.depth(view.league_id, number)
            if view is not self._view:
                return
            self._depths[number] = found
        depth = self._depths.get(number)
        if depth is not None and roster is self._roster:
            self.query_one(DepthTable).show(depth)
            self.query_one(ByeTable).show(depth, self.size.width)

    def _tell_ages(self) -> None:
        if self._view is not None:
            told = ages(self._view.sources, utcnow(), in_full=self.size.width >= WIDE)
            self.query_one("#sources", Static).update(plain(told))

    @on(RowTable.RowHighlighted, f"#{BYES}")
    def _tell_legend(self) -> None:
        """What the signs of the view mean; of a bye week what it is like."""
        legends = {LINEUP: plain(lineup_table.LEGEND), DEPTH: plain(depth_table.LEGEND)}
        told = legends.get(self._shown) or self.query_one(ByeTable).told
        self.query_one("#legend", Static).update(told)

    @work(exclusive=True, group="show", exit_on_error=False)
    async def _reshow(self) -> None:
        await self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Both line-ups where there is room, else one."""
        self.refresh_bindings()
        self._reshow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to toggle where both line-ups are shown."""
        if action == "optimal":
            return self.size.width < WIDE and self._shown == LINEUP
        return super().check_action(action, parameters)

    def action_team(self, step: int) -> None:
        """Go to the next team of the league, in the order of the standings."""
        view, roster = self._view, self._roster
        if view is not None and roster is not None:
            teams = [team.roster_id for team in view.standings()]
            self._roster_id = teams[(teams.index(roster.roster_id) + step) % len(teams)]
            self._reshow()

    def action_league(self, step: int) -> None:
        """Go to the next league, to the user's own team in it."""
        if self._league_id in self._leagues:
            place = self._leagues.index(self._league_id) + step
            self.show_team(self._leagues[place % len(self._leagues)])

    def action_mine(self) -> None:
        """Go back to the user's own team of the league."""
        if self._view is not None and self._view.mine is None:
            self.notify("You have no team in this league.")
        self._roster_id = None
        self._reshow()

    def action_optimal(self) -> None:
        """Show the suggested line-up in place of the present one, and back."""
        self._advised = not self._advised
        self._reshow()

    # Views

    @property
    def _shown(self) -> str:
        return self.query_one(Views).shown if self.is_mounted else LINEUP

    def action_view(self, step: int) -> None:
        """Show the next view."""
        self._go_to(self.query_one(Views).after(step))

    def action_turn(self, view: str) -> None:
        """Show a view; the line-up where it is shown already."""
        self._go_to(view if self._shown != view else LINEUP)

    @on(Views.Asked)
    def _asked(self, event: Views.Asked) -> None:
        self._go_to(event.view)

    def _go_to(self, view: str) -> None:
        self._turn_to(view)
        self._reshow()

    def _turn_to(self, view: str) -> None:
        self.query_one(Views).shown = view
        for one in (LINEUP, DEPTH, BYES):
            self.set_class(one == view, f"-{one}")
        self.query_one(f"#{view}", Widget).focus()
        self.refresh_bindings()

    @on(RowTable.RowSelected)
    def _open(self, event: RowTable.RowSelected) -> None:
        """Open the player of the line."""
        table = event.table
        player_id = table.chosen if isinstance(table, LineupTable | DepthTable) else None
        if player_id is not None:
            self.fantasy.go.player(player_id)
