"""The database that the settings name, and its local copy while that stands in for it."""

from __future__ import annotations

from datetime import datetime

from fantasy_tui.crud.pull import Pulled
from fantasy_tui.crud.replay import Replayed
from fantasy_tui.database.errors import StoreError, StoreUnreachable
from fantasy_tui.database.store import Store
from fantasy_tui.offline.local import LocalCopy


class NoCopy(StoreError):
    """There is nothing to keep a copy of; the message is for the user."""


class Stores:
    """Two databases of which one is in use; a SQLite file has no copy beside it."""

    def __init__(self, shared: Store, copy: LocalCopy | None) -> None:
        self._shared = shared
        self.copy = copy

    @property
    def current(self) -> Store:
        """The database in use."""
        return self.copy.store if self.copy is not None and self.copy.away else self._shared

    @property
    def away(self) -> bool:
        """True while the copy stands in."""
        return self.copy is not None and self.copy.away

    async def prepare(self, username: str | None) -> None:
        """Open the database, or this user's copy where it does not answer; raises StoreError when neither can be."""
        try:
            await self._shared.prepare()
        except StoreUnreachable:
            if not await self.stand_in(username):
                raise

    async def stand_in(self, username: str | None) -> bool:
        """Go on with the copy; False where there is none of this user's."""
        if self.copy is None or not await self.copy.holds(username):
            return False
        self.copy.stand_in()
        return True

    async def answers(self) -> bool:
        """Whether the database can be used; raises what else is wrong with it."""
        try:
            await self._shared.prepare()
        except StoreUnreachable:
            return False
        return True

    async def come_back(self, user_id: str) -> Replayed | None:
        """Go back to the database and send it what was answered meanwhile; none while it does not answer.

        Also sends what an earlier run owes. Raises StoreError.
        """
        if self.copy is None or not (self.copy.away or self.copy.owes):
            return Replayed()
        try:
            self._shared.act_for(user_id)
            return await self.copy.send(user_id)
        except StoreUnreachable:
            return None

    async def pull(self, user_id: str) -> Pulled:
        """Bring the copy up to date; raises StoreError, NoCopy where everything is in a file of one's own."""
        if self.copy is None:
            raise NoCopy("Everything is in a SQLite file on this machine already: there is nothing to pull.")
        return await self.copy.pull(user_id)

    async def pulled_at(self) -> datetime | None:
        """When the copy was last brought up to date; none without one."""
        return await self.copy.pulled_at() if self.copy is not None and self.copy.exists else None

    async def close(self) -> None:
        """Give back every connection of both."""
        await self._shared.close()
        if self.copy is not None:
            await self.copy.close()
