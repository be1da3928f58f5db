"""Offers near the one on the bench, and the best deals with its partner, to choose one from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.view import LeagueView
from fantasy_tui.tui.keys.dialogs import TRADE_FINDS
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.offers import Offer
from fantasy_tui.tui.screens.dialog import ReadingDialog
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.trade_card import verdict
from fantasy_tui.tui.trade_words import Names, given
from fantasy_tui.tui.weekly import signed, style_of
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench

_COLUMNS = (
    Column("kind", "", 7, drop=2),
    Column("give", "You give", 13, most=40),
    Column("get", "You get", 13, most=40),
    Column("mine", "You", 5, right=True),
    Column("theirs", "They", 5, right=True),
    Column("accept", "Accept?", 7, drop=1, right=True),
)
COUNTER, DEAL = "counter", "deal"


class TradeFinds(ReadingDialog["Bench | None"]):
    """Dismissed with the offer that is chosen, or with none; closing it stops the search."""

    AUTO_FOCUS = "RowTable"
    BINDINGS: ClassVar[list[BindingType]] = [*TRADE_FINDS.bindings, *PANE.bindings]

    def __init__(self, view: LeagueView, offer: Offer, names: Names) -> None:
        super().__init__()
        self._view, self._offer, self._names = view, offer, names
        self._found: list[tuple[str, Bench]] = []
        self._stopped = False

    def compose(self) -> ComposeResult:
        """What is looked for, what is found, and all about the one under the cursor."""
        partner = cut(self._view.rosters[self._offer.partner].team_name, 40)
        with Vertical(classes="dialog -tall"):
            yield Static(plain(f"Counters and deals with {partner}").stylize("bold"))
            yield RowTable(id="choices")
            with Pane(id="card"):
                yield Static(id="about")
            yield Waiting()
            yield Static(plain(self._keys()), id="hint", classes="hint")

    def _keys(self) -> str:
        choose, back = key_of("list.open"), key_of("trade_finds.back")
        return f"{choose} lays it on the bench, {back} stops and goes back; nothing is sent"

    def on_mount(self) -> None:
        """Start looking."""
        self._look()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._stopped = True

    @work(exit_on_error=False)
    async def _look(self) -> None:
        """Counters first, which are quick, then deals."""
        workspace, view, offer = self.fantasy.workspace, self._view, self._offer
        if workspace is None:
            return
        with self.query_one(Waiting).saying("looking"):
            if offer.is_whole:
                near = await workspace.browse.counters(
                    view,
                    offer.partner,
                    offer.give,
                    offer.get,
                    stop=lambda: self._stopped,
                    beside=offer.beside,
                )
                self._add(COUNTER, near)
            self._add(DEAL, await workspace.browse.deals(view, offer.partner))
        if not self._found:
            self.query_one("#about", Static).update(plain(self._nothing()))

    def _add(self, kind: str, benches: list[Bench]) -> None:
        have = {(bench.mine.gives, bench.mine.gets) for _, bench in self._found}
        self._found += [(kind, b) for b in benches if (b.mine.gives, b.mine.gets) not in have]
        rows = [(str(place), self._row(kind, bench)) for place, (kind, bench) in enumerate(self._found)]
        self.query_one(RowTable).fill(_COLUMNS, rows)
        self._tell()

    def _nothing(self) -> str:
        near = (
            "No offer near yours is better for them at little cost to you, and"
            if self._offer.is_whole
            else "There is"
        )
        return (
            f"{near} no deal with this partner that promises you a point a week without costing them. Another partner"
            " may have what you need."
        )

    def _row(self, kind: str, bench: Bench) -> Row:
        mine, theirs = bench.mine.total, bench.theirs.total
        accepted = f"{round(100 * bench.acceptance)}?" if bench.acceptance is not None else "–"
        return {
            "kind": Cell(kind, "$foreground-muted"),
            "give": Cell(given(bench.mine, self._names)),
            "get": Cell(given(bench.theirs, self._names)),
            "mine": Cell(signed(mine), style_of(mine)),
            "theirs": Cell(signed(theirs), style_of(theirs)),
            "accept": Cell(accepted),
        }

    @property
    def _chosen(self) -> tuple[str, Bench] | None:
        key = self.query_one(RowTable).chosen_key
        return self._found[int(key)] if key is not None else None

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        if self._chosen is None:
            return
        kind, bench = self._chosen
        told = verdict(bench, self._names)
        if kind == DEAL:
            luck = CALIBRATION.luck["trade"]
            best = f"The best of very many deals tried: {luck:g} points a week of what it promises are luck."
            told = Content("\n").join([told, plain(best)])
        self.query_one("#about", Static).update(told)
        self.query_one("#card").scroll_home(animate=False)

    @on(RowTable.RowSelected)
    def _choose(self) -> None:
        if self._chosen is not None:
            self.dismiss(self._chosen[1])
