"""Two players side by side."""

import pytest
from rich.cells import cell_len
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import LeagueMember, Player, Roster
from fantasy_tui.tui.pictures.points import PointsDistribution
from fantasy_tui.tui.screens.compare import CompareScreen
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, PLAYERS
from tests.tui.host import Host, lines, press, settle, showing, shown


def line_of(host: Host, text: str) -> str:
    return next(line for line in lines(host) if line.strip().startswith(text))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_facts_of_both_and_who_is_likelier_to_score_more(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with showing(workspace, CompareScreen("2", "3", "A"), size) as (host, _):
        text = shown(host)
        assert lines(host)[1].strip() == "Alpha League · week 10"
        assert lines(host)[2].strip().startswith("Saquon Barkley outscores Ja'Marr Chase in ")
        assert line_of(host, "Saquon Barkley  ").split() == ["Saquon", "Barkley", "Ja'Marr", "Chase"]
        assert line_of(host, "this week").split()[2] == "13.0"
        assert line_of(host, "whose").split() == ["whose", "mine", "mine"]
        assert line_of(host, "injury").split() == ["injury", "–", "Questionable"]
        assert line_of(host, "this season").split()[2:] == ["▇▆", "█▆"]
        assert "of 100" in text
        assert "rosters 5m" in text
        assert host.errors == []


async def test_the_next_league_has_its_own_chance(workspace: Workspace) -> None:
    async with showing(workspace, CompareScreen("2", "9")) as (host, pilot):
        assert lines(host)[1].strip() == "Alpha League · week 10"
        before = line_of(host, "this week")
        assert "13.0" in before
        await press(pilot, "L")
        assert "Beta [@click=app.quit]x[/] · week 10" in lines(host)[1]
        assert "12.0" in line_of(host, "this week")
        assert "Rivals" in line_of(host, "whose")
        assert host.screen.league_id == "B"  # type: ignore[attr-defined]
        await press(pilot, "{")
        assert line_of(host, "this week") == before


async def test_weeks_are_on_one_scale(workspace: Workspace) -> None:
    async with showing(workspace, CompareScreen("2", "7"), (120, 40)) as (host, _):
        marks = line_of(host, "this season").split()[2:]
        assert [len(one) for one in marks] == [2, 2]
        assert max(marks[0]) == "█"
        assert max(marks[1]) < "█"


async def test_where_nothing_is_known_it_is_said(workspace: Workspace) -> None:
    async with showing(workspace, CompareScreen("2", "PHI")) as (host, _):
        assert lines(host)[2].strip() == "Nothing is known to expect of Philadelphia Eagles this week."
        assert "of 100" not in lines(host)[2]
        assert host.errors == []
    async with showing(workspace, CompareScreen("12", "PHI")) as (host, _):
        assert PointsDistribution.EMPTY in " ".join(shown(host).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (30, 10)])
async def test_hostile_and_wide_names_are_plain_text(workspace: Workspace, size: tuple[int, int]) -> None:
    async def rename(session: AsyncSession) -> None:
        (await session.get_one(Player, "2")).full_name = "セイクオン 🏈 バークリー選手 👩‍👩‍👧"
        for member in (await session.scalars(select(LeagueMember))).all():
            member.team_name = HOSTILE[2]

    await workspace.store.write(rename)
    for other in (player[0] for player in PLAYERS if player[0] != "2"):
        async with showing(workspace, CompareScreen("2", other), size) as (host, _):
            assert "\x1b" not in shown(host)
            assert "\x07" not in shown(host)
            assert {cell_len(line) for line in lines(host)} == {size[0]}
            assert host.errors == []


async def test_one_of_them_is_gone(workspace: Workspace) -> None:
    async with showing(workspace, CompareScreen("2", "[/nobody]")) as (host, _):
        assert "One of the two is not stored here any more. esc goes back." in shown(host)


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, CompareScreen("2", "3")) as (host, pilot):
        assert "Press r to sync" in shown(host)
        await press(pilot, "L")
        assert host.errors == []


async def test_new_data_and_resizes(workspace: Workspace) -> None:
    async def free(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).players = ["1"]

    async with showing(workspace, CompareScreen("2", "3")) as (host, pilot):
        await workspace.store.write(free)
        host.store_changed.publish(None)
        await settle(pilot)
        assert line_of(host, "whose").split() == ["whose", "free", "free"]
        for n in range(40):
            await pilot.resize_terminal(10 + 9 * n % 200, 4 + n % 60)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Saquon Barkley" in shown(host)
        assert {cell_len(line) for line in lines(host)} == {80}
        assert host.errors == []
