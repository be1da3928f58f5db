"""A team's line-up this week, the one to prefer beside it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.football.plan import Plan, suggest
from fantasy_tui.football.view import LeagueView, RosterWeek
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.leagues import NO_LEAGUES, record
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.times import age
from fantasy_tui.tui.widgets.lineup_table import LEGEND, LineupTable, lineup_rows

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace

WIDE = 110
"""Columns from which both line-ups have room beside each other."""
_NAME = 34


class RosterScreen(AppScreen):
    """One team; the keys lead to the others of its league and to the other leagues."""

    CSS_PATH = "roster.tcss"
    HEADING = "Roster"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "team(-1)", "Previous team", show=False, key_display="["),
        Binding("right_square_bracket", "team(1)", "Next team", key_display="]"),
        Binding("left_curly_bracket", "league(-1)", "Previous league", show=False, key_display="{"),
        Binding("right_curly_bracket,L", "league(1)", "Next league", key_display="}"),
        Binding("m", "mine", "My team"),
        Binding("t", "optimal", "Suggested"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._league_id: str | None = None
        self._roster_id: int | None = None
        self._leagues: list[str] = []
        self._view: LeagueView | None = None
        self._plans: dict[int, Plan] = {}
        self._advised = False

    def content(self) -> ComposeResult:
        """Whose team, its points, its players, and what the numbers rest on."""
        for name in ("team", "standing", "points"):
            yield Static(id=name, classes="line")
        yield LineupTable(id="lineup")
        yield Static(plain(LEGEND), id="legend", classes="line")
        yield Static(id="sources", classes="line")
        yield Static(plain(NO_LEAGUES), id="empty")

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
        leagues = await workspace.leagues() if workspace.user is not None else []
        self._leagues = [league.league_id for league in leagues]
        if self._league_id not in self._leagues:
            self._league_id, self._roster_id = (self._leagues[0] if leagues else None), None
        self.set_class(self._league_id is None, "-empty")
        if self._league_id is not None:
            self._view, self._plans = await workspace.view(self._league_id), {}
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
        self.query_one("#team", Static).update(_team(view, roster))
        self.query_one("#standing", Static).update(_standing(view, roster))
        self.query_one("#points", Static).update(
            _points(view, roster, plan, advised=self._advised, beside=beside)
        )
        self.query_one("#sources", Static).update(_sources(view, in_full=beside))
        table = self.query_one(LineupTable)
        table.show(lineup_rows(view, roster, plan), advised=self._advised, beside=beside)

    def _reshow(self) -> None:
        self.run_worker(self._show(), group="show", exclusive=True, exit_on_error=False)

    def on_resize(self, event: events.Resize) -> None:
        """Both line-ups where there is room, else one."""
        self.refresh_bindings()
        self._reshow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to toggle where both line-ups are shown."""
        return action != "optimal" or self.size.width < WIDE

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

    def on_data_table_row_selected(self, event: LineupTable.RowSelected) -> None:
        """Open the player of the line."""
        player_id = self.query_one(LineupTable).chosen
        if player_id is not None:
            self.fantasy.open_player(player_id)


def _team(view: LeagueView, roster: RosterWeek) -> Content:
    mine = roster.roster_id == view.my_roster_id
    return Content.assemble(
        plain(view.name, _NAME),
        (" › ", "$foreground-muted"),
        (cut(roster.team_name, _NAME), "bold"),
        (" (mine)" if mine else "", "$text-success"),
    )


def _standing(view: LeagueView, roster: RosterWeek) -> Content:
    """Record, place, week and opponent."""
    standings = view.standings()
    place = standings.index(roster) + 1
    opponent = view.opponent_of(roster.roster_id)
    parts = [
        record(roster.wins, roster.losses, roster.ties),
        f"{place} of {len(standings)}",
        f"week {view.week}",
        f"v {cut(opponent.team_name, _NAME)}" if opponent is not None else "no opponent",
    ]
    if view.status != "in_season":
        parts.append((view.status or "out of season").replace("_", " "))
    return plain(" · ".join(parts))


def _points(view: LeagueView, roster: RosterWeek, plan: Plan, *, advised: bool, beside: bool) -> Content:
    """Points so far, points expected, and what the suggested line-up would add."""
    scored = "–" if roster.points is None else f"{roster.points:.1f}"
    text = f"{scored} so far · expected {plan.current_points:.1f}"
    if view.is_best_ball:
        return plain(f"{text} · best ball: Sleeper sets the line-up")
    if not plan.moves:
        return plain(f"{text} · nothing to gain")
    shown = "" if beside else " · t: line-up as it is" if advised else " · t: suggested line-up"
    return Content.assemble(
        text, (f" → {plan.suggested_points:.1f} (+{plan.gain:.1f})", "bold $text-success"), shown
    )


def _sources(view: LeagueView, *, in_full: bool) -> Content:
    """Where the numbers come from and how old they are; where there is little room in a word each."""
    ages = []
    for source in view.sources:
        name = source.name if in_full else source.name.removeprefix("Sleeper ").partition(",")[0]
        ages.append(f"{name} {age(source.as_of, view.now) if source.as_of else 'never fetched'}")
    return plain(f"Age: {' · '.join(ages)}")
