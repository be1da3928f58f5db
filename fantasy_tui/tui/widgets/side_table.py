"""One side of the trade bench: a roster from which players go into the offer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from fantasy_tui.tui.widgets.player_table import short_injury
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.assets import Asset

COLUMNS = (
    Column("mark", "", 1),
    Column("player", "Player", 14, most=26),
    Column("position", "Pos", 3),
    Column("team", "Team", 4, drop=2),
    Column("injury", "Inj", 5),
    Column("a_week", "/wk", 4, right=True),
    Column("worth", "Worth", 5, drop=1, right=True),
)
IN_OFFER = "●"
_PLACES = {"reserve": "IR", "taxi": "TAXI"}
_CHOSEN = "bold $text-accent"


class SideTable(RowTable):
    """A team's players; a click puts one into the offer, as the key does."""

    class Clicked(Message):
        """A player was clicked."""

        def __init__(self, table: SideTable, player_id: str) -> None:
            super().__init__()
            self.table = table
            self.player_id = player_id

        @property
        def control(self) -> SideTable:
            """The table, for `@on` with a selector."""
            return self.table

    def show(self, players: Sequence[Asset], offered: Collection[str]) -> None:
        """Show a team, those in the offer marked."""
        self.fill(COLUMNS, [(one.player_id, _row(one, one.player_id in offered)) for one in players])

    def on_click(self, event: events.Click) -> None:
        """Put the player into the offer; enter, not a click, opens him."""
        event.prevent_default()
        line = self.line_at(event)
        if line is not None:
            self.cursor = line
            if self.chosen_key is not None:
                self.post_message(self.Clicked(self, self.chosen_key))


def _row(one: Asset, offered: bool) -> Row:
    style = _CHOSEN if offered else "" if one.place == "active" else "$foreground-muted"
    return {
        "mark": Cell(IN_OFFER if offered else "", _CHOSEN),
        "player": Cell(one.name, style),
        "position": Cell(one.position or "–", style),
        "team": Cell(one.nfl_team or "–", style),
        "injury": Cell(_PLACES.get(one.place) or short_injury(one.injury), "$text-warning"),
        "a_week": Cell(_points(one.a_week), style),
        "worth": Cell(_points(one.worth), style),
    }


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
