"""The declarative base every model derives from, and the columns that many share."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fantasy_tui.clock import utcnow
from fantasy_tui.database.types import JsonDoc, UtcDateTime

# Named constraints, so that a migration can drop them on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]


class Base(DeclarativeBase):
    """Root of all models."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Json: JsonDoc,
        list[str]: JsonDoc,
        list[int]: JsonDoc,
        list[float]: JsonDoc,
        list[Json]: JsonDoc,
    }


class Timestamped:
    """When a row was made and when it last changed."""

    created_at: Mapped[datetime] = mapped_column(default=utcnow, server_default=sa.text("CURRENT_TIMESTAMP"))
    updated_at: Mapped[datetime] = mapped_column(
        default=utcnow, onupdate=utcnow, server_default=sa.text("CURRENT_TIMESTAMP")
    )


class Synced(Timestamped):
    """A row that mirrors something outside: the hash of its source and when it was last written."""

    source_hash: Mapped[str | None] = mapped_column(sa.String(32))
    last_synced: Mapped[datetime] = mapped_column(default=utcnow, server_default=sa.text("CURRENT_TIMESTAMP"))


def table_of(model: type[Base]) -> sa.Table:
    """The table of a model."""
    table = sa.inspect(model).local_table
    assert isinstance(table, sa.Table)
    return table
