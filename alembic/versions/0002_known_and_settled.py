"""What was known when, and how decisions came out.

Revision 0002, made 2026-11-25 08:30:00+00:00.
"""

# fmt: off
import sqlalchemy as sa
from alembic import op

from fantasy_tui.database import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = ("actionable", "as_of", "settles_week", "settled_at")


def upgrade() -> None:
    op.create_table(
        "observations",
        sa.Column("kind", sa.Enum("projection", "injury", "lineup", "lines", name="kind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("value", types.JsonDoc, nullable=True),
        sa.PrimaryKeyConstraint("kind", "scope", "subject", "seen_at", name=op.f("pk_observations")),
    )
    op.add_column("agent_decisions", sa.Column("actionable", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("agent_decisions", sa.Column("as_of", types.UtcDateTime(), nullable=True))
    op.add_column("agent_decisions", sa.Column("settles_week", sa.Integer(), nullable=True))
    op.add_column("agent_decisions", sa.Column("settled_at", types.UtcDateTime(), nullable=True))
    unsettled = sa.text("settled_at IS NULL")
    op.create_index("ix_agent_decisions_unsettled", "agent_decisions", ["user_id", "season", "settles_week"], sqlite_where=unsettled, postgresql_where=unsettled)


def downgrade() -> None:
    op.drop_index("ix_agent_decisions_unsettled", table_name="agent_decisions")
    for column in reversed(_COLUMNS):
        op.drop_column("agent_decisions", column)
    op.drop_table("observations")
