"""The plans of what is asked all day: by an index, and reading little more than what is given."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from fantasy_tui.crud import decision, decision_events, history, proof, settle, sync_state, track
from fantasy_tui.crud.player import weekly_stats
from fantasy_tui.database import bulk
from fantasy_tui.database.engine import make_engine
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    DecisionEvent,
    Game,
    League,
    Player,
    PlayerStats,
    SyncState,
    User,
)

NOW = datetime(2024, 11, 10, 15, tzinfo=UTC)
AHEAD, PAST = NOW + timedelta(hours=3), NOW - timedelta(days=90)
USER = "u3"
USERS, OWN, OPEN = 12, 1000, 20
"""Decisions of each user; so many of them are open, and as many are approved and can still be done."""
ALIASES = ("decision_events_1",)
LARGE = ("agent_decisions", "decision_events", "player_stats", "sync_state")
Row = dict[str, Any]


def decisions() -> Iterator[Row]:
    """In turns, as they come to be: a user's rows lie far from each other."""
    for place in range(OWN):
        is_open, is_over = place >= OWN - OPEN, place < OWN - 2 * OPEN
        for user in range(USERS):
            yield {
                "id": f"{place}-{user}", "user_id": f"u{user}", "league_id": f"l{user}{place % 2}", "roster_id": 1,
                "task_id": f"t{user}", "decision_type": "sit_start", "season": str(2015 + place // 110) if is_over else "2024",
                "week": 1 + place // 6 % 18 if is_over else 10, "subject": str(place),
                "recommendation": {"summary": "Start him", "long": "x" * 600}, "reasoning": "because",
                "confidence_score": 60, "expected_gain": float(place % 7), "model_version": "made-up",
                "user_approved": None if is_open else place % 3 > 0 or not is_over, "executed": is_over,
                "settles_week": 10, "settled_at": PAST if is_over else None,
                "outcome": {"right": True, "gain": 1.0} if is_over else None,
                "expires_at": PAST + timedelta(minutes=place) if is_over else AHEAD + timedelta(hours=place % 6),
                "closed_at": None if is_open else PAST, "version": 2, "created_at": PAST, "updated_at": PAST,
            }  # fmt: skip


def events() -> Iterator[Row]:
    for one in decisions():
        for version, (door, action) in enumerate((("agent", "propose"), ("tui", "approve")), 1):
            yield {
                "id": f"{one['id']}/{version}", "decision_id": one["id"], "version": version,
                "at": one["expires_at"] - timedelta(days=4 - version), "actor": one["user_id"], "door": door,
                "action": action, "before": None, "after": None, "note": None, "machine": None, "replayed_at": None,
            }  # fmt: skip


def others() -> Iterator[tuple[type[Any], list[Row]]]:
    stamps = {"created_at": PAST, "updated_at": PAST}
    users = [f"u{n}" for n in range(USERS)]
    yield (
        User,
        [
            {"id": user, "sleeper_user_id": user, "sleeper_username": user, "display_name": user}
            for user in users
        ],
    )
    yield League, [
        {"id": f"l{n}{which}", "user_id": f"u{n}", "name": "League", "season": "2024"}
        for n in range(USERS) for which in "01"
    ]  # fmt: skip
    yield AgentTask, [{"id": f"t{n}", "user_id": f"u{n}", "task_type": "sit_start"} for n in range(USERS)]
    yield (
        Game,
        [
            {
                "season": "2024",
                "week": 10,
                "home": "KC",
                "away": "BUF",
                "gameday": NOW.date(),
                "kickoff": AHEAD,
            }
        ],
    )
    yield (
        SyncState,
        [
            {"resource": f"league/{n // 50}/matchups/{n % 50}", "checked_at": NOW, "changed_at": NOW}
            for n in range(8000)
        ],
    )
    yield Player, [{"player_id": str(n)} for n in range(100)]
    yield PlayerStats, [
        {"id": f"{player}:{season}:{week}", "player_id": str(player), "season": str(season), "week": week, **stamps}
        for season in range(2015, 2025) for week in range(1, 19) for player in range(100)
    ]  # fmt: skip


async def fill(session: AsyncSession) -> None:
    async def write(model: type[Any], rows: Sequence[Row]) -> None:
        await bulk.write(await session.connection(), model.__table__, bulk.pages(iter(rows)))

    for model, rows in others():
        await write(model, rows)
    await write(AgentDecision, list(decisions()))
    await write(DecisionEvent, list(events()))


@pytest.fixture
async def full(database_url: str) -> AsyncIterator[AsyncSession]:
    """Enough rows of others for a scan of everything to be told from an index, and what ANALYZE finds of them."""
    engine = make_engine(database_url, poolclass=NullPool)
    async with engine.connect() as connection, AsyncSession(connection) as session:
        await fill(session)
        if connection.dialect.name == "postgresql":  # nobody does so on SQLite
            await session.execute(sa.text("ANALYZE"))
        yield session
        await session.rollback()
    await engine.dispose()


Ask = Callable[[AsyncSession], Awaitable[Any]]
PAGE = 10


async def second_page(session: AsyncSession) -> Any:
    first = await decision.pending(session, USER, NOW, PAGE)
    return await decision.pending(session, USER, NOW, PAGE, after=decision.place_of(first[-1][0]))


async def older(session: AsyncSession) -> Any:
    place = history.Place(PAST + timedelta(minutes=OWN // 2), "x", 1)
    return await history.page(session, USER, history.Wanted(), limit=PAGE, older_than=place)


week_keys = sa.select(PlayerStats.id, PlayerStats.source_hash).where(
    PlayerStats.season == "2024", PlayerStats.week == 3
)

# What is asked, and how many rows of the large tables may be read for it, those thrown away included.
ASKED: dict[str, tuple[Ask, int]] = {
    "queue": (lambda s: decision.pending(s, USER, NOW, PAGE), 3 * OPEN),
    "queue, two pages": (second_page, 6 * OPEN),
    "reports": (lambda s: decision.pending(s, USER, NOW, PAGE, actionable=False), 2 * OPEN),
    "counts": (lambda s: decision.terms(s, USER, NOW), 2 * OPEN),
    "deadlines": (lambda s: decision.any_late(s, USER, NOW), 2 * OPEN),
    "by the beginning of its id": (lambda s: decision.find(s, "517-", USER), 2 * USERS),
    "same question": (lambda s: same_question(s), 60),
    "to do": (lambda s: proof.approved_open(s, USER, NOW), 2 * OPEN),
    "undo": (lambda s: decision_events.last_answer(s, USER, NOW), 20 * OPEN),
    "redo": (lambda s: decision_events.last_undone(s, USER, NOW), 20 * OPEN),
    "history": (lambda s: history.page(s, USER, history.Wanted(), limit=PAGE), 4 * PAGE),
    "older history": (older, 4 * PAGE),
    "settled": (lambda s: settle.settled(s, USER), OWN),
    "what has ended": (lambda s: settle.ended(s, USER, NOW), 6 * OPEN),
    "past calls": (lambda s: track.past_calls(s, USER), OWN),
    "ages": (lambda s: sync_state.ages(s, ["league/7/matchups/3", "players"]), 2),
    "a player's season": (lambda s: weekly_stats(s, "7", "2024"), 18),
    "a week": (lambda s: s.execute(week_keys), 100),
}


async def same_question(session: AsyncSession) -> Any:
    return await decision.of_subject(session, await session.get_one(AgentDecision, "5-3"))


@contextmanager
def heard(session: AsyncSession) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are sent meanwhile."""
    said: list[tuple[str, Any]] = []
    connection = session.sync_session.connection()

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    sa.event.listen(connection, "before_cursor_execute", hear)
    yield said
    sa.event.remove(connection, "before_cursor_execute", hear)


async def test_every_plan(full: AsyncSession) -> None:
    is_postgres = full.get_bind().dialect.name == "postgresql"
    wrong = []
    for what, (ask, most) in ASKED.items():
        full.expunge_all()
        with heard(full) as said:
            await ask(full)
        assert said, what
        plans = [await (analysed if is_postgres else planned)(full, *one) for one in said]
        read = sum(rows for rows, _ in plans)
        scanned = [line for _, lines in plans for line in lines]
        if scanned or read > most:
            wrong.append(f"{what}: reads {read} rows, {most} at most; {scanned}")
    assert not wrong, "\n".join(wrong)


async def analysed(session: AsyncSession, statement: str, parameters: Any) -> tuple[int, list[str]]:
    """Rows of the large tables that Postgres reads for it, and where it reads all of one."""
    connection = await session.connection()
    answer = await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
    plan = answer.scalar_one()
    nodes = [json.loads(plan)[0]["Plan"] if isinstance(plan, str) else plan[0]["Plan"]]
    read, scanned = 0, []
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if node.get("Relation Name") in LARGE:
            thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
            read += round((node["Actual Rows"] + thrown) * node["Actual Loops"])
            if node["Node Type"] == "Seq Scan":
                scanned.append(f"all of {node['Relation Name']}: {node.get('Filter')}")
    return read, scanned


async def planned(session: AsyncSession, statement: str, parameters: Any) -> tuple[int, list[str]]:
    """Where SQLite reads all of a large table; it does not tell how many rows that are."""
    connection = await session.connection()
    answer = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [str(row.detail) for row in answer]
    return 0, [step for step in steps if step.startswith("SCAN") and step.split()[1] in (*LARGE, *ALIASES)]
