"""Searching players: the field, the list, and the keys between them."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from textual import events
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from fantasy_tui.browse import Browse
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.football.search import Owner, PlayerRow
from fantasy_tui.models import LeagueMember, Player, Roster, TrendingPlayer
from fantasy_tui.tui.screens.players import PlayersScreen
from fantasy_tui.tui.widgets.chips import Chips
from fantasy_tui.tui.widgets.player_table import PlayerTable
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
        chase, allen = (next(line for line in text if name in line) for name in ("Chase", "Allen"))
        assert chase.split()[2:6] == ["WR", "CIN", "Quest", "mine"]
        assert allen.split()[4:5] == [HOSTILE[0]]
        assert line_of(host, "owned").split()[1:4] == ["RB", "–", "free"]
        assert text[3].split()[:5] == ["Player", "Pos", "Team", "Injury", "Alpha"]
        assert "rosters 5m" in text[22 if size[1] == 24 else 38]
        assert "\x1b" not in "".join(text)
        assert host.errors == []


async def test_numbers_of_the_chosen_league_come_after_the_list(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen(), (120, 40)) as (host, pilot):
        head, barkley = lines(host)[3], line_of(host, "Barkley")
        assert head.split()[4:] == ["Alpha", "League", "All", "Proj", "Avg", "Trend", "Rank▲", "Weeks"]
        # 110 yards and two receptions in full PPR; both leagues are mine; weeks 8 and 9 were played.
        assert barkley.split()[-5:] == ["MM", "13.0", "13.9", "2", "▄▄"]
        # Of the weeks before there are no games.
        assert barkley.index("▄") == head.index("Weeks") + 7
        await press(pilot, "down", "L")
        assert "Beta" in lines(host)[3]
        assert line_of(host, "Barkley").split()[-4:-1] == ["12.0", "12.9", "2"]
        assert line_of(host, "CeeDee").split()[-4] == "bye"


def line_of(host: Host, name: str) -> str:
    return next(line for line in lines(host) if name in line)


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
        assert "None of 13 players matches" in shown(host)
        assert "Nobody fits. esc clears the search, then the filters." in shown(host)
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
        assert line_of(host, "owned").split()[3:5] == ["Team", "3"]


async def test_a_visit_without_changes_reads_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    players = Browse.players

    async def counted(self: Browse) -> list[PlayerRow]:
        nonlocal reads
        reads += 1
        return await players(self)

    monkeypatch.setattr(Browse, "players", counted)
    screen = PlayersScreen()
    async with showing(workspace, screen) as (host, pilot):
        screen.reload()
        await settle(pilot)
        assert reads == 1
        host.store_changed.publish(None)
        await settle(pilot)
        assert reads == 2


async def test_a_click_moves_and_a_double_one_opens(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await pilot.click(PlayerTable, offset=(5, 3))
        assert host.screen.query_one(PlayerTable).cursor == 3
        assert host.asked == []
        await pilot.double_click(PlayerTable, offset=(5, 3))
        await settle(pilot)
        assert host.asked == [("player", "9")]


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, PlayersScreen()) as (host, pilot):
        assert "press esc, then r to sync" in shown(host)
        await press(pilot, "down", "escape", "enter")
        assert host.asked == []


async def test_filters_by_key_stand_as_chips(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        assert "f position  w anybody's  i injured  b bye" in lines(host)[2]
        for keys, chips, found in (
            (("down", "f"), "[f QB]", ["Josh Allen", "Patrick Mahomes"]),
            (("w",), "[f QB][w free]", []),
            (("w",), "[f QB][w mine]", ["Patrick Mahomes"]),
            (("w",), "[f QB][w rivals]", ["Josh Allen"]),
            (("F", "m"), "f position [w mine]", None),
            (("i",), "[w mine][i injured]", ["Ja'Marr Chase", "Christian McCaffrey"]),
            (("b",), "[i injured][b bye]", []),
            (("i",), "[w mine] i injured [b bye]", ["CeeDee Lamb"]),
            (("W",), "f position  w anybody's  i injured  b bye", None),
        ):
            await press(pilot, *keys)
            assert chips in lines(host)[2]
            assert found is None or names(host) == found, keys
        assert "13 of 13 players" in shown(host)


async def test_filters_stay_while_one_types_and_esc_clears_step_by_step(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, "down", "m", "slash", *"ch")
        assert names(host) == ["Ja'Marr Chase", "Christian McCaffrey"]
        await press(pilot, "escape")
        assert len(names(host)) == 7
        await press(pilot, "escape")
        assert len(names(host)) == 13
        assert host.screen.query_one(Input).has_focus


async def test_free_is_free_in_the_chosen_league_whether_typed_or_by_key(workspace: Workspace) -> None:
    async def drop(session: AsyncSession) -> None:
        (await session.get_one(Roster, "B:1")).players = ["1"]

    await workspace.store.write(drop)
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, *"free")
        assert "Saquon Barkley" not in names(host)
        await press(pilot, "down", "L")
        assert "Saquon Barkley" in names(host)
        await press(pilot, "escape", "escape", "down", "w")
        assert "Saquon Barkley" in names(host)


@pytest.mark.parametrize(
    ("presses", "title", "first"),
    [
        (0, "Rank▲", "Ja'Marr Chase"),
        (1, "Proj▼", "Saquon Barkley"),
        (2, "Avg▼", "Ja'Marr Chase"),
        (3, "Trend▼", "CeeDee Lamb"),
        (4, "Player▲", "Bijan Robinson"),
        (5, "Rank▲", "Ja'Marr Chase"),
    ],
)
async def test_sorted_by_key_and_the_column_has_a_sign(
    workspace: Workspace, presses: int, title: str, first: str
) -> None:
    async def want(session: AsyncSession) -> None:
        session.add(TrendingPlayer(kind="add", player_id="4", count=1234))
        session.add(TrendingPlayer(kind="drop", player_id="1", count=99))

    await workspace.store.write(want)
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, "down", *(">" for _ in range(presses)))
        head = lines(host)[3]
        assert title in head
        assert head.count("▲") + head.count("▼") == 1
        found = [name for name in names(host) if not name.startswith(("[", "\x1b"))]
        assert found[0] == first
        assert "▲1.2k" in line_of(host, "CeeDee")
        assert "▼99" in line_of(host, "Mahomes")
        await press(pilot, "<")
        assert title not in lines(host)[3] or presses == 5


async def test_the_sorted_column_stays_on_a_narrow_terminal(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen(), (50, 20)) as (host, pilot):
        assert "Rank▲" in lines(host)[3]
        await press(pilot, "down", "<", "<")
        assert "Trend▼" in lines(host)[3]
        assert "Rank" not in lines(host)[3]


async def test_titles_and_chips_can_be_clicked(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await pilot.click("#titles", offset=(lines(host)[3].index("Proj"), 0))
        await settle(pilot)
        assert "Proj▼" in lines(host)[3]
        await pilot.click("#titles", offset=(lines(host)[3].index("Team"), 0))
        assert "Proj▼" in lines(host)[3]
        await pilot.click(Chips, offset=(lines(host)[2].index("injured"), 0))
        await settle(pilot)
        assert "[i injured]" in lines(host)[2]
        await pilot.click(Chips, offset=(78, 0))
        assert len(names(host)) == 3


async def test_one_key_marks_and_the_same_compares_with_another(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, "down", "c")
        assert "[c v Ja'Marr Chase]" in lines(host)[2]
        assert line_of(host, "Chase   ").startswith("●")
        await press(pilot, "c")
        assert "v Ja'Marr" not in lines(host)[2]
        await press(pilot, "c", "j", "c")
        assert host.asked == [("compare", "3", "2", "A")]


async def test_a_long_paste_does_no_harm(workspace: Workspace) -> None:
    pasted = "\n".join(f"line {n} [/oops] \x1b]0;x\x07 {'x' * 50}" for n in range(10_000))
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        field = host.screen.query_one(Input)
        field.post_message(events.Paste(pasted))
        await settle(pilot)
        assert "None of 13 players matches" in shown(host)
        assert host.asked == []
        field.value = pasted.replace("\n", " ")
        await settle(pilot)
        await press(pilot, "escape", *"mah")
        assert names(host) == ["Patrick Mahomes"]
        assert host.errors == []


async def test_a_storm_of_resizes_does_no_harm(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        await press(pilot, "down", "j", "j")
        for n in range(40):
            await pilot.resize_terminal(20 + 7 * n % 200, 5 + n % 50)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert len(lines(host)) == 24
        assert {cell_len(line) for line in lines(host)} == {80}
        assert host.screen.query_one(PlayerTable).cursor == 2
        assert "Rank▲" in lines(host)[3]
        assert host.errors == []


async def test_wide_names_and_emoji_keep_columns_straight(workspace: Workspace) -> None:
    async def rename(session: AsyncSession) -> None:
        for player_id, name in (
            ("1", "セイクオン・バークリー選手"),
            ("2", "🏈🦉 👩‍👩‍👧 family"),
            ("3", "e\u0301\u0301\u0301"),
        ):
            (await session.get_one(Player, player_id)).full_name = name
        for member in (await session.scalars(select(LeagueMember))).all():
            member.team_name = "夜更かしフクロウ団 🏈"

    await workspace.store.write(rename)
    for size in ((80, 24), (120, 40), (60, 16)):
        async with showing(workspace, PlayersScreen(), size) as (host, _):
            rows = lines(host)[4 : 4 + 11]
            assert {cell_len(row) for row in rows} == {size[0]}
            places = {cell_len(row[: row.index(" QB ")]) for row in rows if " QB " in row}
            assert len(places) == 1


async def test_many_leagues_have_a_sign_each(workspace: Workspace) -> None:
    async with showing(workspace, PlayersScreen(), (120, 40)) as (host, pilot):
        table = host.screen.query_one(PlayerTable)
        owners = {"1": (Owner("L3", "three", 1, "x", mine=True), Owner("L9", "nine", 1, "x", mine=False))}
        leagues = tuple(f"L{n}" for n in range(20))
        table.tell(replace(table.known, owners=owners, leagues=leagues, league_id="L9", league="[/league 9]"))
        await settle(pilot)
        assert "···M·····r·+" in line_of(host, "Mahomes")
        assert "[/league 9]" in table.header().plain


async def test_a_league_whose_facts_cannot_be_read_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(self: Browse, league_id: str | None = None) -> None:
        raise LeagueNotFound(str(league_id))

    monkeypatch.setattr(Browse, "facts", failing)
    async with showing(workspace, PlayersScreen()) as (host, pilot):
        assert [type(error) for error in host.errors] == [LeagueNotFound]
        await press(pilot, *"mah")
        assert names(host) == ["Patrick Mahomes"]
