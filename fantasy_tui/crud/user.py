"""Queries about the people who use this store."""

import uuid
from typing import Any

from sqlalchemy import FromClause, column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.mirror import Changes
from fantasy_tui.database.acting import act_for, own_user_id
from fantasy_tui.database.errors import NotYours
from fantasy_tui.models import User

_PEOPLE = table("people", *map(column, ("id", "sleeper_user_id", "sleeper_username", "created_at")))
"""On Postgres the names of all users, whose rows are for themselves alone."""


class NoUser(Exception):
    """Nobody is chosen yet; the message says what to do."""

    def __init__(self) -> None:
        super().__init__("No Sleeper user is known here yet: run `fantasy-tui sync USERNAME`.")


async def get_user(session: AsyncSession, user_id: str) -> User | None:
    """The user with this id."""
    return await session.get(User, user_id)


async def get_user_by_sleeper_id(session: AsyncSession, sleeper_user_id: str) -> User | None:
    """The user with this Sleeper user_id."""
    return await session.scalar(select(User).where(User.sleeper_user_id == sleeper_user_id))


async def get_own(session: AsyncSession, user_id: str) -> User:
    """The user with this id; raises NotYours where the connection is somebody else's."""
    user = await get_user(session, user_id)
    if user is None:
        raise NotYours
    return user


def _people(session: AsyncSession) -> FromClause:
    return _PEOPLE if session.get_bind().dialect.name == "postgresql" else User.__table__


async def find_user_id(session: AsyncSession, username: str | None = None) -> str | None:
    """Who has this Sleeper username, in any case, or Sleeper user_id; may be another than whose connection it is.

    Without a name: the user whose connection it is, or else the only one there is.
    """
    people = _people(session).c
    if not username:
        ids = (await session.scalars(select(people.id).limit(2))).all()
        return await own_user_id(session) or (ids[0] if len(ids) == 1 else None)
    wanted = username.casefold()
    asked = select(people.id, people.sleeper_username, people.sleeper_user_id).order_by(people.created_at)
    found = await session.execute(asked)
    return next((row.id for row in found if wanted in (row[1].casefold(), row[2])), None)


async def get_user_by_username(session: AsyncSession, username: str) -> User | None:
    """The user with this Sleeper username or Sleeper user_id; names compare without case."""
    user_id = await find_user_id(session, username)
    return await get_user(session, user_id) if user_id is not None else None


async def get_only_user(session: AsyncSession) -> User | None:
    """The user whose connection it is, or the store's user when there is exactly one."""
    user_id = await find_user_id(session)
    return await get_user(session, user_id) if user_id is not None else None


async def create_user(
    session: AsyncSession,
    sleeper_user_id: str,
    sleeper_username: str,
    display_name: str,
    avatar: str | None = None,
    *,
    user_id: str | None = None,
) -> User:
    """Add a user, with this id if one is given; raises IntegrityError when the Sleeper user_id is already here."""
    user = User(
        id=user_id or str(uuid.uuid4()),
        sleeper_user_id=sleeper_user_id,
        sleeper_username=sleeper_username,
        display_name=display_name,
        avatar=avatar,
    )
    session.add(user)
    await session.flush()
    return user


async def update_user_preferences(
    session: AsyncSession, user_id: str, preferences: dict[str, Any]
) -> User | None:
    """Replace a user's preferences; none when there is no such user."""
    user = await session.get(User, user_id)
    if user is not None:
        user.preferences = preferences
        await session.flush()
    return user


async def lock_user(session: AsyncSession, user_id: str) -> User:
    """The user, whom nobody else changes until the transaction ends (SQLite's writers queue anyway)."""
    return await session.get_one(User, user_id, with_for_update=True, populate_existing=True)


async def update_user_choices(session: AsyncSession, user_id: str, **values: Any) -> None:
    """Write some of a user's preferences, notification_settings and autonomous_mode at once."""
    user = await session.get_one(User, user_id)
    for name, value in values.items():
        setattr(user, name, value)
    await session.flush()


async def refresh_user(
    session: AsyncSession,
    sleeper_user_id: str,
    sleeper_username: str,
    display_name: str,
    avatar: str | None = None,
) -> tuple[User, Changes]:
    """The user with this Sleeper user_id, added or with the names and picture brought up to date; raises NotYours."""
    people = _people(session).c
    user_id = await session.scalar(select(people.id).where(people.sleeper_user_id == sleeper_user_id))
    is_new, user_id = user_id is None, user_id or str(uuid.uuid4())
    await act_for(session, user_id)
    if is_new:
        user = await create_user(
            session, sleeper_user_id, sleeper_username, display_name, avatar, user_id=user_id
        )
        return user, Changes(inserted=1)
    user = await get_own(session, user_id)
    user.sleeper_username, user.display_name, user.avatar = sleeper_username, display_name, avatar
    changed = session.is_modified(user)
    await session.flush()
    return user, Changes(updated=int(changed))
