"""Another's rows are neither seen nor changed, by the app's own functions or by SQL of one's own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import decision_events as trail
from fantasy_tui.crud import policy as policies
from fantasy_tui.crud import task as tasks
from fantasy_tui.crud import user as users
from fantasy_tui.database.acting import SETTING
from fantasy_tui.database.errors import NotYours, StoreUnreachable
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskStatus,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
    Policy,
    User,
)
from fantasy_tui.review import decide
from fantasy_tui.review.queue import DecisionNotFound
from tests.decisions import add_user
from tests.members import Roles, roles
from tests.review import world
from tests.views import NOW, SUNDAY

CLI: dict[str, Any] = {"door": Door.CLI, "now": NOW}


@dataclass
class Two:
    """Ann has a decision that waits, one that is answered, a task and a rule; Bob is connected."""

    owner: Store
    ann: str
    bob: str
    waits: str
    answered: str
    rule: str
    roles: Roles
    store: Store
    """Bob's."""

    async def of_ann(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything of Ann's, as the owner of the tables sees it."""
        async with self.owner.read() as session:
            return {
                table: sorted(tuple(row) for row in await session.execute(sa.text(sql), {"ann": self.ann}))
                for table, sql in _OF_ANN.items()
            }


_OF_ANN = {
    "users": "SELECT users::text FROM users WHERE id = :ann",
    "agent_tasks": "SELECT t::text FROM agent_tasks t WHERE user_id = :ann",
    "agent_decisions": "SELECT d::text FROM agent_decisions d WHERE user_id = :ann",
    "policies": "SELECT p::text FROM policies p WHERE user_id = :ann",
    "decision_events": "SELECT e::text FROM decision_events e WHERE actor = :ann OR decision_id IN"
    " (SELECT id FROM agent_decisions WHERE user_id = :ann)",
}


@pytest.fixture(params=["role", "setting"])
async def two(request: pytest.FixtureRequest, cluster: Path, postgres_url: str) -> AsyncIterator[Two]:
    """Bob by a role of his own, or by what his connection says of itself."""
    owner = Store(postgres_url)
    ann = await world.build(owner)
    bob = await add_user(owner, "2", "Bob")
    waits = await world.propose(owner, ann, world.SIT)
    answered = await world.propose(owner, ann, world.SIT, subject="other")
    await decide.reject(owner, answered, actor=ann, **CLI)
    rule = Policy(user_id=ann, decision_type=AgentTaskType.SIT_START, minimum_confidence=90, maximum_loss=1.0)

    async def more(session: AsyncSession) -> None:
        await policies.add_rule(session, rule)
        await users.update_user_choices(session, ann, preferences={"secret": "plan"})

    await owner.write(more)
    async with roles(cluster, postgres_url) as made:
        store = Store(await made.member("bob", "bob" if request.param == "role" else None))
        store.act_for(bob)
        yield Two(owner, ann, bob, waits, answered, rule.id, made, store)
        await store.close()
        await owner.close()


async def test_nothing_of_anothers_is_read(two: Two) -> None:
    async with two.store.read() as session:
        for model in (AgentTask, AgentDecision, DecisionEvent, Policy):
            assert (await session.scalars(sa.select(model))).all() == []
        assert [user.id for user in await session.scalars(sa.select(User))] == [two.bob]
        assert await session.get(AgentDecision, two.waits) is None
        assert await decisions.find(session, two.waits, two.ann) is None
        assert await decisions.pending(session, two.ann, NOW) == []
        assert await trail.events(session, two.waits) == []
        assert await trail.last_answer(session, two.ann, NOW) is None
        assert await policies.rules(session, two.ann) == []
        assert await tasks.recent_tasks(session, two.ann) == []
        assert await users.get_user(session, two.ann) is None
        with pytest.raises(NotYours):
            await users.get_own(session, two.ann)
        assert (await session.execute(sa.text("SELECT preferences FROM users"))).scalars().all() == [{}]


async def test_but_who_uses_the_database_is_known_by_name(two: Two) -> None:
    async with two.store.read() as session:
        assert await users.find_user_id(session, "manager") == two.ann
        assert await users.find_user_id(session) == two.bob
        columns = set((await session.execute(sa.text("SELECT * FROM people"))).keys())
    assert columns == {"id", "sleeper_user_id", "sleeper_username", "display_name", "avatar", "created_at"}


async def test_nothing_of_anothers_is_decided_through_the_app(two: Two) -> None:
    before = await two.of_ann()
    for actor in (two.ann, two.bob):
        with pytest.raises(DecisionNotFound):
            await decide.approve(two.store, two.waits, actor=actor, **CLI)
        with pytest.raises(DecisionNotFound):
            await decide.reject(two.store, two.waits, actor=actor, **CLI)
        with pytest.raises(DecisionNotFound):
            await decide.snooze(two.store, two.waits, actor=actor, until=NOW, **CLI)
        with pytest.raises(decide.NothingToUndo):
            await decide.undo(two.store, actor=actor, **CLI)
        with pytest.raises(decide.NothingToUndo):
            await decide.redo(two.store, actor=actor, **CLI)

    async def change(session: AsyncSession) -> object:
        async with two.owner.read() as other:
            read = await other.get_one(AgentDecision, two.waits)
        return await decisions.change(
            session, read, {"executed": True}, action=DecisionAction.APPLY, actor=two.ann, door=Door.SYNC, at=NOW
        )  # fmt: skip

    async with two.owner.read() as session:
        task = (await tasks.recent_tasks(session, two.ann))[0].id
    for work, came in (
        (change, False),
        (lambda session: decisions.expire(session, two.ann, SUNDAY), 0),
        (lambda session: tasks.fail_abandoned_tasks(session, two.ann), 0),
        (lambda session: tasks.finish_task(session, task, AgentTaskStatus.CANCELLED), False),
        (lambda session: policies.remove_rule(session, two.rule), None),
    ):
        assert await two.store.write(work) == came
    with pytest.raises(NoResultFound):
        await two.store.write(lambda session: users.update_user_choices(session, two.ann, preferences={}))
    assert await two.of_ann() == before


_INSERT = (
    "INSERT INTO decision_events (id, decision_id, version, at, actor, door, action)"
    " VALUES ('x', :decision, {version}, now(), {actor}, 'cli', 'approve')"
)
_COPIED = (
    "INSERT INTO agent_tasks (id, user_id, task_type, status, progress_percentage)"
    " VALUES ('x', {user}, 'sit_start', 'completed', 100)"
)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agent_decisions SET user_approved = true, closed_at = now()",
        "UPDATE agent_decisions SET version = version + 1 WHERE id = :decision",
        "UPDATE agent_tasks SET status = 'failed'",
        "UPDATE policies SET enabled = true WHERE id = :rule",
        "DELETE FROM policies",
        "UPDATE users SET preferences = '{}' WHERE id = :ann",
        "SELECT 1 FROM users WHERE id = :ann FOR UPDATE",
    ],
)
async def test_sql_of_ones_own_finds_nothing(two: Two, sql: str) -> None:
    before = await two.of_ann()
    assert await rows(two, sql) == 0
    assert await two.of_ann() == before


@pytest.mark.parametrize(
    "sql",
    [
        # For another, by another, and in between another's own events.
        _COPIED.format(user=":ann"),
        "INSERT INTO policies (id, user_id, decision_type, minimum_confidence, maximum_loss, enabled)"
        " VALUES ('x', :ann, 'sit_start', 1, 99, true)",
        _INSERT.format(version=2, actor=":ann"),
        _INSERT.format(version=2, actor=":bob"),
        "INSERT INTO users (id, sleeper_user_id, sleeper_username, display_name, preferences, autonomous_mode,"
        " notification_settings) VALUES ('x', '9', 'x', 'x', '{}', false, '{}')",
        # What nobody may.
        "DELETE FROM agent_decisions", "DELETE FROM agent_tasks", "DELETE FROM decision_events",
        "UPDATE decision_events SET note = 'x'", "TRUNCATE decision_events", "TRUNCATE policies",
        "DELETE FROM leagues", "DELETE FROM users", "DELETE FROM players",
        "UPDATE users SET id = 'x'", "UPDATE users SET sleeper_user_id = 'x'",
        "UPDATE users SET database_role = session_user", "UPDATE users SET database_role = NULL",
        "UPDATE alembic_version SET version_num = 'x'",
        # The rules themselves.
        "ALTER TABLE agent_decisions DISABLE ROW LEVEL SECURITY", "DROP POLICY own ON agent_decisions",
        "CREATE TABLE more (id int)", "SET row_security = off; SELECT 1 FROM agent_decisions",
        "CREATE OR REPLACE VIEW people AS SELECT * FROM users",
        "SET SESSION AUTHORIZATION postgres", "SET ROLE postgres",
        "COPY agent_decisions TO PROGRAM 'true'",
    ],
)  # fmt: skip
async def test_sql_of_ones_own_is_refused(two: Two, sql: str) -> None:
    before = await two.of_ann()
    with pytest.raises(StoreUnreachable, match="lacks a right"):
        await rows(two, sql)
    assert await two.of_ann() == before


async def rows(two: Two, sql: str) -> int:
    """Run it as Bob, and commit; how many rows it found."""
    known = {"ann": two.ann, "bob": two.bob, "decision": two.waits, "rule": two.rule}
    wanted = {name: value for name, value in known.items() if f":{name}" in sql}

    async def work(session: AsyncSession) -> int:
        found: Any = None
        for statement in sql.split("; "):
            found = await session.execute(sa.text(statement), wanted)
        return len(found.all()) if found.returns_rows else int(found.rowcount)

    return await two.store.write(work)


async def test_a_role_that_is_bound_cannot_pass_for_another(cluster: Path, postgres_url: str) -> None:
    owner = Store(postgres_url)
    ann = await world.build(owner)
    await add_user(owner, "2", "Bob")
    await world.propose(owner, ann, world.SIT)
    async with roles(cluster, postgres_url) as made:
        store = Store(await made.member("bob", "bob"))
        store.act_for(ann)  # told at connect
        for lie in (
            "SELECT 1",
            f"SELECT set_config('{SETTING}', '{ann}', false)",
            # A table of one's own in front of the real one.
            "CREATE TEMPORARY TABLE users AS SELECT '{ann}'::text AS id, session_user::text AS database_role",
        ):
            assert await store.write(look(lie.format(ann=ann))) == [], lie
        await store.close()
    await owner.close()


def look(first: str) -> Callable[[AsyncSession], Awaitable[list[Any]]]:
    async def work(session: AsyncSession) -> list[Any]:
        await session.execute(sa.text(first))
        return list(await session.scalars(sa.select(AgentDecision.id)))

    return work


async def test_a_connection_that_names_nobody_sees_nobodys_rows(two: Two, postgres_url: str) -> None:
    store = Store(await two.roles.member("guest"))
    async with store.read() as session:
        for model in (AgentTask, AgentDecision, DecisionEvent, Policy, User):
            assert (await session.scalars(sa.select(model))).all() == []
    await store.close()


async def test_whose_it_is_can_change_while_connections_are_open(cluster: Path, postgres_url: str) -> None:
    owner = Store(postgres_url)
    ann = await world.build(owner)
    bob = await add_user(owner, "2", "Bob")
    waits = await world.propose(owner, ann, world.SIT)
    async with roles(cluster, postgres_url) as made:
        store = Store(await made.member("both"), pool_size=2, max_overflow=0)
        for user_id, seen in ((None, []), (ann, [waits]), (bob, []), (ann, [waits])):
            if user_id is not None:
                store.act_for(user_id)
            async with store.read() as one, store.read() as other:
                for session in (one, other):
                    assert list(await session.scalars(sa.select(AgentDecision.id))) == seen
                    # What a pool does to a connection that comes back.
                    await session.execute(sa.text("RESET ALL"))
        await store.close()
    await owner.close()


async def test_the_owner_sees_all_as_before(two: Two) -> None:
    two.owner.act_for(two.bob)
    async with two.owner.read() as session:
        assert await session.get(AgentDecision, two.waits) is not None
        assert await session.scalar(sa.select(sa.func.count()).select_from(User)) == 2
