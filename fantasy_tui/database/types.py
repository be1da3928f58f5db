"""Column types that behave the same on Postgres and SQLite."""

from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

# JSONB on Postgres, text on SQLite; Python's None is SQL NULL, never the JSON value null.
JsonDoc = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant: timestamptz on Postgres, naive UTC text on SQLite; naive values are refused."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """DateTime that keeps its zone wherever the database can."""
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name == "postgresql"))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """What SQLAlchemy makes of the parts, remembering the last instant: thousands of rows share a stamp."""
        process = super().bind_processor(dialect)
        if process is None:
            return None
        last: tuple[Any, Any] = (None, process(None))

        def remembering(value: Any) -> Any:
            nonlocal last
            known, made = last
            if value is not known:
                made = process(value)
                last = (value, made)
            return made

        return remembering

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; raises ValueError on a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give it a time zone")
        instant = value.astimezone(UTC)
        return instant if dialect.name == "postgresql" else instant.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Embedding(TypeDecorator[list[float]]):
    """A vector of `dimensions` floats: pgvector's type on Postgres, packed float32 on SQLite."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.dimensions = dimensions

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """pgvector's Vector on Postgres, a blob elsewhere."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.LargeBinary())
        from pgvector.sqlalchemy import Vector  # imports numpy: only where Postgres is used

        return dialect.type_descriptor(Vector(self.dimensions))

    def process_bind_param(self, value: Sequence[float] | None, dialect: Dialect) -> Any:
        """Checks the length; packs to float32 on SQLite."""
        if value is None:
            return None
        if len(value) != self.dimensions:
            raise ValueError(f"a vector of {self.dimensions} numbers is needed, not {len(value)}")
        return list(value) if dialect.name == "postgresql" else array("f", value).tobytes()

    def process_result_value(self, value: Any, dialect: Dialect) -> list[float] | None:
        """A list of floats."""
        if value is None:
            return None
        if isinstance(value, bytes):
            return array("f", value).tolist()
        return [float(number) for number in value]


def enum_type(members: type[StrEnum], name: str) -> sa.Enum:
    """Text with a CHECK constraint that stores an enum's values; `name` ends the constraint's name."""
    return sa.Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=lambda enum: [member.value for member in enum],
    )
