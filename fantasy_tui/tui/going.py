"""Going places: to the screens with a key, to a team, a player, a decision, and out into the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.tui.keys.force import key_of

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp

LEAGUE_PAGE = "https://sleeper.com/leagues/{}/team"


class Going:
    """What leads from one screen to another."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self.tour_due = False
        """True until the tour was shown for the first time."""

    async def search(self) -> None:
        """Go to the players, to their search field."""
        from fantasy_tui.tui.screens.players import PlayersScreen

        await self._app.switch_mode("players")
        if isinstance(self._app.screen, PlayersScreen):
            self._app.screen.action_search()

    def roster(self, league_id: str, roster_id: int | None = None) -> None:
        """Show a team; without a choice the user's own in the league."""
        self._app.run_worker(self._roster(league_id, roster_id), group="go", exit_on_error=False)

    async def _roster(self, league_id: str, roster_id: int | None) -> None:
        from fantasy_tui.tui.screens.roster import RosterScreen

        await self._app.switch_mode("roster")
        if isinstance(self._app.screen, RosterScreen):
            self._app.screen.show_team(league_id, roster_id)

    def league(self, league_id: str) -> None:
        """Show a league over the present screen."""
        from fantasy_tui.tui.screens.league import LeagueScreen

        self._app.push_screen(LeagueScreen(league_id))

    def matchup(self, league_id: str, roster_id: int | None = None) -> None:
        """Show a team's matchup of this week; without a choice the user's own."""
        self._app.run_worker(self._matchup(league_id, roster_id), group="go", exit_on_error=False)

    async def _matchup(self, league_id: str, roster_id: int | None) -> None:
        from fantasy_tui.tui.screens.matchup import MatchupScreen

        await self._app.switch_mode("matchup")
        if isinstance(self._app.screen, MatchupScreen):
            self._app.screen.show_matchup(league_id, roster_id)

    def player(self, player_id: str) -> None:
        """Show a player over the present screen."""
        from fantasy_tui.tui.screens.player import PlayerScreen

        self._app.push_screen(PlayerScreen(player_id))

    def compare(self, one_id: str, other_id: str, league_id: str | None = None) -> None:
        """Show two players side by side; without a league in the first of this season's."""
        from fantasy_tui.tui.screens.compare import CompareScreen

        self._app.push_screen(CompareScreen(one_id, other_id, league_id))

    def decision(self, decision_id: str) -> None:
        """Show a decision in full over the present screen."""
        from fantasy_tui.tui.screens.decision import DecisionScreen

        self._app.push_screen(DecisionScreen(decision_id))

    def answer_on_queue(self, decision_id: str, action: str) -> None:
        """Close a decision's own screen and approve, reject, edit or snooze that decision on the queue."""
        from fantasy_tui.tui.screens.queue import QueueScreen

        self._app.pop_screen()
        if isinstance(self._app.screen, QueueScreen):
            self._app.screen.answer(decision_id, action)

    def league_page(self) -> None:
        """Open the league of what is shown in the browser, and say where that is."""
        screen = self._app.screen
        league_id = getattr(screen, "league_id", None)
        if league_id is None:
            self._app.tell(
                f"Choose a decision or a team first; {key_of('app.open')} then opens its league in Sleeper."
            )
        else:
            url = getattr(screen, "page", None) or LEAGUE_PAGE.format(league_id)
            self._app.open_url(url)
            self._app.tell(f"Opened {url}")

    def username(self, name: str | None = None) -> None:
        """Ask whose leagues to fetch; a name that is given is tried at once."""
        from fantasy_tui.tui.screens.welcome import WelcomeDialog

        app = self._app
        if app.workspace is not None and app.workspace.settings.offline:
            app.tell(
                "Offline mode is on and nothing is stored yet: start without --offline once,"
                " or see the demo with `fantasy-tui demo`.",
                "warning",
            )
            return

        def answered(done: bool | None) -> None:
            if done:
                app.run_agents()

        app.push_screen(WelcomeDialog(name), answered)

    def palette(self) -> None:
        """Find any action, screen, league, player or theme by its name."""
        from fantasy_tui.tui.palette import Palette

        if not isinstance(self._app.screen, Palette):
            self._app.push_screen(Palette(placeholder="An action, a screen, a league, a player, a theme …"))

    def help(self) -> None:
        """Show the keys that work here."""
        from fantasy_tui.tui.screens.help import HelpDialog

        self._app.push_screen(HelpDialog(self._app.screen))

    def offer_tour(self) -> None:
        """Show the tour by itself, once, while nothing else is asked."""
        from fantasy_tui.tui.screens.queue import QueueScreen

        if self.tour_due and isinstance(self._app.screen, QueueScreen):
            self._show_tour()

    async def tour(self) -> None:
        """Show the tour over the queue."""
        await self._app.switch_mode("queue")
        self._show_tour()

    def _show_tour(self) -> None:
        from fantasy_tui.tui.remembered import remember
        from fantasy_tui.tui.screens.tour import TourScreen

        self.tour_due = False
        remember(toured=True)
        self._app.push_screen(TourScreen(self._app.screen))
