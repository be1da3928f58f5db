"""Carries a person's answers to the store: one after the other, in the order of the keys, none lost or torn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.review.edit import Option
    from fantasy_tui.review.verdict import Verdict
    from fantasy_tui.workspace import Workspace

Act = Callable[["Workspace"], Awaitable["Verdict"]]
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


class Decider:
    """A serial line of answers; those given before the store is open wait for it."""

    def __init__(self) -> None:
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
        """Do it when its turn comes; the verdict is returned once it is in the database.

        Raises what the workspace's approve, reject, snooze, undo and redo raise.
        """
        self._waiting += 1
        self._idle.clear()
        try:
            async with self._one_at_a_time:
                return await act(await asyncio.shield(self._workspace))
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._idle.set()

    async def settle(self) -> None:
        """Wait until every answer that was given is in the database, or has failed."""
        await self._idle.wait()
