"""Search over every player, answered while one types."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from fantasy_tui.football.search import Owners, PlayerIndex, PlayerRow
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.player_table import PlayerTable

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace

_NO_PLAYERS = "No players are stored yet: press escape, then r to sync with Sleeper."


class PlayersScreen(AppScreen):
    """The search field, and the players it finds."""

    CSS_PATH = "players.tcss"
    HEADING = "Players"
    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("down", "to_table", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._index: PlayerIndex | None = None
        self._players: Sequence[PlayerRow] = ()
        self._owners: Owners = {}
        self._version = 0
        self._shown: int | None = None

    def content(self) -> ComposeResult:
        """Field, count, column titles, players."""
        yield Input(
            placeholder="name, pos:RB team:PHI free mine rival injured",
            id="query",
            compact=True,
            select_on_focus=False,
        )
        yield Static(plain("Reading the players …"), id="count", classes="line")
        yield Static(id="titles", classes="line")
        yield PlayerTable(id="players")

    def on_mount(self) -> None:
        """Notice changes of the store while the screen is out of sight, too."""
        self.fantasy.store_changed.subscribe(self, self._outdate, immediate=True)

    def _outdate(self, _: None) -> None:
        self._version += 1

    async def read(self, workspace: Workspace) -> None:
        """Fetch the players if the store has changed, and search again."""
        version = self._version
        if version != self._shown:
            await self._fetch(workspace)
            self._search(keep=True)
            self._shown = version

    async def _fetch(self, workspace: Workspace) -> None:
        players = await workspace.players()
        leagues = await workspace.leagues() if workspace.user is not None else []
        here = [league for league in leagues if not league.left]
        newest = max((league.season for league in here), default=None)
        self._owners = await workspace.owners() if workspace.user is not None else {}
        if self._index is None or players != self._players:
            self._index = await asyncio.to_thread(_build, players)
            self._players = players
        titles = [(league.league_id, league.name) for league in here if league.season == newest]
        self.query_one(PlayerTable).hold(self._owners, titles)
        self._head()

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._search()

    def _search(self, *, keep: bool = False) -> None:
        """Show what the field asks for, without laying the screen out again."""
        if self._index is None:
            return
        text = self.query_one(Input).value
        found = self._index.search(text, self._owners)
        self.query_one(PlayerTable).show(found, keep=keep)
        total = len(self._index)
        if not total:
            told = _NO_PLAYERS
        elif not found:
            told = f"None of {total:,} players matches; escape clears the search."
        else:
            told = f"{len(found):,} of {total:,} players"
        self.query_one("#count", Static).update(plain(told), layout=False)

    def _head(self) -> None:
        self.query_one("#titles", Static).update(self.query_one(PlayerTable).header(), layout=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns' titles to the new width."""
        self.call_after_refresh(self._head)

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(Input).focus()

    @on(Input.Submitted, "#query")
    def action_to_table(self) -> None:
        """Go to the players found."""
        table = self.query_one(PlayerTable)
        if table.rows:
            table.focus()

    def action_back(self) -> None:
        """From the players to the field; in the field clear it, and leave it once it is empty."""
        field = self.query_one(Input)
        if not field.has_focus:
            field.focus()
        elif field.value:
            field.clear()
        else:
            self.query_one(PlayerTable).focus()

    def on_player_table_chosen(self, event: PlayerTable.Chosen) -> None:
        """Open the player."""
        self.fantasy.open_player(event.row.player_id)


def _build(players: Sequence[PlayerRow]) -> PlayerIndex:
    index = PlayerIndex(players)
    index.warm()
    # Thousands of rows that stay for good: looking through them for garbage would hold keys up.
    gc.freeze()
    return index
