"""Events say on which machine they were made, and when they came if they were made without the database.

Revision 0005, made 2026-11-25 15:35:00+00:00.
"""

import sqlalchemy as sa
from alembic import op

from fantasy_tui.database import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision_events", sa.Column("machine", sa.String(), nullable=True))
    op.add_column("decision_events", sa.Column("replayed_at", types.UtcDateTime(), nullable=True))
    op.create_index(
        op.f("ix_decision_events_replayed"),
        "decision_events",
        ["actor", "replayed_at"],
        sqlite_where=sa.text("replayed_at IS NOT NULL"),
        postgresql_where=sa.text("replayed_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_events_replayed"), table_name="decision_events")
    op.drop_column("decision_events", "replayed_at")
    op.drop_column("decision_events", "machine")
