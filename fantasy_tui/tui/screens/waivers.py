"""The waiver board: free agents by what they are worth to the team, and what it takes to get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.item import link
from fantasy_tui.tui import waiver_card
from fantasy_tui.tui import waiver_words as words
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import WAIVERS
from fantasy_tui.tui.league_words import no_leagues
from fantasy_tui.tui.pictures.ladder import BidLadder, Rung
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.weekly import signed, style_of
from fantasy_tui.tui.widgets.player_table import short_injury
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.football.waiver_board import Option, WaiverBoard
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("add", "Add", 15, most=30),
    Column("position", "Pos", 3),
    Column("injury", "Inj", 5, drop=3),
    Column("drop", "Drop", 12, most=30),
    Column("gain", "Gain", 5, right=True),
    Column("worth", "Worth", 5, drop=2, right=True),
    Column("chance", "Sure", 4, right=True),
    Column("weeks", "Weeks", 5, drop=1),
    Column("price", "How", 9),
    Column("until", "Until", 9, drop=4),
)
WIDE = 100
"""Columns from which sources are named in full."""
_NAME = 30
_TICK = 30.0


class WaiversScreen(AppScreen):
    """Adds, the most worth first; all about the one under the cursor below them."""

    CSS_PATH = "waivers.tcss"
    HEADING = "Waivers"
    AUTO_FOCUS = "#options"
    BINDINGS: ClassVar[list[BindingType]] = [*WAIVERS.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self._leagues: dict[str, LeagueSummary] = {}
        self._league_id: str | None = None
        self._board: WaiverBoard | None = None
        self._position: str | None = None

    def content(self) -> ComposeResult:
        """The league, the adds, and all about one of them."""
        yield Static(id="league", classes="line")
        yield RowTable(id="options")
        with Pane(id="card"):
            yield Static(id="about")
            yield Static(id="ladder-title")
            yield BidLadder()
            yield Static(id="rest")
        with Horizontal(id="foot"):
            yield Waiting()
            yield Static(id="told", classes="line")
        yield Static(id="empty")

    def on_mount(self) -> None:
        """Let the ages grow and the run of waivers come nearer."""
        self.set_interval(_TICK, self._tell)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens."""
        return self._league_id

    @property
    def page(self) -> str | None:
        """Its page on which claims are made."""
        return link(self._league_id, "waiver_wire") if self._league_id is not None else None

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the board of the league."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        self._leagues = {league.league_id: league for league in leagues}
        if self._league_id not in self._leagues:
            self._league_id = next(iter(self._leagues), None)
        if self._league_id is None:
            self._say_empty(no_leagues())
            return
        with self.query_one(Waiting).saying("weighing the wire"):
            self._board = await workspace.browse.waivers(self._league_id)
        if self._board is None:
            league = cut(self._leagues[self._league_id].name, _NAME)
            self._say_empty(
                f"You have no team in {league}. {key_of('waivers.next_league')} goes to your next league."
            )
        else:
            self._show()

    def _say_empty(self, sentence: str) -> None:
        self.add_class("-empty")
        self.query_one("#empty", Static).update(plain(sentence))

    @property
    def _options(self) -> dict[str, Option]:
        """The adds shown, by player."""
        options = self._board.options if self._board is not None else ()
        return {o.add_id: o for o in options if self._position in (None, o.add_position)}

    def _show(self) -> None:
        board = self._board
        if board is None:
            return
        if self._position not in {option.add_position for option in board.options}:
            self._position = None
        self.remove_class("-empty")
        self.set_class(not board.options, "-bare")
        if self.focused is None and board.options:
            self.query_one(RowTable).focus()  # the other league had nothing to show
        now = utcnow()
        rows = [(key, _row(board, option)) for key, option in self._options.items()]
        self.query_one(RowTable).fill(COLUMNS, rows)
        alone = f" · {self._position} alone" if self._position else ""
        head = Content.assemble(
            plain(board.name, _NAME), (f" · week {board.week}{alone} · ", "$foreground-muted")
        )
        told = ("closed", "bold $text-warning") if board.closed else words.headline(board, now)
        self.query_one("#league", Static).update(head + Content.assemble(told))
        self._tell()

    @property
    def chosen(self) -> Option | None:
        """The add under the cursor."""
        return self._options.get(self.query_one(RowTable).chosen_key or "")

    @on(RowTable.RowHighlighted)
    def _to_top(self) -> None:
        self._tell()
        self.query_one("#card").scroll_home(animate=False)

    def _tell(self) -> None:
        board, option, now = self._board, self.chosen, utcnow()
        width = self.query_one("#card").scrollable_content_region.width
        if board is None or not width:
            return
        about = waiver_card.about(board, option, now) if option is not None else plain(_nothing(board))
        self.query_one("#about", Static).update(about)
        steps = option.ladder if option is not None else None
        for widget in (
            title := self.query_one("#ladder-title", Static),
            picture := self.query_one(BidLadder),
        ):
            widget.display = steps is not None
        if option is not None and steps is not None:
            title.update(plain(words.ladder_title(option)))
            picture.update([Rung(step.amount, step.chance) for step in steps.steps], option.bid)
        self.query_one("#rest", Static).update(waiver_card.rest(board, option, now, width))
        told = ages(board.sources, now, in_full=self.size.width >= WIDE)
        self.query_one("#told", Static).update(plain(f"Sends nothing. {told}"))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the text to the new width."""
        self.call_after_refresh(self._tell)

    def action_league(self, step: int) -> None:
        """Go to the next league."""
        keys = list(self._leagues)
        if self._league_id in keys:
            self._league_id = keys[(keys.index(self._league_id) + step) % len(keys)]
            self.reload()

    def action_position(self) -> None:
        """Show the adds of the next position alone; after the last one all of them."""
        if self._board is not None:
            found = dict.fromkeys(option.add_position for option in self._board.options)
            kinds = [None, *sorted(position for position in found if position is not None)]
            self._position = kinds[(kinds.index(self._position) + 1) % len(kinds)]
            self._show()

    def action_copy(self) -> None:
        """Copy what is to be done in Sleeper."""
        if (option := self.chosen) is not None:
            steps = [*(f"First {told}" for told in option.first), words.task(option)]
            self.app.copy_to_clipboard("\n".join(map(str, map(plain, steps))))
            self.fantasy.tell("Copied what to do in Sleeper (where the terminal allows it).")

    @on(RowTable.RowSelected)
    def _open(self) -> None:
        if (option := self.chosen) is not None:
            self.fantasy.go.player(option.add_id)


def _nothing(board: WaiverBoard) -> str:
    return board.closed or "Nobody who is free improves your line-ups. Each sync looks again."


def _row(board: WaiverBoard, option: Option) -> Row:
    claim = option.claim and board.runs_at is not None
    return {
        "add": Cell(option.add),
        "position": Cell(option.add_position or "–"),
        "injury": Cell(short_injury(option.add_injury), "$text-warning"),
        "drop": Cell(option.drop or "(room)", "" if option.drop else "$foreground-muted"),
        "gain": Cell(signed(option.gain), style_of(option.gain)),
        "worth": Cell(signed(option.worth), style_of(option.worth)),
        "chance": Cell(f"{round(100 * option.chance)}%"),
        "weeks": Cell(words.weeks(option)),
        "price": Cell(words.price(option), "" if option.claim else "$text-success"),
        "until": Cell(f"{board.runs_at.astimezone():%a %H:%M}" if claim and board.runs_at else ""),
    }
