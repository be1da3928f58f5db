"""The queue's flow by keys: forty decisions cleared, several at once, moved, edited, snoozed, applied."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from textual.pilot import Pilot

from fantasy_tui.agents.runner import AgentFailed
from fantasy_tui.clock import utcnow
from fantasy_tui.database.store import Store
from fantasy_tui.demo.teams import NOW
from fantasy_tui.models import AgentTaskType, Door, Player
from fantasy_tui.review.edit import Option
from fantasy_tui.review.snooze import Choice
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens import moved as moved_screen
from fantasy_tui.tui.screens.confirm import ConfirmDialog
from fantasy_tui.tui.screens.edit import EditDialog
from fantasy_tui.tui.screens.moved import MovedDialog
from fantasy_tui.tui.screens.queue import QueueScreen
from fantasy_tui.tui.screens.reason import ReasonDialog
from fantasy_tui.tui.screens.snooze import SnoozeDialog
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.workspace import Workspace
from tests.tui.forty import LEAGUES, WAITING, fill
from tests.tui.host import press, settle, shown

pytestmark = pytest.mark.usefixtures("surroundings")


@dataclass
class Open:
    """The app on forty decisions, and its keys."""

    app: FantasyApp
    pilot: Pilot[None]

    @property
    def workspace(self) -> Workspace:
        assert self.app.workspace is not None
        return self.app.workspace

    @property
    def queue(self) -> QueueScreen:
        assert isinstance(self.app.screen, QueueScreen)
        return self.app.screen

    @property
    def cursor(self) -> str | None:
        return self.app.screen.query_one(RowTable).chosen_key

    async def waiting(self) -> list[str]:
        return [item.id for item in await self.workspace.queue()]

    async def status(self, decision_id: str) -> str:
        return (await self.workspace.decision(decision_id)).status

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    @property
    def told(self) -> str:
        return " ".join(notice.message for notice in self.app._notifications)


@pytest.fixture(params=["sqlite", "postgres"])
def either_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def url(either_url: str) -> str:
    """Forty decisions over five leagues, on either engine."""
    store = Store(either_url)
    await fill(store)
    await store.close()
    return either_url


@pytest.fixture
async def one_url(sqlite_url: str) -> str:
    """The same on SQLite alone, for what no engine makes a difference to."""
    store = Store(sqlite_url)
    await fill(store)
    await store.close()
    return sqlite_url


@asynccontextmanager
async def opened(url: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Open]:
    app = FantasyApp({"database_url": url, "now": NOW, "offline": True, "username": "manager"})
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Open(app, pilot)


async def hurt(store: Store, player_id: str, status: str | None = "Out") -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(Player).where(Player.player_id == player_id).values(injury_status=status)
        )

    await store.write(work)


async def test_forty_over_five_leagues_are_cleared_with_undos_an_edit_and_a_snooze(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(url) as at:
        before = await at.waiting()
        assert len(before) == WAITING
        assert len({(await at.workspace.decision(key)).league_id for key in before[:LEAGUES]}) == LEAGUES
        first = await at.workspace.decision(before[0])
        await offer_edit(monkeypatch, at.workspace, before[0])
        await at.press("e", "enter")
        assert await at.status(before[0]) == "approved"
        await offer_snooze(monkeypatch)
        await at.press("s", "enter")
        assert [item.id for item in await at.workspace.snoozed()] == [before[1]]
        for undone in (before[2], before[3], before[4]):
            assert at.cursor == undone
            await at.press("a", "u")
            assert await at.status(undone) == "pending"
            assert at.cursor == undone
            await at.press("x", "enter")
            assert await at.status(undone) == "rejected"
        await at.pilot.press(*"a" * (WAITING - 5))
        await settle(at.pilot)
        assert await at.waiting() == []
        states = [await at.status(key) for key in before]
        assert states[0] == "approved"
        assert states[1:5] == ["pending", "rejected", "rejected", "rejected"]
        assert set(states[5:]) == {"approved"}
        told = " ".join(shown(at.app).split())
        assert "Nothing waits for you." in told
        assert "Decided 40" in told
        assert f"{WAITING - 5} approved, 3 rejected, 1 edited, 1 snoozed" in told
        assert first.league in {item.league for item in await at.workspace.to_apply()}
        events = await at.workspace.history(before[2])
        assert [event.action for event in events] == ["propose", "approve", "undo", "reject"]


async def offer_edit(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, decision_id: str) -> None:
    """One edit of any decision: its own recommendation under another name."""
    from fantasy_tui.review.queue import document_of

    _, document = await document_of(workspace.store, decision_id, workspace.user_id, utcnow())
    assert document is not None
    options = [
        Option("the runner-up", document | {"summary": "Edited one"}, 1.5, 58),
        Option("another", document | {"summary": "Edited two"}, 0.7, 52),
    ]

    async def offered(_: Workspace, decision_id: str) -> list[Option]:
        return options

    monkeypatch.setattr(Workspace, "edit_options", offered)


async def offer_snooze(monkeypatch: pytest.MonkeyPatch) -> None:
    async def choices(_: Workspace, decision_id: str) -> list[Choice]:
        return [Choice("inactives", utcnow() + timedelta(minutes=30), "inactives")]

    monkeypatch.setattr(Workspace, "snooze_choices", choices)


async def test_undo_and_redo_by_keys(one_url: str) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await at.press("a", "a", "u", "u")
        assert [await at.status(key) for key in before[:2]] == ["pending", "pending"]
        await at.press("U")
        assert await at.status(before[0]) == "approved"
        await at.press("ctrl+y")
        assert await at.status(before[1]) == "approved"
        assert at.app.session.line.startswith("Decided 2 in")
        await at.press("U")
        assert "nothing to redo" in at.told


async def test_the_edit_s_card_follows_the_cursor(one_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await offer_edit(monkeypatch, at.workspace, before[0])
        await at.press("e")
        assert isinstance(at.app.screen, EditDialog)
        assert "Edited one" in shown(at.app)
        await at.press("j")
        assert "Edited two" in shown(at.app)
        assert "+0.7 points expected · 52 in 100" in shown(at.app)
        await at.press("escape")
        assert await at.waiting() == before


async def test_what_is_set_aside_is_listed_with_its_return(
    one_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await offer_snooze(monkeypatch)
    async with opened(one_url, (120, 40)) as at:
        before = await at.waiting()
        await at.press("s")
        assert isinstance(at.app.screen, SnoozeDialog)
        await at.press("enter")
        assert at.cursor == before[1]
        assert before[0] not in at.queue.lists.waiting
        await at.press("S")
        assert "inactives, Sun 16:40" in shown(at.app)
        await at.press("u")
        assert (await at.waiting())[0] == before[0]
        assert at.cursor == before[0]


async def test_moved_shows_what_moved_and_approves_nothing(
    one_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved_screen, "QUIET", 0.05)
    async with opened(one_url, (120, 40)) as at:
        before = await at.waiting()
        fresh = replace(await at.workspace.decision(before[1]), summary="Best now, really")

        async def recompute(_: Workspace, decision_id: str) -> Any:
            assert decision_id == before[0]
            return fresh

        monkeypatch.setattr(Workspace, "recompute", recompute)
        await hurt(at.workspace.store, "bench-0")
        await at.press("a")
        assert isinstance(at.app.screen, MovedDialog)
        assert await at.status(before[0]) == "pending"
        assert "is Out now" in shown(at.app)
        assert "Best now, really" in shown(at.app)
        await at.press("escape")
        assert await at.status(before[0]) == "pending"
        at.queue.query_one(RowTable).move_cursor(row=0)
        await at.press("a")
        await at.pilot.pause(0.1)
        await at.press("a")
        assert [await at.status(key) for key in before[:2]] == ["pending", "approved"]


async def test_what_cannot_be_worked_out_is_not_called_nothing(
    one_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def recompute(_: Workspace, _id: str) -> Any:
        raise AgentFailed("The sit_start agent failed on league A; the log has the cause.")

    monkeypatch.setattr(Workspace, "recompute", recompute)
    async with opened(one_url, (120, 40)) as at:
        await hurt(at.workspace.store, "bench-0")
        await at.press("a")
        assert isinstance(at.app.screen, MovedDialog)
        assert "What is best now could not be worked out." in shown(at.app)
        assert "The sit_start agent failed on league A" in at.told
        await at.press("h")
        assert not isinstance(at.app.screen, MovedDialog)


async def test_keys_meant_for_the_queue_do_not_answer_what_has_moved(one_url: str) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await hurt(at.workspace.store, "bench-0")
        await at.pilot.press("a")
        while not isinstance(at.app.screen, MovedDialog):
            await at.pilot.pause(0.01)
        await at.pilot.press("a", "a", "x")
        await settle(at.pilot)
        assert isinstance(at.app.screen, MovedDialog)
        assert await at.status(before[0]) in ("pending", "superseded")


async def test_what_moves_while_a_reason_is_typed_waits_for_its_turn(one_url: str) -> None:
    async with opened(one_url) as at:
        first = at.queue.lists.waiting[(await at.waiting())[0]]
        queue = at.queue
        await hurt(at.workspace.store, "bench-0")
        await at.press("j", "x")
        queue.answers.approve(first)
        await settle(at.pilot)
        assert isinstance(at.app.screen, ReasonDialog)
        await at.press("escape")
        assert isinstance(at.app.screen, MovedDialog)


async def test_a_bulk_within_one_tier_asks_nothing(one_url: str) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await at.press("space", "space", "space", "A")
        assert {await at.status(key) for key in before[:3]} == {"approved"}
        assert "Approved 3 of 3" in at.told


async def test_a_bulk_tells_what_could_not_be_done(one_url: str) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await hurt(at.workspace.store, "bench-0")
        await at.press("space", "space", "space")
        await at.workspace.reject(before[1], Door.CLI)
        await at.press("A")
        assert [await at.status(key) for key in before[:3]] == ["pending", "rejected", "approved"]
        assert "Approved 1 of 3" in at.told
        assert "Moved since" in at.told
        assert "already rejected" in at.told


async def test_a_bulk_with_a_star_let_go_asks_once(one_url: str) -> None:
    store = Store(one_url)
    await fill(store, claims=2)
    await store.close()
    async with opened(one_url) as at:
        claims = [i.id for i in await at.workspace.queue() if i.decision_type == AgentTaskType.WAIVER_WIRE]
        at.queue.answers.marked = set(claims)
        await at.press("A")
        assert isinstance(at.app.screen, ConfirmDialog)
        assert "drops Star" in " ".join(shown(at.app).split())
        await at.press("n")
        assert {await at.status(key) for key in claims} == {"pending"}
        await at.press("A", "y")
        assert not isinstance(at.app.screen, ConfirmDialog)


async def test_approved_ones_that_lock_soon_stand_on_top_and_are_not_answered_again(
    one_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(one_url, (120, 40)) as at:
        before = await at.waiting()
        await at.press("a")
        assert "APPLY NOW" in shown(at.app)
        assert at.cursor == before[1]
        await at.press("g")
        assert at.cursor == before[0]
        assert "1. [ ]" in shown(at.app)
        await at.press("a", "x")
        assert "approved already" in at.told
        copied: list[str] = []
        monkeypatch.setattr(at.app, "copy_to_clipboard", copied.append)
        await at.press("y")
        assert copied[0].startswith("1. ")


async def test_two_apps_on_one_store(url: str) -> None:
    async with opened(url) as at:
        before = await at.waiting()
        other = await Workspace.open(at.workspace.settings)
        try:
            await asyncio.gather(*(other.approve(key, Door.CLI) for key in before[:3]))
            await at.pilot.press("a", "a")
            await settle(at.pilot)
            left = [item.id for item in await other.queue()]
            assert left == await at.waiting()
            assert set(left) >= set(before[5:])
            assert at.cursor == left[0]
            for key in before[:3]:
                doors = [(event.action, event.door) for event in await other.history(key)]
                assert doors == [("propose", "agent"), ("approve", "cli")]
        finally:
            await other.close()


async def test_resizing_in_the_middle_keeps_the_place(one_url: str) -> None:
    async with opened(one_url) as at:
        before = await at.waiting()
        await at.press("a")
        await at.pilot.resize_terminal(120, 40)
        await settle(at.pilot)
        assert at.cursor == before[1]
        await at.press("e")
        await at.pilot.resize_terminal(80, 24)
        await at.press("escape", "a")
        assert await at.status(before[1]) == "approved"


async def test_leaving_tells_what_was_done(one_url: str) -> None:
    async with opened(one_url) as at:
        await at.press("a", "q")
        [line] = at.app._exit_renderables
        assert "Decided 1 in 0s: 1 approved" in str(line)
