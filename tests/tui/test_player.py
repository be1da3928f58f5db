"""One player: facts, owners, points by week."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import PlayerStats
from fantasy_tui.tui.screens.player import PlayerScreen, sparkline
from fantasy_tui.tui.screens.tasks import TasksScreen
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, PLAYERS
from tests.tui.host import lines, press, settle, showing, shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_facts_owner_projection_and_points(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, PlayerScreen("3"), size) as (host, _):
        text = shown(host)
        assert "WR · CIN · 27 years · number 3 · Active" in text
        assert "Injury: Questionable" in text
        assert "Alpha League › mine (My Team)" in text
        assert "week 10: 15.0 if he plays · Sleeper's projection in this league's scoring" in text
        assert [line.split() for line in lines(host) if "points" in line] == [
            ["points", "15.8", "11.5"],
            ["points", "12.8", "11.5"],
        ]
        assert "…" not in text


@pytest.mark.parametrize("player", PLAYERS, ids=lambda p: p[0])
async def test_every_player_is_shown_as_plain_text(workspace: Workspace, player: tuple[str, str]) -> None:
    async with showing(workspace, PlayerScreen(player[0])) as (host, _):
        assert host.errors == []
        assert player[1].replace("\x1b", "␛").replace("\x07", "␇") in shown(host)
        assert "\x1b" not in shown(host)


async def test_a_rivals_player_names_the_rival(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("8")) as (host, _):
        assert f"› held by {HOSTILE[0]}" in shown(host)
        assert "› held by Rivals" in shown(host)


async def test_without_a_team_there_is_no_bye(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("12")) as (host, _):
        assert "week 10: no projection" in shown(host)
        assert "no points this season" in shown(host)
        assert "› free" in shown(host)


async def test_a_long_season_is_broken_and_scrolls(workspace: Workspace) -> None:
    async def play(session: AsyncSession) -> None:
        for week in (1, *range(3, 8), *range(11, 18)):
            session.add(
                PlayerStats(
                    id=f"3:{week}", player_id="3", season="2024", week=week, stats={"gp": 1, "rec": week}
                )
            )

    await workspace.store.write(play)
    async with showing(workspace, PlayerScreen("3")) as (host, pilot):
        weeks = [line.split()[1:] for line in lines(host) if line.strip().startswith("week  ")]
        assert weeks[0] == [str(n) for n in range(1, 12)]
        assert weeks[1] == [str(n) for n in range(12, 18)]
        assert next(line.split()[1:4] for line in lines(host) if "points" in line) == ["1.0", "–", "3.0"]
        await press(pilot, "G")
        assert "Ja'Marr Chase" not in shown(host)
        await press(pilot, "k", "ctrl+u", "g")
        assert "Ja'Marr Chase" in shown(host)
        await press(pilot, "j")
        assert "Ja'Marr Chase" not in shown(host)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert [line.split()[-1] for line in lines(host) if line.strip().startswith("week  ")] == ["17", "17"]


async def test_an_unknown_player_is_a_sentence(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("[/nobody]")) as (host, _):
        assert "No player [/nobody] is stored here." in shown(host)
        assert host.errors == []


@pytest.mark.parametrize("key", ["escape", "h", "backspace"])
async def test_back_to_where_one_was(workspace: Workspace, key: str) -> None:
    first = TasksScreen()
    async with showing(workspace, first) as (host, pilot):
        host.push_screen(PlayerScreen("3"))
        await settle(pilot)
        assert "Ja'Marr Chase" in shown(host)
        await press(pilot, key)
        assert host.screen is first


def test_bars_are_as_high_as_their_values_and_blank_where_there_is_none() -> None:
    assert sparkline([0.0, None, 14.0, 7.0]) == ["▁", " ", "█", "▅"]
    assert sparkline([-2.0, 5.0]) == ["▁", "█"]
    assert sparkline([0.0]) == ["▁"]
