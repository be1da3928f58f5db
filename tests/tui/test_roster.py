"""A team's line-up: whose, what is suggested, and going from team to team."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.projection import Basis
from fantasy_tui.models import Matchup, Roster
from fantasy_tui.tui.screens.roster import RosterScreen
from fantasy_tui.tui.widgets.lineup_table import LineupTable, points
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE
from tests.tui.host import lines, press, settle, showing, shown
from tests.views import player


async def bench_barkley(session: AsyncSession) -> None:
    """An empty RB slot, with a running back whose game has not begun on the bench."""
    starters = ["1", "0", "5", "3"]
    (await session.get_one(Roster, "A:1")).starters = starters
    (await session.get_one(Matchup, ("A", 10, 1))).starters = starters


def slot(text: list[str], title: str) -> str:
    return next(line for line in text if line.startswith(f" {title} "))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_league_and_the_users_own_team(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, RosterScreen(), size) as (host, _):
        text = shown(host)
        assert "Alpha League › My Team (mine)" in text
        assert f"6-3 · 2 of 3 · week 10 · v {HOSTILE[0]}" in text
        assert "16.5 so far · expected 43.3 · nothing to gain" in text
        order = [line.split()[0] for line in lines(host)[6:13]]
        assert order == ["QB", "RB", "WR", "FLEX", "BN", "IR", "TAXI"]
        assert slot(lines(host), "QB").split()[1:9] == [
            "Patrick",
            "Mahomes",
            "QB",
            "KC",
            "v",
            "CIN",
            "10.0",
            "10.4",
        ]
        assert "BYE" in slot(lines(host), "BN")
        assert "* preset points" in text
        assert "rosters 5m" in text
        assert host.errors == []


async def test_the_suggestion_stands_beside_on_wide_terminals(workspace: Workspace) -> None:
    await workspace.store.write(bench_barkley)
    async with showing(workspace, RosterScreen(), (120, 40)) as (host, pilot):
        assert "expected 30.3 → 43.3 (+13.0)" in shown(host)
        assert slot(lines(host), "RB").split() == ["RB", "(empty)", ">", "Saquon", "Barkley", "13.0"]
        assert "same" in slot(lines(host), "QB")
        before = shown(host)
        await press(pilot, "t")
        assert shown(host) == before


async def test_o_toggles_the_suggestion_on_narrow_terminals(workspace: Workspace) -> None:
    await workspace.store.write(bench_barkley)
    async with showing(workspace, RosterScreen()) as (host, pilot):
        assert "t: suggested line-up" in shown(host)
        assert "(empty)" in slot(lines(host), "RB")
        await press(pilot, "t")
        assert slot(lines(host), "RB").split()[1:3] == ["Saquon", "Barkley"]
        assert slot(lines(host), "RB").rstrip().endswith(">")
        assert "t: line-up as it is" in shown(host)
        await press(pilot, "t")
        assert "(empty)" in slot(lines(host), "RB")


async def test_brackets_go_round_the_teams_and_m_comes_back(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "[")
        assert f"› {HOSTILE[0]}" in lines(host)[1]
        await press(pilot, "[")
        assert "› Team 3" in lines(host)[1]
        await press(pilot, "]", "]")
        assert "› My Team" in lines(host)[1]
        await press(pilot, "]", "m")
        assert "› My Team (mine)" in lines(host)[1]


async def test_braces_go_round_the_leagues(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "}")
        assert f"Beta {HOSTILE[1]} › My Team" in lines(host)[1]
        assert "best ball" in shown(host)
        await press(pilot, "L")
        assert "Alpha League" in lines(host)[1]
        await press(pilot, "{")
        assert "Beta" in lines(host)[1]


async def test_keys_pressed_faster_than_leagues_are_read(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await pilot.press("}", "]", "}", "}", "]")
        await settle(pilot)
        assert "Beta" in lines(host)[1]
        assert host.errors == []


async def test_enter_opens_the_player_under_the_cursor(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "j", "enter")
        await press(pilot, "G", "enter")
        assert host.asked == [("player", "2"), ("player", "7")]


async def test_enter_on_an_empty_slot_opens_whom_the_suggestion_puts_there(workspace: Workspace) -> None:
    await workspace.store.write(bench_barkley)
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "j", "enter")
        assert host.asked == []
        await press(pilot, "t", "enter")
        assert host.asked == [("player", "2")]


async def test_a_chosen_team_is_shown_before_and_after_the_screen_is(workspace: Workspace) -> None:
    screen = RosterScreen()
    screen.show_team("B", 2)
    async with showing(workspace, screen) as (host, pilot):
        assert "Beta" in lines(host)[1]
        assert "› Rivals" in lines(host)[1]
        screen.show_team("A")
        await settle(pilot)
        assert "Alpha League › My Team" in lines(host)[1]


async def test_the_cursor_stays_on_its_player_when_the_line_up_changes(workspace: Workspace) -> None:
    async with showing(workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "G")
        await workspace.store.write(bench_barkley)
        host.store_changed.publish(None)
        await settle(pilot)
        table = host.screen.query_one(LineupTable)
        assert (table.row_count, table.chosen) == (8, "7")


async def test_a_team_without_players_has_empty_slots(workspace: Workspace) -> None:
    screen = RosterScreen()
    screen.show_team("A", 3)
    async with showing(workspace, screen) as (host, _):
        assert shown(host).count("(empty)") == 4
        assert "no opponent" in shown(host)


async def test_an_unknown_player_is_told_by_his_id(workspace: Workspace) -> None:
    async def sign(session: AsyncSession) -> None:
        roster = await session.get_one(Roster, "A:1")
        roster.players = [*(roster.players or ()), "[/x]"]

    await workspace.store.write(sign)
    async with showing(workspace, RosterScreen()) as (host, _):
        assert any(line.startswith(" BN    [/x]") for line in lines(host))


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, RosterScreen()) as (host, pilot):
        await press(pilot, "]", "}", "m", "t")
        assert "Press r to sync" in shown(host)
        assert host.errors == []


@pytest.mark.parametrize("basis", [Basis.COMPONENTS, Basis.AVERAGE, Basis.NONE])
def test_nothing_is_expected_on_a_bye_whatever_the_projection_rests_on(basis: Basis) -> None:
    assert points(player("a", "K", 7.0, on_bye=True, basis=basis)) == "–"
    assert (points(player("a", "K", 7.0, basis=basis)) == "–") == (basis is Basis.NONE)
