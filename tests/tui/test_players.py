"""Searching players: the field, the list, and the keys between them."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from fantasy_tui.football.search import Owner, PlayerRow
from fantasy_tui.models import Player, Roster
from fantasy_tui.tui.screens.players import PlayersScreen
from fantasy_tui.tui.widgets.player_table import Columns, PlayerTable
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE
from tests.tui.host import Host, lines, press, settle, showing, shown


def names(host: Host) -> list[str]:
    return [row.name for row in host.screen.query_one(PlayerTable).rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_players_with_who_holds_them(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, PlayersScreen(), size) as (host, _):
        text = lines(host)
        assert "13 of 13 players" in shown(host)
        assert next(line for line in text if "Chase" in line).split()[-3:] == ["Quest", "mine", "mine"]
        assert next(line for line in text if "Allen" in line).split()[-2:] == [HOSTILE[0], "Rivals"]
        assert next(line for line in text if "owned" in line).split()[-2:] == ["free", "free"]
        assert "Alpha League" in text[3]
        assert "\x1b" not in "".join(text)
        assert host.errors == []


async def test_typing_searches_and_never_reaches_the_app(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, *"quru1?")
        field = host.screen.query_one(Input)
        assert (field.has_focus, field.value) == (True, "quru1?")
        await press(pilot, "escape", *"mah")
        assert names(host) == ["Patrick Mahomes"]
        assert "1 of 13 players" in shown(host)


async def test_filters(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        for text, found in (
            ("pos:QB mine", ["Patrick Mahomes"]),
            ("rival pos:rb", ["Bijan Robinson", "Jahmyr Gibbs"]),
            ("team:PHI free", ["Philadelphia Eagles"]),
        ):
            host.screen.query_one(Input).value = text
            await settle(pilot)
            assert names(host) == found


async def test_nothing_found_says_how_to_get_back(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, *"zzzzqq", "down")
        assert "None of 13 players matches; escape clears" in shown(host)
        assert host.screen.query_one(Input).has_focus


async def test_from_the_field_to_the_list_and_back(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        field, table = host.screen.query_one(Input), host.screen.query_one(PlayerTable)
        for keys, focused in (
            ("down", table), ("escape", field), ("enter", table), ("slash", field), ("escape", table), ("h", field),
        ):  # fmt: skip
            await press(pilot, keys)
            assert host.focused is focused, keys
        await press(pilot, "m", "escape")
        assert (field.value, host.focused) == ("", field)


async def test_moving_and_opening(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, "down", "j", "enter")
        await press(pilot, "G", "enter")
        await press(pilot, "k", "g", "enter")
        assert host.asked == [("player", "2"), ("player", "PHI"), ("player", "3")]


async def test_pages_scroll_and_a_shorter_list_scrolls_back(workspace: Workspace) -> None:
    async def many(session: AsyncSession) -> None:
        session.add_all(
            Player(player_id=f"x{n}", full_name=f"Extra {n:03}", position="WR", search_rank=1000 + n)
            for n in range(200)
        )

    await workspace.store.write(many)
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        table = host.screen.query_one(PlayerTable)
        await press(pilot, "down", "ctrl+d", "ctrl+d")
        assert table.cursor == 2 * (table.size.height - 1)
        assert table.scroll_offset.y > 0
        await press(pilot, "ctrl+u")
        await press(pilot, "G")
        assert (table.cursor, table.scroll_offset.y) == (212, 213 - table.size.height)
        await press(pilot, "slash", *"mah")
        assert (table.cursor, table.scroll_offset.y) == (0, 0)
        assert "Patrick Mahomes" in shown(host)


async def test_a_keystroke_paints_the_list_and_lays_nothing_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str | None, bool]] = []
    paint = Widget.refresh

    def noted(
        widget: Widget, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Widget:
        asked.append((widget.id, layout))
        return paint(widget, *regions, repaint=repaint, layout=layout, recompose=recompose)

    async with showing(workspace, PlayersScreen()) as (_, pilot):
        monkeypatch.setattr(Widget, "refresh", noted)
        await press(pilot, *"mah")
        assert {("players", False), ("count", False)} <= set(asked)
        assert {name for name, layout in asked if layout} <= {"query"}


async def test_new_data_keeps_the_search_and_the_cursor(workspace: Workspace) -> None:
    async def sign(session: AsyncSession) -> None:
        session.add(Player(player_id="n", full_name="New Star", position="WR", search_rank=1))
        (await session.get_one(Roster, "A:3")).players = ["12"]

    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, *"pos:WR", "down", "j")
        table = host.screen.query_one(PlayerTable)
        before = table.chosen
        await workspace.store.write(sign)
        host.store_changed.publish(None)
        await settle(pilot)
        assert "New Star" in names(host)
        assert table.chosen == before
        host.screen.query_one(Input).clear()
        await settle(pilot)
        assert next(line for line in lines(host) if "owned" in line).split()[-3:] == ["Team", "3", "free"]


async def test_a_visit_without_changes_reads_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    players = workspace.players

    async def counted() -> list[PlayerRow]:
        nonlocal reads
        reads += 1
        return await players()

    monkeypatch.setattr(workspace, "players", counted)
    screen = PlayersScreen()
    async with showing(workspace, screen) as (host, pilot):
        screen.reload()
        await settle(pilot)
        assert reads == 1
        host.store_changed.publish(None)
        await settle(pilot)
        assert reads == 2


async def test_a_click_moves_and_a_second_one_opens(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await pilot.click(PlayerTable, offset=(5, 3))
        assert host.screen.query_one(PlayerTable).cursor == 3
        assert host.asked == []
        await pilot.click(PlayerTable, offset=(5, 3))
        await settle(pilot)
        assert host.asked == [("player", "9")]


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, PlayersScreen()) as (host, pilot):
        assert "press escape, then r to sync" in shown(host)
        await press(pilot, "down", "escape", "enter")
        assert host.asked == []


def test_leagues_that_do_not_fit_are_counted_in_the_last_title() -> None:
    assert Columns.of(78, 12).shown == 5
    assert Columns.of(40, 3) == Columns(24, 0, 0)
    for width in range(30, 200, 7):
        for leagues in range(13):
            columns = Columns.of(width, leagues)
            assert columns.name + 16 + columns.shown * columns.league == width


async def test_many_leagues(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, _):
        table = host.screen.query_one(PlayerTable)
        table.hold(
            {"1": (Owner("L9", "nine", 1, "x", mine=True),)}, [(f"L{n}", f"[/league {n}]") for n in range(12)]
        )
        assert table.header().plain.rstrip().endswith(" +7")
        assert table.header().cell_length == table.scrollable_content_region.width
