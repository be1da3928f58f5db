"""What the command palette finds: every action, screen, league, player and theme. Imported when it is first opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from fantasy_tui.tui.fits import Fit, fit, marked
from fantasy_tui.tui.keys.active import EVERYWHERE, LIST, actions
from fantasy_tui.tui.text import plain, sanitise

if TYPE_CHECKING:
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.football.search import PlayerIndex
    from fantasy_tui.tui.app import FantasyApp

_BURST = 0.02
"""Seconds in which letters count as typed at once."""
MOST_PLAYERS = 12
"""Players that are shown for one search."""
_MISSPELT = 0.4
"""The fit of a player who was found by a misspelt name, or by team or position."""
_AFTER_ACTIONS, _AFTER_LEAGUES, _AFTER_PLAYERS = 0.02, 0.04, 0.06
"""How far one of several equal fits stands below those before."""


class Palette(CommandPalette):
    """Textual's, whose search would end the app when the palette closes under it.

    Enter waits for the search to be done: until then the list still has what fitted what was typed before.
    """

    _soon: Timer | None = None
    _search: Worker[Any] | None = None
    _entered = False

    def run_worker(self, *given: Any, **named: Any) -> Worker[Any]:
        """No search ends the app."""
        return super().run_worker(*given, **named | {"exit_on_error": False})

    def _gather_commands(self, search_value: str) -> Worker[None]:
        self._search = super()._gather_commands(search_value)
        return self._search

    def _on_mount(self, event: events.Mount) -> None:
        """Textual's looks for the screen below, of which there is none where another one has come meanwhile."""
        if not self.is_current:
            event.prevent_default()

    def on_screen_resume(self) -> None:
        """What was never set up goes when one comes back to it."""
        if self.is_active and self._calling_screen is None:
            self.dismiss()

    def _action_command_list(self, action: str) -> None:
        """Nothing is paged through before it has been laid out: Textual would end the app."""
        if self.query_one(CommandList)._lines:
            super()._action_command_list(action)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The app tells what fails, but not that a search did under which the palette has closed."""
        if not self.is_active:
            return
        if self._entered and event.worker is self._search and event.state is WorkerState.SUCCESS:
            self._entered = False
            self._select_or_command()
        cast("FantasyApp", self.app).on_worker_state_changed(event)

    @on(Input.Submitted)
    def _too_early(self, event: Input.Submitted) -> None:
        """Choose once it is known what fits; where nothing is typed nothing is meant yet."""
        if self._soon is not None or (self._search is not None and not self._search.is_finished):
            event.prevent_default()
            event.stop()
            self._entered = bool(event.value.strip())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Search once for all that comes in a burst; a search a letter would cancel all before it, and again."""
        event.prevent_default()
        event.stop()
        self._entered = False
        if self.is_active and self._soon is None:
            self._soon = self.set_timer(_BURST, self._search_now)

    def _search_now(self) -> None:
        self._soon = None
        if self.is_active:
            self._cancel_gather_commands()
            self._stop_no_matches_countdown()
            self._gather_commands(self.query_one(Input).value.strip())

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, once; Textual would close whatever is on top by then."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Entry(NamedTuple):
    """A line of the palette."""

    name: str
    about: str
    do: Callable[[], Any]


class Everything(Provider):
    """One provider of all, so that their order is ours; names from outside never become markup."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._leagues: asyncio.Task[list[LeagueSummary]] | None = None
        self._players: asyncio.Task[PlayerIndex | None] | None = None

    @property
    def fantasy(self) -> FantasyApp:
        """The app, by its own type."""
        return cast("FantasyApp", self.app)

    async def startup(self) -> None:
        """Begin to fetch what is in the store; the actions do not wait for it."""
        self._leagues = asyncio.create_task(self._fetch_leagues())
        self._players = asyncio.create_task(self._fetch_players())

    async def shutdown(self) -> None:
        """Nobody waits for it any more."""
        for task in (self._leagues, self._players):
            if task is not None:
                task.cancel()

    async def discover(self) -> Hits:
        """All that are few, while nothing is typed yet."""
        for entry in self._actions():
            yield _listed(entry)
        for entry in await self._league_entries():
            yield _listed(entry)

    async def search(self, query: str) -> Hits:
        """Whatever fits what was typed, the actions first."""
        for below, entries in ((0.0, self._actions()), (_AFTER_PLAYERS, self._themes())):
            for entry in entries:
                if (found := fit(query, entry.name)).score:
                    yield self._hit(entry, found, found.score - below)
        for entry in await self._league_entries():
            if (found := fit(query, entry.name)).score:
                yield self._hit(entry, found, found.score - _AFTER_ACTIONS)
        index = await self._players if self._players is not None else None
        for place, row in enumerate(index.search(query, limit=MOST_PLAYERS) if index is not None else ()):
            found = fit(query, row.name)
            about = " ".join(part for part in ("Player", row.position, row.team, row.injury_status) if part)
            entry = Entry(row.name, about, partial(self.fantasy.go.player, row.player_id))
            yield self._hit(entry, found, max(found.score, _MISSPELT) - _AFTER_LEAGUES - place / 1000)

    def _actions(self) -> Iterator[Entry]:
        """What has a key, here and everywhere, and can be done now; the screens are among it."""
        for known in actions(cast("Any", self.screen)):
            if known.place == LIST or known.action == "command_palette":
                continue
            place = "" if known.place == EVERYWHERE else f", {known.place.lower()}"
            act = partial(self.fantasy.run_action, known.action, known.node)
            yield Entry(known.label, f"key {' '.join(known.keys)}{place}", partial(self._run, act))
        yield Entry("Theme", "choose how the app looks", self.fantasy.themes.search)

    def _run(self, act: Callable[[], Any]) -> None:
        self.fantasy.run_worker(act(), exit_on_error=False)

    def _themes(self) -> Iterator[Entry]:
        for name in self.fantasy.available_themes:
            yield Entry(f"Theme {name}", "colours of the app", partial(self.fantasy.themes.choose, name))

    async def _league_entries(self) -> list[Entry]:
        """Two lines for each: one's own team, and the league's page."""
        found = []
        for league in await self._leagues if self._leagues is not None else []:
            when = "left" if league.left else league.season
            team = partial(self.fantasy.go.roster, league.league_id)
            page = partial(self.fantasy.go.league, league.league_id)
            found.append(Entry(league.name, f"League, {when}: your team", team))
            found.append(Entry(f"{league.name} · table", f"League, {when}: its page", page))
        return found

    async def _fetch_leagues(self) -> list[LeagueSummary]:
        from fantasy_tui.database.errors import StoreError

        workspace = self.fantasy.workspace
        try:
            return await workspace.browse.leagues() if workspace is not None and workspace.user else []
        except StoreError as error:
            self.fantasy.report(error)
            return []

    async def _fetch_players(self) -> PlayerIndex | None:
        from fantasy_tui.database.errors import StoreError

        workspace = self.fantasy.workspace
        try:
            return await self.fantasy.known.index(workspace) if workspace is not None else None
        except StoreError as error:
            self.fantasy.report(error)
            return None

    def _hit(self, entry: Entry, found: Fit, score: float) -> Hit:
        name = marked(entry.name, found, self.match_style or Style(underline=True))
        return Hit(score, name, entry.do, sanitise(entry.name), _about(entry))


def _listed(entry: Entry) -> DiscoveryHit:
    return DiscoveryHit(plain(entry.name), entry.do, sanitise(entry.name), _about(entry))


def _about(entry: Entry) -> str:
    # The palette shows content as it is, and would read text as markup.
    return cast(str, plain(entry.about))
