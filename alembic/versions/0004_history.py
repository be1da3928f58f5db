"""History: one index serves a user's events, page by page, newest first.

Revision 0004, made 2026-11-25 12:20:00+00:00.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OLD = "ix_decision_events_actor"
_NEW = "ix_decision_events_actor_at"


def upgrade() -> None:
    op.drop_index(op.f(_OLD), table_name="decision_events")
    op.create_index(op.f(_NEW), "decision_events", ["actor", "at", "decision_id", "version"])


def downgrade() -> None:
    op.drop_index(op.f(_NEW), table_name="decision_events")
    op.create_index(op.f(_OLD), "decision_events", ["actor"])
