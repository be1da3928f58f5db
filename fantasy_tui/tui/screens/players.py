"""Search over every player, answered while one types, narrowed down and sorted by key."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from fantasy_tui.clock import utcnow
from fantasy_tui.football.facts import ORDERS, PlayerFacts
from fantasy_tui.football.search import Owners, PlayerIndex, PlayerRow
from fantasy_tui.football.sift import MINE, WHOSE, Sieve, Sifted, positions_of
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import PLAYERS
from fantasy_tui.tui.player_chips import chips
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.widgets.chips import Chips
from fantasy_tui.tui.widgets.entry import Entry
from fantasy_tui.tui.widgets.player_columns import SIGNS, SORTS, Known
from fantasy_tui.tui.widgets.player_table import PlayerTable
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace

WIDE, WIDER = 110, 150
"""Columns from which order and signs are told in words, and from which ages are told in full."""
_NO_FACTS = PlayerFacts(None, None, None, {}, ())
_LONGEST = 100
"""Characters of the field that are searched for: whatever is pasted, a key stays quick."""
_NAME = 20


class PlayersScreen(AppScreen):
    """The search field, the filters, and the players that pass."""

    CSS_PATH = "players.tcss"
    HEADING = "Players"
    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = PLAYERS.bindings

    def __init__(self) -> None:
        super().__init__()
        self._index: PlayerIndex | None = None
        self._sifted: Sifted | None = None
        self._owners: Owners = {}
        self._here: Owners = {}
        """Who holds whom in the chosen league alone: what is typed asks about that one, too."""
        self._leagues: dict[str, str] = {}
        """Names of this season's leagues by id."""
        self._league_id: str | None = None
        self._facts = _NO_FACTS
        self._sieve = Sieve()
        self._by = ORDERS[0]
        self._marked: PlayerRow | None = None
        self._version = 0
        self._shown: int | None = None
        self._facts_of: tuple[int, str | None] | None = None

    def content(self) -> ComposeResult:
        """Field and count, filters, column titles, players, ages."""
        with Horizontal(id="ask"):
            yield Entry(
                placeholder="name, pos:RB team:PHI free mine rival injured",
                id="query",
                compact=True,
                select_on_focus=False,
            )
            yield Static(plain("Reading the players …"), id="count")
        yield Chips(id="chips")
        yield Static(id="titles", classes="line")
        yield PlayerTable(id="players")
        with Horizontal(id="below"):
            yield Static(id="ages", classes="line")
            yield Waiting()

    def on_mount(self) -> None:
        """Notice changes of the store while the screen is out of sight, too; let the ages grow."""
        self.fantasy.store_changed.subscribe(self, self._outdate, immediate=True)
        self.set_interval(30, self._tell_ages)

    def _outdate(self, _: None) -> None:
        self._version += 1

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens, and that the numbers are of."""
        return self._league_id

    async def read(self, workspace: Workspace) -> None:
        """Fetch the players if the store has changed, and search again; what is known of them follows."""
        version = self._version
        if version != self._shown:
            await self._fetch(workspace)
            await self._sift()
            self._shown = version
        wanted = (version, self._league_id)
        if workspace.user is not None and wanted != self._facts_of:
            with self.query_one(Waiting).saying(f"Reading {cut(self._league or 'the trends', _NAME)}"):
                self._facts = await workspace.browse.facts(self._league_id)
            self._facts_of = wanted
            await self._sift()

    async def _fetch(self, workspace: Workspace) -> None:
        self._index = await self.fantasy.known.index(workspace)
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        here = [league for league in leagues if not league.left]
        newest = max((league.season for league in here), default=None)
        self._owners = await workspace.browse.owners() if workspace.user is not None else {}
        self._leagues = {league.league_id: league.name for league in here if league.season == newest}
        if self._league_id not in self._leagues:
            self._league_id = next(iter(self._leagues), None)

    @property
    def _league(self) -> str:
        return self._leagues.get(self._league_id or "", "")

    @property
    def _holders(self) -> Owners:
        return {
            player_id: here
            for player_id, held in self._owners.items()
            if (here := tuple(owner for owner in held if owner.league_id == self._league_id))
        }

    async def _sift(self) -> None:
        """Narrow all players down and put them in order, off the loop: there are thousands."""
        index = self._index
        if index is None:
            return
        asked = (index, self._facts, self._sieve, self._by)
        sifted = await asyncio.to_thread(Sifted, index.rows, *asked[1:])
        if asked != (self._index, self._facts, self._sieve, self._by):
            return
        self._sifted = sifted
        self._here = self._holders
        self._tell()
        self._search(keep=True)

    @work(exclusive=True, group="sift", exit_on_error=False)
    async def _resift(self) -> None:
        await self._sift()

    def _tell(self) -> None:
        """Titles, chips and ages, and what the table knows."""
        self.query_one(PlayerTable).tell(
            Known(
                facts=self._facts.by_id,
                loaded=self._facts_of is not None,
                owners=self._owners,
                league_id=self._league_id,
                league=self._league,
                leagues=tuple(self._leagues),
                by=self._by,
                marked=self._marked.player_id if self._marked is not None else None,
            )
        )
        self._head()
        self._tell_chips()
        self._tell_ages()

    def _head(self) -> None:
        self.query_one("#titles", Static).update(self.query_one(PlayerTable).header(), layout=False)

    def _tell_chips(self) -> None:
        marked = self._marked.name if self._marked is not None else None
        wide = self.size.width >= WIDE
        found = chips(self._sieve, self._by, league=self._league, marked=marked, wide=wide)
        self.query_one(Chips).show(list(found))

    def _tell_ages(self) -> None:
        if self._facts_of is None:
            return
        signs = f" · {SIGNS}" if self.size.width >= WIDE and len(self._leagues) > 1 else ""
        told = ages(self._facts.sources, utcnow(), in_full=self.size.width >= WIDER)
        self.query_one("#ages", Static).update(plain(told + signs), layout=False)

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._search()

    def _search(self, *, keep: bool = False) -> None:
        """Show what the field asks for, without laying the screen out again."""
        if self._index is None or self._sifted is None:
            return
        text = self.query_one(Input).value[:_LONGEST]
        found = self._sifted.of(self._index.search(text, self._here)) if text.strip() else self._sifted.rows
        table, total = self.query_one(PlayerTable), len(self._index)
        back = key_of("screen.back")
        if not total:
            table.empty = (
                f"No players are stored yet: press {back}, then {key_of('app.refresh')} to sync with Sleeper."
            )
        else:
            table.empty = f"Nobody fits. {back} clears the search, then the filters."
        table.show(found, keep=keep)
        told = f"{len(found):,} of {total:,} players" if found else f"None of {total:,} players matches"
        self.query_one("#count", Static).update(plain(told if total else ""), layout=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit titles, chips and ages to the new width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._head()
        self._tell_chips()
        self._tell_ages()

    # Filters and order

    def action_league(self, step: int) -> None:
        """Go to the next league: its owners, its numbers."""
        ids = list(self._leagues)
        if self._league_id in ids:
            self._league_id = ids[(ids.index(self._league_id) + step) % len(ids)]
            self._facts, self._facts_of = _NO_FACTS, None
            self._resift()
            self.reload()

    def action_position(self, step: int) -> None:
        """Show the next position alone; after the last one all of them."""
        choices = [None, *positions_of(self._index.rows if self._index else (), self._facts)]
        place = choices.index(self._sieve.position) if self._sieve.position in choices else 0
        self._narrow(replace(self._sieve, position=choices[(place + step) % len(choices)]))

    def action_whose(self) -> None:
        """Show free agents alone, then mine, then rivals' players, then everybody."""
        choices = [None, *WHOSE]
        self._narrow(
            replace(self._sieve, whose=choices[(choices.index(self._sieve.whose) + 1) % len(choices)])
        )

    def action_mine(self) -> None:
        """Show mine alone, or everybody again."""
        self._narrow(replace(self._sieve, whose=None if self._sieve.whose == MINE else MINE))

    def action_injured(self) -> None:
        """Show those with a designation alone, or everybody again."""
        self._narrow(replace(self._sieve, injured=not self._sieve.injured))

    def action_bye(self) -> None:
        """Show those on bye this week alone, or everybody again."""
        self._narrow(replace(self._sieve, on_bye=not self._sieve.on_bye))

    def action_everybody(self) -> None:
        """Switch every filter off."""
        self._narrow(Sieve())

    def _narrow(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._tell_chips()
        self._resift()

    def action_sort(self, step: int) -> None:
        """Sort by the next column that can be sorted by."""
        self._sort_by(ORDERS[(ORDERS.index(self._by) + step) % len(ORDERS)])

    def _sort_by(self, by: str) -> None:
        self._by = by
        self._tell_chips()
        self._resift()

    @on(events.Click, "#titles")
    def _title_clicked(self, event: events.Click) -> None:
        column = self.query_one(PlayerTable).column_at(event.x)
        by = next((by for by, (key, _) in SORTS.items() if key == column), None)
        if by is not None:
            self._sort_by(by)

    @on(Chips.Pressed)
    async def _chip_pressed(self, event: Chips.Pressed) -> None:
        await self.run_action(event.action)

    # Comparing

    def action_compare(self) -> None:
        """Mark the player; with another one marked compare the two; on the marked one take the mark away."""
        chosen = self.query_one(PlayerTable).chosen
        if chosen is None:
            return
        if self._marked is not None and chosen.player_id != self._marked.player_id:
            self.fantasy.go.compare(self._marked.player_id, chosen.player_id, self._league_id)
            return
        self._marked = chosen if self._marked is None else None
        self._tell()

    # Between the field and the list

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(Input).focus()

    @on(Input.Submitted, "#query")
    def action_to_table(self) -> None:
        """Go to the players found."""
        table = self.query_one(PlayerTable)
        if table.rows:
            table.focus()

    @property
    def can_go_back(self) -> bool:
        """True: from the field to the list, or out of it."""
        return True

    def action_back(self) -> None:
        """From the players to the field; there clear it, then the filters, and leave it once all are gone."""
        field = self.query_one(Input)
        if not field.has_focus:
            field.focus()
        elif field.value:
            field.clear()
        elif self._sieve != Sieve():
            self.action_everybody()
        else:
            self.query_one(PlayerTable).focus()

    def on_player_table_chosen(self, event: PlayerTable.Chosen) -> None:
        """Open the player."""
        self.fantasy.go.player(event.row.player_id)
