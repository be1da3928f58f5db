"""Carries a person's answers to the store: one after the other, in the order of the keys, none lost or torn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fantasy_tui.review.decide import Verdict
    from fantasy_tui.workspace import Workspace

Act = Callable[["Workspace"], Awaitable["Verdict"]]


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

        Raises what the workspace's approve, reject and undo raise.
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
