"""What was fetched from outside, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from fantasy_tui.database.base import Base


class SyncState(Base):
    """One resource's last answer: enough to ask "has it changed?" and to say how old the data is."""

    __tablename__ = "sync_state"

    resource: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    digest: Mapped[str | None]
    """Hash of the body that the stored rows come from."""
    checked_at: Mapped[datetime]
    """When the source last confirmed what is stored."""
    changed_at: Mapped[datetime]
    """When the stored rows last changed."""
