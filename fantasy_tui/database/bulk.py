"""Many rows into one table, in the caller's transaction: COPY on Postgres, executemany on SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from fantasy_tui.database.types import Embedding

CHUNK = 500
"""Rows made ready at a time: some milliseconds, after which the event loop has a turn."""
FEW = 100
"""Rows below which COPY's own statements cost more than they bring."""

Row = Mapping[str, Any]


class Conflict(StrEnum):
    """What becomes of a row whose primary key is stored already."""

    FAIL = "fail"
    UPDATE = "update"
    """The stored one gets the new values; `created_at` stays."""
    REPLACE = "replace"
    """The stored one gets the new values, every one."""
    KEEP = "keep"


async def pages(rows: Iterable[Row]) -> AsyncIterator[Sequence[Row]]:
    """The rows by `CHUNK`, as `write` takes them; the iterable is read as they are asked for."""
    left = iter(rows)
    while page := list(islice(left, CHUNK)):
        yield page


async def write(
    connection: AsyncConnection,
    table: sa.Table,
    source: AsyncIterable[Sequence[Row]],
    conflict: Conflict = Conflict.UPDATE,
    *,
    at_once: bool = False,
) -> int:
    """Write every row of the pages and return how many there were; all rows have the same columns.

    No more than a page is held at a time. `at_once` lets Postgres take few rows as it takes many, in one statement,
    so that they may refer to each other. Raises SQLAlchemy's errors, whichever way the rows went.
    """
    left = aiter(source)
    first = await anext(left, None)
    if not first:
        return 0
    if connection.dialect.name == "postgresql" and (at_once or len(first) >= FEW):
        return await _copy(connection, table, first, left, conflict)
    statement = _insert(connection, table, list(first[0]), conflict)
    await connection.execute(statement, list(first))
    written = len(first)
    async for page in left:
        await connection.execute(statement, list(page))
        written += len(page)
    return written


def _insert(
    connection: AsyncConnection,
    table: sa.Table,
    names: Sequence[str],
    conflict: Conflict,
    select: sa.Select[Any] | None = None,
) -> sa.Insert:
    """An INSERT of values or of what is selected, with its ON CONFLICT."""
    kind = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = kind(table)
    if select is not None:
        statement = statement.from_select(list(names), select, include_defaults=False)
    keys = [key.name for key in table.primary_key.columns]
    staying = [*keys, "created_at"] if conflict is Conflict.UPDATE else keys
    changing = [name for name in names if name not in staying]
    if conflict is Conflict.FAIL:
        return statement
    if conflict is Conflict.KEEP or not changing:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in changing}
    )


async def _copy(
    connection: AsyncConnection,
    table: sa.Table,
    first: Sequence[Row],
    left: AsyncIterator[Sequence[Row]],
    conflict: Conflict,
) -> int:
    """COPY, by way of a table of the transaction's own where COPY alone cannot do it."""
    fills = {name: value for name, value in _defaults(table).items() if name not in first[0]}
    names = [*first[0], *fills]
    columns = [table.c[name] for name in names]
    # asyncpg has no binary form of vectors: they travel as text and are cast on the server.
    vectors = {column.name for column in columns if isinstance(column.type, Embedding)}
    staged = conflict is not Conflict.FAIL or bool(vectors)
    # Otherwise the check of a foreign key is planned anew for every row. It begins the transaction too, without
    # which the driver's COPY would be one of its own.
    await connection.execute(sa.text("SET LOCAL plan_cache_mode = auto"))
    into = table.name
    if staged:
        into = f"bulk_{table.name}"
        like = ", ".join(
            f"NULL::text AS {column.name}" if column.name in vectors else _quoted(connection, column)
            for column in columns
        )
        await connection.execute(
            sa.text(
                f"CREATE TEMPORARY TABLE {into} ON COMMIT DROP AS SELECT {like} FROM {table.name} WITH NO DATA"
            )
        )
    records = _Records(connection, columns, fills, first, left)
    async with _driver(connection, into) as driver:
        await driver.copy_records_to_table(into, records=aiter(records), columns=names)
    if staged:
        stage = sa.table(into, *(sa.column(name) for name in names))
        select = sa.select(
            *(
                sa.cast(stage.c[column.name], column.type) if column.name in vectors else stage.c[column.name]
                for column in columns
            )
        )
        await connection.execute(_insert(connection, table, names, conflict, select))
        await connection.execute(sa.text(f"DROP TABLE {into}"))
    return records.read


class _Records:
    """Rows as the driver takes them, column by column through the types' own processors."""

    def __init__(
        self,
        connection: AsyncConnection,
        columns: Sequence[sa.Column[Any]],
        fills: Mapping[str, Any],
        first: Sequence[Row],
        left: AsyncIterator[Sequence[Row]],
    ) -> None:
        dialect = connection.dialect
        self._columns = [
            (column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in columns
        ]
        self._fills = fills
        self._first = first
        self._left = left
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[tuple[Any, ...]]:
        for record in self._made(self._first):
            yield record
        async for page in self._left:
            for record in self._made(page):
                yield record
            await asyncio.sleep(0)

    def _made(self, page: Sequence[Row]) -> Iterable[tuple[Any, ...]]:
        self.read += len(page)
        columns = []
        for name, process in self._columns:
            if name in self._fills:
                fill = self._fills[name]
                values = [fill(None) if callable(fill) else fill for _ in page]
            else:
                values = [row[name] for row in page]
            columns.append(values if process is None else [process(value) for value in values])
        return zip(*columns, strict=True)


def _defaults(table: sa.Table) -> dict[str, Any]:
    """What the models give a column that a row lacks: a value, or a function of SQLAlchemy's context."""
    return {
        column.name: column.default.arg
        for column in table.columns
        if isinstance(column.default, sa.ColumnDefault)
    }


def _quoted(connection: AsyncConnection, column: sa.Column[Any]) -> str:
    return connection.dialect.identifier_preparer.format_column(column)


@asynccontextmanager
async def _driver(connection: AsyncConnection, what: str) -> AsyncIterator[Any]:
    """asyncpg's own connection, whose errors are told as SQLAlchemy tells those of a statement."""
    import asyncpg

    driver: Any = (await connection.get_raw_connection()).driver_connection
    try:
        yield driver
    except (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
        # A value that does not fit its column.
        ArithmeticError,
        TypeError,
        ValueError,
    ) as error:
        gone = driver.is_closed()
        if gone:
            await connection.invalidate(error)
        raise DBAPIError.instance(
            f"COPY {what}", None, error, Exception, hide_parameters=True, connection_invalidated=gone
        ) from error
