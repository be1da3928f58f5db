"""A team's depth by position and its bye weeks."""

import pytest
from rich.cells import cell_len
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.browse import Browse
from fantasy_tui.football.depth import RosterDepth
from fantasy_tui.models import Player
from fantasy_tui.tui.screens.roster import RosterScreen
from fantasy_tui.tui.widgets.bye_table import ByeTable
from fantasy_tui.tui.widgets.depth_table import DepthTable
from fantasy_tui.tui.widgets.views import Views
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE
from tests.tui.host import Host, lines, press, settle, showing, shown
from tests.tui.test_roster import bench_barkley


def line_of(host: Host, text: str) -> str:
    return next(line for line in lines(host)[6:] if text in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_depth_by_position(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, RosterScreen(), size) as (host, pilot):
        await press(pilot, "d")
        assert "[d Depth]" in lines(host)[4]
        assert line_of(host, "Mahomes").split()[:4] == ["QB", "enough", "Patrick", "Mahomes"]
        assert line_of(host, "Barkley").split()[:2] == ["RB", "enough"]
        assert line_of(host, "Chase").split()[2:6] == ["Ja'Marr", "Chase", "CIN", "Quest"]
        assert line_of(host, "McCaffrey").split()[-1] == "IR"
        assert line_of(host, "Prospect").split()[-1] == "taxi"
        assert line_of(host, "CeeDee").split()[-2:] == ["bench", "10"]
        assert "of 2" in line_of(host, "Mahomes")
        assert "rosters 5m" in shown(host)
        await press(pilot, "enter", "j", "enter")
        assert host.asked == [("player", "1"), ("player", "2")]
        await press(pilot, "d")
        assert "[Line-up]" in lines(host)[4]
        assert host.errors == []


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_bye_weeks_name_who_is_out_and_what_it_costs(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with showing(workspace, RosterScreen(), size) as (host, pilot):
        await press(pilot, "b")
        assert "[b Byes]" in lines(host)[4]
        week = line_of(host, " 10 ").split()
        assert week[:2] == ["10", "1" if size[0] < 110 else "Lamb"]
        told = " ".join(shown(host).split())
        assert "Week 10: bye: WR CeeDee Lamb · best line-up" in told
        assert "every slot can be filled" in told
        await press(pilot, "j")
        assert "Week 11:" in shown(host)
        await press(pilot, "enter")
        assert host.asked == []
        assert host.errors == []


async def test_slots_that_nobody_can_fill_are_named(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "[", "b")
        assert line_of(host, " 10 ").split()[-3:] == ["WR,", "FLEX", ""] or "WR" in line_of(host, " 10 ")
        assert "nobody for" in shown(host)
        await press(pilot, "d")
        assert "(nobody)" in line_of(host, "TE")


async def test_views_go_round_and_stay_from_team_to_team(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        views = host.screen.query_one(Views)
        for key, view in (
            ("v", "depth"),
            ("v", "byes"),
            ("v", "lineup"),
            ("V", "byes"),
            ("b", "lineup"),
            ("d", "depth"),
        ):
            await press(pilot, key)
            assert views.shown == view, key
        assert host.screen.query_one(DepthTable).has_focus
        await press(pilot, "[")
        assert "Josh Allen" in shown(host)
        assert views.shown == "depth"
        await press(pilot, "}")
        assert "Beta" in lines(host)[1]
        assert "Mahomes" in line_of(host, "Mahomes")
        await pilot.click(Views, offset=(24, 0))
        await settle(pilot)
        assert views.shown == "byes"
        assert host.screen.query_one(ByeTable).has_focus


async def test_what_lies_ahead_is_worked_out_once_a_team(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    depth = Browse.depth

    async def counted(self: Browse, league_id: str, roster_id: int | None = None) -> RosterDepth | None:
        asked.append(roster_id)
        return await depth(self, league_id, roster_id)

    monkeypatch.setattr(Browse, "depth", counted)
    async with showing(workspace, RosterScreen()) as (host, pilot):
        assert asked == []
        await press(pilot, "d", "b", "d", "d")
        assert asked == [1]
        await press(pilot, "d", "]", "[")
        assert asked == [1, 3] or asked == [1, 2]
        host.store_changed.publish(None)
        await settle(pilot)
        assert asked[-1] == 1
        assert len(asked) == 3


async def test_keys_pressed_faster_than_weeks_are_worked_out(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await pilot.press("d", "}", "]", "b", "}", "]", "d", "m")
        await settle(pilot)
        assert "Alpha League › My Team" in lines(host)[1]
        assert "Mahomes" in line_of(host, "Mahomes")
        assert host.errors == []


async def test_hostile_and_wide_names_keep_columns_straight(workspace: Workspace) -> None:
    async def rename(session: AsyncSession) -> None:
        for player_id, name in (("1", "セイクオン・バークリー選手 🏈"), ("4", HOSTILE[1]), ("5", HOSTILE[2])):
            (await session.get_one(Player, player_id)).full_name = name

    await workspace.store.write(rename)
    await workspace.store.write(bench_barkley)
    for size in ((80, 24), (120, 40), (60, 16)):
        async with showing(workspace, RosterScreen(), size) as (host, pilot):
            for key in ("d", "b"):
                await press(pilot, key)
                assert "\x1b" not in shown(host)
                assert {cell_len(line) for line in lines(host)} == {size[0]}
            assert host.errors == []


async def test_a_storm_of_resizes_does_no_harm(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "b", "j")
        for n in range(40):
            await pilot.resize_terminal(10 + 9 * n % 200, 4 + n % 60)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Week 11:" in shown(host)
        assert {cell_len(line) for line in lines(host)} == {80}
        assert host.errors == []


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "d", "b", "v", "enter")
        assert "Press r to sync" in shown(host)
        assert host.errors == []
