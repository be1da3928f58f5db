"""The first schema.

Revision 0001, made 2026-11-24 14:50:41.293635+00:00.
"""

# fmt: off
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from fantasy_tui.database import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def timestamps() -> list[sa.Column[datetime]]:
    return [sa.Column(name, types.UtcDateTime(), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False) for name in ("created_at", "updated_at")]


def synced() -> list[sa.Column[Any]]:
    return [sa.Column("source_hash", sa.String(length=32), nullable=True), sa.Column("last_synced", types.UtcDateTime(), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False), *timestamps()]


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.create_table(
        "decision_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("door", sa.Enum("tui", "cli", "agent", "sync", name="door", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("action", sa.Enum("propose", "approve", "reject", "undo", "edit", "snooze", "supersede", "expire", "apply", "settle", name="action", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("before", types.JsonDoc, nullable=True),
        sa.Column("after", types.JsonDoc, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_events")),
        sa.UniqueConstraint("decision_id", "version", name=op.f("uq_decision_events_decision_id_version")),
    )
    op.create_index(op.f("ix_decision_events_actor"), "decision_events", ["actor"])

    op.create_table(
        "games",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("home", sa.String(), nullable=False),
        sa.Column("away", sa.String(), nullable=False),
        sa.Column("gameday", sa.Date(), nullable=False),
        sa.Column("kickoff", types.UtcDateTime(), nullable=False),
        sa.Column("kickoff_assumed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("spread_line", sa.Double(), nullable=True),
        sa.Column("total_line", sa.Double(), nullable=True),
        sa.Column("home_score", sa.Integer(), nullable=True),
        sa.Column("away_score", sa.Integer(), nullable=True),
        *synced(),
        sa.PrimaryKeyConstraint("season", "week", "home", name=op.f("pk_games")),
    )
    op.create_table(
        "players",
        sa.Column("player_id", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=True),
        sa.Column("last_name", sa.String(), nullable=True),
        sa.Column("full_name", sa.String(), nullable=True),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("injury_status", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("depth_chart_order", sa.Integer(), nullable=True),
        sa.Column("search_rank", sa.Integer(), nullable=True),
        sa.Column("fantasy_positions", types.JsonDoc, nullable=True),
        sa.Column("player_data", types.JsonDoc, nullable=True),
        sa.Column("profile", types.Embedding(24), nullable=True),
        sa.Column("profile_version", sa.String(), nullable=True),
        *synced(),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_players")),
    )
    op.create_index("idx_player_position_team", "players", ["position", "team"])
    op.create_index(op.f("ix_players_full_name"), "players", ["full_name"])
    op.create_index(op.f("ix_players_injury_status"), "players", ["injury_status"])
    op.create_index(op.f("ix_players_position"), "players", ["position"])
    op.create_index(op.f("ix_players_team"), "players", ["team"])

    op.create_table(
        "sync_state",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("checked_at", types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("resource", name=op.f("pk_sync_state")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sleeper_user_id", sa.String(), nullable=False),
        sa.Column("sleeper_username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("avatar", sa.String(), nullable=True),
        sa.Column("preferences", types.JsonDoc, nullable=False),
        sa.Column("autonomous_mode", sa.Boolean(), nullable=False),
        sa.Column("notification_settings", types.JsonDoc, nullable=False),
        *timestamps(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("sleeper_user_id", name=op.f("uq_users_sleeper_user_id")),
    )
    op.create_table(
        "leagues",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("sport", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("total_rosters", sa.Integer(), nullable=True),
        sa.Column("avatar", sa.String(), nullable=True),
        sa.Column("previous_league_id", sa.String(), nullable=True),
        sa.Column("roster_positions", types.JsonDoc, nullable=True),
        sa.Column("scoring_settings", types.JsonDoc, nullable=True),
        sa.Column("settings", types.JsonDoc, nullable=True),
        sa.Column("details", types.JsonDoc, nullable=True),
        *synced(),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_leagues_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leagues")),
    )
    op.create_index(op.f("ix_leagues_user_id"), "leagues", ["user_id"])

    op.create_table(
        "player_stats",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("player_id", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("stats", types.JsonDoc, nullable=True),
        sa.Column("fantasy_points", sa.Double(), nullable=True),
        sa.Column("projected_points", sa.Double(), nullable=True),
        sa.Column("source_hash", sa.String(length=32), nullable=True),
        *timestamps(),
        sa.ForeignKeyConstraint(["player_id"], ["players.player_id"], name=op.f("fk_player_stats_player_id_players"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_player_stats")),
    )
    op.create_index("idx_stats_player_season_week", "player_stats", ["player_id", "season", "week"])
    op.create_index(op.f("ix_player_stats_player_id"), "player_stats", ["player_id"])

    op.create_table(
        "projections",
        sa.Column("player_id", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stats", types.JsonDoc, nullable=True),
        sa.Column("as_of", types.UtcDateTime(), nullable=False),
        *synced(),
        sa.ForeignKeyConstraint(["player_id"], ["players.player_id"], name=op.f("fk_projections_player_id_players"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("player_id", "season", "week", "source", name=op.f("pk_projections")),
    )
    op.create_index("ix_projections_season_week", "projections", ["season", "week"])

    op.create_table(
        "trending_players",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("player_id", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        *synced(),
        sa.ForeignKeyConstraint(["player_id"], ["players.player_id"], name=op.f("fk_trending_players_player_id_players"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "player_id", name=op.f("pk_trending_players")),
    )
    op.create_table(
        "agent_tasks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("league_id", sa.String(), nullable=True),
        sa.Column("task_type", sa.Enum("sit_start", "trade_analysis", "waiver_wire", "lineup_optimization", "injury_monitoring", "opponent_analysis", name="task_type", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("status", sa.Enum("pending", "in_progress", "completed", "failed", "cancelled", name="status", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("input_data", types.JsonDoc, nullable=True),
        sa.Column("result", types.JsonDoc, nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("progress_percentage", sa.Integer(), nullable=False),
        sa.Column("current_step", sa.String(), nullable=True),
        sa.Column("started_at", types.UtcDateTime(), nullable=True),
        sa.Column("completed_at", types.UtcDateTime(), nullable=True),
        *timestamps(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_agent_tasks_league_id_leagues"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_agent_tasks_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_tasks")),
    )
    op.create_index(op.f("ix_agent_tasks_league_id"), "agent_tasks", ["league_id"])
    op.create_index("ix_agent_tasks_user_id_created_at", "agent_tasks", ["user_id", "created_at"])

    op.create_table(
        "league_members",
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("team_name", sa.String(), nullable=True),
        sa.Column("avatar", sa.String(), nullable=True),
        sa.Column("is_commissioner", sa.Boolean(), nullable=False),
        sa.Column("left_at", types.UtcDateTime(), nullable=True),
        *synced(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_league_members_league_id_leagues"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("league_id", "user_id", name=op.f("pk_league_members")),
    )
    op.create_index(op.f("ix_league_members_user_id"), "league_members", ["user_id"])

    op.create_table(
        "matchups",
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("matchup_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("custom_points", sa.Double(), nullable=True),
        sa.Column("players", types.JsonDoc, nullable=True),
        sa.Column("starters", types.JsonDoc, nullable=True),
        sa.Column("starters_points", types.JsonDoc, nullable=True),
        sa.Column("players_points", types.JsonDoc, nullable=True),
        *synced(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_matchups_league_id_leagues"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("league_id", "week", "roster_id", name=op.f("pk_matchups")),
    )
    op.create_table(
        "rosters",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("co_owners", types.JsonDoc, nullable=True),
        sa.Column("players", types.JsonDoc, nullable=True),
        sa.Column("starters", types.JsonDoc, nullable=True),
        sa.Column("reserve", types.JsonDoc, nullable=True),
        sa.Column("taxi", types.JsonDoc, nullable=True),
        sa.Column("keepers", types.JsonDoc, nullable=True),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("losses", sa.Integer(), nullable=False),
        sa.Column("ties", sa.Integer(), nullable=False),
        sa.Column("fpts", sa.Double(), nullable=False),
        sa.Column("fpts_against", sa.Double(), nullable=False),
        sa.Column("settings", types.JsonDoc, nullable=True),
        sa.Column("details", types.JsonDoc, nullable=True),
        *synced(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_rosters_league_id_leagues"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosters")),
        sa.UniqueConstraint("league_id", "roster_id", name=op.f("uq_rosters_league_id_roster_id")),
    )
    op.create_index(op.f("ix_rosters_owner_id"), "rosters", ["owner_id"])

    op.create_table(
        "traded_picks",
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("previous_owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        *synced(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_traded_picks_league_id_leagues"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("league_id", "season", "round", "roster_id", name=op.f("pk_traded_picks")),
    )
    op.create_table(
        "transactions",
        sa.Column("transaction_id", sa.String(), nullable=False),
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("created", types.UtcDateTime(), nullable=False),
        sa.Column("status_updated", types.UtcDateTime(), nullable=True),
        sa.Column("roster_ids", types.JsonDoc, nullable=True),
        sa.Column("adds", types.JsonDoc, nullable=True),
        sa.Column("drops", types.JsonDoc, nullable=True),
        sa.Column("draft_picks", types.JsonDoc, nullable=True),
        sa.Column("waiver_budget", types.JsonDoc, nullable=True),
        sa.Column("settings", types.JsonDoc, nullable=True),
        sa.Column("details", types.JsonDoc, nullable=True),
        *synced(),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_transactions_league_id_leagues"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_transactions")),
    )
    op.create_index("ix_transactions_league_id_week", "transactions", ["league_id", "week"])

    op.create_table(
        "agent_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("league_id", sa.String(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column(
            "decision_type", sa.Enum("sit_start", "trade_analysis", "waiver_wire", "lineup_optimization", "injury_monitoring", "opponent_analysis", name="decision_type", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("recommendation", types.JsonDoc, nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("confidence_score", sa.Integer(), nullable=False),
        sa.Column("expected_gain", sa.Double(), nullable=False),
        sa.Column("status_quo", types.JsonDoc, nullable=True),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.Column("user_approved", sa.Boolean(), nullable=True),
        sa.Column("user_action_taken", types.JsonDoc, nullable=True),
        sa.Column("executed", sa.Boolean(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("snoozed_until", types.UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("outcome", types.JsonDoc, nullable=True),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *timestamps(),
        sa.CheckConstraint("confidence_score BETWEEN 0 AND 100", name=op.f("ck_agent_decisions_confidence_score")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_agent_decisions_decided_by_users"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_agent_decisions_league_id_leagues"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["superseded_by"], ["agent_decisions.id"], name=op.f("fk_agent_decisions_superseded_by_agent_decisions"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["task_id"], ["agent_tasks.id"], name=op.f("fk_agent_decisions_task_id_agent_tasks"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_agent_decisions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_decisions")),
    )
    op.create_index(op.f("ix_agent_decisions_league_id"), "agent_decisions", ["league_id"])
    op.create_index("ix_agent_decisions_open", "agent_decisions", ["user_id", "expires_at", "id"], sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL"))
    op.create_index(op.f("ix_agent_decisions_task_id"), "agent_decisions", ["task_id"])
    op.create_index(
        "uq_agent_decisions_open_subject",
        "agent_decisions",
        ["user_id", "league_id", "roster_id", "decision_type", "season", "week", "subject"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    for table in (
        "decision_events",
        "agent_decisions",
        "agent_tasks",
        "transactions",
        "traded_picks",
        "matchups",
        "rosters",
        "league_members",
        "leagues",
        "users",
        "trending_players",
        "projections",
        "player_stats",
        "players",
        "games",
        "sync_state",
    ):
        op.drop_table(table)
