"""Queries about the people who use this store."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.mirror import Changes
from fantasy_tui.models import User


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


async def get_user_by_username(session: AsyncSession, username: str) -> User | None:
    """The user with this Sleeper username or Sleeper user_id; names compare without case."""
    wanted = username.casefold()
    users = await session.scalars(select(User).order_by(User.created_at))
    return next((u for u in users if wanted in (u.sleeper_username.casefold(), u.sleeper_user_id)), None)


async def get_only_user(session: AsyncSession) -> User | None:
    """The store's user when there is exactly one."""
    users = (await session.scalars(select(User).limit(2))).all()
    return users[0] if len(users) == 1 else None


async def create_user(
    session: AsyncSession,
    sleeper_user_id: str,
    sleeper_username: str,
    display_name: str,
    avatar: str | None = None,
) -> User:
    """Add a user; raises IntegrityError when the Sleeper user_id is already here."""
    user = User(
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
    """The user with this Sleeper user_id, added or with the names and picture brought up to date."""
    user = await get_user_by_sleeper_id(session, sleeper_user_id)
    if user is None:
        user = await create_user(session, sleeper_user_id, sleeper_username, display_name, avatar)
        return user, Changes(inserted=1)
    user.sleeper_username, user.display_name, user.avatar = sleeper_username, display_name, avatar
    changed = session.is_modified(user)
    await session.flush()
    return user, Changes(updated=int(changed))
