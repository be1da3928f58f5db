"""One player: facts, owners, points by week, who is like him."""

from datetime import timedelta

import pytest
from rich.cells import cell_len
from sqlalchemy.ext.asyncio import AsyncSession
from textual.widgets import Static

from fantasy_tui.browse import Browse
from fantasy_tui.models import Game, Player, PlayerStats, Roster, TrendingPlayer
from fantasy_tui.models.player import PROFILE_DIMENSIONS
from fantasy_tui.tui.screens.player import PlayerScreen
from fantasy_tui.tui.screens.tasks import TasksScreen
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, NOW, PLAYERS
from tests.tui.host import Host, lines, press, settle, showing, shown


async def alike(session: AsyncSession) -> None:
    """Barkley and two other backs have profiles; the hostile one is nearest."""
    for player_id, second in (("2", 0.0), ("12", 0.2), ("9", 1.0)):
        player = await session.get_one(Player, player_id)
        player.profile = [1.0, second, *([0.0] * (PROFILE_DIMENSIONS - 2))]
        player.profile_version = "test"


def line_of(host: Host, text: str) -> str:
    return next(line for line in lines(host) if text in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_facts_owner_projection_and_points(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, PlayerScreen("3"), size) as (host, _):
        text = shown(host)
        assert "Ja'Marr Chase  WR · CIN · 27 years · number 3 · Active" in text
        assert "Questionable" in text
        assert ("in the last day: not among the most added or dropped" in text) == (size[1] == 40)
        assert "Your leagues: mine in 2 of 2" in text
        assert line_of(host, "▸  Alpha").split()[:5] == ["▸", "Alpha", "League", "mine", "9.3"]
        assert "12.2" in line_of(host, "Beta")
        assert "Points this season: 13.7 in 2 games" in text
        assert "Age: " in lines(host)[size[1] - 2]
        assert host.errors == []


async def test_byes_missed_games_and_what_is_ahead_are_told_apart(workspace: Workspace) -> None:
    async def more(session: AsyncSession) -> None:
        at = NOW - timedelta(days=21)
        session.add(
            Game(
                season="2024",
                week=7,
                home="CIN",
                away="BUF",
                gameday=at.date(),
                kickoff=at,
                status="complete",
            )
        )
        session.add(
            Game(
                season="2024", week=8, home="CIN", away="NE", gameday=at.date(), kickoff=at, status="complete"
            )
        )
        for week in (6, 12):
            session.add(
                Game(
                    season="2024",
                    week=week,
                    home="NE",
                    away="BUF",
                    gameday=at.date(),
                    kickoff=at,
                    status="complete",
                )
            )

    await workspace.store.write(more)
    async with showing(workspace, PlayerScreen("3"), (120, 40)) as (host, _):
        text = lines(host)
        weeks = next(
            n for n, line in enumerate(text) if line.split() == ["6", "7", "8", "9", "10", "11", "12"]
        )
        assert text[weeks - 1].split() == ["bye", "–", "15.8", "11.5", "~9", "~14", "bye"]
        assert text[weeks + 1].split() == ["BUF", "NE", "@KC", "@KC", "@KC"]
        assert "██████" in text[weeks - 2]
        assert "░░░░░░" in text[weeks - 2]


async def test_the_next_league_has_its_own_points(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("3")) as (host, pilot):
        assert "Points this season: 13.7 in 2 games" in shown(host)
        await press(pilot, "L")
        assert "Points this season: 12.2 in 2 games" in shown(host)
        assert line_of(host, "▸").split()[1] == "Beta"
        assert host.screen.league_id == "B"  # type: ignore[attr-defined]
        await press(pilot, "{")
        assert "Points this season: 13.7 in 2 games" in shown(host)


async def test_last_season_where_it_is_stored(workspace: Workspace) -> None:
    async def before(session: AsyncSession) -> None:
        for week in (1, 3):
            session.add(
                PlayerStats(
                    id=f"2:{week}", player_id="2", season="2023", week=week, stats={"gp": 1, "rush_yd": 100}
                )
            )

    async with showing(workspace, PlayerScreen("2")) as (host, _):
        assert "Last season's points are not stored." in shown(host)
    await workspace.store.write(before)
    async with showing(workspace, PlayerScreen("2")) as (host, _):
        assert "Last season: 10.0 in 2 games  ██" in shown(host)


async def test_injury_practice_news_and_trend(workspace: Workspace) -> None:
    async def hurt(session: AsyncSession) -> None:
        player = await session.get_one(Player, "3")
        player.player_data = {
            "injury_body_part": HOSTILE[1],
            "practice_participation": "LP",
            "news_updated": int((NOW - timedelta(hours=3)).timestamp() * 1000),
        }
        session.add(TrendingPlayer(kind="drop", player_id="3", count=4321))

    await workspace.store.write(hurt)
    async with showing(workspace, PlayerScreen("3"), (120, 40)) as (host, _):
        assert f"Questionable ({HOSTILE[1]}), practice: limited · last news 3h00 ago" in shown(host)
        assert "in the last day: ▼4,321 dropped" in shown(host)


@pytest.mark.parametrize("player", PLAYERS, ids=lambda p: p[0])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_player_is_shown_as_plain_text(
    workspace: Workspace, player: tuple[str, str], size: tuple[int, int]
) -> None:
    async with showing(workspace, PlayerScreen(player[0]), size) as (host, _):
        assert host.errors == []
        assert player[1].replace("\x1b", "␛").replace("\x07", "␇") in shown(host)
        assert "\x1b" not in shown(host)
        assert {cell_len(line) for line in lines(host)} == {size[0]}


async def test_a_rivals_player_names_the_rival(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("8")) as (host, _):
        assert HOSTILE[0] in line_of(host, "▸  Alpha")
        assert "Rivals" in line_of(host, "Beta")
        assert "mine in 0 of 2, a rival's in 2" in shown(host)


async def test_without_a_team_nothing_is_expected(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("12")) as (host, _):
        assert line_of(host, "▸  Alpha").split()[3:] == ["free", "–", "–", "–"]
        assert "Points this season: no game yet" in shown(host)


async def test_players_like_him_are_opened_and_compared(workspace: Workspace) -> None:
    await workspace.store.write(alike)
    async with showing(workspace, PlayerScreen("2")) as (host, pilot):
        assert host.focused is host.screen.query_one(RowTable)
        assert "Used like him" in shown(host)
        assert line_of(host, "owned").split()[-2:] == ["98", "%"]
        await press(pilot, "enter", "j", "enter", "c")
        assert host.asked == [("player", "12"), ("player", "9"), ("compare", "2", "9", "A")]


async def test_without_anybody_like_him_the_text_has_the_keys(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("3"), (80, 14)) as (host, pilot):
        await press(pilot, "c")
        assert host.asked[0][0] == "tell"
        assert "Nobody is known to be like him" in host.asked[0][1]
        await press(pilot, "G")
        assert "Ja'Marr Chase" not in shown(host)
        await press(pilot, "g")
        assert "Ja'Marr Chase" in shown(host)
        await press(pilot, "J")
        assert "Ja'Marr Chase" not in shown(host)
        await press(pilot, "K")
        assert "Ja'Marr Chase" in shown(host)


async def test_a_long_season_is_broken_where_it_does_not_fit(workspace: Workspace) -> None:
    async def play(session: AsyncSession) -> None:
        for week in (1, *range(3, 8), *range(11, 18)):
            session.add(
                PlayerStats(
                    id=f"3:{week}", player_id="3", season="2024", week=week, stats={"gp": 1, "rec": week}
                )
            )

    await workspace.store.write(play)
    async with showing(workspace, PlayerScreen("3"), (40, 40)) as (host, pilot):
        rows = [line.split() for line in lines(host)]
        assert ["1", "3", "4", "5", "6", "7", "8", "9", "10"] in rows
        assert ["11", "12", "13", "14", "15", "16", "17"] in rows
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert ["1", *(str(n) for n in range(3, 18))] in [line.split() for line in lines(host)]


async def test_what_is_quick_is_shown_before_projections_have_come(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    awaited: list[int] = []
    screen = PlayerScreen("3")
    expected = Browse.expected

    async def noted(self: Browse, player_id: str, league_id: str) -> object:
        seen.append(league_id)
        awaited.append(str(screen.query_one("#player", Static).content).split().count("…"))
        return await expected(self, player_id, league_id)

    monkeypatch.setattr(Browse, "expected", noted)
    async with showing(workspace, screen) as (host, _):
        assert (seen, awaited) == (["A", "B"], [4, 2])
        assert "…" not in str(screen.query_one("#player", Static).content).split()
        assert host.errors == []


async def test_new_data_is_shown(workspace: Workspace) -> None:
    async def trade(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).players = ["1"]

    async with showing(workspace, PlayerScreen("3")) as (host, pilot):
        await workspace.store.write(trade)
        host.store_changed.publish(None)
        await settle(pilot)
        assert line_of(host, "Alpha").split()[3] == "free"


async def test_an_unknown_player_is_a_sentence(workspace: Workspace) -> None:
    async with showing(workspace, PlayerScreen("[/nobody]")) as (host, _):
        assert "No player [/nobody] is stored here." in shown(host)
        assert host.errors == []


async def test_nobody_is_known_without_a_user(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, PlayerScreen("3")) as (host, _):
        assert "No player 3 is stored here. Press esc to go back, r to sync." in shown(host)


@pytest.mark.parametrize("key", ["escape", "h", "backspace"])
async def test_back_to_where_one_was(workspace: Workspace, key: str) -> None:
    first = TasksScreen()
    async with showing(workspace, first) as (host, pilot):
        host.push_screen(PlayerScreen("3"))
        await settle(pilot)
        assert "Ja'Marr Chase" in shown(host)
        await press(pilot, key)
        assert host.screen is first


async def test_a_storm_of_resizes_does_no_harm(workspace: Workspace) -> None:
    await workspace.store.write(alike)
    async with showing(workspace, PlayerScreen("2")) as (host, pilot):
        for n in range(40):
            await pilot.resize_terminal(10 + 9 * n % 200, 4 + n % 60)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Saquon Barkley" in shown(host)
        assert {cell_len(line) for line in lines(host)} == {80}
        assert host.errors == []
