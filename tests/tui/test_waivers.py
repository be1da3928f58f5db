"""The waiver board: what it ranks, what it says of one add, and what it says where there is nothing to rank."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from textual.pilot import Pilot
from textual.widgets import Static

from fantasy_tui.browse import Browse
from fantasy_tui.football.waiver_board import Need, Rival, WaiverBoard
from fantasy_tui.models import League, LeagueMember, Player, Roster
from fantasy_tui.tui import waiver_words as words
from fantasy_tui.tui.pictures.ladder import BidLadder
from fantasy_tui.tui.screens.waivers import WaiversScreen
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.workspace import Workspace
from tests.boards import board, option
from tests.leagues import HOSTILE, NOW
from tests.tui.demo import demo_app
from tests.tui.host import each, lines, press, settle, showing, shown
from tests.tui.test_app import running

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let every league have this board."""

    def use(made: WaiverBoard | None) -> None:
        async def waivers(_: Browse, league_id: str) -> WaiverBoard | None:
            return replace(made, league_id=league_id) if made is not None else None

        monkeypatch.setattr(Browse, "waivers", waivers)

    return use


def card(app: Any) -> str:
    """All that is said below the list."""
    return "\n".join(
        str(app.screen.query_one(f"#{part}", Static).content) for part in ("about", "ladder-title", "rest")
    )


@SIZES
async def test_adds_with_all_about_the_one_under_the_cursor(
    workspace: Workspace, shows: Any, size: tuple[int, int]
) -> None:
    shows(board(NOW))
    async with showing(workspace, WaiversScreen(), size) as (host, pilot):
        assert "Alpha League · week 10 · $63 left · waivers " in lines(host)[1]
        assert "(2d02h)" in lines(host)[1]
        first, second, third = lines(host)[3:6]
        assert first.split()[:2] == ["Contested", "Carrier"]
        assert "claim $9" in first
        assert "free" in second
        assert "(room)" in third
        assert "71%" in first
        said = card(host)
        assert said.startswith("Claim Contested Carrier, drop Benched Back, bid $9  RB DET")
        assert "First activate or drop Healed Hand" in said
        assert "at least as much in 71 of 100" in said
        assert "He would help 2 of 2 rivals, too: Needy, Rich." in said
        assert "Bid $9, set by: 80th percentile" in said
        assert "by 23 contested RB bids of this league; a rival bids in 80 of 100" in said
        assert "dropped: Contested Carrier RB" in said
        assert "game begun: Early Starter WR" in said
        assert "Too few bids are known of kickers." in said
        assert "Age: " in shown(host)
        assert "kickoffs never fetched" in shown(host)
        ladder = host.screen.query_one(BidLadder)
        rungs = [line.text for line in ladder.lines(60)]
        assert [rung.split()[0] for rung in rungs] == ["$0", "▸", "$14", "$63"]
        assert "61 %" in rungs[1]
        await press(pilot, "j")
        assert card(host).startswith("Add Free Flanker, drop Benched Back  WR DET")
        assert not ladder.display
        assert "he can be added at once" in card(host)
        assert "no rival's line-up" in card(host)
        assert host.errors == []


async def test_weekly_gains_have_signs_and_sums(workspace: Workspace, shows: Any) -> None:
    shows(board(NOW, options=(option("A", by_week=(3.0, -1.25, 0.0, 4.75)),)))
    async with showing(workspace, WaiversScreen()) as (host, _):
        head, row = card(host).split("\n")[1:3]
        assert head.split() == ["week", "10", "11", "12", "13", "in", "all", "expected", "worth"]
        assert row.split() == ["gain", "+3.0", "-1.2", "0", "+4.8", "+6.5", "+4.2", "+4.6"]


async def test_rivals_with_money_wins_and_needs(workspace: Workspace, shows: Any) -> None:
    shows(board(NOW))
    async with showing(workspace, WaiversScreen(), (120, 40)) as (host, pilot):
        rich = next(line for line in card(host).split("\n") if line.startswith("● Rich"))
        assert rich.split() == ["●", "Rich", "$88", "3/4", "$12", "RB", "-3.2,", "FLEX", "-1.0"]
        await press(pilot, "j")
        needy = next(line for line in card(host).split("\n") if line.startswith("  Needy"))
        assert needy.split() == ["Needy", "$5", "2/9", "$95", "–"]


async def test_f_shows_one_position_after_the_other(workspace: Workspace, shows: Any) -> None:
    shows(board(NOW))
    async with showing(workspace, WaiversScreen()) as (host, pilot):
        table = host.screen.query_one(RowTable)
        counts = []
        for _ in range(3):
            await press(pilot, "f")
            counts.append((table.row_count, "RB alone" in shown(host), "WR alone" in shown(host)))
        assert counts == [(2, True, False), (1, False, True), (3, False, False)]


async def test_enter_opens_the_add_and_braces_the_next_league(workspace: Workspace, shows: Any) -> None:
    shows(board(NOW))
    async with showing(workspace, WaiversScreen()) as (host, pilot):
        await each(pilot, "j", "enter")
        assert host.asked == [("player", "id of Free Flanker")]
        screen = host.screen
        assert isinstance(screen, WaiversScreen)
        assert screen.league_id == "A"
        await press(pilot, "}")
        assert screen.league_id == "B"
        assert screen.page is not None
        assert "/B/" in screen.page
        await each(pilot, "{", "{")
        assert screen.league_id == "B"


@pytest.mark.parametrize(
    ("known", "head", "said"),
    [
        ({"left": None}, "budget not known", "claim"),
        ({"best_ball": True}, "best ball · $63 left", ""),
        ({"bidding": False, "position": 2}, "2 of 3 in the order of claims", "Order"),
        ({"runs_at": None}, "$63 left", "when is not known"),
        ({"runs_at": None, "on_waivers": ()}, "free agents only", ""),
        ({"bidding": False, "position": None, "runs_at": None, "on_waivers": ()}, "free agents only", ""),
        ({"runs_at": NOW - timedelta(minutes=1)}, "(any moment)", ""),
    ],
)
async def test_leagues_with_other_rules(
    workspace: Workspace, shows: Any, known: dict[str, Any], head: str, said: str
) -> None:
    shows(board(NOW, **known))
    async with showing(workspace, WaiversScreen(), (120, 40)) as (host, _):
        assert head in lines(host)[1]
        assert said in card(host)
        assert host.errors == []


@pytest.mark.parametrize("why", ["The season is over.", "The commissioner has closed adds in this league."])
async def test_a_closed_wire_says_why(workspace: Workspace, shows: Any, why: str) -> None:
    shows(board(NOW, options=(), closed=why))
    async with showing(workspace, WaiversScreen()) as (host, pilot):
        assert "closed" in lines(host)[1]
        assert card(host).startswith(why)
        assert "Needs this week" in shown(host)
        await each(pilot, "j", "enter", "f", "y", "J")
        assert host.errors == []
        assert host.asked == []


async def test_nobody_who_helps(workspace: Workspace, shows: Any) -> None:
    shows(board(NOW, options=()))
    async with showing(workspace, WaiversScreen()) as (host, pilot):
        assert "Nobody who is free improves your line-ups." in shown(host)
        shows(board(NOW))
        await press(pilot, "}")
        await press(pilot, "j")
        assert card(host).startswith("Add Free Flanker")


async def test_a_league_without_a_team_of_mine_says_so(workspace: Workspace) -> None:
    async def leave(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).owner_id = None

    await workspace.store.write(leave)
    async with showing(workspace, WaiversScreen()) as (host, pilot):
        assert "You have no team in Alpha League. } goes to your next league." in shown(host)
        await each(pilot, "f", "j", "enter", "}")
        assert "Beta" in lines(host)[1]
        assert host.errors == []


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, WaiversScreen()) as (host, pilot):
        await each(pilot, "f", "}", "enter", "y")
        assert "Press r to sync" in shown(host)
        assert host.errors == []


async def test_what_the_store_knows_is_on_the_screen(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        await press(pilot, "7")
        assert app.workspace is not None
        league_id = app.screen.league_id  # type: ignore[attr-defined]
        expected = await app.workspace.browse.waivers(league_id)
        assert expected is not None
        table = app.screen.query_one(RowTable)
        assert table.row_count == len(expected.options) > 0
        assert card(app).startswith(words.task(expected.options[0]))
        for rival in expected.rivals[:2]:
            assert f"{rival.won}/{rival.claims}" in card(app)


async def test_y_copies_what_to_do(demo_sqlite: str, surroundings: None, shows: Any) -> None:
    shows(board(NOW))
    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "7", "y")
        first, then = app.clipboard.split("\n")
        assert first == "First activate or drop Healed Hand: no longer allowed on reserve"
        assert then == "Claim Contested Carrier, drop Benched Back, bid $9"


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_plain_text(
    demo_sqlite: str, surroundings: None, name: str, shows: Any
) -> None:
    async with running(demo_sqlite) as (app, pilot):
        store = app.workspace.store  # type: ignore[union-attr]

        async def rename(session: AsyncSession) -> None:
            await session.execute(update(League).values(name=name))
            await session.execute(update(LeagueMember).values(team_name=name, display_name=name))
            await session.execute(update(Player).values(full_name=name, injury_status=name))

        await store.write(rename)
        await each(pilot, "7", "j", "y", "f", "}", "J")
        rival = Rival(2, name, name, 3, None, (Need(name, 2.0),), 1, 1, 1)
        hostile = option(name, drop=name, first=(name,), add_team=name, add_injury=name, wanted_by=(name,))
        shows(board(NOW, name=name, options=(hostile,), rivals=(rival,), lacks=(name,), closed=None))
        await each(pilot, "}", "j", "J", "J", "J", "y", "enter", "escape")
        assert "\x1b" not in shown(app) + app.clipboard
        assert "\x07" not in shown(app) + app.clipboard
        assert app._exception is None


def test_words() -> None:
    made = board(NOW)
    claim, free, room = made.options
    assert [words.price(one) for one in (claim, free, room)] == ["claim $9", "free", "claim"]
    assert [words.weeks(one) for one in (claim, room)] == ["10-13", "10"]
    assert words.task(room) == "Claim Roomy Rusher"
    assert words.task(replace(claim, bid=0)) == "Claim Contested Carrier, drop Benched Back, bid $0"
    assert words.purse(replace(made, bidding=False), replace(made.rivals[0], waiver_position=3)) == "3"
    assert words.purse(made, replace(made.rivals[0], faab_left=None)) == "?"
    many = replace(claim, wanted_by=tuple("abcdefg"))
    assert words.wanted(made, many).endswith("a, b, c, d and 3 more.")
    assert words.ladder_title(free) == ""
    assert made.runs_at is not None
    assert made.runs_at.tzinfo is UTC


@SIZES
@pytest.mark.parametrize("keys", [("7",), ("7", "}")], ids=["first", "next"])
def test_screen(
    keys: tuple[str, ...], size: tuple[int, int], demo_sqlite: str, surroundings: None, snap_compare: Any
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await each(pilot, *keys)

    assert snap_compare(demo_app(demo_sqlite), terminal_size=size, run_before=go)


@SIZES
def test_screen_with_a_ladder(
    size: tuple[int, int], demo_sqlite: str, surroundings: None, shows: Any, snap_compare: Any
) -> None:
    from fantasy_tui.demo.teams import NOW as DEMO

    shows(board(DEMO))

    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "7")

    assert snap_compare(demo_app(demo_sqlite), terminal_size=size, run_before=go)
