"""Whose rows a Postgres connection may see: its role's user, else the one it named when it connected."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from fantasy_tui.database.errors import NotYours

SETTING = "fantasy.user_id"
_ME = text("SELECT fantasy_current_user()")


class Acting:
    """Has each new connection of an engine name its user; one that was made for somebody else is replaced."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.user_id: str | None = None
        event.listen(engine.sync_engine, "do_connect", self._name)
        event.listen(engine.sync_engine, "checkout", self._look)

    def _name(self, _dialect: object, record: Any, _args: object, arguments: dict[str, Any]) -> None:
        """As a setting of the connection itself: no transaction's end and no RESET takes it away."""
        settings = {name: value for name, value in arguments["server_settings"].items() if name != SETTING}
        if self.user_id is not None:
            settings[SETTING] = self.user_id
        arguments["server_settings"] = settings
        record.info[SETTING] = self.user_id

    def _look(self, _connection: object, record: Any, _proxy: object) -> None:
        if record.info.get(SETTING) != self.user_id:
            raise DisconnectionError("it was made for another user")


async def act_for(session: AsyncSession, user_id: str) -> None:
    """Until the transaction ends the user's rows are ours; raises NotYours where the role is another's."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            text("SELECT set_config(:name, :value, true)"), {"name": SETTING, "value": user_id}
        )
        if await session.scalar(_ME) != user_id:
            raise NotYours


async def own_user_id(session: AsyncSession) -> str | None:
    """The user whose connection this is; none on SQLite, and where nobody was named."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    found: str | None = await session.scalar(_ME)
    return found
