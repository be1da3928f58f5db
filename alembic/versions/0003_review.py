"""Reviewing: redo, snooze until an event, proof in Sleeper, policies, and an audit that refuses to be changed.

Revision 0003, made 2026-11-25 09:25:00+00:00.
"""

# fmt: off
import sqlalchemy as sa
from alembic import op

from fantasy_tui.database import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ACTIONS = ("propose", "approve", "reject", "undo", "edit", "snooze", "supersede", "expire", "apply", "settle")
_DOORS = ("tui", "cli", "agent", "sync")
_SAID = "decision_events is append-only"


def _is_postgres() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _one_of(actions: tuple[str, ...], doors: tuple[str, ...]) -> None:
    """Which words the audit takes."""
    with op.batch_alter_table("decision_events", recreate="never" if _is_postgres() else "always") as batch:
        for column, words in (("action", actions), ("door", doors)):
            name = op.f(f"ck_decision_events_{column}")
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, f"{column} IN ({', '.join(repr(word) for word in words)})")


def _refuse_changes() -> None:
    if _is_postgres():
        op.execute(f"CREATE FUNCTION decision_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$")
        op.execute("CREATE TRIGGER decision_events_append_only BEFORE UPDATE OR DELETE ON decision_events FOR EACH ROW EXECUTE FUNCTION decision_events_append_only()")
        op.execute("CREATE TRIGGER decision_events_no_truncate BEFORE TRUNCATE ON decision_events FOR EACH STATEMENT EXECUTE FUNCTION decision_events_append_only()")
    else:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER decision_events_no_{act.lower()} BEFORE {act} ON decision_events BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")


def _allow_changes() -> None:
    if _is_postgres():
        op.execute("DROP TRIGGER decision_events_no_truncate ON decision_events")
        op.execute("DROP TRIGGER decision_events_append_only ON decision_events")
        op.execute("DROP FUNCTION decision_events_append_only()")
    else:
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_events_no_{act}")


def upgrade() -> None:
    _one_of((*_ACTIONS, "redo"), (*_DOORS, "policy"))
    _refuse_changes()
    op.add_column("agent_decisions", sa.Column("snoozed_for", sa.String(), nullable=True))
    op.add_column("agent_decisions", sa.Column("proof", types.JsonDoc, nullable=True))
    op.create_table(
        "policies",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("decision_type", sa.Enum("sit_start", "trade_analysis", "waiver_wire", "lineup_optimization", "injury_monitoring", "opponent_analysis", name="decision_type", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("league_id", sa.String(), nullable=True),
        sa.Column("minimum_confidence", sa.Integer(), nullable=False),
        sa.Column("maximum_loss", sa.Double(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=True),
        sa.Column("to_hour", sa.Integer(), nullable=True),
        sa.Column("until", types.UtcDateTime(), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_policies_league_id_leagues"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_policies_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
    )
    op.create_index(op.f("ix_policies_user_id"), "policies", ["user_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_policies_user_id"), table_name="policies")
    op.drop_table("policies")
    op.drop_column("agent_decisions", "proof")
    op.drop_column("agent_decisions", "snoozed_for")
    _allow_changes()
    op.execute("DELETE FROM decision_events WHERE action = 'redo' OR door = 'policy'")
    _one_of(_ACTIONS, _DOORS)
