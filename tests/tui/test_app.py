"""The whole app by its keys, on the demo: what the screen says is what the database holds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from fantasy_tui.config import load_settings
from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.models import Door
from fantasy_tui.review.item import QueueItem
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens.decision import DecisionScreen
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.workspace import Workspace
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, shown

pytestmark = pytest.mark.usefixtures("surroundings")


@asynccontextmanager
async def running(
    url: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[FantasyApp, Pilot[None]]]:
    app = demo_app(url)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def of(app: FantasyApp) -> Workspace:
    assert app.workspace is not None
    return app.workspace


async def waiting(app: FantasyApp) -> list[QueueItem]:
    return await of(app).queue()


async def status(app: FantasyApp, decision_id: str) -> str:
    return (await of(app).decision(decision_id)).status


def cursor(app: FantasyApp) -> str | None:
    return app.screen.query_one(RowTable).chosen_key


def told(app: FantasyApp) -> str:
    return " ".join(notice.message for notice in app._notifications)


async def test_a_claim_at_a_bid_of_ones_own(demo_url: str) -> None:
    async with running(demo_url, (120, 40)) as (app, pilot):
        claim = next(item for item in await waiting(app) if ", bid $" in item.summary)
        assert isinstance(app.screen, QueueScreen)
        app.screen.go_to(claim.id)
        app.screen.show()
        await press(pilot, "e", "b")
        await press(pilot, *"nine", "enter")
        assert "A bid is a whole number of dollars." in shown(app)
        await press(pilot, *("backspace",) * 4, *"9999", "enter")
        assert "which is what is left of the budget" in told(app)
        await press(pilot, "b", *"9", "enter")
        assert "Bid $9 is your own choice" in shown(app)
        await press(pilot, "a")
        assert await status(app, claim.id) == "approved"
        approved = await of(app).decision(claim.id)
        assert any("$9" in step for step in approved.steps)


async def test_a_bid_is_for_claims_alone(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        assert "waiver" not in (await waiting(app))[0].decision_type
        await press(pilot, "e", "b")
        assert "Only a waiver claim has a bid." in told(app)


async def test_approve_goes_on_to_the_next_and_is_in_the_database(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        before = await waiting(app)
        await press(pilot, "a")
        assert await status(app, before[0].id) == "approved"
        assert cursor(app) == before[1].id
        assert [item.id for item in await waiting(app)] == [item.id for item in before[1:]]
        event = (await of(app).history(before[0].id))[-1]
        assert (event.action, event.door) == ("approve", "tui")
        counted = shown(app).split("\n")[0].replace("·", " ").split()
        assert sum(int(word) for word in counted[1:6] if word.isdecimal()) == len(before) - 1


async def test_two_quick_keys_answer_two_decisions(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        before = await waiting(app)
        await pilot.press("a", "a")
        await settle(pilot)
        assert [await status(app, item.id) for item in before[:3]] == ["approved", "approved", "pending"]


async def test_reject_with_a_reason_then_undo_across_a_restart(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "x", *"late", "enter")
        decided = await of(app).decision(first.id)
        assert (decided.status, decided.note) == ("rejected", "late")
    async with running(demo_url) as (app, pilot):
        assert await status(app, first.id) == "rejected"
        await press(pilot, "u")
        assert await status(app, first.id) == "pending"
        assert first.id in {item.id for item in await waiting(app)}


async def test_escape_keeps_what_was_to_be_rejected(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "x", *"no", "escape")
        assert await status(app, first.id) == "pending"


async def test_an_empty_reason_rejects_too(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "x", "enter")
        decided = await of(app).decision(first.id)
        assert (decided.status, decided.note) == ("rejected", None)


async def test_marked_decisions_are_approved_together(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        before = await waiting(app)
        await press(pilot, "space", "j", "space", "A", "y")
        states = [await status(app, item.id) for item in before[:4]]
        assert states == ["approved", "pending", "approved", "pending"]


async def test_nothing_marked_approves_nothing(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        before = await waiting(app)
        await press(pilot, "A")
        assert await waiting(app) == before


async def test_somebody_else_was_faster(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        first = (await waiting(app))[0]
        await of(app).reject(first.id, Door.CLI)
        await press(pilot, "a")
        assert await status(app, first.id) == "rejected"
        assert notices(app)
        assert cursor(app) != first.id


def notices(app: FantasyApp) -> list[str]:
    return [notice.message for notice in app._notifications if "already rejected" in notice.message]


async def test_an_empty_queue_says_when_the_next_deadline_is(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        for _ in await waiting(app):
            await press(pilot, "a")
        assert await waiting(app) == []
        assert "Nothing waits for you." in shown(app)
        assert "kickoff in 1h49 (Sun 18:00)" in shown(app)
        await press(pilot, "a", "x", "space", "y", "enter", "J", "K")
        assert app._exception is None


async def test_what_another_process_decides_leaves_the_queue(demo_url: str) -> None:
    async with running(demo_url) as (app, pilot):
        first = (await waiting(app))[0]
        await settle(pilot)
        app._poll()
        await settle(pilot)
        other = await Workspace.open(of(app).settings)
        try:
            await other.approve(first.id, Door.CLI)
        finally:
            await other.close()
        await asyncio.sleep(0.1)
        app._poll()
        await settle(pilot)
        assert cursor(app) != first.id
        assert isinstance(app.screen, QueueScreen)
        assert first.id not in app.screen.lists.waiting


async def test_a_store_that_goes_away_is_told_once_and_comes_back(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_: Workspace) -> int:
        raise StoreUnreachable("The database does not answer: check that it runs.")

    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        with monkeypatch.context() as patch:
            patch.setattr(Workspace, "changed_token", gone)
            for _ in range(3):
                app._poll()
                await settle(pilot)
            assert "OFFLINE (no database)" in shown(app)
            assert [note.message for note in app._notifications].count(
                "The database does not answer: check that it runs."
            ) == 1
        app._poll()
        await settle(pilot)
        assert "no database" not in shown(app).split("\n")[0]


async def test_the_card_in_full_with_its_history(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        first = (await waiting(app))[0]
        await press(pilot, "enter")
        assert isinstance(app.screen, DecisionScreen)
        assert first.summary in shown(app)
        await press(pilot, "a")
        assert isinstance(app.screen, QueueScreen)
        assert await status(app, first.id) == "approved"


@pytest.mark.parametrize(
    "key", ["1", "2", "3", "5", "8", "9", "0", "comma", "slash", "question_mark", "colon", "r", "o", "y", "u"]
)
async def test_each_key_does_no_harm_at_the_start(demo_sqlite: str, key: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(FantasyApp, "open_url", lambda *_, **__: None)
    async with running(demo_sqlite) as (app, pilot):
        await press(pilot, key)
        assert app._exception is None


async def test_the_last_line_tells_the_keys_that_work_here(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        last = shown(app).split("\n")[-1]
        assert last.split() == [
            "a",
            "Approve",
            "x",
            "Reject",
            "e",
            "Edit",
            "s",
            "Snooze",
            "space",
            "Mark",
            "u",
            "Undo",
            "r",
            "Refresh",
            "?",
            "Help",
            "q",
            "Quit",
        ]
        await press(pilot, "8")
        assert "R Run agents" in shown(app).split("\n")[-1]


async def test_the_card_in_full_answers_its_own_decision_wherever_the_cursor_went(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        before = await waiting(app)
        queue = app.screen
        await press(pilot, "enter")
        queue.query_one(RowTable).move_cursor(row=3)
        await press(pilot, "a")
        assert [await status(app, before[place].id) for place in (0, 3)] == ["approved", "pending"]
        queue.query_one(RowTable).move_cursor(row=queue.query_one(RowTable).get_row_index(before[1].id))
        await press(pilot, "enter")
        queue.query_one(RowTable).move_cursor(row=0)
        await press(pilot, "x", "enter")
        assert [await status(app, before[place].id) for place in (1, 3, 4)] == [
            "rejected",
            "pending",
            "pending",
        ]


async def test_an_answer_given_before_the_store_is_open_survives_quitting(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(demo_sqlite) as (app, _):
        first = (await waiting(app))[0]
    opens = FantasyApp._open
    with monkeypatch.context() as patch:
        patch.setattr(FantasyApp, "_open", lambda _: None)
        app = demo_app(demo_sqlite)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("a")
            await pilot.pause()
            quitting = asyncio.create_task(app.action_quit())
            await asyncio.sleep(0.05)
            opens(app)
            await quitting
    async with running(demo_sqlite) as (app, _):
        assert await status(app, first.id) == "approved"


async def test_what_comes_into_an_empty_queue_is_shown(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        for _ in await waiting(app):
            await press(pilot, "a")
        assert "Nothing waits for you." in shown(app)
        await press(pilot, "u")
        [last] = await waiting(app)
        assert cursor(app) == last.id
        assert "Nothing waits for you." not in shown(app)
        assert last.summary[:20] in shown(app)
        await press(pilot, "a")
        assert await status(app, last.id) == "approved"


async def test_help_lists_every_key_of_the_readme(demo_sqlite: str) -> None:
    async with running(demo_sqlite, (120, 60)) as (app, pilot):
        await press(pilot, "question_mark")
        text = shown(app)
        for action in (
            "Approve",
            "Reject",
            "Undo",
            "Mark",
            "Copy",
            "Refresh",
            "Quit",
            "Agent tasks",
            "Commands",
        ):
            assert action in text
        await press(pilot, "escape")
        assert isinstance(app.screen, QueueScreen)


async def test_a_second_start_paints_the_queue_before_the_store_is_open(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(demo_sqlite) as (app, _):
        first = (await waiting(app))[0]
    monkeypatch.setattr(FantasyApp, "_open", lambda _: None)
    async with running(demo_sqlite) as (app, _):
        assert app.workspace is None
        assert first.summary[:20] in shown(app)


async def test_a_key_pressed_before_the_store_is_open_waits_for_it(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(demo_sqlite) as (app, _):
        first = (await waiting(app))[0]
    held: list[Callable[[], Awaitable[None]]] = []
    opens = FantasyApp._open
    monkeypatch.setattr(FantasyApp, "_open", lambda self: held.append(self))
    app = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        opens(app)
        await settle(pilot)
        assert await status(app, first.id) == "approved"


async def test_a_store_that_cannot_be_opened_ends_the_app_with_its_error(tmp_path: Any) -> None:
    file = tmp_path / "no.db"
    file.write_bytes(b"this is no database" * 100)
    app = FantasyApp({"database_url": f"sqlite+aiosqlite:///{file}", "now": NOW, "offline": True})
    async with app.run_test() as pilot:
        await settle(pilot)
    assert "is not a database" in str(app.failure)


async def test_nobody_known_asks_for_a_username(sqlite_url: str) -> None:
    app = FantasyApp({"database_url": sqlite_url, "now": NOW, "sleeper_url": "http://127.0.0.1:1"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.screen.query_one(Input).has_focus
        await press(pilot, "enter")
        assert "Type your Sleeper username first" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, QueueScreen)


async def test_quitting_waits_for_the_answer_under_way(demo_sqlite: str) -> None:
    async with running(demo_sqlite) as (app, pilot):
        first = (await waiting(app))[0]
        await pilot.press("a", "q")
    settings = {"database_url": demo_sqlite, "now": NOW, "offline": True, "username": USERNAME}
    again = await Workspace.open(load_settings(**settings))
    try:
        assert (await again.decision(first.id)).status == "approved"
    finally:
        await again.close()
