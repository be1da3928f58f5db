"""The leagues at a glance: columns, empty state, opening one."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import League, LeagueMember, Roster
from fantasy_tui.tui.league_words import record
from fantasy_tui.tui.screens.leagues import LeaguesScreen
from fantasy_tui.tui.screens.leagues_rows import COLUMNS
from fantasy_tui.tui.widgets.row_table import RowTable, share_out
from fantasy_tui.tui.widgets.scoreboard import Scoreboard
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, NOW
from tests.tui.host import lines, press, settle, showing, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


@SIZES
async def test_every_league_with_hostile_names_as_plain_text(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with showing(workspace, LeaguesScreen(), size) as (host, _):
        text = shown(host)
        assert f"v {HOSTILE[0]}" in text
        assert "Beta [@cl" in text
        assert host.errors == []
        line = next(line for line in lines(host) if "Alpha League" in line)
        said = ["2024", "in", "season"] if size[0] > 80 else ["6-3", "2/3", "v"]
        assert line.split()[:5] == ["Alpha", "League", *said]


def test_narrow_terminals_lose_what_stands_below_too_and_never_what_matters() -> None:
    keys = [{column.key for column, _ in share_out(COLUMNS, width)} for width in (128, 118, 78, 68)]
    every = {column.key for column in COLUMNS}
    gone = {"against", "for"}
    assert keys[:2] == [every, every - gone]
    assert keys[2] == every - gone - {"status", "season", "points"}
    assert keys[3] == {"name", "record", "rank", "opponent", "win", "playoffs", "waiting"}
    for width in (128, 118, 78):
        assert sum(cells + 2 for _, cells in share_out(COLUMNS, width)) <= width


async def test_enter_opens_the_league_under_the_cursor(workspace: Workspace) -> None:
    async with showing(workspace, LeaguesScreen()) as (host, pilot):
        assert host.asked == []
        await press(pilot, "enter")
        await press(pilot, "j", "enter")
        await press(pilot, "g", "enter")
        await press(pilot, "G", "enter")
        await press(pilot, "k", "enter")
        assert host.asked == [("league", league_id) for league_id in ("A", "B", "A", "B", "A")]


async def test_keys_lead_to_the_own_team_and_its_matchup(workspace: Workspace) -> None:
    screen = LeaguesScreen()
    async with showing(workspace, screen) as (host, pilot):
        await press(pilot, "j", "m", "M")
        assert host.asked == [("roster", "B", None), ("matchup", "B", None)]
        assert screen.league_id == "B"


async def test_the_week_and_the_season_of_the_league_under_the_cursor(workspace: Workspace) -> None:
    async def end(session: AsyncSession) -> None:
        league = await session.get_one(League, "A")
        league.settings = {**(league.settings or {}), "playoff_teams": 2, "playoff_week_start": 12}

    await workspace.store.write(end)
    async with showing(workspace, LeaguesScreen(), (120, 40)) as (host, pilot):
        line = next(line for line in lines(host) if "Alpha League" in line)
        board = host.screen.query_one(Scoreboard).board
        assert board is not None
        assert board.win is not None
        assert f"{round(100 * board.win)} %" in line
        assert "16.5:" in line
        assert "100%" in line  # of three teams two go to the playoffs
        text = shown(host)
        assert "My Team (mine) 6-3" in text
        assert "Playoffs 100%" in text
        assert "title" in text
        assert "rosters 5m" in text
        await press(pilot, "j")
        assert "This league has no playoffs." in shown(host)
        beta = next(line for line in lines(host) if "Beta" in line)
        assert beta.split()[-3] == "–"


async def test_a_league_without_a_team_of_mine_says_so(workspace: Workspace) -> None:
    async def give_up(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).owner_id = "someone"

    await workspace.store.write(give_up)
    async with showing(workspace, LeaguesScreen()) as (host, _):
        assert "You have no team in this league." in shown(host)
        assert not host.screen.query_one(Scoreboard).display
        assert host.errors == []


async def test_what_was_worked_out_is_kept_until_something_comes_in(workspace: Workspace) -> None:
    screen = LeaguesScreen()
    async with showing(workspace, screen) as (host, pilot):
        before = screen._outlooks["A"]
        host.publish_change()
        await settle(pilot)
        assert screen._outlooks["A"] is before

        async def win(session: AsyncSession) -> None:
            (await session.get_one(Roster, "A:1")).wins += 1

        await workspace.store.write(win)
        host.publish_change()
        await settle(pilot)
        assert screen._outlooks["A"] is not before
        assert "My Team (mine) 7-3" in shown(host)


async def test_a_league_left_says_so_without_colour(workspace: Workspace) -> None:
    async def leave(session: AsyncSession) -> None:
        (await session.get_one(LeagueMember, ("A", "me"))).left_at = NOW

    await workspace.store.write(leave)
    async with showing(workspace, LeaguesScreen()) as (host, _):
        assert "(left) Alpha" in shown(host)


async def test_the_cursor_stays_on_its_league_when_another_appears(workspace: Workspace) -> None:
    async def found(session: AsyncSession) -> None:
        user_id = workspace.user_id
        session.add(League(id="C", user_id=user_id, name="Aardvarks", season="2024", status="pre_draft"))
        await session.flush()
        session.add(LeagueMember(league_id="C", user_id="me", display_name="manager"))

    async with showing(workspace, LeaguesScreen()) as (host, pilot):
        await press(pilot, "j")
        await workspace.store.write(found)
        host.store_changed.publish(None)
        await settle(pilot)
        table = host.screen.query_one(RowTable)
        assert (table.row_count, table.chosen_key, table.cursor_row) == (3, "B", 2)


async def test_what_changed_in_a_row_is_shown_in_place(workspace: Workspace) -> None:
    async def rename(session: AsyncSession) -> None:
        (await session.get_one(League, "A")).name = HOSTILE[2]

    async with showing(workspace, LeaguesScreen()) as (host, pilot):
        await workspace.store.write(rename)
        host.store_changed.publish(None)
        await settle(pilot)
        assert "Alpha League" not in shown(host)
        assert "␛]0;owned␇name" in shown(host)


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, LeaguesScreen()) as (host, _):
        assert "Press r to sync" in shown(host)
        assert not host.screen.query_one(RowTable).display


async def test_columns_follow_the_terminal(workspace: Workspace) -> None:
    async with showing(workspace, LeaguesScreen()) as (host, pilot):
        assert "Points" not in shown(host)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "Points" in shown(host)
        assert "Status" in shown(host)
        await pilot.resize_terminal(160, 40)
        await settle(pilot)
        assert " PA" in shown(host)


@pytest.mark.parametrize(("ties", "said"), [(0, "6-3"), (1, "6-3-1")])
def test_ties_are_told_where_there_are_any(ties: int, said: str) -> None:
    assert record(6, 3, ties) == said
