"""A team position by position: who is there, what he is worth, where it is thin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fantasy_tui.tui.widgets.player_columns import short_injury
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.depth import DepthPlayer, PositionDepth, RosterDepth

LEGEND: Final = "Week: points a week · Starts: weeks in the best line-up · spare: beyond need"
COLUMNS = (
    Column("position", "Pos", 4),
    Column("state", "Depth", 8),
    Column("player", "Player", 16, most=30),
    Column("team", "Team", 4, drop=3),
    Column("injury", "Injury", 6, drop=2),
    Column("a_week", "Week", 5, right=True),
    Column("starts", "Starts", 6, drop=1),
    Column("place", "Now", 5),
    Column("bye", "Bye", 3, right=True),
)
_DIM = "$foreground-muted"
_PLACES = {"reserve": "IR", "taxi": "taxi"}
_STATES = {"thin": "bold $text-error", "enough": _DIM, "surplus": "$text-success"}


def depth_rows(depth: RosterDepth) -> Iterator[tuple[str, Row]]:
    """A line a player under his position, by player; a position without anybody has a line by its own name."""
    weeks = len(depth.byes)
    for position in depth.positions:
        head = {
            "position": Cell(position.position, "bold"),
            "state": Cell(state(position), _STATES[position.state]),
        }
        if not position.players:
            yield position.position, {**head, "player": Cell("(nobody)", _DIM)}
        for place, player in enumerate(position.players):
            yield player.player_id, {**(head if place == 0 else {}), **_player(player, weeks)}


def state(position: PositionDepth) -> str:
    """ "thin -1", "enough", "spare +2"."""
    if position.state == "enough":
        return "enough"
    return f"{'thin' if position.state == 'thin' else 'spare'} {position.spare:+d}"


def _player(player: DepthPlayer, weeks: int) -> Row:
    style = "" if player.weeks_started or player.starts else _DIM
    now = _PLACES.get(player.place) or ("start" if player.starts else "bench")
    return {
        "player": Cell(player.name, style),
        "team": Cell(player.nfl_team or "–", style),
        "injury": Cell(short_injury(player.injury), "$text-warning"),
        "a_week": Cell("–" if player.a_week is None else f"{player.a_week:.1f}", style),
        "starts": Cell(f"{player.weeks_started} of {weeks}", style),
        "place": Cell(now, style),
        "bye": Cell(str(player.bye) if player.bye is not None else "", style),
    }


class DepthTable(RowTable):
    """The players; the cursor stays on its player."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._players: set[str] = set()

    def show(self, depth: RosterDepth) -> None:
        """Show a team."""
        self._players = {player.player_id for one in depth.positions for player in one.players}
        self.fill(COLUMNS, list(depth_rows(depth)))

    @property
    def chosen(self) -> str | None:
        """The player under the cursor."""
        key = self.chosen_key
        return key if key in self._players else None
