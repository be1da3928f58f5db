"""The SQLite file that stands in for a shared Postgres while that cannot be reached."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fantasy_tui.clock import utcnow
from fantasy_tui.crud import sync_state
from fantasy_tui.crud.pull import Pulled, pull
from fantasy_tui.crud.replay import Replayed, replay
from fantasy_tui.crud.replay_choices import send_choices
from fantasy_tui.crud.scope import OF_A_COPY
from fantasy_tui.crud.user import find_user_id
from fantasy_tui.database.store import Store
from fantasy_tui.folders import data_folder

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

_PULLED = f"{OF_A_COPY}pulled"
_LOOK_BACK = timedelta(days=30)
"""Before the last pull: answers so old are looked at when some are to be sent, for clocks can go back."""


class LocalCopy:
    """A copy of one user's part of a shared store; `away` while it stands in for it."""

    def __init__(self, shared: Store, file: Path) -> None:
        self.shared = shared
        self.file = file
        self.away = False
        self._owing = file.with_suffix(".owing")
        self._store: Store | None = None

    @classmethod
    def beside(cls, shared: Store) -> LocalCopy | None:
        """The copy of a shared store; none for a store that is a local file itself."""
        if shared.dialect == "sqlite":
            return None
        name = hashlib.blake2b(shared.redacted_url.encode(), digest_size=8).hexdigest()
        return cls(shared, data_folder() / f"copy-{name}.db")

    @property
    def exists(self) -> bool:
        """True once something was pulled."""
        return self.file.exists()

    @property
    def store(self) -> Store:
        """The copy's own store; the file is made with the first use of it."""
        if self._store is None:
            self._store = Store(f"sqlite+aiosqlite:///{self.file}")
        return self._store

    @property
    def owes(self) -> bool:
        """True while answers given on the copy may not have been sent, in this run or after one that ended."""
        return self._owing.exists()

    async def holds(self, username: str | None) -> bool:
        """Whether there is a copy of this user's; of anybody's without a name. Raises StoreError."""
        if not self.exists:
            return False
        await self.store.prepare()
        async with self.store.read() as session:
            return await find_user_id(session, username) is not None

    def stand_in(self) -> None:
        """From now on answers are given on the copy; remembered on disk until they are sent."""
        self._owing.touch(mode=0o600)
        self.away = True

    async def pull(self, user_id: str) -> Pulled:
        """Bring the copy up to date unless it stands in; raises StoreError."""
        if self.away:
            return Pulled()
        # Whatever else was answered on it, by a rule that was at work when it stood down say, goes first.
        await self.send(user_id)
        await self.store.prepare()
        done = await pull(self.shared, self.store, user_id)
        await self._note_pull(utcnow())
        return done

    async def pulled_at(self) -> datetime | None:
        """When the copy was last brought up to date."""
        async with self.store.read() as session:
            state = await sync_state.get_state(session, _PULLED)
        return state.changed_at if state is not None else None

    async def send(self, user_id: str) -> Replayed:
        """Send what was answered on the copy, and stand in no longer; raises StoreError.

        Another program may have sent some of it already: only what the shared database lacks is told.
        """
        if not self.exists:
            return Replayed()
        await self.store.prepare()
        pulled_at = await self.pulled_at()
        if pulled_at is None:
            return Replayed()
        if self.owes:
            await send_choices(self.store, self.shared, user_id, pulled_at)
        sent = await replay(self.store, self.shared, user_id, pulled_at - _LOOK_BACK, utcnow())
        self._owing.unlink(missing_ok=True)
        self.away = False
        return sent

    async def close(self) -> None:
        """Give back the copy's connections; the shared store has its own owner."""
        if self._store is not None:
            await self._store.close()

    async def _note_pull(self, at: datetime) -> None:
        async def work(session: AsyncSession) -> None:
            await sync_state.record(session, _PULLED, etag=None, digest=None, at=at, changed=True)

        await self.store.write(work)
