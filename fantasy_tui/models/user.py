"""The people who use this store."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fantasy_tui.database.base import Base, Json, Timestamped

if TYPE_CHECKING:
    from fantasy_tui.models.agent import AgentTask
    from fantasy_tui.models.league import League


class User(Timestamped, Base):
    """A Sleeper user who reviews decisions here."""

    __tablename__ = "users"
    __table_args__ = (sa.Index("uq_users_database_role", "database_role", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid.uuid4()))
    sleeper_user_id: Mapped[str] = mapped_column(unique=True)
    sleeper_username: Mapped[str]
    display_name: Mapped[str]
    avatar: Mapped[str | None]
    database_role: Mapped[str | None]
    """The Postgres role whose connections are this user's and nobody else's."""

    preferences: Mapped[Json] = mapped_column(default=dict)
    autonomous_mode: Mapped[bool] = mapped_column(default=False)
    notification_settings: Mapped[Json] = mapped_column(default=dict)

    leagues: Mapped[list[League]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )
    agent_tasks: Mapped[list[AgentTask]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )
