"""A member's role: exactly what the app needs, given by the owner alone, and enough for all of the app."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.agents.tasks import Tasks
from fantasy_tui.clock import set_clock
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.user import find_user_id, update_user_preferences
from fantasy_tui.database import migrate
from fantasy_tui.database.base import Base
from fantasy_tui.database.errors import MigrationFailed, NotYours
from fantasy_tui.database.revision import HEAD
from fantasy_tui.database.roles import PRIVILEGES, RoleRefused, make_member
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, DecisionEvent, Door, League, Roster, User
from fantasy_tui.review import decide
from tests.decisions import add_decision, add_user
from tests.leagues import NOW, build
from tests.members import Roles, admin_in, roles, url_of
from tests.review import world
from tests.sleeper import fake
from tests.sleeper.fake import FakeSleeper
from tests.sleeper.syncing import LATER, contents, run
from tests.views import NOW as FRIDAY


@pytest.fixture
async def made(cluster: Path, postgres_url: str) -> AsyncIterator[Roles]:
    async with roles(cluster, postgres_url) as made:
        yield made


@pytest.fixture
async def owner(postgres_url: str) -> AsyncIterator[Store]:
    store = Store(postgres_url)
    yield store
    await store.close()


@pytest.fixture
def sleeper() -> FakeSleeper:
    return FakeSleeper()


async def granted(url: str, role: str) -> dict[str, set[str]]:
    """What the role may do to each relation, by the catalogue."""
    store = Store(url)
    async with store.read() as session:
        found = await session.execute(
            sa.text(
                "SELECT relname, privilege FROM pg_class,"
                " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege"
                " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p')"
                " AND has_table_privilege(CAST(:role AS text), oid, privilege)"
            ),
            {"role": role},
        )
        rights: dict[str, set[str]] = {}
        for table, privilege in found:
            rights.setdefault(table, set()).add(privilege)
    await store.close()
    return rights


async def test_exactly_what_is_listed_is_granted(made: Roles, postgres_url: str) -> None:
    role = await made.login("member")
    await admin_in(postgres_url, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
    await make_member(postgres_url, role, None)
    listed = {
        table: {word.strip() for word in what.partition(", UPDATE (")[0].split(",")}
        for table, what in PRIVILEGES.items()
    }
    assert await granted(postgres_url, role) == listed
    assert set(PRIVILEGES) == {*Base.metadata.tables, "alembic_version", "people"}, (
        "a new table needs its rights"
    )
    assert "UPDATE" not in listed["decision_events"] | listed["users"]


async def test_the_sql_can_be_run_by_hand_instead(made: Roles, owner: Store, postgres_url: str) -> None:
    bob = await add_user(owner, "2", "Bob")
    role = await made.login("member")
    shown = await make_member(postgres_url, role, "BOB", apply=False)
    assert await granted(postgres_url, role) == {}
    await admin_in(postgres_url, *shown)
    assert set(await granted(postgres_url, role)) == set(PRIVILEGES)
    store = Store(url_of(postgres_url, role))
    async with store.read() as session:
        assert await find_user_id(session) == bob
    await store.close()


async def test_a_role_is_one_users_and_can_be_given_to_another(
    made: Roles, owner: Store, postgres_url: str
) -> None:
    ids = {name: await add_user(owner, name, name) for name in ("ann", "bob")}
    role = await made.login("member")
    for name in ("ann", "bob", "ann"):
        await make_member(postgres_url, role, name)
        store = Store(url_of(postgres_url, role))
        async with store.read() as session:
            assert list(await session.scalars(sa.select(User.id))) == [ids[name]]
        await store.close()


@pytest.mark.parametrize("options", ["SUPERUSER", "BYPASSRLS", "IN ROLE postgres"])
async def test_a_role_that_sees_all_is_no_member(made: Roles, postgres_url: str, options: str) -> None:
    role = await made.login("mighty", options)
    with pytest.raises(RoleRefused, match="sees every row whatever it is granted"):
        await make_member(postgres_url, role, None)


async def test_what_cannot_be_is_one_sentence(
    made: Roles, owner: Store, postgres_url: str, sqlite_url: str
) -> None:
    member = await made.member("member")
    role = made.names[0]
    for url, name, username, said in (
        (postgres_url, "nobody_such", None, "There is no role “nobody_such”"),
        (
            postgres_url,
            role,
            "stranger",
            "User “stranger” is not stored here: run `fantasy-tui sync stranger` first.",
        ),
        (member, role, None, "Only the owner of the tables"),
        (sqlite_url, role, None, "has no roles"),
    ):
        with pytest.raises(RoleRefused, match=r"^[^\n]+\.$") as refused:
            await make_member(url, name, username)
        assert said in str(refused.value)


async def test_the_schema_is_the_owners_to_upgrade(made: Roles, postgres_url: str) -> None:
    member = await made.member("member")
    store = Store(member)
    await store.prepare()
    assert await migrate.check(member) == []
    await admin_in(postgres_url, "UPDATE alembic_version SET version_num = '0005'")
    try:
        for attempt in (store.prepare, lambda: migrate.upgrade(member)):
            with pytest.raises(
                MigrationFailed, match="its owner has to run `fantasy-tui db upgrade`"
            ) as refused:
                await attempt()
            assert "\n" not in str(refused.value)
    finally:
        await admin_in(postgres_url, f"UPDATE alembic_version SET version_num = '{HEAD}'")
        await store.close()


@pytest.mark.parametrize("bound", [True, False])
async def test_a_member_syncs_runs_agents_and_decides(
    made: Roles, owner: Store, bound: bool, sleeper: FakeSleeper
) -> None:
    if bound:
        await add_user(owner, fake.ME, "tester")
    store = Store(await made.member("member", "tester" if bound else None))
    report = await run(store, sleeper)
    assert report.skipped == ()
    assert (await run(store, sleeper, now=LATER)).changed == 0
    async with store.read() as session:
        assert await find_user_id(session) == report.user_id
        assert {user.id for user in await session.scalars(sa.select(User))} == {report.user_id}
        assert await session.scalar(sa.select(sa.func.count()).select_from(Roster)) == 5
    await store.write(lambda session: update_user_preferences(session, report.user_id, {"a": 1}))
    await store.close()


async def test_a_bound_role_brings_nobody_elses_rows(made: Roles, owner: Store, sleeper: FakeSleeper) -> None:
    await add_user(owner, "7", "Bob")
    store = Store(await made.member("bob", "bob"))
    before = await contents(owner)
    with pytest.raises(NotYours):  # new here
        await run(store, sleeper)
    assert await contents(owner) == before
    await add_user(owner, fake.ME, "tester")
    before = await contents(owner)
    with pytest.raises(NotYours):  # and known
        await run(store, sleeper)
    assert await contents(owner) == before
    await store.close()


async def test_agents_queue_approve_and_undo_as_a_member(
    made: Roles, owner: Store, clock_reset: None
) -> None:
    user = await owner.write(build)
    set_clock(NOW)
    store = Store(await made.member("manager", "manager"))
    store.act_for(user)
    outcome, failures = await Tasks(store, user).run(AGENTS)
    assert failures == []
    assert outcome.written > 0
    chosen = await add_decision(store, user, expires_at=NOW + timedelta(hours=1), league_id="A")
    async with store.read() as session:
        assert chosen in {one.id for one, _ in await decisions.pending(session, user, NOW)}
    at: dict[str, Any] = {"actor": user, "door": Door.CLI, "now": NOW}
    await decide.approve(store, chosen, **at)
    with pytest.raises(decide.DecisionConflict, match="already approved by Manager"):
        await decide.approve(store, chosen, **at)
    await decide.undo(store, **at)
    await decide.redo(store, **at)
    async with owner.read() as session:
        told = await session.scalars(
            sa.select(DecisionEvent.action)
            .where(DecisionEvent.decision_id == chosen)
            .order_by(DecisionEvent.version)
        )
        assert [one.value for one in told] == ["propose", "approve", "undo", "redo"]
    await store.close()


async def test_the_queue_is_read_by_its_index_and_asks_once_who_it_is(made: Roles, owner: Store) -> None:
    ann = await world.build(owner)
    bob = await add_user(owner, "2", "Bob")
    for user in (ann, bob):
        for number in range(3):
            await world.propose(owner, user, world.SIT, subject=str(number))
    await owner.write(_many)
    await admin_in(owner.url, "ANALYZE")
    store = Store(await made.member("bob", "bob"))
    async with store.read() as session:
        found = await decisions.pending(session, bob, FRIDAY)
        assert len(found) == 3
        queue = (
            sa.select(AgentDecision, League.name)
            .join(League, League.id == AgentDecision.league_id)
            .where(
                AgentDecision.user_id == bob,
                AgentDecision.closed_at.is_(None),
                AgentDecision.expires_at > NOW,
            )
        )
        sql = str(queue.compile(dialect=session.get_bind().dialect, compile_kwargs={"literal_binds": True}))
        plan = json.dumps(
            await session.scalar(sa.text("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace(":", "\\:")))
        )
    assert "ix_agent_decisions_open" in plan
    assert plan.count('"InitPlan"') == 1
    assert "fantasy_current_user" not in plan, "asked in the InitPlan alone"
    await store.close()


async def _many(session: AsyncSession) -> None:
    """Decisions of the past, of many others."""
    await session.execute(
        sa.text(
            "INSERT INTO agent_decisions SELECT (jsonb_populate_record(d, jsonb_build_object("
            "'id', gen_random_uuid(), 'closed_at', d.expires_at, 'version', 1))).*"
            " FROM agent_decisions d, generate_series(1, 1000)"
        )
    )
