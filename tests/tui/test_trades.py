"""The trade bench by its keys: what is offered, what that does, and whose result is shown."""

import asyncio
import re
from collections.abc import Collection
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from textual.pilot import Pilot
from textual.widgets import Static

from fantasy_tui.browse import Browse
from fantasy_tui.football.bench import Bench, bench
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import League, Roster
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens.player import PlayerScreen
from fantasy_tui.tui.screens.trades import WIDE, TradesScreen
from fantasy_tui.tui.trade_words import grounds, listed, message
from fantasy_tui.tui.widgets import waiting
from fantasy_tui.tui.widgets.side_table import SideTable
from fantasy_tui.tui.widgets.waiting import Waiting
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE
from tests.trades import teams, weekly
from tests.tui.demo import demo_app
from tests.tui.host import each, lines, press, settle, showing, shown
from tests.tui.test_app import running

OFFER = ("j", "space", "tab", "j", "j", "space")
"""My second player for their third one."""


def about(app: Any) -> str:
    return str(app.screen.query_one("#about", Static).content)


def screen_of(app: Any) -> type:
    return type(app.screen)


def at(app: Any) -> str | None:
    side = app.focused
    return side.id if isinstance(side, SideTable) else None


async def test_both_rosters_side_by_side_and_an_offer_weighed_at_every_key(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        text = shown(host)
        assert "Alpha League · week 10 · trades open · partner 1 of 1" in text
        assert "You  My Team" in text
        assert f"They  {HOSTILE[0]}" in text
        assert "Nothing is offered yet." in text
        assert "Sends nothing" in text
        row = next(line for line in lines(host) if "Patrick Mahomes" in line)
        assert "Josh Allen" in row.split("│")[1]
        assert at(host) == "mine"
        await press(pilot, "space")
        assert "● 1" in lines(host)[2].split("│")[0]
        assert "Give Patrick Mahomes to [/oops] for nothing" in about(host)
        assert "One side gives nobody yet." in about(host)
        await each(pilot, "tab", "space")
        assert at(host) == "theirs"
        assert "Give Patrick Mahomes to [/oops] for Josh Allen" in about(host)
        assert "of 100 (an estimate, not measured)" in about(host)
        assert host.errors == []


async def test_space_takes_a_player_out_again_and_c_clears(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        await each(pilot, "space", "j", "space")
        assert "● 2" in lines(host)[2]
        await press(pilot, "space")
        assert "● 1" in lines(host)[2]
        await each(pilot, "l", "space", "c")
        assert "●" not in shown(host)
        assert "Nothing is offered yet." in about(host)


async def test_keys_for_the_sides(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        for key, side in (("l", "theirs"), ("l", "theirs"), ("h", "mine"), ("h", "mine"), ("right", "theirs"),
                          ("left", "mine"), ("tab", "theirs"), ("tab", "mine")):  # fmt: skip
            await press(pilot, key)
            assert at(host) == side, key


async def test_a_click_offers_and_enter_opens_the_player(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        await pilot.click("#theirs", offset=(6, 2))
        await settle(pilot)
        assert at(host) == "theirs"
        assert "● 1" in lines(host)[2].split("│")[1]
        assert host.asked == []
        chosen = host.screen.query_one("#theirs", SideTable).chosen_key
        await press(pilot, "enter")
        assert host.asked == [("player", chosen)]


async def test_what_an_offer_says_is_what_football_says(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        await each(pilot, "6", *OFFER)
        screen = app.screen
        assert isinstance(screen, TradesScreen)
        view, offer = screen._view, screen._offer
        assert view is not None
        assert offer is not None
        assert len(offer.give) == len(offer.get) == 1
        expected = bench(view, offer.partner, offer.give, offer.get)
        assert screen._bench == expected
        row = next(line for line in about(app).split("\n") if line.startswith("You"))
        numbers = [float(word) for word in row.split()[1:]]
        assert numbers[:-2] == [pytest.approx(p, abs=0.06) for p in expected.mine.by_week]
        assert numbers[-2:] == [
            pytest.approx(expected.mine.total, abs=0.06),
            pytest.approx(expected.mine.gain, abs=0.06),
        ]


async def test_partners_and_leagues_keep_their_offers(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "6", *OFFER)
        first = about(app).split("\n")[0]
        await press(pilot, "]")
        assert "partner 2 of 11" in shown(app)
        assert about(app).startswith(first.split(" to ")[0])
        assert "for nothing" in about(app)
        await press(pilot, "[")
        assert about(app).split("\n")[0] == first
        await press(pilot, "}")
        assert "Nothing is offered yet." in about(app)
        await press(pilot, "{")
        assert about(app).split("\n")[0] == first
        await each(pilot, "[", "[")
        assert "partner 10 of 11" in shown(app)


async def test_picks_and_dollars_go_along_named_but_not_counted(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        await press(pilot, "6")
        while "Twin Signal" not in lines(app)[1]:
            await press(pilot, "}")
        await each(pilot, "space", "tab", "space")
        plain = about(app)
        await each(pilot, "tab", "G", "space")
        assert "$10 of $" in shown(app)
        assert " and $10 FAAB to " in about(app)
        await each(pilot, "+", "=", "-", "k", "space")
        assert re.match(r"Give [^,]+, 2028 4th[^$]* and \$11 FAAB to ", about(app))
        assert "Not counted: draft picks and FAAB dollars." in about(app)
        assert "of 100 for the players alone (an estimate, not measured)" in about(app)
        assert plain.split("\n")[1:4] == about(app).split("\n")[1:4], "the weeks are weighed as without"
        assert "● 3" in lines(app)[2].split("│")[0]
        await press(pilot, "y")
        assert re.search(r"my .*, 2028 4th.* and \$11 FAAB for your ", app.clipboard)
        await press(pilot, "enter")
        assert screen_of(app) is TradesScreen
        await each(pilot, "]", "[")
        assert "$11 FAAB" in about(app)
        await each(pilot, "space", "G", "space")
        assert about(app) == plain
        await each(pilot, *["-"] * 3)
        assert about(app) == plain
        await each(pilot, *["space", "space", "space"], *["+"] * 3)
        left = int(re.findall(r"\$\d+ of \$(\d+)", shown(app))[0])
        app.screen.action_dollars(10 * left)  # type: ignore[attr-defined]
        await settle(pilot)
        assert f"${left} FAAB" in about(app)


async def test_dollars_where_the_league_does_not_bid_are_refused_in_words(
    workspace: Workspace,
) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        await each(pilot, "+", "tab", "-")
        assert "Nothing is offered yet." in about(host)
        assert [asked[0] for asked in host.asked] == ["tell", "tell"]
        assert "My Team has no dollars to give" in host.asked[0][1]


async def test_an_offer_that_cannot_be_made_says_why(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite) as (app, pilot):
        store = app.workspace.store  # type: ignore[union-attr]

        async def close(session: AsyncSession) -> None:
            await session.execute(update(League).values(settings={"trade_deadline": 3, "leg": 10}))

        await store.write(close)
        await each(pilot, "6", "space", "tab", "space")
        assert "✗ The trade deadline was week 3." in about(app)
        assert "The trade deadline was week 3." in lines(app)[1]
        await press(pilot, "f")
        assert isinstance(app.screen, TradesScreen)
        assert any("deadline was week 3" in note.message for note in app._notifications)


class Slow:
    """Weighs offers no faster than it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[frozenset[str], frozenset[str]]] = []
        self.go = asyncio.Event()

    async def bench(
        self, view: LeagueView, partner: int, give: Collection[str], get: Collection[str]
    ) -> Bench:
        self.asked.append((frozenset(give), frozenset(get)))
        await self.go.wait()
        return bench(view, partner, give, get)


async def test_only_the_newest_offer_is_weighed_and_shown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        slow = Slow()
        monkeypatch.setattr(Browse, "bench", lambda _, *offer, book, beside: slow.bench(*offer))
        monkeypatch.setattr(waiting, "SLOW", 0.001)
        told: list[str] = []
        update = Static.update

        def note(self: Static, content: Any = "", **more: Any) -> None:
            if self.id == "about":
                told.append(str(content))
            update(self, content, **more)

        monkeypatch.setattr(Static, "update", note)
        await pilot.press("space", "j", "space", "j", "space")
        await pilot.pause(0.05)
        assert len(slow.asked) == 1  # the others wait until it is done, and are then old themselves
        assert "Nothing is offered yet." in about(host)
        sign = host.screen.query_one(Waiting)
        assert "weighing the offer" in str(sign.content)
        assert sign.display
        slow.go.set()
        await settle(pilot)
        assert [len(give) for give, _ in slow.asked] == [1, 3]
        assert len(told) == 1  # the result for the first offer came when it was old: it is not shown
        assert about(host).startswith("Give ")
        assert about(host).split(" to ")[0].count(",") == 1
        assert not sign.display


async def test_a_player_who_changes_teams_leaves_the_offer(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen()) as (host, pilot):
        await each(pilot, "space", "tab", "space")
        given = next(iter(host.screen._offer.give))  # type: ignore[attr-defined]

        async def drop(session: AsyncSession) -> None:
            roster = await session.get_one(Roster, "A:1")
            roster.players = [player for player in roster.players or () if player != given]

        await workspace.store.write(drop)
        host.publish_change()
        await settle(pilot)
        assert "Give nothing to" in about(host)
        assert host.errors == []


async def test_y_copies_the_offer_as_a_sentence(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "6", "y")
        assert app.clipboard == ""
        await each(pilot, *OFFER, "y")
        assert app.clipboard.startswith("Trade offer in Harbour Street Home League: my ")
        assert app.clipboard.endswith(".")


async def test_enter_opens_a_player_and_back_comes_to_the_same_offer(
    demo_sqlite: str, surroundings: None
) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "6", *OFFER)
        before = about(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlayerScreen)
        await press(pilot, "escape")
        assert about(app) == before
        assert at(app) == "theirs"


async def test_the_verdict_stands_beside_the_rosters_where_there_is_room(workspace: Workspace) -> None:
    async with showing(workspace, TradesScreen(), (WIDE, 30)) as (host, pilot):
        assert "Nothing is offered yet." in lines(host)[2]
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Nothing is offered yet." not in lines(host)[2]
        assert "Nothing is offered yet." in shown(host)


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_plain_text(demo_sqlite: str, surroundings: None, name: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        store = app.workspace.store  # type: ignore[union-attr]

        async def rename(session: AsyncSession) -> None:
            from fantasy_tui.models import LeagueMember, Player

            await session.execute(update(League).values(name=name))
            await session.execute(update(LeagueMember).values(team_name=name, display_name=name))
            await session.execute(update(Player).values(full_name=name, injury_status=name, team=name))

        await store.write(rename)
        await each(pilot, "6", *OFFER, "y", "f", "j", "enter", "]", "}", "enter")
        text = shown(app)
        assert "\x1b" not in text + app.clipboard
        assert "\x07" not in text + app.clipboard
        assert app._exception is None


async def test_a_league_without_a_team_of_mine_says_so_and_leads_on(workspace: Workspace) -> None:
    async def leave(session: AsyncSession) -> None:
        roster = await session.get_one(Roster, "A:1")
        roster.owner_id = None

    await workspace.store.write(leave)
    async with showing(workspace, TradesScreen()) as (host, pilot):
        assert "You have no team in Alpha League. } goes to your next league." in shown(host)
        await each(pilot, "space", "tab", "]", "c", "y", "f")
        await press(pilot, "}")
        assert "Beta" in lines(host)[1]
        await press(pilot, "space")
        assert "Give Patrick Mahomes to Rivals" in about(host)
        assert host.errors == []


async def test_nothing_stored_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, TradesScreen()) as (host, pilot):
        await each(pilot, "space", "tab", "]", "}", "c", "y", "f", "enter")
        assert "Press r to sync" in shown(host)
        assert host.errors == []


def test_sentences_of_an_offer() -> None:
    view = teams(
        "RB RB",
        {1: [weekly(p, "RB", [5, 5]) for p in "abc"], 2: [weekly(p, "RB", [9, 9]) for p in "xz"]},
    )
    found = bench(view, 2, ["a", "b"], ["x"])
    names = {"a": "A", "b": "[/oops]", "x": "X\x1b[2J" + "y" * 50}
    assert listed(("a",), names) == "A"
    assert listed(("a", "b", "?"), names) == "A, [/oops] and ?"
    assert message(found, names, "L").startswith("Trade offer in L: my A and [/oops] for your X␛[2Jyy")
    assert "\x1b" not in message(found, names, "L")
    told = list(grounds(found, names))
    assert any("Market: " in line for line in told)
    assert any(line.startswith("Team 2 would have to drop") for line in told)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [("6",), ("6", *OFFER), ("6", "f")], ids=["empty", "offer", "finds"])
def test_screen(
    keys: tuple[str, ...], size: tuple[int, int], demo_sqlite: str, surroundings: None, snap_compare: Any
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await each(pilot, *keys)

    app: FantasyApp = demo_app(demo_sqlite)
    assert snap_compare(app, terminal_size=size, run_before=go)
