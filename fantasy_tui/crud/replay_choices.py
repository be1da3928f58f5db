"""What the user chose on a local copy, settings and rules, on its way to the shared database: the newer one holds."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.user import lock_user
from fantasy_tui.database.base import table_of
from fantasy_tui.database.copying import copy_rows
from fantasy_tui.database.store import Store
from fantasy_tui.models import Policy, User

_CHOSEN = ("preferences", "notification_settings", "autonomous_mode")


async def send_choices(copy: Store, shared: Store, user_id: str, pulled_at: datetime) -> None:
    """Write what was chosen on the copy since it was last equal to the shared database; raises StoreError."""
    async with copy.read() as session:
        own = await session.get_one(User, user_id)
        rules = await _rules(session, user_id)
        source = await session.connection()

        async def work(target: AsyncSession) -> None:
            user = await lock_user(target, user_id)
            if own.updated_at > user.updated_at:
                for name in _CHOSEN:
                    setattr(user, name, getattr(own, name))
            stored = await _rules(target, user_id)
            newer = [
                id
                for id, at in rules.items()
                # One that is not stored was made on the copy, or removed on another machine.
                if at > stored.get(id, pulled_at)
            ]
            gone = [id for id, at in stored.items() if id not in rules and at <= pulled_at]
            await target.execute(sa.delete(Policy).where(Policy.id.in_(gone)))
            rules_table, there = table_of(Policy), await target.connection()
            await copy_rows(source, there, rules_table, Policy.id.in_(newer), upsert=True)

        await shared.write(work)


async def _rules(session: AsyncSession, user_id: str) -> dict[str, datetime]:
    """The user's rules by id, with when each was last changed."""
    found = await session.execute(sa.select(Policy.id, Policy.updated_at).where(Policy.user_id == user_id))
    return {row.id: row.updated_at for row in found}
