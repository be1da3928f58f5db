"""One side of the trade bench: a roster from which players go into the offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from fantasy_tui.tui.widgets.player_table import short_injury
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.assets import Asset
    from fantasy_tui.football.picks import Extras, Holding, Pick

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
MONEY = "$"
"""The key of the line of dollars."""
_PLACES = {"reserve": "IR", "taxi": "TAXI"}
_CHOSEN = "bold $text-accent"


class SideTable(RowTable):
    """A team's players, picks and dollars; a click puts one into the offer, as the key does."""

    _picks: Mapping[str, Pick] = {}

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, table: SideTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> SideTable:
            """The table, for `@on` with a selector."""
            return self.table

    def show(
        self,
        players: Sequence[Asset],
        offered: Collection[str],
        holding: Holding,
        extras: Extras,
        names: Mapping[str, str],
    ) -> None:
        """Show what a team can give, marked what of it is in the offer; the picks by their names."""
        self._picks = {pick.key: pick for pick in holding.picks}
        rows = [(one.player_id, _row(one, one.player_id in offered)) for one in players]
        rows += [(key, _extra(names[key], "Pick", pick in extras.picks)) for key, pick in self._picks.items()]
        if holding.faab:
            told = f"${extras.faab} of ${holding.faab}" if extras.faab else f"${holding.faab} left"
            rows.append((MONEY, _extra(told, "FAAB", bool(extras.faab))))
        self.fill(COLUMNS, rows)

    def pick(self, key: str) -> Pick | None:
        """The pick of a line; none for another."""
        return self._picks.get(key)

    def is_player(self, key: str) -> bool:
        """True for the line of a player."""
        return key != MONEY and key not in self._picks

    def on_click(self, event: events.Click) -> None:
        """Put what the line has into the offer; enter, not a click, opens a player."""
        event.prevent_default()
        line = self.line_at(event)
        if line is not None:
            self.cursor = line
            if self.chosen_key is not None:
                self.post_message(self.Clicked(self, self.chosen_key))


def _extra(name: str, what: str, offered: bool) -> Row:
    """A line of what is traded beside players; what it is worth is not known."""
    style = _CHOSEN if offered else ""
    return {
        "mark": Cell(IN_OFFER if offered else "", _CHOSEN),
        "player": Cell(name, style),
        "position": Cell(""),
        "team": Cell(""),
        "injury": Cell(what, "$foreground-muted"),
        "a_week": Cell("–", style),
        "worth": Cell("–", style),
    }


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
