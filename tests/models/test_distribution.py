"""What docs/scale.md says about spreading the tables over several servers holds of the schema as it is."""

from pathlib import Path

import sqlalchemy as sa

import fantasy_tui.models  # noqa: F401  every table must be known
from fantasy_tui.database.base import Base

TABLES = Base.metadata.tables
BY_USER = {
    "agent_tasks": "user_id",
    "agent_decisions": "user_id",
    "policies": "user_id",
    "decision_events": "actor",
}
"""Tables that would be distributed, and by which column; all others would be on every server."""
LACKING = {
    "agent_tasks": {"pk_agent_tasks"},
    "agent_decisions": {"pk_agent_decisions"},
    "policies": {"pk_policies"},
    "decision_events": {"pk_decision_events", "uq_decision_events_decision_id_version"},
}
"""Keys that would have to begin with that column first: a server can only vouch for what it holds."""
CROSSING = {
    ("agent_decisions", "task_id", "agent_tasks"),
    ("agent_decisions", "superseded_by", "agent_decisions"),
}
"""Foreign keys between distributed tables, which would need it too."""


def keys(table: sa.Table) -> dict[str, set[str]]:
    """Every primary and unique key by name."""
    constraints = [
        one for one in table.constraints if isinstance(one, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
    ]
    unique = [index for index in table.indexes if index.unique]
    return {str(one.name): {column.name for column in one.columns} for one in (*constraints, *unique)}


def test_which_keys_lack_the_column_is_as_documented() -> None:
    lacking = {
        name: {key for key, columns in keys(TABLES[name]).items() if column not in columns}
        for name, column in BY_USER.items()
    }
    assert lacking == LACKING


def test_the_column_is_always_there() -> None:
    assert all(not TABLES[name].c[column].nullable for name, column in BY_USER.items())


def test_every_table_with_rows_of_one_user_is_among_them() -> None:
    # A league's user is who brought it first; its rows are everybody's. A member's is Sleeper's id.
    shared = {"leagues", "league_members"}
    assert {name for name, table in TABLES.items() if "user_id" in table.c} - shared <= set(BY_USER)


def test_foreign_keys_cross_servers_only_where_documented() -> None:
    found = {
        (name, key.parent.name, key.column.table.name)
        for name in BY_USER
        for key in TABLES[name].foreign_keys
        if key.column.table.name in BY_USER
    }
    assert found == CROSSING


def test_what_is_on_every_server_refers_to_nothing_that_is_not() -> None:
    assert not {
        (name, key.column.table.name)
        for name, table in TABLES.items()
        if name not in BY_USER
        for key in table.foreign_keys
        if key.column.table.name in BY_USER
    }


def test_the_document_names_each() -> None:
    said = (Path(__file__).resolve().parents[2] / "docs" / "scale.md").read_text()
    for name, column in BY_USER.items():
        assert f"| `{name}` | `{column}` |" in said
    for key in set().union(*LACKING.values()):
        assert f"`{key}`" in said
    for name in set(TABLES) - set(BY_USER):
        assert f"`{name}`" in said, f"{name} is on every server"
