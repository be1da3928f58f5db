"""The command palette: every action, screen, league, player and theme by its name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from textual.command import CommandList, CommandPalette, Hit, Hits
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.database.store import Store
from fantasy_tui.models import League
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.palette import MOST_PLAYERS, Everything, Palette
from fantasy_tui.tui.places import PLACES
from fantasy_tui.tui.screens.history import HistoryScreen
from fantasy_tui.tui.screens.league import LeagueScreen
from fantasy_tui.tui.screens.player import PlayerScreen
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.screens.roster import RosterScreen
from tests.leagues import HOSTILE
from tests.tui.host import press, settle, shown
from tests.tui.test_app import of, running, status, waiting

pytestmark = pytest.mark.usefixtures("surroundings")


async def found(app: FantasyApp, query: str) -> list[str]:
    """The names that the palette finds, the best first."""
    provider = Everything(app.screen)
    await provider.startup()
    hits: list[Any] = [hit async for hit in (provider.search(query) if query else provider.discover())]
    await provider.shutdown()
    return [str(hit.text) for hit in sorted(hits, key=lambda hit: hit.score, reverse=True)]


async def choose(pilot: Pilot[None], query: str) -> None:
    """Open the palette, type, and take the first line."""
    await press(pilot, "ctrl+p", *query)
    for _ in range(100):
        await pilot.pause(0.05)
        options = pilot.app.screen.query(OptionList)
        if options and options.first().option_count and options.first().highlighted is not None:
            break
    await press(pilot, "enter")
    await settle(pilot)


async def test_a_league_has_a_line_for_the_team_and_one_for_its_page(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        names = await found(app, "iron curt")
        assert names[:2] == ["Iron Curtain IDP", "Iron Curtain IDP · table"]
        await choose(pilot, "iron table")
        assert isinstance(app.screen, LeagueScreen)
        assert "Iron Curtain IDP" in shown(app)


def palette_is_open(app: Any) -> bool:
    return CommandPalette.is_open(app)


class Halting(Everything):
    """Finds nothing until it may."""

    go = asyncio.Event()

    async def search(self, query: str) -> Hits:
        await self.go.wait()
        async for hit in super().search(query):
            yield hit


async def test_enter_chooses_what_was_typed_and_never_what_is_still_listed(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Halting, "go", asyncio.Event())
    monkeypatch.setattr(FantasyApp, "COMMANDS", {Halting})
    async with running(demo_sqlite) as (app, pilot):
        before = await waiting(app)
        await press(pilot, "ctrl+p")
        options = app.screen.query_one(OptionList)
        for _ in range(100):
            await pilot.pause(0.02)
            if options.option_count:
                break
        assert "Approve" in str(options.get_option_at_index(0).prompt)
        await pilot.press(*"history", "enter")
        await pilot.pause(0.1)
        assert palette_is_open(app), "what fits is not known yet"
        Halting.go.set()
        for _ in range(100):
            await pilot.pause(0.05)
            if not palette_is_open(app):
                break
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert await waiting(app) == before, "nothing was approved"


async def test_a_flood_of_letters_is_searched_for_at_once(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    gather = Palette._gather_commands

    def note(self: Palette, search_value: str) -> Any:
        searched.append(search_value)
        return gather(self, search_value)

    monkeypatch.setattr(Palette, "_gather_commands", note)
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "ctrl+p")
        for letter in "history" * 40:
            app.screen.query_one(Input).insert_text_at_cursor(letter)
        for _ in range(100):
            await pilot.pause(0.02)
            if searched[-1] == "history" * 40:
                break
        assert searched[-1] == "history" * 40
        assert len(searched) < 40


async def test_nothing_typed_lists_actions_screens_and_leagues(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, _):
        names = await found(app, "")
        assert {"Approve", "Reject", "Undo", "Refresh", "Quit", "Help", "Theme"} <= {*names}
        assert {place.title for place in PLACES} <= {*names}
        assert {league.name for league in await of(app).browse.leagues()} <= {*names}
        assert len(names) < 60


async def test_every_action_is_found_by_its_name_while_one_types_too(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "slash")
        for name in ("Refresh", "Undo", "Leagues", "History", "Help"):
            assert (await found(app, name))[0] == name


async def test_an_action_is_carried_out_on_the_screen_below(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await choose(pilot, "approve")
        assert await status(app, first.id) == "approved"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.mode)
async def test_every_screen(demo_sqlite: str, place: Any) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await choose(pilot, place.title.lower())
        assert type(app.screen) is type(place.make())


async def test_a_league_leads_to_ones_team(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        league = (await of(app).browse.leagues())[1]
        await choose(pilot, league.name.lower())
        assert isinstance(app.screen, RosterScreen)
        assert app.screen.league_id == league.league_id
        assert league.name in shown(app)


async def test_a_player_is_found_with_a_typo_and_opened(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        name = min((await app.known.index(of(app))).rows, key=lambda row: row.search_rank).name
        await choose(pilot, f"{name[0]}{name[2]}{name[1]}{name[3:]}".lower())
        assert isinstance(app.screen, PlayerScreen)
        assert name in shown(app)


async def test_not_all_players_at_once(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, _):
        index = await app.known.index(of(app))
        assert len(index.search("f")) > MOST_PLAYERS
        provider = Everything(app.screen)
        await provider.startup()
        hits = [hit async for hit in provider.search("f")]
        await provider.shutdown()
        assert sum("Player" in str(hit.help) for hit in hits if isinstance(hit, Hit)) == MOST_PLAYERS
        assert await found(app, "zzzzqqqq") == []


async def test_the_palette_and_the_search_share_their_players(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        index = await app.known.index(of(app))
        await press(pilot, "slash")
        assert await app.known.index(of(app)) is index
        app.publish_change()
        await settle(pilot)
        assert await app.known.index(of(app)) is index


async def test_a_theme(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await choose(pilot, "theme textual-light")
        assert app.theme == "textual-light"


@pytest.mark.parametrize("name", [*HOSTILE, "a" * 60])
async def test_a_hostile_league_name_is_plain_text(demo_sqlite: str, name: str) -> None:
    store = Store(demo_sqlite)

    async def rename(session: AsyncSession) -> None:
        await session.execute(update(League).values(name=name))

    await store.write(rename)
    await store.close()
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "ctrl+p")
        await pilot.pause(0.3)
        await press(pilot, *"aaaaaaaaaaaaaaaa")
        await pilot.pause(0.3)
        assert isinstance(app.screen, CommandPalette)
        assert "\x1b" not in shown(app)
        await press(pilot, *["backspace"] * 16)
        await pilot.pause(0.3)
        await press(pilot, "pagedown", "pagedown", "pagedown", "pagedown")
        assert "\x1b" not in shown(app)
        assert app._exception is None


async def test_without_a_store_the_actions_are_there(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FantasyApp, "_open", lambda _: None)
    async with running(demo_sqlite) as (app, _):
        assert {"Undo", "Quit"} <= {*await found(app, "")}
        assert await found(app, "quit")


async def test_a_store_that_is_gone_is_told_and_the_actions_stay(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_: object) -> Any:
        raise StoreUnreachable("The database does not answer: check that it runs.")

    async with running(demo_sqlite) as (app, _):
        monkeypatch.setattr(type(of(app).browse), "leagues", gone)
        monkeypatch.setattr(type(of(app).browse), "players", gone)
        app.known.outdate()
        assert (await found(app, "quit"))[0] == "Quit"
        assert [note.message for note in app._notifications].count(
            "The database does not answer: check that it runs."
        ) == 2


async def test_a_search_that_goes_on_as_the_palette_closes_ends_nothing(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancelled `asyncio.wait_for` may return what came in the same moment: then the search goes on."""

    async def late(self: CommandPalette, _: str) -> AsyncIterator[Hit]:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        while self.is_attached:  # noqa: ASYNC110
            await asyncio.sleep(0)
        yield Hit(1, "late", lambda: None, help="too late")

    monkeypatch.setattr(CommandPalette, "_search_for", late)
    async with running(demo_sqlite) as (app, pilot):
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        app.screen.dismiss()
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert app._exception is None
        assert list(app._notifications) == []


async def test_a_search_that_fails_is_told(demo_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: CommandPalette, _: str) -> AsyncIterator[Hit]:
        raise ValueError

    monkeypatch.setattr(CommandPalette, "_search_for", broken)
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        assert "Something unexpected happened (ValueError)" in next(iter(app._notifications)).message


async def test_paging_through_a_list_that_is_not_laid_out_yet_does_nothing(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, "ctrl+p")
        await settle(pilot)
        found = app.screen.query_one(CommandList)
        # What a search does that has just begun to find something, on a screen with no room for it.
        found.styles.display = "none"
        await pilot.pause()
        found.clear_options()
        found.add_option("found")
        await press(pilot, "pageup", "pagedown")
        assert (app.is_running, isinstance(app.screen, Palette)) == (True, True)


async def test_a_palette_that_another_screen_came_before_is_gone_when_one_comes_back(
    demo_sqlite: str,
) -> None:
    async with running(demo_sqlite) as (app, pilot):
        app.go.palette()
        app.switch_mode("settings")
        await settle(pilot)
        assert app.is_running
        app.switch_mode("queue")
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
