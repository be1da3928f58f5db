"""One player: who he is, what he scores and is expected to score, in whose hands he is, and who is like him."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import PLAYER
from fantasy_tui.tui.player_text import described
from fantasy_tui.tui.player_words import Expectations
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.widgets.row_table import Cell, Column, RowTable
from fantasy_tui.tui.widgets.scrolling import Reading
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.crud.card import PlayerCard
    from fantasy_tui.workspace import Workspace

TALL = 34
"""Lines from which both seasons have bars, and higher ones."""
WIDE = 110
SIMILAR = (
    Column("player", "Used like him", 20, most=34),
    Column("position", "Pos", 3),
    Column("team", "Team", 4),
    Column("alike", "Alike", 5, right=True),
)


class PlayerScreen(AppScreen):
    """All about one player; opened over another screen."""

    CSS_PATH = "player.tcss"
    HEADING = "Player"
    AUTO_FOCUS = "#similar"
    BINDINGS: ClassVar[list[BindingType]] = [*PLAYER.bindings, *PANE.bindings]

    def __init__(self, player_id: str) -> None:
        super().__init__()
        self.player_id = player_id
        self._card: PlayerCard | None = None
        self._league_id: str | None = None
        self._expected: Expectations = {}

    def content(self) -> ComposeResult:
        """A text that scrolls, the players who are like him, and how old it all is."""
        with Reading(id="about"):
            yield Static(id="player")
        yield RowTable(id="similar")
        with Horizontal(id="below"):
            yield Static(id="ages", classes="line")
            yield Waiting()

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(30, self._tell_ages)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens, and whose points are shown."""
        return self._league_id

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the player; what is expected of him follows, a league at a time."""
        card = (
            await workspace.browse.card(self.player_id, expected=False)
            if workspace.user is not None
            else None
        )
        self._card = card
        if card is None:
            self._say_unknown()
            return
        if self._league_id not in {one.league_id for one in card.leagues}:
            self._league_id = _first(card)
        self._show()
        self._show_similar(card)
        ids = sorted((one.league_id for one in card.leagues), key=lambda one: one != self._league_id)
        with self.query_one(Waiting).saying("Reading projections"):
            for league_id in ids:
                found = await workspace.browse.expected(self.player_id, league_id)
                self._expected = {**self._expected, league_id: found}
                self._show()

    def _say_unknown(self) -> None:
        back, sync = key_of("screen.back"), key_of("app.refresh")
        told = f"No player {cut(self.player_id, 20)} is stored here. Press {back} to go back, {sync} to sync."
        self.query_one("#player", Static).update(plain(told))
        self.set_class(True, "-alone")
        self.query_one(Reading).focus()

    def _show_similar(self, card: PlayerCard) -> None:
        self.set_class(not card.similar, "-alone")
        self.query_one(RowTable).fill(
            SIMILAR,
            [
                (
                    one.player_id,
                    {
                        "player": Cell(one.name),
                        "position": Cell(one.position or "–"),
                        "team": Cell(one.team or "–"),
                        "alike": Cell(f"{100 * one.similarity:.0f} %"),
                    },
                )
                for one in card.similar
            ],
        )
        if not card.similar:
            self.query_one(Reading).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the text out anew at the new width."""
        self.set_class(event.size.height >= TALL, "-tall")
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        card = self._card
        if card is None:
            return
        room = self.query_one("#about").scrollable_content_region.width
        lines = described(card, self._expected, self._league_id, room, tall=self.size.height >= TALL)
        self.query_one("#player", Static).update(Content("\n").join(lines))
        self._tell_ages()

    def _tell_ages(self) -> None:
        if self._card is not None:
            told = ages(self._card.sources, utcnow(), in_full=self.size.width >= WIDE)
            self.query_one("#ages", Static).update(plain(told))

    def action_league(self, step: int) -> None:
        """Show his points in the next league's scoring."""
        ids = [one.league_id for one in self._card.leagues] if self._card is not None else []
        if self._league_id in ids:
            self._league_id = ids[(ids.index(self._league_id) + step) % len(ids)]
            self._show()

    def action_pane(self, lines: int) -> None:
        """Move the text by lines while the list has the focus."""
        self.query_one(Reading).scroll_relative(y=lines, animate=False)

    def action_compare(self) -> None:
        """Compare him with the player under the cursor."""
        other = self.query_one(RowTable).chosen_key
        if other is None:
            self.fantasy.tell(
                f"Nobody is known to be like him; on the players' screen {key_of('players.compare')} marks anybody."
            )
        else:
            self.fantasy.go.compare(self.player_id, other, self._league_id)

    @on(RowTable.RowSelected)
    def _open(self, event: RowTable.RowSelected) -> None:
        self.fantasy.go.player(event.key)


def _first(card: PlayerCard) -> str | None:
    """The first league in which he is the user's, else the first."""
    mine = (one.league_id for one in card.leagues if one.owner is not None and one.owner.mine)
    return next(mine, next((one.league_id for one in card.leagues), None))
