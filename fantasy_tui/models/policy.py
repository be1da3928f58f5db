"""Rules by which decisions are approved without being asked for."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fantasy_tui.database.base import Base, Timestamped
from fantasy_tui.database.types import enum_type
from fantasy_tui.models.agent import AgentTaskType


class Policy(Timestamped, Base):
    """One rule of a user's; off until it is switched on."""

    __tablename__ = "policies"

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid.uuid4()))
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    decision_type: Mapped[AgentTaskType] = mapped_column(enum_type(AgentTaskType, "decision_type"))
    league_id: Mapped[str | None] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"))
    """None: every league."""
    minimum_confidence: Mapped[int]
    """0 to 100."""
    maximum_loss: Mapped[float]
    """League points by which the lower end of the middle 68 % may lie below zero."""
    from_hour: Mapped[int | None]
    to_hour: Mapped[int | None]
    """Hours of the day, local time, between which it acts; none: always."""
    until: Mapped[datetime | None]
    """When it ends; none: never."""
    enabled: Mapped[bool] = mapped_column(default=False)
    stopped: Mapped[str | None] = mapped_column(sa.Text)
    """Why the app switched it off."""
