"""Many rows at once: the same values by COPY as by INSERT, in the caller's transaction, on both engines."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import NullPool

from fantasy_tui.database import bulk
from fantasy_tui.database.bulk import CHUNK, FEW, Conflict, Row
from fantasy_tui.database.engine import make_engine
from fantasy_tui.models import Game, Observation, ObservationKind, Player, User
from fantasy_tui.models.player import PROFILE_DIMENSIONS
from tests.leagues import NOW

PLAYERS = Player.metadata.tables["players"]
GAMES = Game.metadata.tables["games"]
OBSERVATIONS = Observation.metadata.tables["observations"]
USERS = User.metadata.tables["users"]
SIZES = [1, FEW - 1, FEW, CHUNK, CHUNK + 1]


def player(number: int, **values: Any) -> dict[str, Any]:
    return {"player_id": str(number), "full_name": f"Player {number}", "last_synced": NOW, **values}


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(database_url, poolclass=NullPool, begin="IMMEDIATE")
    yield engine
    await engine.dispose()


async def put(
    engine: AsyncEngine,
    rows: Sequence[Row],
    conflict: Conflict = Conflict.UPDATE,
    table: sa.Table = PLAYERS,
    *,
    at_once: bool = False,
) -> int:
    async with engine.begin() as connection:
        return await bulk.write(connection, table, bulk.pages(rows), conflict, at_once=at_once)


async def stored(engine: AsyncEngine, *columns: sa.Column[Any]) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(sa.select(*columns).order_by(columns[0]))]


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_is_there(engine: AsyncEngine, size: int) -> None:
    assert await put(engine, [player(number) for number in range(size)]) == size
    found = await stored(engine, PLAYERS.c.player_id, PLAYERS.c.full_name)
    assert found == sorted((str(number), f"Player {number}") for number in range(size))


async def test_no_rows_are_nothing_to_do(engine: AsyncEngine) -> None:
    assert await put(engine, []) == 0


@pytest.mark.parametrize("size", [3, FEW])
async def test_what_a_row_lacks_the_model_gives(engine: AsyncEngine, size: int) -> None:
    rows = [
        {"sleeper_user_id": str(n), "sleeper_username": f"u{n}", "display_name": f"U {n}"}
        for n in range(size)
    ]
    await put(engine, rows, Conflict.FAIL, USERS)
    found = await stored(engine, USERS.c.id, USERS.c.preferences, USERS.c.autonomous_mode, USERS.c.created_at)
    assert len({row[0] for row in found}) == size
    assert all(row[1] == {} and row[2] is False and row[3].tzinfo is UTC for row in found)


@pytest.mark.parametrize("size", [3, FEW + 3])
async def test_a_stored_row_is_changed_kept_or_refused(engine: AsyncEngine, size: int) -> None:
    old, new = NOW, NOW + timedelta(days=1)
    await put(engine, [player(n, created_at=old, updated_at=old, age=20) for n in range(size)])
    fresh = [player(n, created_at=new, updated_at=new, age=30) for n in range(size + 1)]
    await put(engine, fresh, Conflict.KEEP)
    columns = (PLAYERS.c.player_id, PLAYERS.c.age, PLAYERS.c.created_at, PLAYERS.c.updated_at)
    assert {row[1:] for row in await stored(engine, *columns)} == {(20, old, old), (30, new, new)}
    with pytest.raises(DBAPIError):
        await put(engine, fresh, Conflict.FAIL)
    await put(engine, fresh)
    assert {row[1:] for row in await stored(engine, *columns)} == {(30, old, new), (30, new, new)}


@pytest.mark.parametrize("size", [3, FEW + 3])
async def test_it_is_undone_with_the_callers_transaction(engine: AsyncEngine, size: int) -> None:
    async with engine.connect() as connection:
        await bulk.write(connection, PLAYERS, bulk.pages([player(n) for n in range(size)]))
        await connection.rollback()
    assert await stored(engine, PLAYERS.c.player_id) == []


async def test_twice_in_one_transaction(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        for age in (20, 30):
            await bulk.write(
                connection, PLAYERS, bulk.pages([player(n, age=age, profile=None) for n in range(FEW)])
            )
    assert {row[1] for row in await stored(engine, PLAYERS.c.player_id, PLAYERS.c.age)} == {30}


async def test_an_error_on_the_way_leaves_nothing(engine: AsyncEngine) -> None:
    """Of a row in the third page, a value that the type, the driver or a constraint refuses."""
    rows = [player(n) for n in range(2 * CHUNK + 10)]
    for wrong in ({"last_synced": NOW.replace(tzinfo=None)}, {"player_id": None}):
        with pytest.raises((DBAPIError, sa.exc.StatementError)):
            await put(engine, [*rows[:-1], rows[-1] | wrong], Conflict.FAIL)
        assert await stored(engine, PLAYERS.c.player_id) == []
    assert await put(engine, rows) == len(rows)


async def test_a_number_too_large_is_told_as_a_database_error(postgres_url: str) -> None:
    engine = make_engine(postgres_url, poolclass=NullPool)
    with pytest.raises(DBAPIError, match="COPY players"):
        await put(engine, [player(n, age=2**40) for n in range(FEW)], Conflict.FAIL)
    await engine.dispose()


async def test_a_lost_connection_is_told_as_one(postgres_url: str) -> None:
    engine = make_engine(postgres_url, poolclass=NullPool)

    async def source(victim: int) -> AsyncIterator[Sequence[Row]]:
        yield [player(n) for n in range(CHUNK)]
        async with engine.connect() as other:
            await other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": victim})
        # More than what the socket takes before anybody looks.
        for start in range(CHUNK, 400 * CHUNK, CHUNK):
            yield [player(n, injury_status="x" * 200) for n in range(start, start + CHUNK)]

    async with engine.connect() as connection:
        pid = await connection.scalar(sa.text("SELECT pg_backend_pid()"))
        with pytest.raises(DBAPIError) as told:
            await bulk.write(connection, PLAYERS, source(pid))
    assert told.value.connection_invalidated
    await engine.dispose()


async def test_rows_are_read_no_faster_than_they_are_written(engine: AsyncEngine) -> None:
    """No more than a page or two is held, and others have their turn."""
    read, turns = 0, 0

    def rows() -> Any:
        nonlocal read
        for number in range(20 * CHUNK):
            read += 1
            yield player(number)

    async def look() -> None:
        nonlocal turns
        before = -1
        while read < 20 * CHUNK:
            turns += read != before
            before = read
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    async with engine.begin() as connection:
        await bulk.write(connection, PLAYERS, bulk.pages(rows()))
    await looking
    assert turns >= 10


_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([1e-9, 0.1, -0.0, 1e300, 5e-324])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6).map(lambda x: round(x, 6)) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_INSTANTS = st.datetimes(
    datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=st.timezones()  # noqa: DTZ001
)  # fmt: skip
_HARD = st.fixed_dictionaries(
    {
        "full_name": st.none() | _TEXT,
        "age": st.none() | st.integers(-(2**31), 2**31 - 1),
        "fantasy_positions": st.none() | st.lists(_TEXT, max_size=3),
        "player_data": st.none() | st.dictionaries(_TEXT, _JSON, max_size=4),
        "profile": st.none()
        | st.lists(st.floats(-1e6, 1e6, width=32), min_size=PROFILE_DIMENSIONS, max_size=PROFILE_DIMENSIONS),
        "last_synced": _INSTANTS,
    }
)


@given(hard=st.lists(_HARD, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hard_values_come_back(database_url: str, hard: list[dict[str, Any]]) -> None:
    async def there_and_back() -> None:
        engine = make_engine(database_url, poolclass=NullPool, begin="IMMEDIATE")
        try:
            async with engine.connect() as connection:
                for at_once in (True, False):
                    for conflict in (Conflict.FAIL, Conflict.UPDATE):
                        await connection.begin()
                        await _compare(connection, hard, conflict, at_once=at_once)
                        await connection.rollback()
        finally:
            await engine.dispose()

    asyncio.run(there_and_back())


async def _compare(
    connection: AsyncConnection, hard: list[dict[str, Any]], conflict: Conflict, *, at_once: bool
) -> None:
    rows = [{"player_id": str(number), **values} for number, values in enumerate(hard)]
    await bulk.write(connection, PLAYERS, bulk.pages(rows), conflict, at_once=at_once)
    columns = [PLAYERS.c[name] for name in rows[0]]
    found = await connection.execute(sa.select(*columns).order_by(PLAYERS.c.player_id))
    for row, back in zip(rows, found.mappings().all(), strict=True):
        near = {
            "profile": None if row["profile"] is None else pytest.approx(row["profile"], rel=1e-6),
            # In the hour that is there twice an instant is equal to none of another zone, says Python.
            "last_synced": row["last_synced"].astimezone(UTC),
        }
        assert dict(back) == row | near


async def test_other_kinds_of_columns(engine: AsyncEngine) -> None:
    """A date, a truth value, an enum in a key, floats that are hard to write, and lists that are empty."""
    game = {
        "season": "2024", "home": "KC", "away": "BAL", "gameday": date(2024, 9, 5), "kickoff": NOW,
        "kickoff_assumed": True, "spread_line": 1e-9, "total_line": 1.7976931348623157e308,
    }  # fmt: skip
    await put(engine, [game | {"week": week} for week in range(FEW)], table=GAMES)
    ((gameday, assumed, spread, total),) = set(
        await stored(
            engine, GAMES.c.gameday, GAMES.c.kickoff_assumed, GAMES.c.spread_line, GAMES.c.total_line
        )
    )
    assert (gameday, assumed, spread, total) == (date(2024, 9, 5), True, 1e-9, 1.7976931348623157e308)
    seen = {"kind": ObservationKind.INJURY, "scope": "nfl", "seen_at": NOW, "value": None}
    await put(engine, [seen | {"subject": str(n)} for n in range(FEW)], table=OBSERVATIONS)
    assert {row[0] for row in await stored(engine, OBSERVATIONS.c.kind)} == {ObservationKind.INJURY}
    await put(engine, [player(n, fantasy_positions=[], player_data={}) for n in range(FEW)])
    found = await stored(engine, PLAYERS.c.player_id, PLAYERS.c.fantasy_positions, PLAYERS.c.player_data)
    assert all(row[1:] == ([], {}) for row in found)


async def test_rows_that_refer_to_each_other_go_at_once(postgres_url: str) -> None:
    """A decision refers to the one that superseded it, which comes later in the order of keys."""
    engine = make_engine(postgres_url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(
            sa.text("CREATE TEMPORARY TABLE links (id text PRIMARY KEY, next text REFERENCES links)")
        )
        links = sa.Table(
            "links", sa.MetaData(), sa.Column("id", sa.Text, primary_key=True), sa.Column("next", sa.Text)
        )
        rows: list[Row] = [{"id": "a", "next": "b"}, {"id": "b", "next": None}]
        await bulk.write(connection, links, bulk.pages(rows), Conflict.FAIL, at_once=True)
    await engine.dispose()
