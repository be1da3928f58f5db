"""Postgres keeps each member's own rows from the others; a user may have a database role.

Revision 0006, made 2026-11-25 16:20:00+00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ME = "(SELECT fantasy_current_user())"  # a subquery is evaluated once a statement, not once a row
_OF_A_USER = ("agent_tasks", "agent_decisions", "policies")

# The body is parsed here and now: no search_path and no temporary table of a caller's leads it elsewhere.
_CURRENT_USER = """
    CREATE FUNCTION fantasy_current_user() RETURNS varchar LANGUAGE sql STABLE SECURITY DEFINER
    RETURN coalesce(
        (SELECT id FROM users WHERE database_role = session_user::text),
        nullif(current_setting('fantasy.user_id', true), '')
    )
"""
# Evaluated with the rights of its owner, who sees every row.
_PEOPLE = """
    CREATE VIEW people AS
    SELECT id, sleeper_user_id, sleeper_username, display_name, avatar, created_at FROM users
"""


def _is_postgres() -> bool:
    return op.get_context().dialect.name == "postgresql"


def upgrade() -> None:
    op.add_column("users", sa.Column("database_role", sa.String(), nullable=True))
    op.create_index(op.f("uq_users_database_role"), "users", ["database_role"], unique=True)
    if not _is_postgres():
        return
    op.execute(_CURRENT_USER)
    op.execute(_PEOPLE)
    for table in (*_OF_A_USER, "decision_events", "users"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table in _OF_A_USER:
        op.execute(f"CREATE POLICY own ON {table} USING (user_id = {_ME})")
    op.execute(f"CREATE POLICY own_read ON decision_events FOR SELECT USING (actor = {_ME})")
    # Without the second part another's decision could be given an event that its own answer stumbles over.
    op.execute(
        f"CREATE POLICY own_append ON decision_events FOR INSERT WITH CHECK (actor = {_ME}"
        " AND EXISTS (SELECT FROM agent_decisions WHERE agent_decisions.id = decision_id))"
    )
    op.execute(f"CREATE POLICY own_read ON users FOR SELECT USING (id = {_ME})")
    op.execute(f"CREATE POLICY own_change ON users FOR UPDATE USING (id = {_ME})")
    op.execute(
        f"CREATE POLICY own_first ON users FOR INSERT WITH CHECK (id = {_ME} AND database_role IS NULL)"
    )


def downgrade() -> None:
    if _is_postgres():
        op.execute("DROP POLICY own_first ON users")
        op.execute("DROP POLICY own_change ON users")
        op.execute("DROP POLICY own_read ON users")
        op.execute("DROP POLICY own_append ON decision_events")
        op.execute("DROP POLICY own_read ON decision_events")
        for table in _OF_A_USER:
            op.execute(f"DROP POLICY own ON {table}")
        for table in (*_OF_A_USER, "decision_events", "users"):
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute("DROP VIEW people")
        op.execute("DROP FUNCTION fantasy_current_user()")
    op.drop_index(op.f("uq_users_database_role"), table_name="users")
    op.drop_column("users", "database_role")
