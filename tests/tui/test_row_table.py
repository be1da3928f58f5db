"""The table of rows: the cursor stays on its row, columns stay straight, messages come once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region

from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

COLUMNS = (Column("name", "Name", 8, most=20), Column("gain", "Gain", 6, right=True))
NAMES = ("Ann", "Ｗｉｄｅ", "👩‍👩‍👧 kin", "[/oops]", "é" * 40, "\x1b]0;owned\x07")


def rows(keys: str) -> list[tuple[str, Row]]:
    return [
        (key, {"name": Cell(NAMES[ord(key) % len(NAMES)], "bold $text-success"), "gain": Cell(key)})
        for key in keys
    ]


class Table(App[None]):
    CSS = "#auto { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str, int]] = []

    def compose(self) -> ComposeResult:
        yield RowTable(id="fixed")
        yield RowTable(id="auto")

    def on_mount(self) -> None:
        self.table.focus()

    def on_row_table_row_highlighted(self, event: RowTable.RowHighlighted) -> None:
        self.told.append(("at", event.key, event.row))

    def on_row_table_row_selected(self, event: RowTable.RowSelected) -> None:
        self.told.append(("open", event.key, event.row))

    @property
    def table(self) -> RowTable:
        return self.query_one("#fixed", RowTable)


async def test_the_cursor_stays_on_its_row_and_every_move_is_told_once() -> None:
    app = Table()
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.table
        assert (table.chosen_key, table.count) == (None, 0)
        await pilot.press("j", "enter")
        table.fill(COLUMNS, rows("abcde"))
        await pilot.pause()
        await pilot.press("j", "j", "k", "enter")
        assert app.told == [("at", "a", 0), ("at", "b", 1), ("at", "c", 2), ("at", "b", 1), ("open", "b", 1)]
        app.told.clear()
        table.fill(COLUMNS, rows("abcde"))
        await pilot.pause()
        assert app.told == []
        table.fill(COLUMNS, rows("xyabcde"))
        await pilot.pause()
        assert (table.chosen_key, app.told) == ("b", [("at", "b", 3)])
        table.fill(COLUMNS, rows("de"))
        await pilot.pause()
        assert (table.chosen_key, app.told[1:]) == ("d", [("at", "d", 0)])
        table.fill(COLUMNS, [])
        await pilot.press("enter")
        assert (table.chosen_key, app.told[2:]) == (None, [])


async def test_the_cursor_is_seen_to_move_in_a_list_that_is_scrolled() -> None:
    app = Table()
    async with app.run_test(size=(40, 24)) as pilot:
        table = app.table
        table.fill(COLUMNS, rows("abcdefghijklmnopqrstuvwxyz"))
        await pilot.press("G")
        await pilot.pause()
        height = table.size.height
        assert table.scroll_offset.y > 0

        def seen(line: int) -> Style | None:
            """How the line is painted."""
            strip = table.render_lines(Region(0, 0, table.size.width, height))[line]
            return next(iter(strip)).style

        before = seen(height - 1)
        await pilot.press("k")
        await pilot.pause()
        assert seen(height - 2) == before != seen(height - 1)


async def test_a_changed_cell_is_drawn_again() -> None:
    app = Table()
    async with app.run_test(size=(40, 12)) as pilot:
        app.table.fill(COLUMNS, [("a", {"gain": Cell("+1.0")})])
        await pilot.pause()
        assert "+1.0" in app.table.render_line(1).text
        app.table.fill(COLUMNS, [("a", {"gain": Cell("+2.5")})])
        assert "+2.5" in app.table.render_line(1).text


async def test_a_table_can_be_as_high_as_its_rows() -> None:
    app = Table()
    async with app.run_test(size=(40, 30)) as pilot:
        table = app.query_one("#auto", RowTable)
        for keys in ("abc", "abcdefg", ""):
            table.fill(COLUMNS, rows(keys))
            await pilot.pause()
            assert table.size.height == len(keys) + 1


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.text("abcdefghij", max_size=10), st.sampled_from("jkgG")), max_size=12))
async def test_whatever_comes_and_goes(steps: list[tuple[str, str]]) -> None:
    app = Table()
    async with app.run_test(size=(30, 10)) as pilot:
        table = app.table
        for keys, key in steps:
            listed = list(dict.fromkeys(keys))
            before = table.chosen_key
            table.fill(COLUMNS, rows("".join(listed)))
            assert table.chosen_key == (before if before in listed else next(iter(listed), None))
            await pilot.press(key)
            assert table.count == len(listed)
            assert table.chosen_key in (*listed, None)
            top = table.scroll_offset.y
            assert not listed or top <= table.cursor < top + table.room
            for y in range(table.size.height):
                assert cell_len(table.render_line(y).text) == table.scrollable_content_region.width
