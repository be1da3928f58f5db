"""Two line-ups slot by slot as rows of text, the second the mirror of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fantasy_tui.football import seat as states
from fantasy_tui.tui.seat_words import against, when
from fantasy_tui.tui.text import cut, fit
from fantasy_tui.tui.widgets.lineup_table import SLOTS
from fantasy_tui.tui.widgets.player_columns import short_injury

if TYPE_CHECKING:
    from fantasy_tui.football.board import Lineup, MatchupBoard
    from fantasy_tui.football.seat import Seat

MIDDLE = 7
"""Cells of the slot between both sides, its gaps included."""
ASSUMED = "+"
_WHEN, _NUMBER, _PLACE, _AGAINST = 9, 5, 7, 6
_LEAST_NAME = 14
_TAGS = {"Quest": "Q", "Doubt": "D", "Prob": "P", "Out": "O"}


class Part(NamedTuple):
    """A piece of a row and what it is: name, tag, told, number, strong, slot or head."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class DuelRow:
    """One line: a slot with who has it on either side, or the totals, or a title."""

    label: str
    sides: tuple[Seat | None, Seat | None] = (None, None)
    totals: tuple[Lineup | None, Lineup | None] | None = None

    @property
    def players(self) -> tuple[str | None, str | None]:
        """Who can be opened on either side."""
        one, other = self.sides
        return (one.player_id if one is not None else None, other.player_id if other is not None else None)


TITLES = DuelRow("Slot")
BENCH = DuelRow("Bench")


def duel_rows(board: MatchupBoard) -> list[DuelRow]:
    """Titles, starters slot by slot, totals, then both benches beside each other."""
    mine, theirs = board.mine, board.theirs
    others = theirs.starters if theirs is not None else ()
    rows = [TITLES, *_paired(mine.starters, others), DuelRow("Total", totals=(mine, theirs))]
    bench = _paired(mine.bench, theirs.bench if theirs is not None else ())
    return [*rows, BENCH, *bench] if bench else rows


def _paired(ones: Sequence[Seat], others: Sequence[Seat]) -> list[DuelRow]:
    return [DuelRow(_slot(one or other), (one, other)) for one, other in zip_longest(ones, others)]


def _slot(seat: Seat | None) -> str:
    return SLOTS.get(seat.slot, seat.slot) if seat is not None else ""


def middle(row: DuelRow, width: int) -> str:
    """The slot in the middle of `width` cells."""
    if row is BENCH:
        return f" {row.label} ".center(width, "─")[:width]
    label = cut(row.label, max(width - 2, 0))
    before = (width - cell_len(label)) // 2
    return " " * before + label + " " * (width - before - cell_len(label))


@dataclass(frozen=True, slots=True)
class Widths:
    """How a side's cells are shared out; what has no room has no cells."""

    side: int
    name: int
    place: int
    against: int

    @classmethod
    def of(cls, width: int) -> Widths:
        """Columns for rows of `width` cells: first the opponent comes in, then position and NFL team."""
        side = max(width - MIDDLE, 0) // 2
        name = side - _WHEN - 2 * _NUMBER - 3
        against = _AGAINST if name - _AGAINST - 1 >= _LEAST_NAME else 0
        name -= against + bool(against)
        place = _PLACE if name - _PLACE - 1 >= _LEAST_NAME else 0
        return cls(side, max(name - place - bool(place), 0), place, against)


def half(row: DuelRow, side: int, widths: Widths) -> list[Part]:
    """One side (0 left, 1 right) of a row, names outside and points inside."""
    if row is TITLES:
        texts = ("Player", "", "Opp", "When", "Proj", "Pts")
        parts = _parts([Part(text, "head") for text in texts], widths)
    elif row.totals is not None:
        parts = _total(row.totals[side], widths)
    elif row is BENCH:
        parts = [Part("─" * widths.side, "head")]
    else:
        parts = _seat(row.sides[side], widths)
    return _mirrored(parts) if side and len(parts) > 1 else parts


def _mirrored(parts: list[Part]) -> list[Part]:
    """The other way round, gaps too; who he is and his injury stay together."""
    name, tag, *rest = parts
    return [*(Part(f"{part.text[1:]} ", part.what) for part in reversed(rest)), name, tag]


def _seat(seat: Seat | None, widths: Widths) -> list[Part]:
    if seat is None:
        return [Part(" " * widths.side, "told")]
    if seat.state == states.EMPTY:
        return _parts([Part("(empty)", "tag"), *[Part("", "told")] * 5], widths)
    dim = seat.slot in ("BN", "IR", "TAXI")
    points = Part(_number(seat.points), "number" if dim or seat.points is None else "strong")
    return _parts(
        [
            Part(seat.name, "told" if dim else "name"),
            Part(" ".join(filter(None, (seat.position, seat.nfl_team))) or "–", "told"),
            Part(against(seat), "told"),
            Part(when(seat), "on" if seat.state == states.PLAYING else "told"),
            Part(_number(seat.final if seat.state == states.PLAYING else seat.projected), "told"),
            points,
        ],
        widths,
        ASSUMED if seat.assumed else tag(seat.injury),
    )


def _total(lineup: Lineup | None, widths: Widths) -> list[Part]:
    if lineup is None:
        return [Part(" " * widths.side, "told")]
    numbers = ("" if lineup.done else _number(lineup.projected), _number(lineup.points))
    return _parts([*[Part("", "told")] * 4, *(Part(number, "strong") for number in numbers)], widths)


def _parts(parts: Sequence[Part], widths: Widths, tag: str = "") -> list[Part]:
    """The six columns in their widths with gaps between them, those without room left out."""
    name, place, against, when, projected, points = parts
    room = widths.name - (cell_len(tag) + 1 if tag else 0)
    return [
        Part(fit(short_name(name.text, room), room), name.what),
        Part(f" {tag}" if tag else "", "tag"),
        *((Part(f" {fit(place.text, widths.place)}", place.what),) if widths.place else ()),
        *((Part(f" {fit(against.text, widths.against)}", against.what),) if widths.against else ()),
        Part(f" {fit(when.text, _WHEN)}", when.what),
        *(Part(f" {one.text:>{_NUMBER}}", one.what) for one in (projected, points)),
    ]


def short_name(name: str, width: int) -> str:
    """The name; where it is too long its first word is an initial: "P. Mahomes"."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[0]}. {rest}" if rest and cell_len(name) > width else name


def tag(injury: str | None) -> str:
    """A designation in as few letters as it is known by: Q, D, O, IR."""
    word = short_injury(injury)
    return _TAGS.get(word, word[:4])


def _number(points: float | None) -> str:
    return "–" if points is None else f"{points:.1f}"
