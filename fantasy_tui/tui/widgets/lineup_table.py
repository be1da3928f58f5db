"""A team's week as a table: slots, bench, reserve and taxi, the suggested line-up beside or instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fantasy_tui.football.plan import Plan
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from fantasy_tui.tui.widgets.player_table import short_injury
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

_MARKS = {Basis.PRESET: "*", Basis.AVERAGE: "~"}
LEGEND = "* preset points  ~ season average  L locked  > change"
_SLOT = Column("slot", "Slot", 4)
_NOW = (
    Column("player", "Player", 16, most=26),
    Column("position", "Pos", 3),
    Column("team", "Team", 4),
    Column("game", "Game", 6),
    Column("injury", "Injury", 6),
    Column("projected", "Proj", 6, right=True),
    Column("scored", "Pts", 6, right=True),
)
_MARK = Column("mark", "", 1)
_ADVISED = (
    Column("advised", "Suggested", 16, most=26),
    Column("advised_projected", "Proj", 6, right=True),
)
_EMPTY = "(empty)"
_CHANGED = "bold $text-success"
SLOTS = {
    "SUPER_FLEX": "SFLX",
    "WRRB_FLEX": "W/R",
    "REC_FLEX": "W/T",
    "IDP_FLEX": "IDP",
}


@dataclass(frozen=True, slots=True)
class LineupRow:
    """One line: a slot (or where the player sits), who is there now and who should be."""

    key: str
    slot: str
    now: PlayerWeek | None
    advised: PlayerWeek | None
    now_id: str | None = None
    """Set for a player nothing is known about, too."""
    locked: bool = False
    starts: bool = True

    @property
    def changes(self) -> bool:
        """True where the suggestion puts somebody else."""
        return (self.now and self.now.player_id) != (self.advised and self.advised.player_id)


def lineup_rows(view: LeagueView, roster: RosterWeek, plan: Plan) -> list[LineupRow]:
    """Every player of the team: starters in slot order, then bench, reserve and taxi."""
    slots = enumerate(zip(plan.slots, plan.current, plan.suggested, strict=False))
    rows = [
        LineupRow(
            key=f"slot {place}",
            slot=SLOTS.get(slot, slot),
            now=view.player(now),
            advised=view.player(advised),
            now_id=now,
            locked=place in plan.locked,
        )
        for place, (slot, now, advised) in slots
    ]
    for title, players in (("BN", roster.bench), ("IR", roster.reserve), ("TAXI", roster.taxi)):
        for player_id in players:
            player = view.player(player_id)
            locked = player is not None and player.locked(view.now)
            rows.append(LineupRow(player_id, title, player, player, player_id, locked, starts=False))
    return rows


def matchup(player: PlayerWeek) -> str:
    """Whom he plays this week, or why not: "v DAL", "at PHI", "BYE", "–"."""
    if player.on_bye:
        return "BYE"
    if player.opponent is None:
        return "–"
    return f"{'v' if player.at_home else 'at'} {player.opponent}"


def points(player: PlayerWeek | None) -> str:
    """Expected league points with a mark for a projection that is not of this league's own scoring."""
    if player is None:
        return ""
    if player.on_bye or player.projection.basis is Basis.NONE:
        return "–"
    return f"{player.expected:.1f}{_MARKS.get(player.projection.basis, ' ')}"


def _scored(player: PlayerWeek | None) -> str:
    return "" if player is None or player.points is None else f"{player.points:.1f}"


def lineup_row(row: LineupRow, *, advised: bool) -> Row:
    """A line's cells: who is there now, or who should be where the line-up is shown as `advised`."""
    player = row.advised if advised else row.now
    name = player.name if player is not None else (None if advised else row.now_id) or _EMPTY
    style = "" if row.starts else "$foreground-muted"
    if advised and row.changes:
        style = _CHANGED
    mark = "L" if row.locked else ">" if row.changes else ""
    return {
        "slot": Cell(row.slot, "$foreground-muted"),
        "player": Cell(name, style),
        "position": Cell(player.position or "–" if player else ""),
        "team": Cell(player.team or "–" if player else ""),
        "game": Cell(matchup(player) if player else ""),
        "injury": Cell(short_injury(player.injury_status) if player else "", "$text-warning"),
        "projected": Cell(points(player)),
        "scored": Cell(_scored(player)),
        "mark": Cell(mark, _CHANGED if row.changes else "$foreground-muted"),
        **_advice(row),
    }


def _advice(row: LineupRow) -> Row:
    """The suggested line-up's part of a line, where both are shown."""
    if not row.starts:
        return {}
    projected = Cell(points(row.advised))
    if not row.changes:
        return {"advised": Cell("same", "$foreground-muted"), "advised_projected": projected}
    name = row.advised.name if row.advised is not None else _EMPTY
    return {"advised": Cell(name, _CHANGED), "advised_projected": projected}


class LineupTable(RowTable):
    """The table; the cursor stays on its slot or player when the team is shown again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lineup: dict[str, LineupRow] = {}
        self._advised = False

    @property
    def chosen(self) -> str | None:
        """The id of the player under the cursor; none for an empty slot."""
        row = self._lineup.get(self.chosen_key or "")
        if row is None:
            return None
        return row.advised.player_id if self._advised and row.advised is not None else row.now_id

    def show(self, rows: Sequence[LineupRow], *, advised: bool, beside: bool) -> None:
        """Fill the table: the line-up as it is, or as `advised`, or both `beside` each other."""
        self._lineup = {row.key: row for row in rows}
        self._advised = advised and not beside
        columns = (_SLOT, *_NOW, _MARK, *(_ADVISED if beside else ()))
        self.fill(columns, [(row.key, lineup_row(row, advised=self._advised)) for row in rows])
