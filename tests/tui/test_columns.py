"""Columns stay straight whatever names hold, and what is cut says so."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from fantasy_tui.football.search import Owner, PlayerRow
from fantasy_tui.football.view import PlayerWeek
from fantasy_tui.tui.text import cut, fit, sanitise
from fantasy_tui.tui.widgets.lineup_table import LineupRow, LineupTable
from fantasy_tui.tui.widgets.player_columns import GAP, Known
from fantasy_tui.tui.widgets.player_table import PlayerTable
from fantasy_tui.tui.widgets.row_table import Cell, Column, RowTable, share_out
from tests.leagues import HOSTILE

PIECES = (
    *("👨‍👩‍👧", "🏈", "🇩🇪", "1️⃣", "❤️", "👍🏽", "é", "한국어", "각", "日本", "ﷺ", "க்", "👩🏽‍🚀", "𝔉", "ｱ", "…"),
    *("\u200d", "\ufe0f", "\u0301", "\u202e", "\t", "a", "Z", " ", "-", "\x1b[31m", "[/b]", "　", "ß", "ǅ"),
)
SIZES = ((80, 24), (100, 30), (250, 70), (61, 20))
names = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@given(names, st.integers(0, 30))
def test_text_is_cut_to_its_cells_and_says_so(name: str, width: int) -> None:
    clean, short = sanitise(name), cut(name, width)
    assert cell_len(short) <= width
    assert short == clean or (cell_len(clean) > width and (not width or short.endswith("…")))
    for right in (False, True):
        assert cell_len(fit(name, width, right=right)) == width
        assert fit(name, width, right=right).strip() == short.strip()


@given(
    st.lists(
        st.builds(
            Column, st.just(""), st.just(""), st.integers(1, 30), st.integers(0, 60), st.integers(0, 3)
        ),
        min_size=1,
        max_size=9,
    ),
    st.integers(30, 250),
)
def test_columns_fill_the_room_and_never_more(columns: list[Column], room: int) -> None:
    shared = share_out([replace(column, key=str(n)) for n, column in enumerate(columns)], room)
    assert sum(width + 2 for _, width in shared) <= room
    assert all(width >= 1 for _, width in shared)
    dropped = len(columns) - len(shared)
    assert dropped <= sum(column.drop > 0 for column in columns)


def some_names(number: int) -> list[str]:
    """Names of all sorts, the same on every run."""
    random = Random(7)
    made = ["".join(random.choices(PIECES, k=random.randint(0, 14))) for _ in range(number)]
    return [*HOSTILE, *made]


NAMES = some_names(150)


class _Showing(App[None]):
    def __init__(self, table: Widget) -> None:
        super().__init__()
        self.table = table

    def compose(self) -> ComposeResult:
        yield self.table


async def lines(table: Any, size: tuple[int, int], fill: Any) -> list[Strip]:
    """Every line of a table in a terminal of this size, its header first, without the scrollbar's place."""
    app = _Showing(table)
    async with app.run_test(size=size) as pilot:
        fill()
        await pilot.pause()
        height, found = table.size.height, []
        for top in range(0, table.virtual_size.height, height - 1):  # the header takes one
            table.scroll_to(y=top, animate=False, force=True)
            await pilot.pause()
            found += [table.render_line(y) for y in range(height)]
        width = table.scrollable_content_region.width
        assert all(strip.cell_length >= width for strip in found)
        return [strip.crop(0, width) for strip in found]


def pieces(strip: Strip, widths: Sequence[int]) -> Iterator[str]:
    """A line parted at the cells at which its columns begin."""
    at = 0
    for width in widths:
        yield strip.crop(at, at + width).text
        at += width


@pytest.mark.parametrize("size", SIZES)
async def test_rows(size: tuple[int, int]) -> None:
    columns = (
        *(Column("name", "Name", 9, most=28), Column("kind", "Kind", 6, drop=1)),
        *(Column("team", "A title that is long", 8, most=20), Column("gain", "Gain", 6, right=True)),
    )
    rows = {
        str(number): {
            "name": Cell(name, "bold"),
            "kind": Cell("kind"),
            "team": Cell(name[::-1]),
            "gain": Cell(name[:2]),
        }
        for number, name in enumerate(NAMES)
    }
    table = RowTable()
    found = await lines(table, size, lambda: table.fill(columns, rows.items()))
    widths = [width + 2 for _, width in table._widths]
    assert sum(widths) <= found[0].cell_length
    shown = [tuple(pieces(strip, widths)) for strip in found]
    wanted = {
        tuple(f" {fit(row[column.key].text, width, right=column.right)} " for column, width in table._widths)
        for row in rows.values()
    }
    assert wanted - set(shown) == set()


@pytest.mark.parametrize("size", SIZES)
async def test_players(size: tuple[int, int]) -> None:
    rows = [
        PlayerRow(str(n), name, "RB", "PHI", "Questionable", n, frozenset({"RB"}))
        for n, name in enumerate(NAMES)
    ]
    owners = {str(n): (Owner("L", "League", 1, name, False),) for n, name in enumerate(NAMES)}
    table = PlayerTable()

    def fill() -> None:
        table.tell(Known(loaded=True, owners=owners, league_id="L", league=NAMES[-1], leagues=("L", "M")))
        table.show(rows)

    found = await lines(table, size, fill)
    widths = [width + GAP for _, width in table._shared]
    assert sum(widths) <= found[0].cell_length
    keys = [column.key for column, _ in table._shared]
    shown = {tuple(pieces(strip, widths)) for strip in found if strip.text.strip()}
    assert len(shown) == len(rows)
    for place, key in enumerate(keys):
        cells = {line[place] for line in shown}
        if key in ("player", "owner"):
            assert cells == {fit(name, widths[place] - GAP) + " " * GAP for name in NAMES}
        elif key in ("position", "team", "injury"):
            assert len(cells) == 1, key


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("beside", [False, True])
async def test_line_ups(size: tuple[int, int], beside: bool) -> None:
    def player(number: int, name: str) -> PlayerWeek:
        return PlayerWeek(str(number), name, "RB", frozenset({"RB"}), "PHI", opponent="DAL", at_home=True)

    rows = [
        LineupRow(f"slot {n}", "RB", player(n, name), player(n + 1000, name[::-1]), locked=n % 2 == 0)
        for n, name in enumerate(NAMES)
    ]
    table = LineupTable()
    found = await lines(table, size, lambda: table.show(rows, advised=False, beside=beside))
    widths = [width + 2 for _, width in table._widths]
    assert sum(widths) <= found[0].cell_length
    keys = [column.key for column, _ in table._widths]
    shown = [tuple(pieces(strip, widths)) for strip in found]
    shown = [line for line in shown if line[0].strip() == "RB"]
    assert len(shown) >= len(rows)
    for place, key in enumerate(keys):
        if key in ("position", "team", "game", "slot"):
            assert len({line[place] for line in shown}) == 1, key
