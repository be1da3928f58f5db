"""What the list of all players says about each: its columns, and a player's cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from fantasy_tui.football.facts import NO_FACT, PlayerFact
from fantasy_tui.football.player_card import BYE, MISSED
from fantasy_tui.football.search import UNRANKED, Owners, PlayerRow
from fantasy_tui.tui.pictures.sparkline import Gap, sparkline
from fantasy_tui.tui.text import cut, fit
from fantasy_tui.tui.widgets.row_table import Column, share_out

GAP: Final = 1
"""Cells between two columns."""
SORTS: Final[Mapping[str, tuple[str, str]]] = {
    "rank": ("rank", "▲"),
    "projected": ("projected", "▼"),
    "per_game": ("per_game", "▼"),
    "trend": ("trend", "▼"),
    "name": ("player", "▲"),
}
"""Each order's column and the sign of its direction: ▲ the lowest first, ▼ the highest."""
FULL_BLOCK: Final = 30.0
"""League points that fill a cell of the weeks' column, the same in every row."""
MARK: Final = "●"
_MOST_WEEKS = 18
_MOST_LEAGUES = 12
_INJURIES: Mapping[str, str] = {"Questionable": "Quest", "Doubtful": "Doubt", "Probable": "Prob"}
_GAPS: Mapping[str, Gap] = {BYE: Gap.BYE, MISSED: Gap.MISSED}
_MINE, _RIVAL, _FREE = "M", "r", "·"
SIGNS: Final = f"{_MINE} mine {_RIVAL} a rival's {_FREE} free"

Part = tuple[str, str | None]
"""Text in its column's width, and what colours it: mine, rival, free, injury, up, down, faint; none: nothing."""


def short_injury(status: str | None) -> str:
    """Sleeper's injury status in at most six letters where it is one of its usual words."""
    return _INJURIES.get(status or "", status or "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the players themselves."""

    facts: Mapping[str, PlayerFact] = field(default_factory=dict)
    loaded: bool = False
    """False until facts have come: nothing is said to be unknown before."""
    owners: Owners = field(default_factory=dict)
    league_id: str | None = None
    league: str = ""
    leagues: Sequence[str] = ()
    """The user's leagues of this season, the order of the signs of who holds whom."""
    by: str = "rank"
    marked: str | None = None
    """Who is to be compared with the next one."""


def columns_of(known: Known) -> list[Column]:
    """All columns there are; the width decides which are shown."""
    signs = min(len(known.leagues), _MOST_LEAGUES)
    found = [
        Column("mark", "", 1),
        Column("player", "Player", 17, most=30),
        Column("position", "Pos", 3),
        Column("team", "Team", 4, drop=3),
        Column("injury", "Injury", 6, drop=4),
    ]
    if known.leagues:
        found += [
            Column("owner", known.league, 10, most=20, drop=2),
            *([Column("leagues", "All", max(signs, 3), drop=8)] if signs > 1 else []),
            Column("projected", "Proj", 6, drop=1, right=True),
            Column("per_game", "Avg", 6, drop=5, right=True),
        ]
    found += [Column("trend", "Trend", 7, drop=6, right=True), Column("rank", "Rank", 5, drop=7, right=True)]
    if any(fact.weekly for fact in known.facts.values()):
        found.append(Column("weekly", "Weeks", max(_weeks(known), 5), drop=9))
    # What the list is sorted by stays, however narrow it is.
    return [replace(one, drop=0) if one.key == SORTS[known.by][0] else one for one in found]


def _weeks(known: Known) -> int:
    return min(max((len(fact.weekly) for fact in known.facts.values()), default=0), _MOST_WEEKS)


def shared_out(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """Those that fit into `width` cells, each with its own width without the gap behind it."""
    return share_out(columns, width, GAP)


def titles(shown: Sequence[tuple[Column, int]], by: str) -> str:
    """The titles; the column that the list is sorted by has a sign."""
    sorted_by, sign = SORTS[by]
    return "".join(
        _set(
            cut(column.title, width - len(sign)) + sign if column.key == sorted_by else column.title,
            column,
            width,
        )
        for column, width in shown
    )


def cells(row: PlayerRow, known: Known, shown: Sequence[tuple[Column, int]]) -> list[Part]:
    """A player's line: what stands in each column, gap included; neighbours of one colour are one part."""
    fact = known.facts.get(row.player_id, NO_FACT)
    line: list[Part] = []
    for column, width in shown:
        text, part = _CELLS[column.key](row, fact, known)
        # Blanks are weeks there, which text from outside would lose.
        cell = text.ljust(width + GAP) if column.key == "weekly" else _set(text, column, width)
        if line and (line[-1][1] == part or not text):
            line[-1] = (line[-1][0] + cell, line[-1][1])
        else:
            line.append((cell, part))
    return line


def _set(text: str, column: Column, width: int) -> str:
    return fit(text, width, right=column.right) + " " * GAP


def _injury(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    return short_injury(row.injury_status), "injury"


def _owner(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    held = known.owners.get(row.player_id, ())
    owner = next((one for one in held if one.league_id == known.league_id), None)
    if owner is None:
        return "free", "free"
    return ("mine", "mine") if owner.mine else (owner.team_name, "rival")


def _signs(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    """A sign a league; a plus stands for those that there is no room for."""
    owners = {owner.league_id: owner for owner in known.owners.get(row.player_id, ())}
    signs = [
        _FREE if (owner := owners.get(league)) is None else _MINE if owner.mine else _RIVAL
        for league in known.leagues
    ]
    return "".join(signs if len(signs) <= _MOST_LEAGUES else [*signs[: _MOST_LEAGUES - 1], "+"]), "faint"


def _projected(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    if fact.on_bye:
        return "bye", "faint"
    return _number(fact.projected, known), None


def _number(value: float | None, known: Known) -> str:
    if value is None:
        return "–" if known.loaded else ""
    return f"{value:.1f}"


def _trend(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    """Adds less drops: "▲12.3k", "▼831"; nothing where he is not among the most wanted or unwanted."""
    trend = fact.trend
    if not trend:
        return "", None
    size = abs(trend)
    told = f"{size / 1000:.1f}k" if size >= 1000 else str(size)
    return (f"▲{told}", "up") if trend > 0 else (f"▼{told}", "down")


def _rank(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    return (str(row.search_rank) if row.search_rank < UNRANKED else ""), "faint"


def _weekly(row: PlayerRow, fact: PlayerFact, known: Known) -> Part:
    weeks = fact.weekly[-_MOST_WEEKS:]
    return sparkline([_GAPS[one] if isinstance(one, str) else one for one in weeks], FULL_BLOCK), None


_CELLS: Final[Mapping[str, Callable[[PlayerRow, PlayerFact, Known], Part]]] = {
    "mark": lambda row, fact, known: (MARK if row.player_id == known.marked else "", None),
    "player": lambda row, fact, known: (row.name, None),
    "position": lambda row, fact, known: (row.position or "–", None),
    "team": lambda row, fact, known: (row.team or "–", None),
    "injury": _injury,
    "owner": _owner,
    "leagues": _signs,
    "projected": _projected,
    "per_game": lambda row, fact, known: (_number(fact.per_game, known), None),
    "trend": _trend,
    "rank": _rank,
    "weekly": _weekly,
}
