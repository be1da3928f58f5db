"""Rows from one engine to the other: nothing changes on the way, and what would have changed is found out."""

import asyncio
import itertools
import shutil
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from fantasy_tui.database import bulk
from fantasy_tui.database.base import Base
from fantasy_tui.database.bulk import CHUNK, Conflict
from fantasy_tui.database.copying import Differs, copy_rows, verify_rows
from fantasy_tui.database.engine import make_engine
from fantasy_tui.models import AgentDecision, DecisionEvent, Observation, Player
from tests import databases
from tests.leagues import NOW

TABLES = Base.metadata.sorted_tables
PLAYERS = Base.metadata.tables["players"]
PAIRS = [
    pytest.param(pair, id="-to-".join(pair)) for pair in itertools.product(("sqlite", "postgres"), repeat=2)
]


@pytest.fixture(params=PAIRS)
async def pair(
    request: pytest.FixtureRequest, tmp_path: Path, cluster: Path, sqlite_template: Path
) -> AsyncIterator[tuple[str, str]]:
    """URLs of two migrated, empty databases."""
    wanted: tuple[str, str] = request.param
    urls: list[str] = []
    made: list[str] = []
    for place, kind in enumerate(wanted):
        if kind == "sqlite":
            file = tmp_path / f"{place}.db"
            shutil.copyfile(sqlite_template, file)
            urls.append(f"sqlite+aiosqlite:///{file}")
        else:
            made.append(f"c_{uuid.uuid4().hex[:12]}")
            urls.append(await databases.clone(cluster, made[-1]))
    yield urls[0], urls[1]
    for name in made:
        await databases.drop(cluster, name)


@asynccontextmanager
async def both(pair: tuple[str, str]) -> AsyncIterator[tuple[AsyncConnection, AsyncConnection]]:
    """A transaction on each, rolled back."""
    engines = [make_engine(url, poolclass=NullPool, begin="IMMEDIATE") for url in pair]
    async with engines[0].connect() as source, engines[1].connect() as target:
        yield source, target
        await source.rollback()
        await target.rollback()
    for engine in engines:
        await engine.dispose()


async def fill(connection: AsyncConnection, count: int, **values: Any) -> None:
    rows = [{"player_id": f"{n:05}", "last_synced": NOW, **values} for n in range(count)]
    await bulk.write(connection, PLAYERS, bulk.pages(rows))


async def scalar(connection: AsyncConnection, sql: str) -> Any:
    return (await connection.execute(sa.text(sql))).scalar_one()


@pytest.mark.parametrize("count", [0, 1, CHUNK, 2 * CHUNK + 1])
async def test_every_page_once(pair: tuple[str, str], count: int) -> None:
    async with both(pair) as (source, target):
        await fill(source, count)
        pages: list[int] = []
        assert await copy_rows(source, target, PLAYERS, on_page=pages.append) == count
        assert sum(pages) == count
        assert await verify_rows(source, target, PLAYERS, alone=True) == count


async def test_a_key_of_four_pages_on(pair: tuple[str, str]) -> None:
    """By its last column alone where the others are equal; an enum and an instant are part of it."""
    table = Base.metadata.tables["observations"]
    async with both(pair) as (source, target):
        rows = [
            {
                "kind": "injury",
                "scope": "nfl",
                "subject": str(n % 2),
                "seen_at": NOW + timedelta(microseconds=n),
            }
            for n in range(2 * CHUNK + 3)
        ]
        await source.execute(sa.insert(Observation), rows)
        assert await copy_rows(source, target, table) == len(rows)
        assert await verify_rows(source, target, table, alone=True) == len(rows)


async def test_only_what_is_asked_for(pair: tuple[str, str]) -> None:
    async with both(pair) as (source, target):
        await fill(source, 700, team="KC")
        await source.execute(sa.update(Player).where(Player.player_id < "00010").values(team="SF"))
        where = Player.team == "SF"
        assert await copy_rows(source, target, PLAYERS, where) == 10
        assert await verify_rows(source, target, PLAYERS, where, alone=True) == 10
        with pytest.raises(Differs, match=r"players 00010 did not arrive"):
            await verify_rows(source, target, PLAYERS)


async def test_upsert_writes_over_what_is_there(pair: tuple[str, str]) -> None:
    async with both(pair) as (source, target):
        await fill(source, 5, age=30, player_data={"new": True})
        await fill(target, 6, age=20)
        assert await copy_rows(source, target, PLAYERS, upsert=True) == 5
        assert await verify_rows(source, target, PLAYERS) == 5
        assert await scalar(target, "SELECT count(*) FROM players WHERE age = 20") == 1
        with pytest.raises(Differs, match="6 rows in the copy and 5"):
            await verify_rows(source, target, PLAYERS, alone=True)


async def test_without_upsert_a_stored_row_is_an_error(pair: tuple[str, str]) -> None:
    async with both(pair) as (source, target):
        await fill(source, 5)
        await fill(target, 1)
        with pytest.raises(DBAPIError):
            await copy_rows(source, target, PLAYERS)


async def test_the_audit_takes_what_is_new_and_leaves_what_is_there(pair: tuple[str, str]) -> None:
    table = Base.metadata.tables["decision_events"]

    def event(number: int) -> dict[str, Any]:
        return {
            "id": str(number),
            "decision_id": "d",
            "version": number,
            "actor": "u",
            "door": "cli",
            "action": "approve",
            "at": NOW,
        }

    async with both(pair) as (source, target):
        await source.execute(sa.insert(DecisionEvent), [event(1), event(2)])
        await target.execute(sa.insert(DecisionEvent), [event(1) | {"note": "here first"}])
        await copy_rows(source, target, table, upsert=True)
        found = await target.execute(sa.text("SELECT id, note FROM decision_events ORDER BY id"))
        assert [tuple(row) for row in found] == [("1", "here first"), ("2", None)]


async def test_decisions_refer_to_later_ones(pair: tuple[str, str]) -> None:
    """The first in the order of keys was superseded by the last."""
    async with both(pair) as (source, target):
        await _decisions(source, 2 * CHUNK)
        last = f"{2 * CHUNK - 1:05}"
        await source.execute(
            sa.update(AgentDecision).where(AgentDecision.id == "00000").values(superseded_by=last)
        )
        for table in TABLES:
            await copy_rows(source, target, table)
        for table in TABLES:
            await verify_rows(source, target, table, alone=True)
        await target.commit()


async def _decisions(source: AsyncConnection, count: int) -> None:
    await source.execute(
        sa.text(
            "INSERT INTO users (id, sleeper_user_id, sleeper_username, display_name, preferences,"
            " autonomous_mode, notification_settings) VALUES ('u', '1', 'u', 'U', '{}', false, '{}')"
        )
    )
    await source.execute(
        sa.text(
            "INSERT INTO leagues (id, user_id, name, season, sport) VALUES ('L', 'u', 'L', '2024', 'nfl')"
        )
    )
    await source.execute(
        sa.text(
            "INSERT INTO agent_tasks (id, user_id, task_type, status, progress_percentage)"
            " VALUES ('t', 'u', 'sit_start', 'completed', 100)"
        )
    )
    rows = [
        {
            "id": f"{n:05}", "user_id": "u", "league_id": "L", "roster_id": 1, "task_id": "t",
            "decision_type": "sit_start", "season": "2024", "week": 1, "subject": str(n), "recommendation": {},
            "reasoning": "r", "confidence_score": 50, "expected_gain": 0.1, "model_version": "m",
            "expires_at": NOW,
        }
        for n in range(count)
    ]  # fmt: skip
    await source.execute(sa.insert(AgentDecision), rows)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("full_name = 'Another'", "full_name"),
        ("age = NULL", "age"),
        ("""player_data = '{"n": 2}'""", "player_data"),
        ("""player_data = '{"n": true}'""", "player_data"),
        ("player_data = NULL", "player_data"),
        ("player_data = 'null'", "player_data"),
        ("last_synced = '2024-11-10 18:30:00.000001'", "last_synced"),
        ("fantasy_positions = '[]'", "fantasy_positions"),
        ("profile = NULL", "profile"),
    ],
)
async def test_any_change_is_found(pair: tuple[str, str], change: str, column: str) -> None:
    async with both(pair) as (source, target):
        await fill(
            source, 3, full_name="One", age=20, player_data={"n": 1}, fantasy_positions=["RB"],
            profile=[0.1] * 24,
        )  # fmt: skip
        await copy_rows(source, target, PLAYERS)
        assert await verify_rows(source, target, PLAYERS) == 3
        if target.dialect.name == "postgresql":
            change = change.replace("00.000001'", "00.000001+00'")
        await target.execute(sa.text(f"UPDATE players SET {change} WHERE player_id = '00001'"))
        with pytest.raises(Differs, match=rf"^players 00001 differs from the original in {column}\.$"):
            await verify_rows(source, target, PLAYERS)


async def test_a_missing_row_is_found(pair: tuple[str, str]) -> None:
    async with both(pair) as (source, target):
        await fill(source, CHUNK + 5)
        await copy_rows(source, target, PLAYERS)
        await target.execute(sa.text("DELETE FROM players WHERE player_id = '00504'"))
        with pytest.raises(Differs, match=r"^players 00504 did not arrive\.$"):
            await verify_rows(source, target, PLAYERS)


async def test_no_document_and_the_word_null_stay_apart(pair: tuple[str, str]) -> None:
    async with both(pair) as (source, target):
        await fill(source, 2)
        await source.execute(sa.text("UPDATE players SET player_data = 'null' WHERE player_id = '00001'"))
        await copy_rows(source, target, PLAYERS)
        found = await target.execute(
            sa.text("SELECT CAST(player_data AS text) FROM players ORDER BY player_id")
        )
        assert [row[0] for row in found] == [None, "null"]


_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.sampled_from([1e-9, 1e300, -0.0, 5e-324, 0.1]) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_ROWS = st.fixed_dictionaries(
    {
        "full_name": st.none() | _TEXT,
        "age": st.none() | st.integers(-(2**31), 2**31 - 1),
        "fantasy_positions": st.none() | st.lists(_TEXT, max_size=3),
        "player_data": st.none() | st.dictionaries(_TEXT, _JSON, max_size=4),
        "profile": st.none() | st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), min_size=24, max_size=24),
        "last_synced": st.datetimes(datetime(1970, 1, 2), datetime(2199, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    }
)  # fmt: skip


def _floating(value: Any) -> Any:
    """Numbers as floats, and keys in order: JSONB keeps neither 1e17 apart from its digits, nor the order."""
    if isinstance(value, dict):
        return {key: _floating(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_floating(one) for one in value]
    return float(value) + 0.0 if isinstance(value, int | float) and not isinstance(value, bool) else value


@given(hard=st.lists(_ROWS, min_size=1, max_size=4))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hard_values_arrive(pair: tuple[str, str], hard: list[dict[str, Any]]) -> None:
    """There and back again: the copy's copy is like the original, whatever the engines between."""

    async def there_and_back() -> None:
        async with both(pair) as (source, target):
            rows = [{"player_id": str(n), **values} for n, values in enumerate(hard)]
            await bulk.write(source, PLAYERS, bulk.pages(rows), Conflict.FAIL)
            await copy_rows(source, target, PLAYERS)
            await verify_rows(source, target, PLAYERS, alone=True)
            columns = [PLAYERS.c[name] for name in rows[0] if name != "profile"]
            asked = sa.select(*columns).order_by(PLAYERS.c.player_id)
            original = [_floating(dict(row)) for row in (await source.execute(asked)).mappings()]
            arrived = [_floating(dict(row)) for row in (await target.execute(asked)).mappings()]
            assert repr(arrived) == repr(original)
            await source.execute(sa.text("DELETE FROM players"))
            await copy_rows(target, source, PLAYERS)
            await verify_rows(target, source, PLAYERS, alone=True)

    asyncio.run(there_and_back())
