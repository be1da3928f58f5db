"""The trade bench: an offer built from two rosters, weighed at every key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.football.assets import Asset, assets
from fantasy_tui.football.bench import trading_closed
from fantasy_tui.football.picks import Holding
from fantasy_tui.football.trade_values import Ledger, ledger
from fantasy_tui.football.view import LeagueView
from fantasy_tui.review.item import link
from fantasy_tui.tui import trade_card
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import TRADES
from fantasy_tui.tui.league_words import no_leagues
from fantasy_tui.tui.offers import Offer, Offers, with_dollars, with_pick
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.trade_finds import TradeFinds
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.trade_words import Names, message, names_of
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.scrolling import Pane
from fantasy_tui.tui.widgets.side_table import MONEY, SideTable
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench
    from fantasy_tui.workspace import Workspace

WIDE = 150
"""Columns from which the verdict stands beside the rosters."""
A_LOT = 10
"""Dollars that are put in at once."""
_TICK = 30.0


class TradesScreen(AppScreen):
    """My roster left, the partner's right, and below what the offer does to both line-ups. It sends nothing."""

    CSS_PATH = "trades.tcss"
    HEADING = "Trades"
    AUTO_FOCUS = "#mine"
    BINDINGS: ClassVar[list[BindingType]] = [*TRADES.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self._leagues: list[str] = []
        self._league_id: str | None = None
        self._view: LeagueView | None = None
        self._book: Ledger | None = None
        self._assets: dict[int, tuple[Asset, ...]] = {}
        self._holdings: dict[int, Holding] = {}
        self._names: Names = {}
        self._partners: dict[str, int] = {}
        self._offers = Offers()
        self._bench: Bench | None = None
        self._weighed: Offer | None = None
        """The offer that the bench shown is about; none while it is not of this reading of the league."""
        self._weighing = False

    def content(self) -> ComposeResult:
        """The league, two rosters, the verdict, and what the bench does not do."""
        yield Static(id="league", classes="line")
        with Container(id="desk"):
            with Horizontal(id="sides"):
                for side in ("mine", "theirs"):
                    with Vertical(id=f"{side}-side", classes="side"):
                        yield Static(classes="line team")
                        yield SideTable(id=side)
            with Pane(id="verdict"):
                yield Static(id="about")
        with Horizontal(id="foot"):
            yield Waiting()
            yield Static(id="told", classes="line")
        yield Static(id="empty")

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(_TICK, self._tell_age)

    def on_resize(self, event: events.Resize) -> None:
        """The verdict beside the rosters where there is room, else below them."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._tell_age()

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self._league_id

    @property
    def page(self) -> str | None:
        """Its page on which offers are made."""
        return link(self._league_id, "trade_analysis") if self._league_id is not None else None

    # What is on the bench

    async def read(self, workspace: Workspace) -> None:
        """Fetch the league and show both rosters."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        self._leagues = [league.league_id for league in leagues]
        if self._league_id not in self._leagues:
            self._league_id = self._leagues[0] if leagues else None
        if self._league_id is None:
            self._say_empty(no_leagues())
            return
        with self.query_one(Waiting).saying("reading the league"):
            view = await workspace.browse.view(self._league_id)
            holdings = await workspace.browse.holdings(view)
            self._book, self._assets = await asyncio.to_thread(_listed, view)
        self._view, self._holdings, self._weighed = view, holdings, None
        self._names = names_of(view, holdings)
        self._show()

    @property
    def _others(self) -> list[int]:
        """The other teams that hold anyone, in the order of the standings."""
        standings = self._view.standings() if self._view is not None else ()
        mine = self._view.my_roster_id if self._view is not None else None
        return [roster.roster_id for roster in standings if roster.players and roster.roster_id != mine]

    @property
    def _offer(self) -> Offer | None:
        """The offer on the bench; none without two teams."""
        view, others = self._view, self._others
        if view is None or view.mine is None or not others:
            return None
        partner = self._partners.get(view.league_id)
        partner = partner if partner in others else others[0]
        return self._offers.to(view.league_id, partner).among(
            view.mine.players,
            view.rosters[partner].players,
            self._holdings[view.mine.roster_id],
            self._holdings[partner],
        )

    def _put(self, offer: Offer) -> None:
        """Lay this offer on the bench."""
        self._partners[offer.league_id] = offer.partner
        self._offers.keep(offer)
        self._show()

    # Showing

    def _show(self) -> None:
        view, offer = self._view, self._offer
        if view is None:
            return
        if view.mine is None or offer is None:
            self._say_empty(trade_card.nobody(view))
            return
        self.remove_class("-empty")
        others, partner = self._others, view.rosters[offer.partner]
        place = f"partner {others.index(offer.partner) + 1} of {len(others)}"
        self.query_one("#league", Static).update(trade_card.heading(view, place), layout=False)
        for side, roster, chosen, extras in (
            ("mine", view.mine, offer.give, offer.give_beside),
            ("theirs", partner, offer.get, offer.get_beside),
        ):
            number = roster.roster_id
            in_all = len(chosen) + len(extras.picks) + bool(extras.faab)
            self.query_one(f"#{side}-side .team", Static).update(
                trade_card.team(roster, side, in_all), layout=False
            )
            self.query_one(f"#{side}", SideTable).show(
                self._assets[number], chosen, self._holdings[number], extras, self._names
            )
        if self.focused is None:
            self.query_one("#mine").focus()  # the other league had nothing to show
        self._tell_age()
        self._weigh()

    def _say_empty(self, sentence: str) -> None:
        self.add_class("-empty")
        self.query_one("#empty", Static).update(plain(sentence))

    def _tell(self) -> None:
        offer, bench = self._offer, self._bench
        if offer is None or bench is None:
            return
        about = self.query_one("#about", Static)
        told = trade_card.how_to() if offer.is_empty else trade_card.verdict(bench, self._names)
        # Laying the screen out costs more than the offer: only a text of another height needs it.
        size = about.content_size
        about.update(told, layout=not size.width or len(told.wrap(size.width)) != size.height)

    def _tell_age(self) -> None:
        if self._view is not None:
            copy, go = key_of("trades.copy"), key_of("app.open")
            told = f"Sends nothing: {copy} copies, {go} opens Sleeper. "
            told += ages(self._view.sources, utcnow(), in_full=self.size.width >= WIDE)
            self.query_one("#told", Static).update(plain(told), layout=False)

    # Weighing

    def _weigh(self) -> None:
        if not self._weighing:
            self._weighing = True
            self._weigh_newest()

    @work(group="weigh", exit_on_error=False)
    async def _weigh_newest(self) -> None:
        """Weigh what is on the bench until nothing newer is: one at a time, so that no old result comes last."""
        try:
            with self.query_one(Waiting).saying("weighing the offer"):
                while (workspace := self.fantasy.workspace) is not None:
                    view, offer = self._view, self._offer
                    if view is None or offer is None or offer == self._weighed:
                        return
                    bench = await workspace.browse.bench(
                        view, offer.partner, offer.give, offer.get, book=self._book, beside=offer.beside
                    )
                    if view is self._view and offer == self._offer:
                        self._bench, self._weighed = bench, offer
                        self._tell()
        finally:
            self._weighing = False

    # Keys

    def action_offer(self) -> None:
        """Put the player, pick or dollars under the cursor into the offer, or take them out."""
        side = self.focused
        if isinstance(side, SideTable) and side.chosen_key is not None:
            self._toggle(side, side.chosen_key)

    @on(SideTable.Clicked)
    def _clicked(self, event: SideTable.Clicked) -> None:
        self._toggle(event.table, event.key)

    def _toggle(self, side: SideTable, key: str) -> None:
        if (offer := self._offer) is None:
            return
        mine = side.id == "mine"
        extras = offer.give_beside if mine else offer.get_beside
        if key == MONEY:
            self._pay(side, -extras.faab if extras.faab else A_LOT)
        elif (pick := side.pick(key)) is not None:
            self._put(offer.with_extras(with_pick(extras, pick), mine=mine))
        else:
            self._put(offer.toggled(key) if mine else offer.toggled_theirs(key))

    def action_dollars(self, change: int) -> None:
        """Put more dollars of the focused side into the offer, or fewer."""
        if isinstance(self.focused, SideTable):
            self._pay(self.focused, change)

    def _pay(self, side: SideTable, change: int) -> None:
        view, offer = self._view, self._offer
        if view is None or view.mine is None or offer is None:
            return
        mine = side.id == "mine"
        roster_id = view.mine.roster_id if mine else offer.partner
        has = self._holdings[roster_id].faab
        if not has:
            team = cut(view.rosters[roster_id].team_name, 30)
            self.fantasy.tell(f"{team} has no dollars to give: nothing is left, or this league does not bid.")
            return
        extras = offer.give_beside if mine else offer.get_beside
        self._put(offer.with_extras(with_dollars(extras, change, has), mine=mine))

    def action_side(self, side: str) -> None:
        """Go to a side's players."""
        self.query_one(f"#{side}").focus()

    def action_other_side(self) -> None:
        """Go to the other side's players."""
        focused = self.focused
        self.action_side("theirs" if focused is not None and focused.id == "mine" else "mine")

    def action_partner(self, step: int) -> None:
        """Go to the next partner, in the order of the standings; what I give stays in the offer."""
        if (offer := self._offer) is not None:
            others = self._others
            partner = others[(others.index(offer.partner) + step) % len(others)]
            self._partners[offer.league_id] = partner
            self._show()

    def action_league(self, step: int) -> None:
        """Go to the next league; its offer is as it was left."""
        if self._league_id in self._leagues:
            place = self._leagues.index(self._league_id) + step
            self._league_id = self._leagues[place % len(self._leagues)]
            self.reload()

    def action_clear(self) -> None:
        """Take everybody and everything out of the offer."""
        if (offer := self._offer) is not None:
            self._put(Offer(offer.league_id, offer.partner))

    def action_copy(self) -> None:
        """Copy the offer as a sentence."""
        view, offer, bench = self._view, self._offer, self._bench
        if view is None or offer is None or bench is None or offer != self._weighed:
            return
        if offer.is_empty:
            self.fantasy.tell(
                f"Nothing is offered yet: {key_of('trades.offer')} puts a player into the offer."
            )
            return
        self.app.copy_to_clipboard(message(bench, self._names, view.name))
        self.fantasy.tell("Copied the offer as a sentence (where the terminal allows it).")

    def action_find(self) -> None:
        """Look for offers near this one and for deals with the partner."""
        view, offer = self._view, self._offer
        if view is None or offer is None:
            return
        if (closed := trading_closed(view)) is not None:
            self.fantasy.tell(closed)
            return

        def chosen(bench: Bench | None) -> None:
            if bench is not None:
                give, get = frozenset(bench.mine.gives), frozenset(bench.mine.gets)
                beside = bench.mine.extras, bench.theirs.extras
                self._put(Offer(view.league_id, bench.partner, give, get, *beside))

        self.app.push_screen(TradeFinds(view, offer, self._names), chosen)

    @on(RowTable.RowSelected)
    def _open(self, event: RowTable.RowSelected) -> None:
        if isinstance(event.table, SideTable) and event.table.is_player(event.key):
            self.fantasy.go.player(event.key)


def _listed(view: LeagueView) -> tuple[Ledger, dict[int, tuple[Asset, ...]]]:
    book = ledger(view)
    return book, {roster_id: assets(book, roster_id) for roster_id in view.rosters}
