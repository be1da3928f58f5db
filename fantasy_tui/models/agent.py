"""Agents' tasks, their decisions, and the audit of what people did about them."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fantasy_tui.clock import utcnow
from fantasy_tui.database.base import Base, Json, Timestamped
from fantasy_tui.database.types import enum_type
from fantasy_tui.machine import machine_name

if TYPE_CHECKING:
    from fantasy_tui.models.league import League
    from fantasy_tui.models.user import User


def _partial(
    where: str, name: str, *columns: str, unique: bool = False, on_sqlite: str | None = None
) -> sa.Index:
    """An index of the rows for which `where` holds; said in another way on SQLite if need be."""
    return sa.Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=sa.text(on_sqlite or where),
        postgresql_where=sa.text(where),
    )


class AgentTaskStatus(enum.StrEnum):
    """Where a task stands."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AgentTaskType(enum.StrEnum):
    """The six analytic agents."""

    SIT_START = "sit_start"
    TRADE_ANALYSIS = "trade_analysis"
    WAIVER_WIRE = "waiver_wire"
    LINEUP_OPTIMIZATION = "lineup_optimization"
    INJURY_MONITORING = "injury_monitoring"
    OPPONENT_ANALYSIS = "opponent_analysis"


class DecisionAction(enum.StrEnum):
    """What can happen to a decision."""

    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    UNDO = "undo"
    EDIT = "edit"
    SNOOZE = "snooze"
    SUPERSEDE = "supersede"
    EXPIRE = "expire"
    APPLY = "apply"
    SETTLE = "settle"
    REDO = "redo"


class Door(enum.StrEnum):
    """Where an event came in."""

    TUI = "tui"
    CLI = "cli"
    AGENT = "agent"
    SYNC = "sync"
    POLICY = "policy"


class AgentTask(Timestamped, Base):
    """One run of one agent for one user and, mostly, one league."""

    __tablename__ = "agent_tasks"
    __table_args__ = (sa.Index("ix_agent_tasks_user_id_created_at", "user_id", "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid.uuid4()))
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    league_id: Mapped[str | None] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"), index=True)

    task_type: Mapped[AgentTaskType] = mapped_column(enum_type(AgentTaskType, "task_type"))
    status: Mapped[AgentTaskStatus] = mapped_column(
        enum_type(AgentTaskStatus, "status"), default=AgentTaskStatus.PENDING
    )

    input_data: Mapped[Json | None]
    result: Mapped[Json | None]
    error_message: Mapped[str | None] = mapped_column(sa.Text)

    progress_percentage: Mapped[int] = mapped_column(default=0)
    current_step: Mapped[str | None]

    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="agent_tasks", lazy="raise")


class AgentDecision(Timestamped, Base):
    """A recommendation that waits for, or has had, a person's answer."""

    __tablename__ = "agent_decisions"
    __table_args__ = (
        # One predicate alone: two correlated ones mislead Postgres' planner.
        _partial("closed_at IS NULL", "ix_agent_decisions_open", "user_id", "expires_at", "id"),
        _partial(
            "closed_at IS NULL",
            "uq_agent_decisions_open_subject",
            "user_id",
            "league_id",
            "roster_id",
            "decision_type",
            "season",
            "week",
            "subject",
            unique=True,
        ),
        _partial("settled_at IS NULL", "ix_agent_decisions_unsettled", "user_id", "season", "settles_week"),
        _partial("settled_at IS NOT NULL", "ix_agent_decisions_settled", "user_id", "season", "week"),
        _partial(
            "user_approved IS true",
            "ix_agent_decisions_approved",
            "user_id",
            "expires_at",
            on_sqlite="user_approved IS 1",
        ),
        sa.Index("ix_agent_decisions_league_id_season_week", "league_id", "season", "week"),
        sa.CheckConstraint("confidence_score BETWEEN 0 AND 100", name="confidence_score"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid.uuid4()))
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"))
    roster_id: Mapped[int]
    task_id: Mapped[str] = mapped_column(sa.ForeignKey("agent_tasks.id", ondelete="CASCADE"), index=True)

    decision_type: Mapped[AgentTaskType] = mapped_column(enum_type(AgentTaskType, "decision_type"))
    season: Mapped[str]
    week: Mapped[int]
    subject: Mapped[str]
    """What is decided: "lineup", or the player it is about. One decision a subject is open at a time."""

    recommendation: Mapped[Json]
    """A typed payload, checked on write and read."""
    reasoning: Mapped[str] = mapped_column(sa.Text)
    confidence_score: Mapped[int]
    """Chance, 0 to 100, that acting scores at least as much as the status quo over the horizon."""
    expected_gain: Mapped[float]
    """League points over the horizon, compared with the status quo."""
    status_quo: Mapped[Json | None]
    """What happens if nobody acts."""
    horizon: Mapped[str] = mapped_column(default="week")
    model_version: Mapped[str]
    actionable: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    """False for what is listed and settled but asks for nothing: toss-ups and reports."""
    as_of: Mapped[datetime | None]
    """When the oldest input was last confirmed."""

    user_approved: Mapped[bool | None]
    user_action_taken: Mapped[Json | None]
    executed: Mapped[bool] = mapped_column(default=False)
    """True once a sync has seen the change in Sleeper."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))
    snoozed_until: Mapped[datetime | None]
    """It comes back then at the latest."""
    snoozed_for: Mapped[str | None]
    """The event that brings it back before."""
    superseded_by: Mapped[str | None] = mapped_column(
        sa.ForeignKey("agent_decisions.id", ondelete="SET NULL")
    )
    settles_week: Mapped[int | None]
    """The last week whose results the settle rule needs; none where there is no rule."""
    settled_at: Mapped[datetime | None]
    """When the result was written; it is never written again."""
    outcome: Mapped[Json | None]
    """The settled result: right or not, and league points gained against the frozen status quo."""

    proof: Mapped[Json | None]
    """What syncs have seen of it in Sleeper since it was approved."""

    expires_at: Mapped[datetime]
    """The deadline: when acting stops being possible."""
    closed_at: Mapped[datetime | None]
    """When it stopped waiting: decided, superseded or expired."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with every event; what compare-and-set compares."""

    league: Mapped[League] = relationship(back_populates="agent_decisions", lazy="raise")


class DecisionEvent(Base):
    """One line of the audit: appended, never changed, kept even when the decision's league goes."""

    __tablename__ = "decision_events"
    __table_args__ = (
        sa.UniqueConstraint("decision_id", "version"),
        sa.Index("ix_decision_events_actor_at", "actor", "at", "decision_id", "version"),
        _partial("replayed_at IS NOT NULL", "ix_decision_events_replayed", "actor", "replayed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid.uuid4()))
    decision_id: Mapped[str]
    version: Mapped[int]
    """The decision's version after the event."""
    at: Mapped[datetime] = mapped_column(default=utcnow)
    actor: Mapped[str]
    """users.id of who did it, or of whom it was done for."""
    door: Mapped[Door] = mapped_column(enum_type(Door, "door"))
    action: Mapped[DecisionAction] = mapped_column(enum_type(DecisionAction, "action"))
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    note: Mapped[str | None] = mapped_column(sa.Text)
    machine: Mapped[str | None] = mapped_column(default=machine_name)
    """Where it was done."""
    replayed_at: Mapped[datetime | None]
    """When it came to the shared database, for what was done without it."""
