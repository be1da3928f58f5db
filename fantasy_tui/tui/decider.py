"""Carries a person's answers to the store: one after the other, in the order of the keys, none lost or torn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.database.errors import StoreUnreachable
    from fantasy_tui.review.edit import Option
    from fantasy_tui.review.verdict import Verdict
    from fantasy_tui.workspace import Workspace

log = logging.getLogger(__name__)

T = TypeVar("T")
Act = Callable[["Workspace"], Awaitable["Verdict"]]
Lost = Callable[["StoreUnreachable"], Awaitable[bool]]
"""What is done about a database that does not answer; True where another one stands in."""
_PATIENCE = 8.0
"""Seconds after which a database that says nothing is taken for gone: a cut cable is silent for minutes."""
_DONE = {
    "approve": "Approved",
    "reject": "Rejected",
    "undo": "Taken back",
    "redo": "Done again",
    "snooze": "Set aside",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says about one decision."""

    decision_id: str
    action: Literal["approve", "reject", "edit", "snooze"]
    points: float = 0.0
    """Expected league points that it is about."""
    reason: str | None = None
    edit: Option | None = None
    until: datetime | None = None
    event: str | None = None

    async def give(self, workspace: Workspace) -> Verdict:
        """Carry it out; raises what the workspace's approve, reject and snooze raise."""
        from fantasy_tui.models import Door

        if self.action == "reject":
            return await workspace.reject(self.decision_id, Door.TUI, self.reason)
        if self.action == "snooze" and self.until is not None:
            return await workspace.snooze(self.decision_id, Door.TUI, self.until, self.event)
        return await workspace.approve(self.decision_id, Door.TUI, self.edit)


def done(verdict: Verdict) -> str:
    """What was done, in one sentence."""
    edited = " as edited" if verdict.edited else ""
    until = f" until {local(verdict.until)} at the latest" if verdict.until is not None else ""
    return f"{_DONE[verdict.action]}{edited}{until}: {verdict.summary}."


async def undo(workspace: Workspace) -> Verdict:
    """Take the last answer back; raises what Workspace.undo raises."""
    from fantasy_tui.models import Door

    return await workspace.undo(Door.TUI)


async def redo(workspace: Workspace) -> Verdict:
    """Give again what was taken back last; raises what Workspace.redo raises."""
    from fantasy_tui.models import Door

    return await workspace.redo(Door.TUI)


async def _nothing_stands_in(_: StoreUnreachable) -> bool:
    return False


def _heed(task: asyncio.Future[Verdict]) -> None:
    """What was given up comes to its end by itself; an error of its own is for the log."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.info("an answer that was given again elsewhere: %s", error)


class Decider:
    """A serial line of answers; those given before the store is open wait for it."""

    def __init__(self, on_lost: Lost = _nothing_stands_in) -> None:
        self._on_lost = on_lost
        self._workspace: asyncio.Future[Workspace] = asyncio.get_running_loop().create_future()
        self._one_at_a_time = asyncio.Lock()
        self._waiting = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def open(self, workspace: Workspace) -> None:
        """From now on answers go to this workspace."""
        self._workspace.set_result(workspace)

    def give_up(self) -> None:
        """The store cannot be opened: answers that wait for it are cancelled."""
        self._workspace.cancel()

    async def carry_out(self, act: Act) -> Verdict:
        """Do it when its turn comes; the verdict is returned once it is in the database, or in the one that stands in.

        Raises what the workspace's approve, reject, snooze, undo and redo raise.
        """
        return await self.alone(lambda: self._do(act))

    async def _do(self, act: Act) -> Verdict:
        from fantasy_tui.database.errors import StoreUnreachable

        workspace = await asyncio.shield(self._workspace)
        try:
            return await self._patiently(act, workspace)
        except StoreUnreachable as error:
            if not await self._on_lost(error):
                raise
        # What the database may have written all the same is the same answer, and counts once.
        return await act(workspace)

    async def _patiently(self, act: Act, workspace: Workspace) -> Verdict:
        """Carry it out; raises StoreUnreachable when nothing is heard for long and another database stands in."""
        from fantasy_tui.database.errors import StoreUnreachable

        task = asyncio.ensure_future(act(workspace))
        try:
            done, _ = await asyncio.wait({task}, timeout=_PATIENCE)
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise
        silence = StoreUnreachable("The database says nothing.")
        if not done and not workspace.stores.away and await self._on_lost(silence):
            task.add_done_callback(_heed)
            raise silence
        return await task

    async def alone(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something while no answer is being given."""
        self._waiting += 1
        self._idle.clear()
        try:
            async with self._one_at_a_time:
                return await work()
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._idle.set()

    async def settle(self) -> None:
        """Wait until every answer that was given is in the database, or has failed."""
        await self._idle.wait()
