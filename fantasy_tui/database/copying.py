"""Rows of one database into another of either engine, and the proof that they arrived; flat memory."""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from fantasy_tui.database import bulk
from fantasy_tui.database.bulk import CHUNK, Conflict, Row
from fantasy_tui.database.errors import StoreError
from fantasy_tui.database.types import Embedding

APPEND_ONLY = frozenset({"decision_events"})
"""Tables whose triggers refuse a change of what is stored: what is there already stays."""

Where = sa.ColumnElement[bool] | None


class Differs(StoreError):
    """A row did not arrive as it was; the message names its table, key and columns."""


@lru_cache
def as_stored(table: sa.Table) -> sa.Table:
    """The table with types that carry a value from engine to engine as it is, and with no defaults.

    A document is the text that stands for it: nothing of it is decoded, and a JSON null stays one.
    """

    def of(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
        if isinstance(column.type, sa.JSON):
            return sa.Text()
        return sa.String() if isinstance(column.type, sa.Enum) else column.type

    columns = [sa.Column(one.name, of(one), primary_key=one.primary_key) for one in table.columns]
    return sa.Table(table.name, sa.MetaData(), *columns)


def _selected(table: sa.Table) -> sa.Select[Any]:
    """Every column of the table as `as_stored` types it."""
    return sa.select(*(_read(column).label(column.name) for column in table.columns))


def _read(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.JSON):
        return sa.cast(column, sa.Text)  # Postgres' driver would decode it otherwise
    return sa.type_coerce(column, as_stored(column.table).c[column.name].type)


def _keys(table: sa.Table) -> dict[str, sa.ColumnElement[Any]]:
    return {column.name: _read(column) for column in table.primary_key.columns}


async def read_rows(
    source: AsyncConnection, table: sa.Table, where: Where = None
) -> AsyncIterator[Sequence[Row]]:
    """The rows by `CHUNK` in the order of their keys, as `as_stored` types them; each page goes on from the last.

    The pages are of one instant only if the transaction is: REPEATABLE READ on Postgres.
    """
    keys = _keys(table)
    asked = _selected(table).order_by(*keys.values()).limit(CHUNK)
    if where is not None:
        asked = asked.where(where)
    beyond = asked
    while page := (await source.execute(beyond)).mappings().all():
        yield page
        if len(page) < CHUNK:
            return
        last = (sa.literal(page[-1][name], key.type) for name, key in keys.items())
        beyond = asked.where(sa.tuple_(*keys.values()) > sa.tuple_(*last))


async def copy_rows(
    source: AsyncConnection,
    target: AsyncConnection,
    table: sa.Table,
    where: Where = None,
    *,
    upsert: bool = False,
    on_page: Callable[[int], None] = lambda _: None,
) -> int:
    """Copy the rows of a table, in the target's transaction; returns how many there were.

    `upsert` writes over rows whose key the target has (those of `APPEND_ONLY` tables stay as they are); without it
    such a row is an error. Tables go in the order of their foreign keys. `on_page` is told how many rows came.
    """
    if target.dialect.name == "sqlite":
        # A row may refer to a later one of its own table; Postgres looks once a statement.
        await target.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    conflict = Conflict.FAIL
    if upsert:
        conflict = Conflict.KEEP if table.name in APPEND_ONLY else Conflict.REPLACE

    async def told() -> AsyncIterator[Sequence[Row]]:
        async for page in read_rows(source, table, where):
            yield page
            on_page(len(page))

    return await bulk.write(target, as_stored(table), told(), conflict, at_once=True)


async def verify_rows(
    source: AsyncConnection,
    target: AsyncConnection,
    table: sa.Table,
    where: Where = None,
    *,
    alone: bool = False,
    on_page: Callable[[int], None] = lambda _: None,
) -> int:
    """Compare each row of the source with the target's of the same key; returns how many there are.

    `alone`: the target must have no others (within `where`). Raises Differs.
    """
    keys = _keys(table)
    compared = 0
    async for page in read_rows(source, table, where):
        wanted = {tuple(row[name] for name in keys): row for row in page}
        found = await target.execute(_selected(table).where(among(target, table, list(wanted))))
        arrived = {tuple(row[name] for name in keys): row for row in found.mappings()}
        for key, row in wanted.items():
            _compare(table, key, row, arrived.get(key))
        compared += len(page)
        on_page(len(page))
    if alone:
        counted = sa.select(sa.func.count()).select_from(table)
        there = await target.scalar(counted if where is None else counted.where(where))
        if there != compared:
            raise Differs(f"{table.name} has {there:,} rows in the copy and {compared:,} in the original.")
    return compared


def among(
    connection: AsyncConnection, table: sa.Table, wanted: Sequence[tuple[Any, ...]]
) -> sa.ColumnElement[bool]:
    """That a row's key is one of these: a join, as both engines take an IN of tuples for a look at every row."""
    keys = _keys(table)
    values = zip(zip(*wanted, strict=True), keys.values(), strict=True)
    if connection.dialect.name == "sqlite":
        stored = [_bound(connection, key, column) for column, key in values]
        listed = msgspec.json.encode(list(zip(*stored, strict=True))).decode()
        each = sa.func.json_each(listed).table_valued("value", name="wanted")
        return sa.and_(
            *(
                key == sa.func.json_extract(each.c.value, f"$[{place}]")
                for place, key in enumerate(keys.values())
            )
        )
    arrays = [sa.literal(list(column), sa.ARRAY(key.type)) for column, key in values]
    among = sa.func.unnest(*arrays).table_valued(*keys, name="wanted").render_derived()
    return sa.and_(*(key == among.c[name] for name, key in keys.items()))


def _bound(connection: AsyncConnection, key: sa.ColumnElement[Any], values: Sequence[Any]) -> Sequence[Any]:
    """The values as the column stores them."""
    process = key.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return values if process is None else [process(value) for value in values]


def _compare(table: sa.Table, key: tuple[Any, ...], row: Row, arrived: Row | None) -> None:
    """Raises Differs unless each column holds the same value."""
    named = f"{table.name} {', '.join(map(str, key))}"
    if arrived is None:
        raise Differs(f"{named} did not arrive.")
    wrong = [
        column.name
        for column in table.columns
        if row[column.name] != arrived[column.name]
        and not _same(column, row[column.name], arrived[column.name])
    ]
    if wrong:
        raise Differs(f"{named} differs from the original in {', '.join(wrong)}.")


def _same(column: sa.Column[Any], one: Any, other: Any) -> bool:
    """Whether values that compare unequal are the same: one document written in two ways, or no number twice."""
    if one is None or other is None:
        return False
    if isinstance(column.type, sa.JSON):
        return _alike(msgspec.json.decode(one), msgspec.json.decode(other))
    if isinstance(column.type, Embedding):
        # Postgres writes the shortest decimals that stand for a float32.
        return array("f", one) == array("f", other)
    return isinstance(one, float) and isinstance(other, float) and one != one and other != other


def _alike(one: Any, other: Any) -> bool:
    """Two decoded documents; JSONB writes 1e300 as an integer, so numbers are compared as such."""
    if isinstance(one, Mapping):
        return (
            isinstance(other, Mapping)
            and one.keys() == other.keys()
            and all(_alike(value, other[name]) for name, value in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or float(one) == float(other)
    return bool(one == other)
