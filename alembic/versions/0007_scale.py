"""Indexes for a million decisions and five million stat lines.

Revision 0007, made 2026-11-25 16:45:00+00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _partial(name: str, columns: list[str], sqlite: str, postgres: str) -> None:
    op.create_index(
        op.f(name),
        "agent_decisions",
        columns,
        sqlite_where=sa.text(sqlite),
        postgresql_where=sa.text(postgres),
    )


def upgrade() -> None:
    settled = "settled_at IS NOT NULL"
    _partial("ix_agent_decisions_settled", ["user_id", "season", "week"], settled, settled)
    approved = ("user_approved IS 1", "user_approved IS true")
    _partial("ix_agent_decisions_approved", ["user_id", "expires_at"], *approved)
    op.create_index(
        op.f("ix_agent_decisions_league_id_season_week"), "agent_decisions", ["league_id", "season", "week"]
    )
    op.drop_index(op.f("ix_agent_decisions_league_id"), table_name="agent_decisions")
    op.create_index(op.f("ix_player_stats_season_week"), "player_stats", ["season", "week"])
    if op.get_context().dialect.name == "postgresql":
        op.create_index(
            op.f("ix_players_profile"),
            "players",
            ["profile"],
            postgresql_using="hnsw",
            postgresql_ops={"profile": "vector_cosine_ops"},
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_index(op.f("ix_players_profile"), table_name="players")
    op.drop_index(op.f("ix_player_stats_season_week"), table_name="player_stats")
    op.create_index(op.f("ix_agent_decisions_league_id"), "agent_decisions", ["league_id"])
    op.drop_index(op.f("ix_agent_decisions_league_id_season_week"), table_name="agent_decisions")
    op.drop_index(op.f("ix_agent_decisions_approved"), table_name="agent_decisions")
    op.drop_index(op.f("ix_agent_decisions_settled"), table_name="agent_decisions")
