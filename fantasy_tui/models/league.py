"""Leagues, their rosters and their members."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fantasy_tui.database.base import Base, Json, Synced

if TYPE_CHECKING:
    from fantasy_tui.models.agent import AgentDecision
    from fantasy_tui.models.user import User


class League(Synced, Base):
    """One season of a Sleeper league; shared by all its managers who use this store."""

    __tablename__ = "leagues"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Sleeper's league_id."""
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    """Who brought the league into this store first."""
    name: Mapped[str]
    season: Mapped[str]
    sport: Mapped[str] = mapped_column(default="nfl")
    status: Mapped[str | None]
    """pre_draft, drafting, in_season, post_season or complete."""
    total_rosters: Mapped[int | None]
    avatar: Mapped[str | None]
    previous_league_id: Mapped[str | None]

    roster_positions: Mapped[list[str] | None]
    scoring_settings: Mapped[Json | None]
    settings: Mapped[Json | None]
    details: Mapped[Json | None]
    """Sleeper's `metadata`: division names, keeper deadline and the like."""

    user: Mapped[User] = relationship(back_populates="leagues", lazy="raise")
    rosters: Mapped[list[Roster]] = relationship(
        back_populates="league", cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )
    agent_decisions: Mapped[list[AgentDecision]] = relationship(
        back_populates="league", cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )


class Roster(Synced, Base):
    """One team of a league as Sleeper has it now."""

    __tablename__ = "rosters"
    __table_args__ = (sa.UniqueConstraint("league_id", "roster_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """`league_id:roster_id`."""
    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"))
    roster_id: Mapped[int]
    """1 to the number of teams; the same from season to season."""
    owner_id: Mapped[str | None] = mapped_column(index=True)
    """Sleeper user_id; none for a team without a manager."""
    co_owners: Mapped[list[str] | None]

    players: Mapped[list[str] | None]
    starters: Mapped[list[str] | None]
    """Parallel to the league's starting slots; "0" is an empty one."""
    reserve: Mapped[list[str] | None]
    taxi: Mapped[list[str] | None]
    keepers: Mapped[list[str] | None]

    wins: Mapped[int] = mapped_column(default=0)
    losses: Mapped[int] = mapped_column(default=0)
    ties: Mapped[int] = mapped_column(default=0)
    fpts: Mapped[float] = mapped_column(default=0.0)
    fpts_against: Mapped[float] = mapped_column(default=0.0)

    settings: Mapped[Json | None]
    details: Mapped[Json | None]
    """Sleeper's `metadata`: streak, record, the owner's nicknames for players."""

    league: Mapped[League] = relationship(back_populates="rosters", lazy="raise")


class LeagueMember(Synced, Base):
    """A person in a league: an owner, a co-owner or a commissioner without a team."""

    __tablename__ = "league_members"

    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    """Sleeper user_id."""
    display_name: Mapped[str]
    team_name: Mapped[str | None]
    """The name the manager gave the team, if any."""
    avatar: Mapped[str | None]
    is_commissioner: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None]
    """When a sync first found that the member is no longer in the league."""
