"""NFL players and team defences, what they did and what they are expected to do."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fantasy_tui.database.base import Base, Json, Synced, Timestamped
from fantasy_tui.database.types import Embedding

PROFILE_DIMENSIONS = 24


class Player(Synced, Base):
    """A player or a defence as Sleeper describes it."""

    __tablename__ = "players"
    __table_args__ = (
        sa.Index("idx_player_position_team", "position", "team"),
        sa.Index(
            "ix_players_profile",
            "profile",
            postgresql_using="hnsw",
            postgresql_ops={"profile": "vector_cosine_ops"},
        ).ddl_if(dialect="postgresql"),
    )

    player_id: Mapped[str] = mapped_column(primary_key=True)
    """Sleeper's player_id; the team's code for a defence."""
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    full_name: Mapped[str | None] = mapped_column(index=True)
    position: Mapped[str | None] = mapped_column(index=True)
    team: Mapped[str | None] = mapped_column(index=True)
    age: Mapped[int | None]
    injury_status: Mapped[str | None] = mapped_column(index=True)
    number: Mapped[int | None]
    depth_chart_order: Mapped[int | None]
    search_rank: Mapped[int | None]

    fantasy_positions: Mapped[list[str] | None]
    player_data: Mapped[Json | None]
    """Sleeper's whole object."""
    profile: Mapped[list[float] | None] = mapped_column(Embedding(PROFILE_DIMENSIONS))
    """What kind of player this is, as a vector for similarity."""
    profile_version: Mapped[str | None]


class PlayerStats(Timestamped, Base):
    """What a player did in one week."""

    __tablename__ = "player_stats"
    __table_args__ = (
        sa.Index("idx_stats_player_season_week", "player_id", "season", "week"),
        sa.Index("ix_player_stats_season_week", "season", "week"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    """`player_id:season:week`."""
    player_id: Mapped[str] = mapped_column(sa.ForeignKey("players.player_id", ondelete="CASCADE"), index=True)
    season: Mapped[str]
    week: Mapped[int]
    stats: Mapped[Json | None]
    """Sleeper's raw stats by name."""
    fantasy_points: Mapped[float | None]
    """PPR preset, to compare players across leagues; a league's own points come from `stats`."""
    projected_points: Mapped[float | None]
    """PPR preset of the projection that stood when the week was played."""
    source_hash: Mapped[str | None] = mapped_column(sa.String(32))


class Projection(Synced, Base):
    """What a source expects of a player in one week."""

    __tablename__ = "projections"
    __table_args__ = (sa.Index("ix_projections_season_week", "season", "week"),)

    player_id: Mapped[str] = mapped_column(
        sa.ForeignKey("players.player_id", ondelete="CASCADE"), primary_key=True
    )
    season: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    stats: Mapped[Json | None]
    """Expected stats by name, preset totals (pts_ppr …) among them."""
    as_of: Mapped[datetime]
    """When the source first showed these numbers."""


class TrendingPlayer(Synced, Base):
    """How often a player was added or dropped across Sleeper in the last day."""

    __tablename__ = "trending_players"

    kind: Mapped[str] = mapped_column(primary_key=True)
    """add or drop."""
    player_id: Mapped[str] = mapped_column(
        sa.ForeignKey("players.player_id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int]
