"""What the schema promises on both databases: cascades, unique rows, indexes."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
    League,
    LeagueMember,
    Matchup,
    Player,
    PlayerStats,
    Projection,
    Roster,
    TradedPick,
    Transaction,
    TrendingPlayer,
    User,
)
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW

OF_A_LEAGUE = (Roster, LeagueMember, Matchup, Transaction, TradedPick, AgentTask, AgentDecision)


async def count(store: Store, model: type[Any]) -> int:
    async with store.read() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
async def user_id(store: Store) -> str:
    """A user with a league and a row in each table below it."""
    user_id = await add_user(store)
    await add_league(store, user_id)
    await add_decision(store, user_id, expires_at=NOW)

    async def work(session: AsyncSession) -> None:
        session.add_all(
            [
                Roster(id="L:1", league_id="L", roster_id=1),
                LeagueMember(league_id="L", user_id="1", display_name="Manager"),
                Matchup(league_id="L", week=1, roster_id=1),
                Transaction(
                    transaction_id="1", league_id="L", week=1, type="trade", status="complete", created=NOW
                ),
                TradedPick(league_id="L", season="2025", round=1, roster_id=1, owner_id=2),
            ]
        )

    await store.write(work)
    return user_id


async def test_deleting_a_user_takes_leagues_and_decisions_but_no_event(store: Store, user_id: str) -> None:
    async def work(session: AsyncSession) -> None:
        await session.delete(await session.get_one(User, user_id))

    assert [await count(store, model) for model in (League, *OF_A_LEAGUE)] == [1] * 8
    await store.write(work)
    assert [await count(store, model) for model in (User, League, *OF_A_LEAGUE)] == [0] * 9
    assert await count(store, DecisionEvent) == 1


async def test_deleting_a_league_takes_what_is_below_it_but_no_event(store: Store, user_id: str) -> None:
    async def work(session: AsyncSession) -> None:
        await session.delete(await session.get_one(League, "L"))

    await store.write(work)
    assert [await count(store, model) for model in OF_A_LEAGUE] == [0] * 7
    assert [await count(store, model) for model in (User, DecisionEvent)] == [1, 1]


async def test_deleting_a_player_takes_his_numbers(store: Store) -> None:
    async def add(session: AsyncSession) -> None:
        session.add(Player(player_id="1"))
        await session.flush()
        session.add_all(
            [
                PlayerStats(id="1:2024:1", player_id="1", season="2024", week=1),
                Projection(player_id="1", season="2024", week=1, source="sleeper", as_of=NOW),
                TrendingPlayer(kind="add", player_id="1", count=3),
            ]
        )

    async def remove(session: AsyncSession) -> None:
        await session.delete(await session.get_one(Player, "1"))

    await store.write(add)
    await store.write(remove)
    assert [await count(store, model) for model in (PlayerStats, Projection, TrendingPlayer)] == [0, 0, 0]


async def test_who_decided_and_what_came_after_may_go(store: Store, user_id: str) -> None:
    decider = await add_user(store, "2", "Other")
    later = await add_decision(store, user_id, expires_at=NOW, subject="later")

    async def decide(session: AsyncSession) -> None:
        changed = sa.update(AgentDecision).where(AgentDecision.id != later)
        await session.execute(changed.values(decided_by=decider, superseded_by=later))

    async def remove(session: AsyncSession) -> None:
        await session.execute(sa.delete(AgentDecision).where(AgentDecision.id == later))
        await session.execute(sa.delete(User).where(User.id == decider))

    await store.write(decide)
    await store.write(remove)
    async with store.read() as session:
        left = (await session.scalars(sa.select(AgentDecision))).one()
    assert (left.decided_by, left.superseded_by) == (None, None)


def a_decision(user_id: str, **values: Any) -> AgentDecision:
    common: dict[str, Any] = {
        "user_id": user_id, "league_id": "L", "roster_id": 1, "decision_type": AgentTaskType.LINEUP_OPTIMIZATION,
        "season": "2024", "week": 10, "subject": "lineup", "recommendation": {}, "reasoning": "because",
        "confidence_score": 50, "expected_gain": 1.0, "model_version": "1", "expires_at": NOW,
    }  # fmt: skip
    return AgentDecision(**(common | values))


async def test_twins_are_refused(store: Store, user_id: str) -> None:
    event = {
        "decision_id": "D",
        "version": 1,
        "actor": "1",
        "door": Door.CLI,
        "action": DecisionAction.APPROVE,
    }
    async with store.read() as session:
        task_id = (await session.scalars(sa.select(AgentTask.id))).one()
        for rows in (
            [User(sleeper_user_id="1", sleeper_username="a", display_name="A")],
            [League(id="L", user_id=user_id, name="Again", season="2024")],
            [Roster(id="other", league_id="L", roster_id=1)],
            [LeagueMember(league_id="L", user_id="1", display_name="Again")],
            [DecisionEvent(**event), DecisionEvent(**event)],
            [a_decision(user_id, task_id=task_id)],
        ):
            with pytest.raises(IntegrityError):
                async with session.begin_nested():
                    session.add_all(rows)
            session.expunge_all()


async def test_the_same_question_may_be_asked_again_once_it_is_closed(store: Store, user_id: str) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(sa.update(AgentDecision).values(closed_at=NOW))
        task_id = (await session.scalars(sa.select(AgentTask.id))).one()
        session.add_all(
            [a_decision(user_id, task_id=task_id), a_decision(user_id, task_id=task_id, closed_at=NOW)]
        )

    await store.write(work)
    assert await count(store, AgentDecision) == 3


@pytest.mark.parametrize("confidence", [-1, 101])
async def test_confidence_is_a_percentage(store: Store, user_id: str, confidence: int) -> None:
    with pytest.raises(IntegrityError):
        await add_decision(store, user_id, expires_at=NOW, subject="other", confidence=confidence)


SEED_INDEXES = {
    ("users", ("sleeper_user_id",)),
    ("players", ("full_name",)),
    ("players", ("position",)),
    ("players", ("team",)),
    ("players", ("injury_status",)),
    ("players", ("position", "team")),
    ("player_stats", ("player_id",)),
    ("player_stats", ("player_id", "season", "week")),
}


async def test_every_index_of_the_first_design_is_there(session: AsyncSession) -> None:
    def indexed(connection: sa.Connection) -> set[tuple[str, tuple[Any, ...]]]:
        inspector = sa.inspect(connection)
        return {
            (table, tuple(found["column_names"]))  # type: ignore[arg-type]
            for table in {table for table, _ in SEED_INDEXES}
            for found in (*inspector.get_indexes(table), *inspector.get_unique_constraints(table))
        }

    assert await (await session.connection()).run_sync(indexed) >= SEED_INDEXES


async def test_named_indexes_and_the_partial_ones(session: AsyncSession) -> None:
    def look(connection: sa.Connection) -> dict[str | None, Any]:
        inspector = sa.inspect(connection)
        tables = ("players", "player_stats", "agent_decisions")
        return {found["name"]: found for table in tables for found in inspector.get_indexes(table)}

    found = await (await session.connection()).run_sync(look)
    assert {"idx_player_position_team", "idx_stats_player_season_week"} <= found.keys()
    assert found["uq_agent_decisions_open_subject"]["unique"]
    for name in ("ix_agent_decisions_open", "uq_agent_decisions_open_subject"):
        options = found[name]["dialect_options"]
        where = next(str(value) for key, value in options.items() if key.endswith("_where"))
        assert "closed_at IS NULL" in where


async def test_foreign_keys_are_indexed(session: AsyncSession) -> None:
    """Deleting a parent looks for its children by these columns."""

    def bare(connection: sa.Connection) -> set[str]:
        inspector = sa.inspect(connection)
        missing = set()
        for table in inspector.get_table_names():
            begins = {found["column_names"][0] for found in inspector.get_indexes(table)}
            begins |= {found["column_names"][0] for found in inspector.get_unique_constraints(table)}
            begins |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
            for key in inspector.get_foreign_keys(table):
                if key["constrained_columns"][0] not in begins:
                    missing.add(f"{table}.{key['constrained_columns'][0]}")
        return missing

    # Rare to delete, and few rows: a decider, a decision that replaced another, a trending player, a policy.
    assert await (await session.connection()).run_sync(bare) <= {
        "agent_decisions.decided_by", "agent_decisions.superseded_by", "trending_players.player_id",
        "policies.league_id",
    }  # fmt: skip
