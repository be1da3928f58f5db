"""One league on a screen: its table with odds, its season, its moves page by page."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.browse import Browse
from fantasy_tui.football.standings import Standings
from fantasy_tui.models import League, LeagueMember, Player, Roster, Transaction
from fantasy_tui.tui.pictures.histogram import Histogram
from fantasy_tui.tui.pictures.season import SeasonOdds
from fantasy_tui.tui.screens.league import LeagueScreen
from fantasy_tui.tui.screens.leagues import LeaguesScreen
from fantasy_tui.tui.screens.matchup import MatchupScreen
from fantasy_tui.tui.screens.roster import RosterScreen
from fantasy_tui.tui.widgets.moves import PAGE
from fantasy_tui.tui.widgets.moves_table import MovesTable
from fantasy_tui.tui.widgets.standings_table import StandingsTable
from fantasy_tui.tui.widgets.waiting import Waiting
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, NOW
from tests.tui.host import Host, lines, press, settle, showing, shown
from tests.tui.test_app import running

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])


@pytest.fixture
async def season(workspace: Workspace) -> Workspace:
    """A league whose season can be played out: two of three teams get on."""

    async def end(session: AsyncSession) -> None:
        league = await session.get_one(League, "A")
        league.settings = {
            **(league.settings or {}), "playoff_teams": 2, "playoff_week_start": 12,
            "waiver_type": 2, "waiver_budget": 100,
        }  # fmt: skip
        (await session.get_one(Roster, "A:1")).settings = {"waiver_budget_used": 37}

    await workspace.store.write(end)
    return workspace


def move(number: int, **values: object) -> Transaction:
    known: dict[str, object] = {
        "transaction_id": f"t{number:04}",
        "league_id": "A",
        "week": 9,
        "type": "free_agent",
        "status": "complete",
        "creator": "me",
        "created": NOW - timedelta(minutes=number),
        "roster_ids": [1],
        "adds": {"12": 1},
        "drops": None,
    }
    return Transaction(**(known | values))


async def _moves(session: AsyncSession) -> None:
    session.add_all(
        [
            move(1, type="waiver", status="failed", settings={"waiver_bid": 7}, details={"notes": HOSTILE[0]}),
            move(2, type="trade", roster_ids=[1, 2], adds={"3": 2, "9": 1}, drops={"3": 1, "9": 2},
                 draft_picks=[{"season": "2025", "round": 1, "roster_id": 2, "owner_id": 1, "previous_owner_id": 2}],
                 waiver_budget=[{"sender": 1, "receiver": 2, "amount": 5}]),
            move(3, type="waiver", roster_ids=[2], adds={"gone": 2}, drops={"10": 2}, settings={"waiver_bid": 0}),
            *(move(number) for number in range(4, 130)),
        ]
    )  # fmt: skip


@SIZES
async def test_the_table_with_odds(season: Workspace, size: tuple[int, int]) -> None:
    async with showing(season, LeagueScreen("A"), size) as (host, _):
        text = lines(host)
        assert "Alpha League › 2024 · week 10 · 3 teams · playoffs: 2 from week 12" in text[1]
        first, mine, last = text[4:7]
        assert first.startswith(f" 1•   {HOSTILE[0]}")
        assert mine.startswith(" 2•   ▸ My Team")
        assert "6-3" in mine
        assert "100%" in mine
        assert last.startswith(" 3    Team 3")
        assert text[7].startswith(" ▸ yours • in the playoffs as it stands")
        assert "My Team 6-3, 2nd of 3 · Playoffs 100%" in shown(host)
        assert "$63 of waiver budget left" in shown(host).replace("\n ", " ")
        assert "Age: " in text[-2]
        assert host.errors == []


async def test_the_cursor_begins_on_my_team_and_tells_about_each(season: Workspace) -> None:
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        histogram = host.screen.query_one("#wins-of-team", Histogram)
        assert "My Team: most often" in str(histogram.told())
        assert histogram.drawn
        assert host.screen.query_one("#places-of-team", Histogram).drawn
        await press(pilot, "k")
        assert f"{HOSTILE[0]} 7-2, 1st of 3" in shown(host)
        await press(pilot, "]", "]")
        assert "Team 3 0-9, 3rd of 3" in shown(host)
        await press(pilot, "m")
        assert "My Team 6-3, 2nd of 3" in shown(host)


async def test_odds_come_after_the_table_and_a_sign_says_so(
    season: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, whole = asyncio.Event(), Browse.standings

    async def slow(browse: Browse, league_id: str, *, odds: bool = True) -> Standings:
        if odds:
            await going.wait()
        return await whole(browse, league_id, odds=odds)

    monkeypatch.setattr(Browse, "standings", slow)
    host = Host(season, LeagueScreen("A"))
    async with host.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if "odds are on their way" in shown(host):
                break
        text = shown(host)
        assert "My Team" in text
        assert "…" in next(line for line in lines(host) if "Team 3" in line)
        assert "odds are on their way" in text
        await pilot.pause(0.3)
        assert host.screen.query_one(Waiting).display
        assert "playing out the season" in shown(host)
        going.set()
        await settle(pilot)
        assert "odds are on their way" not in shown(host)
        assert "Playoffs 100%" in shown(host)
        assert not host.screen.query_one(Waiting).display


async def test_why_there_are_no_odds(workspace: Workspace) -> None:
    async with showing(workspace, LeagueScreen("A"), (120, 40)) as (host, pilot):
        assert "This league has no playoffs." in shown(host)
        assert "Playoffs" not in lines(host)[3]
        await press(pilot, "v")
        assert "This league has no playoffs." in shown(host)
        assert not host.screen.query_one(SeasonOdds).display


async def test_the_season_of_each_team(season: Workspace) -> None:
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        await press(pilot, "v")
        text = shown(host)
        assert "[Season]" in text
        assert "▸ My Team" in text
        assert "My Team: Playoffs 100%" in text
        assert "Of 10,000 simulated seasons" in text
        assert "most often 2nd place" in text
        await press(pilot, "]")
        assert "Team 3: Playoffs" in shown(host)
        await press(pilot, "V")
        assert "[Standings]" in shown(host)
        assert host.screen.focused is host.screen.query_one(StandingsTable)


async def test_enter_opens_the_team_and_its_matchup_is_a_key_away(season: Workspace) -> None:
    async with showing(season, LeagueScreen("A")) as (host, pilot):
        await press(pilot, "enter", "k", "enter", "M")
        assert host.asked == [("roster", "A", 1), ("roster", "A", 2), ("matchup", "A", 2)]


async def test_braces_go_round_the_leagues(season: Workspace) -> None:
    screen = LeagueScreen("A")
    async with showing(season, screen) as (host, pilot):
        await press(pilot, "}")
        assert "Beta" in lines(host)[1]
        assert screen.league_id == "B"
        assert "best ball" in lines(host)[1]
        await press(pilot, "{", "L", "L")
        assert "Alpha League" in lines(host)[1]
        assert host.errors == []


# Moves


async def test_moves_the_newest_first_and_in_full(season: Workspace) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        await press(pilot, "v", "v")
        text = lines(host)
        assert "129 moves · all kinds · all teams" in text[3]
        failed, trade, claim = text[5:8]
        assert "✗ claim" in failed
        assert "$7" in failed
        assert "trade" in trade
        assert f"My Team & {HOSTILE[0]}"[:20] in trade
        assert "Bijan Robinson, 2025 1st ⇄ Ja'Marr Chase" in trade
        assert "+ gone" in claim
        assert "$0" in claim
        assert f"Sleeper: {HOSTILE[0]}" in shown(host)
        await press(pilot, "j")
        text = [line.rstrip() for line in lines(host)]
        assert f"   + 2025 round 1 pick of {HOSTILE[0]}" in text
        assert "   + $5 of waiver budget from My Team" in text
        assert "   + Ja'Marr Chase WR CIN" in text
        assert "Age: Sleeper transactions never fetched" in text[-2]
        await press(pilot, "j")
        assert "   + gone (not in the players file)" in [line.rstrip() for line in lines(host)]


async def test_more_are_read_as_one_comes_near_the_end(season: Workspace) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        await press(pilot, "v", "v")
        table = host.screen.query_one(MovesTable)
        assert table.row_count == PAGE
        await press(pilot, "G")
        assert (table.row_count, table.cursor_row) == (2 * PAGE, PAGE - 1)
        await press(pilot, "G")
        assert table.row_count == 129
        await press(pilot, "G")
        assert (table.row_count, table.chosen_key) == (129, "t0129")
        host.publish_change()
        await settle(pilot)
        assert (table.row_count, table.chosen_key) == (129, "t0129")


async def test_moves_by_kind_and_by_team(season: Workspace) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        await press(pilot, "f")  # kinds are those of the moves alone
        await press(pilot, "v", "v", "f")
        assert "1 move · trades · all teams" in lines(host)[3]
        await press(pilot, "f")
        assert "2 moves · claims" in lines(host)[3]
        await press(pilot, "m")
        assert "1 move · claims · My Team" in lines(host)[3]
        await press(pilot, "m")
        assert "2 moves · claims · all teams" in lines(host)[3]
        await press(pilot, "]")
        assert f"1 move · claims · {HOSTILE[0]}" in lines(host)[3]
        await press(pilot, "[", "f", "f")
        assert "No commissioner moves of all teams." in shown(host)
        await press(pilot, "f")
        assert "129 moves · all kinds · all teams" in lines(host)[3]
        await press(pilot, "]", "]", "]")
        assert "No moves of Team 3." in shown(host)


async def test_enter_on_a_move_opens_its_player(season: Workspace) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        await press(pilot, "v", "v", "enter", "j", "enter", "j", "enter")
        # Of the third move nobody knows who was added: who was dropped is opened.
        assert host.asked == [("player", one) for one in ("12", "9", "10")]


async def test_no_moves_yet(season: Workspace) -> None:
    async with showing(season, LeagueScreen("A")) as (host, pilot):
        await press(pilot, "v", "v")
        assert "Nothing has moved in this league yet. r asks Sleeper again." in shown(host)


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (10, 3), (1, 1), (250, 70)])
async def test_any_size_will_do(season: Workspace, size: tuple[int, int]) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A")) as (host, pilot):
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await press(pilot, "j", "v", "j", "v", "j", "v")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "My Team" in shown(host)
        assert host.errors == []


async def test_keys_pressed_faster_than_leagues_are_read(season: Workspace) -> None:
    await season.store.write(_moves)
    async with showing(season, LeagueScreen("A")) as (host, pilot):
        await pilot.press("}", "v", "v", "f", "}", "]", "G", "{", "m", "v", "]", "}")
        await settle(pilot)
        assert "Alpha League" in lines(host)[1]
        assert host.errors == []


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_plain_text_in_every_view(season: Workspace, name: str) -> None:
    async def rename(session: AsyncSession) -> None:
        await session.execute(update(League).values(name=name))
        await session.execute(update(LeagueMember).values(team_name=name, display_name=name))
        await session.execute(update(Player).values(full_name=name))

    await season.store.write(_moves)
    await season.store.write(rename)
    async with showing(season, LeagueScreen("A"), (120, 40)) as (host, pilot):
        for keys in ((), ("v",), ("v",), ("j",)):
            await press(pilot, *keys)
            assert "\x1b" not in shown(host)
            assert "\x07" not in shown(host)
        assert host.errors == []


@pytest.mark.usefixtures("surroundings")
async def test_the_ways_between_the_screens(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (100, 30)) as (app, pilot):
        await press(pilot, "2", "j", "enter")
        league = app.screen
        assert isinstance(league, LeagueScreen)
        for keys, expected in (
            (("k", "M"), MatchupScreen),
            (("2",), LeagueScreen),
            (("enter",), RosterScreen),
            (("2", "escape"), LeaguesScreen),
        ):
            await press(pilot, *keys)
            assert type(app.screen) is expected
            assert getattr(app.screen, "league_id", None) == league.league_id
