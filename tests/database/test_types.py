"""Column types: the same values in and out on both databases, and what is refused on both."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.base import Base
from fantasy_tui.database.types import UtcDateTime
from fantasy_tui.models import (
    AgentTask,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
    Game,
    Player,
    User,
)
from fantasy_tui.models.player import PROFILE_DIMENSIONS
from tests.leagues import NOW


async def stored(session: AsyncSession, row: Any, column: Any) -> Any:
    """What a row's column holds once it is read back."""
    session.add(row)
    await session.flush()
    session.expunge_all()
    return await session.scalar(sa.select(column))


def a_game(kickoff: datetime) -> Game:
    return Game(season="2024", week=1, home="KC", away="BAL", gameday=NOW.date(), kickoff=kickoff)


async def test_an_instant_of_any_zone_comes_back_in_utc(session: AsyncSession) -> None:
    east = timezone(timedelta(hours=-5))
    kickoff = await stored(session, a_game(datetime(2024, 11, 10, 13, 0, 0, 1, tzinfo=east)), Game.kickoff)
    assert kickoff == datetime(2024, 11, 10, 18, 0, 0, 1, tzinfo=UTC)
    assert kickoff.tzinfo is UTC


async def test_instants_compare_in_the_database(session: AsyncSession) -> None:
    session.add(a_game(NOW))
    await session.flush()
    east = NOW.astimezone(timezone(timedelta(hours=-5)))
    for condition in (
        Game.kickoff == east,
        Game.kickoff < east + timedelta(microseconds=1),
        Game.kickoff >= NOW,
    ):
        assert await session.scalar(sa.select(sa.func.count()).where(condition)) == 1


async def test_a_naive_instant_is_refused(session: AsyncSession) -> None:
    session.add(a_game(datetime(2024, 11, 10)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="give it a time zone"):
        await session.flush()


async def test_no_instant_stays_none(session: AsyncSession) -> None:
    session.add(a_user := User(sleeper_user_id="1", sleeper_username="a", display_name="A"))
    await session.flush()
    task = AgentTask(user_id=a_user.id, task_type=AgentTaskType.SIT_START)
    assert await stored(session, task, AgentTask.started_at) is None


async def test_a_vector_comes_back(session: AsyncSession) -> None:
    profile = [n / 4 for n in range(PROFILE_DIMENSIONS)]
    found = await stored(session, Player(player_id="1", profile=profile), Player.profile)
    assert found == profile
    assert {type(number) for number in found} == {float}


async def test_no_vector_stays_none(session: AsyncSession) -> None:
    assert await stored(session, Player(player_id="1"), Player.profile) is None


@pytest.mark.parametrize("length", [0, PROFILE_DIMENSIONS - 1, PROFILE_DIMENSIONS + 1])
async def test_a_vector_of_another_length_is_refused(session: AsyncSession, length: int) -> None:
    session.add(Player(player_id="1", profile=[0.5] * length))
    with pytest.raises(StatementError, match=f"a vector of {PROFILE_DIMENSIONS} numbers is needed"):
        await session.flush()


@pytest.mark.parametrize(
    "document",
    [{}, {"name": "Ünal “X” \\ \U0001f3c8", "n": 1, "x": 0.1, "none": None, "deep": [{"a": [True]}]}],
)
async def test_a_document_comes_back(session: AsyncSession, document: dict[str, Any]) -> None:
    assert await stored(session, Player(player_id="1", player_data=document), Player.player_data) == document


async def test_no_document_is_null_and_not_the_word_null(session: AsyncSession) -> None:
    session.add(Player(player_id="1", player_data=None, fantasy_positions=None))
    await session.flush()
    await session.execute(sa.insert(Player), [{"player_id": "2", "player_data": None}])
    for column in (Player.player_data, Player.fantasy_positions):
        count = sa.select(sa.func.count()).select_from(Player).where(column.is_(None))
        assert await session.scalar(count) == 2
        assert set(await session.scalars(sa.select(column))) == {None}


ENUMS = [
    pytest.param(column, member, id=f"{column}-{member}")
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, sa.Enum) and column.type.enum_class is not None
    for member in column.type.enum_class
]


def a_row(table: sa.Table, **values: Any) -> dict[str, Any]:
    """The columns a row must have, filled with something of the right kind, foreign keys aside."""
    kinds: dict[type, Any] = {str: "1", int: 1, float: 1.0, bool: False}
    row: dict[str, Any] = {}
    for column in table.columns:
        if isinstance(column.type, sa.Enum):
            row[column.name] = next(iter(column.type.enum_class or ()))
        elif isinstance(column.type, sa.JSON):
            row[column.name] = {}
        elif isinstance(column.type, UtcDateTime):
            row[column.name] = NOW
        elif not column.nullable:
            row[column.name] = kinds[column.type.python_type]
    return row | values


@pytest.fixture
async def parents(session: AsyncSession) -> dict[str, Any]:
    """Keys of rows that others refer to."""
    for name in ("users", "leagues", "agent_tasks"):
        table = Base.metadata.tables[name]
        await session.execute(table.insert(), a_row(table, id="1"))
    return {"user_id": "1", "league_id": "1", "task_id": "1"}


@pytest.mark.parametrize(("column", "member"), ENUMS)
async def test_every_member_of_every_enum_can_be_stored(
    session: AsyncSession, parents: dict[str, Any], column: sa.Column[Any], member: Any
) -> None:
    table = column.table
    assert isinstance(table, sa.Table)
    values = {key: value for key, value in parents.items() if key in table.c}
    key = "id" if "id" in table.c else "subject"
    await session.execute(table.insert(), a_row(table, **{key: "2"}, **values, **{column.name: member}))
    raw = sa.select(sa.type_coerce(column, sa.String)).where(table.c[key] == "2")
    assert await session.scalar(raw) == member.value
    assert await session.scalar(sa.select(column).where(table.c[key] == "2")) is member


def test_enums_are_looked_at_in_every_table() -> None:
    assert {str(param.values[0]) for param in ENUMS} == {
        "agent_tasks.task_type", "agent_tasks.status", "agent_decisions.decision_type", "decision_events.door",
        "decision_events.action", "observations.kind", "policies.decision_type",
    }  # fmt: skip


async def test_a_word_that_is_no_member_is_refused(session: AsyncSession) -> None:
    values = {
        "decision_id": "1",
        "version": 1,
        "actor": "1",
        "door": "window",
        "action": DecisionAction.APPROVE,
    }
    with pytest.raises(StatementError, match="window"):
        await session.execute(sa.insert(DecisionEvent), [values])


async def test_the_database_refuses_it_too(session: AsyncSession) -> None:
    statement = sa.text(
        "INSERT INTO decision_events (id, decision_id, version, at, actor, door, action)"
        " VALUES ('1', '1', 1, CURRENT_TIMESTAMP, '1', 'window', 'approve')"
    )
    with pytest.raises(IntegrityError):
        await session.execute(statement)


def test_values_and_not_names_are_what_is_stored() -> None:
    column = DecisionEvent.__table__.c.door
    assert isinstance(column.type, sa.Enum)
    assert column.type.enums == [door.value for door in Door]


@pytest.mark.parametrize("count", [1, 3])
async def test_instants_of_many_rows_are_each_their_own(session: AsyncSession, count: int) -> None:
    """A stamp that many rows share is converted once; others must not be mistaken for it."""
    shared = [NOW] * count
    kickoffs = [*shared, NOW + timedelta(hours=1), NOW.astimezone(timezone(timedelta(hours=2))), *shared]
    rows = [
        {
            "season": "2024",
            "week": week,
            "home": "KC",
            "away": "BAL",
            "gameday": NOW.date(),
            "kickoff": kickoff,
        }
        for week, kickoff in enumerate(kickoffs)
    ]
    await session.execute(sa.insert(Game), rows)
    assert list(await session.scalars(sa.select(Game.kickoff).order_by(Game.week))) == kickoffs
    with pytest.raises(StatementError, match="give it a time zone"):
        await session.execute(sa.insert(Game), [rows[0], rows[1] | {"kickoff": NOW.replace(tzinfo=None)}])
