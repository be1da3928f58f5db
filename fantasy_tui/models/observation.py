"""What was known when: every change of an input that decisions rest on, with the time at which it was seen."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from fantasy_tui.database.base import Base, Json
from fantasy_tui.database.types import enum_type


class ObservationKind(enum.StrEnum):
    """Inputs that are remembered."""

    PROJECTION = "projection"
    INJURY = "injury"
    LINEUP = "lineup"
    LINES = "lines"


class Observation(Base):
    """One change, appended and never altered; the latest before an instant is what was known then."""

    __tablename__ = "observations"

    kind: Mapped[ObservationKind] = mapped_column(enum_type(ObservationKind, "kind"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    """Projections: `season:week:source`; injuries: `nfl`; line-ups: `league_id:week`; lines: `season:week`."""
    subject: Mapped[str] = mapped_column(primary_key=True)
    """Projections and injuries: player_id; line-ups: roster_id; lines: the home team."""
    seen_at: Mapped[datetime] = mapped_column(primary_key=True)
    value: Mapped[Json | None]
    """The input as it was from then on; none once it was gone."""
