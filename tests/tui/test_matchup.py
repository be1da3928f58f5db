"""The matchup on a screen: slot by slot, the views, going to other weeks, teams and leagues."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import League, LeagueMember, Matchup, Player, Roster, SyncState
from fantasy_tui.tui.pictures.points import PointsDistribution
from fantasy_tui.tui.pictures.win import WinCurve
from fantasy_tui.tui.screens.matchup import MatchupScreen
from fantasy_tui.tui.widgets.duel import Duel
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, NOW
from tests.tui.host import lines, press, settle, showing, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])


def slot(text: list[str], title: str) -> str:
    return next(line for line in text if f" {title} " in line)


@SIZES
async def test_both_line_ups_slot_by_slot(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, MatchupScreen(), size) as (host, _):
        text = lines(host)
        assert "Alpha League › week 10 · ● live · next Sun 20:30 (" in text[1]
        assert text[2].startswith(" My Team (mine) 6-3")
        assert text[2].rstrip().endswith(f"{HOSTILE[0]} 7-2")
        assert text[3].startswith(" 16.5 · ")
        back = slot(text, "QB")
        assert "Mahomes" in back[: len(back) // 2]
        assert "10.4" in back[: len(back) // 2]
        assert "● playing" in back
        assert "(empty)" in slot(text, "FLEX")
        assert "16.5 Total" in slot(text, "Total").replace("  ", " ")
        assert "Bench" in shown(host)
        assert "Age: " in text[-2]
        assert host.errors == []


async def test_the_pictures_stand_below_on_tall_terminals_and_beside_on_broad_ones(
    workspace: Workspace,
) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        curve, points = host.screen.query_one(WinCurve), host.screen.query_one(PointsDistribution)
        duel = host.screen.query_one(Duel)
        assert not curve.is_on_screen or not curve.region.area
        await press(pilot, "v")
        assert curve.drawn
        assert points.drawn
        assert not duel.region.area
        await press(pilot, "V")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert curve.region.y >= duel.region.bottom
        assert duel.region.height == duel.height_in_full
        await pilot.resize_terminal(200, 50)
        await settle(pilot)
        assert curve.region.x >= duel.region.right
        assert points.region.y >= curve.region.bottom


async def test_sides_and_rows_lead_to_players(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "enter")  # Mahomes
        await press(pilot, "right", "enter")  # their quarterback
        await press(pilot, "j", "j", "j", "enter")  # their empty slot: nobody
        await press(pilot, "tab", "enter")  # my FLEX
        await press(pilot, "G", "enter", "g", "left", "enter")
        assert host.asked == [("player", one) for one in ("1", "8", "3", "7", "1")]


async def test_a_click_chooses_and_a_second_one_opens(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await pilot.click(Duel, offset=(60, 2))
        await settle(pilot)
        duel = host.screen.query_one(Duel)
        assert (duel.cursor, duel.side, host.asked) == (1, 1, [])
        await pilot.click(Duel, offset=(60, 2))
        await settle(pilot)
        assert host.asked == [("player", "9")]


async def test_weeks_before_and_ahead(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "<")
        assert "week 9 · final" in lines(host)[1]
        assert "Tied" in shown(host)
        assert "all played" in shown(host)
        await press(pilot, ">", ">")
        assert "week 11 · not begun" in lines(host)[1]
        assert "No opponent is known for week 11." in shown(host)
        assert "as foreseen today" in shown(host)
        await press(pilot, *[">"] * 12)
        assert "week 18" in lines(host)[1]
        await press(pilot, "m")
        assert "week 10" in lines(host)[1]
        await press(pilot, *["<"] * 12)
        assert "week 1 " in lines(host)[1]
        assert host.errors == []


async def test_teams_in_the_order_of_the_table(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "[")
        assert lines(host)[2].startswith(f" {HOSTILE[0]} 7-2")
        assert "My Team (mine) 6-3" in lines(host)[2]
        await press(pilot, "[")
        assert lines(host)[2].startswith(" Team 3 0-9")
        assert "no opponent" in lines(host)[2]
        await press(pilot, "m")
        assert lines(host)[2].startswith(" My Team (mine)")


async def test_braces_go_round_the_leagues_and_best_ball_is_told(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "}")
        assert f"Beta {HOSTILE[1]}" in lines(host)[1]
        assert "Best ball: Sleeper sets the line-up" in shown(host)
        await press(pilot, "L")
        assert "Alpha League" in lines(host)[1]
        assert "Best ball" not in shown(host)
        await press(pilot, "{")
        assert "Beta" in lines(host)[1]


async def test_a_chosen_matchup_is_shown_before_and_after_the_screen_is(workspace: Workspace) -> None:
    screen = MatchupScreen()
    screen.show_matchup("B", 2)
    async with showing(workspace, screen) as (host, pilot):
        assert "Beta" in lines(host)[1]
        assert lines(host)[2].startswith(" Rivals")
        assert screen.league_id == "B"
        screen.show_matchup("A")
        await settle(pilot)
        assert lines(host)[2].startswith(" My Team")


async def _fourth_and_fifth(session: AsyncSession) -> None:
    """Two more teams that meet."""
    for roster_id in (4, 5):
        session.add(
            Roster(
                id=f"A:{roster_id}", league_id="A", roster_id=roster_id, players=["2"], starters=["0", "2"]
            )
        )
        session.add(
            Matchup(
                league_id="A", week=10, roster_id=roster_id, matchup_id=7, points=3.0, players=["2"],
                starters=["0", "2"], players_points={"2": 3.0},
            )
        )  # fmt: skip


async def test_the_leagues_other_matchups(workspace: Workspace) -> None:
    await workspace.store.write(_fourth_and_fifth)
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "v", "v")
        row = next(line for line in lines(host) if "Team 4" in line)
        assert "Team 5" in row
        assert "50 %" in row
        await press(pilot, "enter")
        assert lines(host)[2].startswith(" Team 4")
        assert "[Line-ups]" in shown(host)
        assert host.screen.focused is host.screen.query_one(Duel)


async def test_a_click_turns_to_another_view(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        at = lines(host)[5].index("Chances")
        await pilot.click(offset=(at, 5))
        await settle(pilot)
        assert "[Chances]" in lines(host)[5]
        await pilot.click(offset=(lines(host)[5].index("Other"), 5))
        await settle(pilot)
        assert "[Other matchups]" in lines(host)[5]


async def test_a_bye_has_no_chance_and_no_opponent(workspace: Workspace) -> None:
    async def rest(session: AsyncSession) -> None:
        (await session.get_one(Matchup, ("A", 10, 1))).matchup_id = None

    await workspace.store.write(rest)
    async with showing(workspace, MatchupScreen(), (120, 40)) as (host, _):
        assert "no opponent" in lines(host)[2]
        assert "No opponent is known for week 10." in shown(host)
        assert "Mahomes" in shown(host)
        assert host.errors == []


async def test_a_league_before_its_draft_says_so_and_where_to_go(workspace: Workspace) -> None:
    async def wait(session: AsyncSession) -> None:
        await session.execute(update(League).where(League.id == "A").values(status="pre_draft"))

    await workspace.store.write(wait)
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        assert "Beta" in lines(host)[1]  # a league that plays comes first
        await press(pilot, "}")
        text = shown(host)
        assert "Alpha League has not held its draft yet" in text
        assert "} goes to your next league" in text


async def test_without_a_team_of_mine_another_one_is_shown(workspace: Workspace) -> None:
    async def give_up(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).owner_id = "someone"

    await workspace.store.write(give_up)
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        assert "You have no team in this league: another team's matchup is shown." in shown(host)
        await press(pilot, "m")
        assert host.errors == []


async def test_points_that_come_in_are_shown_with_their_age(workspace: Workspace) -> None:
    async def score(session: AsyncSession) -> None:
        matchup = await session.get_one(Matchup, ("A", 10, 1))
        matchup.points = 27.9
        matchup.players_points = {**(matchup.players_points or {}), "1": 21.8}
        at = NOW - timedelta(seconds=30)
        session.add(SyncState(resource="league/A/matchups/10", checked_at=at, changed_at=at))

    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "j", "j")
        await workspace.store.write(score)
        host.publish_change()
        await settle(pilot)
        assert lines(host)[3].startswith(" 27.9 · ")
        assert "21.8" in slot(lines(host), "QB")
        assert re.search(r"Age: points 3\ds · rosters 5m", shown(host))
        assert host.screen.query_one(Duel).cursor == 2


async def test_an_unknown_player_is_told_by_his_id(workspace: Workspace) -> None:
    async def sign(session: AsyncSession) -> None:
        for row in (await session.get_one(Roster, "A:1"), await session.get_one(Matchup, ("A", 10, 1))):
            row.players = [*(row.players or ()), "[/x]"]
            row.starters = ["[/x]", "2", "5", "3"]

    await workspace.store.write(sign)
    async with showing(workspace, MatchupScreen()) as (host, _):
        assert "[/x]" in slot(lines(host), "QB")
        assert "no game" in slot(lines(host), "QB")
        assert host.errors == []


async def test_keys_pressed_faster_than_matchups_are_read(workspace: Workspace) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await pilot.press("}", "v", "}", "}", "]", "<", "V", "}", "{", "m", "tab", "right")
        await settle(pilot)
        assert "Beta" in lines(host)[1]
        assert host.errors == []


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (10, 3), (1, 1), (250, 70)])
async def test_any_size_will_do(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, MatchupScreen()) as (host, pilot):
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await press(pilot, "j", "v", "v", "v")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Mahomes" in shown(host)
        assert host.errors == []


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, MatchupScreen()) as (host, pilot):
        await press(pilot, "]", "}", ">", "m", "v", "tab", "enter")
        assert "Press r to sync" in shown(host)
        assert host.errors == []


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_plain_text_in_every_view(workspace: Workspace, name: str) -> None:
    async def rename(session: AsyncSession) -> None:
        await session.execute(update(League).values(name=name))
        await session.execute(update(LeagueMember).values(team_name=name, display_name=name))
        await session.execute(update(Player).values(full_name=name))

    await workspace.store.write(_fourth_and_fifth)
    await workspace.store.write(rename)
    async with showing(workspace, MatchupScreen(), (120, 40)) as (host, pilot):
        for keys in ((), ("v",), ("v",), ("enter",), ("}",)):
            await press(pilot, *keys)
            assert "\x1b" not in shown(host)
            assert "\x07" not in shown(host)
        assert host.errors == []
