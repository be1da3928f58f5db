"""Everything of one user's, piece by piece: what is yours leaves with you."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.base import Base, table_of
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    DecisionEvent,
    League,
    LeagueMember,
    Matchup,
    Policy,
    Roster,
    TradedPick,
    Transaction,
    User,
)

PAGE = 200
"""Decisions or tasks read at a time."""
_OURS_ALONE = {"source_hash", "last_synced"}
"""Columns that only say how rows are kept up to date."""

Json = dict[str, Any]
Piece = tuple[str, Json]


async def pieces(session: AsyncSession, user_id: str) -> AsyncIterator[Piece]:
    """("user", row) once, then leagues, tasks, policies, decisions and events, always in the same order.

    A league has its rosters, members, matchups, transactions and traded picks with it, a decision its events;
    ("events", row) are the user's own of decisions that are not stored any more. All are of one instant.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    for row in await _rows(session, User, User.id == user_id):
        yield "user", row
    async for league in _leagues(session, user_id):
        yield "leagues", league
    async for page in _pages(session, AgentTask, AgentTask.user_id == user_id):
        for row in page:
            yield "tasks", row
    for row in await _rows(session, Policy, Policy.user_id == user_id):
        yield "policies", row
    async for page in _pages(session, AgentDecision, AgentDecision.user_id == user_id):
        events = await _events_of(session, [row["id"] for row in page])
        for row in page:
            yield "decisions", row | {"events": events.get(row["id"], [])}
    own = sa.select(AgentDecision.id).where(AgentDecision.user_id == user_id)
    gone = sa.and_(DecisionEvent.actor == user_id, DecisionEvent.decision_id.not_in(own))
    async for page in _pages(session, DecisionEvent, gone):
        for row in page:
            yield "events", row


async def _leagues(session: AsyncSession, user_id: str) -> AsyncIterator[Json]:
    mine = await get_user_leagues(session, user_id) + await get_user_leagues(session, user_id, left=True)
    for league_id in sorted(league.id for league in mine):
        (league,) = await _rows(session, League, League.id == league_id)
        del league["user_id"]  # somebody else's, where somebody else brought the league
        for name, model in (
            ("rosters", Roster),
            ("members", LeagueMember),
            ("matchups", Matchup),
            ("transactions", Transaction),
            ("traded_picks", TradedPick),
        ):
            league[name] = await _rows(session, model, table_of(model).c.league_id == league_id)
        yield league


async def _rows(session: AsyncSession, model: type[Base], where: sa.ColumnElement[bool]) -> list[Json]:
    """The rows in the order of their keys."""
    table = table_of(model)
    found = await session.execute(sa.select(table).where(where).order_by(*table.primary_key.columns))
    return [_plain(row) for row in found.mappings()]


async def _pages(
    session: AsyncSession, model: type[Base], where: sa.ColumnElement[bool]
) -> AsyncIterator[Sequence[Json]]:
    """The rows in the order of their ids, a page at a time."""
    key = table_of(model).c.id
    asked = sa.select(table_of(model)).where(where).order_by(key).limit(PAGE)
    last = ""
    while page := [_plain(row) for row in (await session.execute(asked.where(key > last))).mappings()]:
        yield page
        last = page[-1]["id"]


async def _events_of(session: AsyncSession, decision_ids: Collection[str]) -> dict[str, list[Json]]:
    """By decision, what happened to it, the oldest first."""
    events: dict[str, list[Json]] = {}
    table = table_of(DecisionEvent)
    found = await session.execute(
        sa.select(table)
        .where(table.c.decision_id.in_(decision_ids))
        .order_by(table.c.decision_id, table.c.version)
    )
    for row in found.mappings():
        events.setdefault(row["decision_id"], []).append(_plain(row))
    return events


def _plain(row: Mapping[Any, Any]) -> Json:
    return {name: value for name, value in row.items() if name not in _OURS_ALONE}
