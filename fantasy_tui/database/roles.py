"""The least that a member's database role is granted on a shared Postgres."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from fantasy_tui.database.engine import make_engine, normalise, redact
from fantasy_tui.database.errors import StoreError
from fantasy_tui.database.explain import explain

_READ = "SELECT"
_ADD = "SELECT, INSERT"
_WRITE = "SELECT, INSERT, UPDATE"
_MIRROR = "SELECT, INSERT, UPDATE, DELETE"
_OF_ONESELF = (
    "sleeper_username, display_name, avatar, preferences, autonomous_mode, notification_settings, updated_at"
)
# A league, a player or a person is never deleted: other people's rows would go along.
PRIVILEGES = {
    "alembic_version": _READ,
    "people": _READ,
    "users": f"SELECT, INSERT, UPDATE ({_OF_ONESELF})",
    "agent_tasks": _WRITE,
    "agent_decisions": _WRITE,
    "decision_events": _ADD,
    "policies": _MIRROR,
    "leagues": _WRITE,
    "league_members": _WRITE,
    "rosters": _MIRROR,
    "matchups": _MIRROR,
    "transactions": _WRITE,
    "traded_picks": _MIRROR,
    "games": _MIRROR,
    "players": _WRITE,
    "player_stats": _MIRROR,
    "projections": _MIRROR,
    "trending_players": _MIRROR,
    "observations": _WRITE,
    "sync_state": _WRITE,
}
"""What the app needs of each table; row security says of which rows."""

_TABLE = "to_regclass('alembic_version')"
_SCHEMA = text(
    f"SELECT quote_ident(nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
    f" WHERE c.oid = {_TABLE}"
)
_OWNED = text(f"SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = {_TABLE}")
# Whether row security does not hold for a role, be it by way of another that it may become.
_SEES_ALL = text(f"""
    SELECT EXISTS (
        SELECT FROM pg_roles other WHERE pg_has_role(role.oid, other.oid, 'MEMBER')
        AND (other.rolsuper OR other.rolbypassrls
             OR other.oid = (SELECT relowner FROM pg_class WHERE oid = {_TABLE}))
    ) FROM pg_roles role WHERE rolname = :role
""")
_USERS = text("SELECT id FROM users WHERE lower(sleeper_username) = lower(:name) OR sleeper_user_id = :name")
_QUOTED = text(
    "SELECT quote_ident(:role), quote_literal(:role), quote_ident(current_database()), quote_literal(:user_id)"
)


class RoleRefused(StoreError):
    """The role cannot be made a member's; the message says why."""


async def owns_schema(connection: AsyncConnection) -> bool:
    """Whether we may alter the tables that are there; true where there are none."""
    return connection.dialect.name != "postgresql" or await connection.scalar(_OWNED) is not False


async def make_member(url: str, role: str, username: str | None, *, apply: bool = True) -> list[str]:
    """Grant an existing role what a member needs and bind it to a stored user, if one is named; returns the SQL.

    Not `apply`: nothing is changed. Raises RoleRefused or StoreUnreachable.
    """
    if normalise(url).get_backend_name() != "postgresql":
        raise RoleRefused(f"{redact(url)} has no roles: who may read the file is for its permissions to say.")
    engine = make_engine(url, poolclass=NullPool)
    try:
        with explain(redact(url)):
            async with engine.begin() as connection:
                user_id = await _checked(connection, role, username)
                statements = await _statements(connection, role, user_id)
                if apply:
                    for statement in statements:
                        await connection.exec_driver_sql(statement)
    finally:
        await engine.dispose()
    return statements


async def _checked(connection: AsyncConnection, role: str, username: str | None) -> str | None:
    """The user's id; raises RoleRefused for what cannot be."""
    if await connection.scalar(_SCHEMA) is None:
        raise RoleRefused("The database has no tables yet: run `fantasy-tui db upgrade` first.")
    if not await owns_schema(connection):
        raise RoleRefused("Only the owner of the tables can grant anything on them: connect as the owner.")
    sees_all = await connection.scalar(_SEES_ALL, {"role": role})
    if sees_all is None:
        raise RoleRefused(f"There is no role “{role}”: create it first (CREATE ROLE … LOGIN PASSWORD …).")
    if sees_all:
        raise RoleRefused(
            f"The role “{role}” sees every row whatever it is granted: it is, or may become, a superuser,"
            " a role that bypasses row security, or the owner of the tables."
        )
    if username is None:
        return None
    found = (await connection.execute(_USERS, {"name": username})).scalars().all()
    if len(found) != 1:
        how = "is not stored here" if not found else "is more than one here: give the Sleeper user_id"
        raise RoleRefused(
            f"User “{username}” {how}{'' if found else f': run `fantasy-tui sync {username}` first'}."
        )
    return str(found[0])


async def _statements(connection: AsyncConnection, role: str, user_id: str | None) -> list[str]:
    schema = await connection.scalar(_SCHEMA)
    name, named, database, user = (
        await connection.execute(_QUOTED, {"role": role, "user_id": user_id or ""})
    ).one()
    tables = ", ".join(f"{schema}.{table}" for table in PRIVILEGES)
    statements = [
        f"REVOKE ALL ON {tables} FROM {name}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM {name}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT EXECUTE ON FUNCTION {schema}.fantasy_current_user() TO {name}",
        *(f"GRANT {what} ON {schema}.{table} TO {name}" for table, what in PRIVILEGES.items()),
    ]
    if user_id is not None:
        statements += [
            f"UPDATE {schema}.users SET database_role = NULL WHERE database_role = {named}",
            f"UPDATE {schema}.users SET database_role = {named} WHERE id = {user}",
        ]
    return statements
