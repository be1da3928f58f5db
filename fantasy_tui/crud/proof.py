"""Queries about whether approved decisions were carried out: what Sleeper shows, and what was made of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.decision import Named, change
from fantasy_tui.crud.settle import week_points
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.models import (
    AgentDecision,
    DecisionAction,
    Door,
    Game,
    League,
    Matchup,
    Roster,
    Transaction,
)

WATCHED_FOR = timedelta(days=14)
"""So long after its deadline an approved decision is looked for in Sleeper: offers are answered late."""
LISTED_FOR = timedelta(days=7)
"""So long after its deadline one is still listed that nothing is known of, or of which a part can be done."""
_TO_DO = ("open", "partly")


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved decision that no sync has seen carried out, as it was read."""

    id: str
    version: int
    league_id: str
    roster_id: int
    season: str
    week: int
    recommendation: dict[str, Any]
    taken: dict[str, Any] | None
    """The answer, with the edited document where it was edited."""
    created_at: datetime
    expires_at: datetime
    proof: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Move:
    """A transaction of a league."""

    at: datetime
    """When it went through or failed."""
    complete: bool
    roster_ids: frozenset[int]
    adds: Mapping[str, int]
    """Player to the roster that received him."""
    drops: Mapping[str, int]
    """Player to the roster that gave him up."""
    notes: str | None
    """Why it failed, in Sleeper's words."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One league in one week, as the last sync found it."""

    teams: Mapping[int, frozenset[str]]
    """Roster to the players on it now."""
    lineups: Mapping[int, tuple[str, ...]]
    """Roster to the line-up that scores in the week; "0" is an empty slot."""
    moves: tuple[Move, ...]
    """Since the week began for the league, oldest first."""
    kickoffs: Mapping[str, datetime]
    """NFL team to its kickoff in the week."""
    lineups_at: datetime | None
    """When the line-ups were last confirmed."""
    teams_at: datetime | None
    """When the rosters were last confirmed."""
    stats_at: datetime | None
    """When the week's stats were last confirmed."""


def _unproven(user_id: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        AgentDecision.user_id == user_id,
        AgentDecision.user_approved.is_(True),
        AgentDecision.executed.is_(False),
        AgentDecision.expires_at > since,
    )


async def approved(session: AsyncSession, user_id: str, now: datetime) -> list[Approved]:
    """The user's approved decisions that are still looked for, by league and week."""
    rows = await session.execute(
        select(
            AgentDecision.id,
            AgentDecision.version,
            AgentDecision.league_id,
            AgentDecision.roster_id,
            AgentDecision.season,
            AgentDecision.week,
            AgentDecision.recommendation,
            AgentDecision.user_action_taken,
            AgentDecision.created_at,
            AgentDecision.expires_at,
            AgentDecision.proof,
        )
        .where(*_unproven(user_id, now - WATCHED_FOR))
        .order_by(AgentDecision.league_id, AgentDecision.season, AgentDecision.week, AgentDecision.id)
    )
    return [Approved(*row) for row in rows]


async def approved_open(session: AsyncSession, user_id: str, now: datetime) -> list[Named]:
    """Approved decisions to carry out in Sleeper: the nearest deadline ahead first, then those just missed.

    Past its deadline one is listed until a sync has looked, and while a part of it can still be done.
    """
    rows = await session.execute(
        select(AgentDecision, League.name)
        .join(League, League.id == AgentDecision.league_id)
        .where(*_unproven(user_id, now - LISTED_FOR))
        .order_by(AgentDecision.expires_at, AgentDecision.id)
    )
    found: list[Named] = [(row[0], row[1]) for row in rows if _to_do(row[0], now)]
    ahead = [named for named in found if named[0].expires_at > now]
    return ahead + [named for named in reversed(found) if named[0].expires_at <= now]


def _to_do(decision: AgentDecision, now: datetime) -> bool:
    proof = decision.proof
    if proof is None:
        return True
    undone = [step for step in proof["steps"] if not step["done"]]
    in_time = decision.expires_at > now or any(not step.get("late", False) for step in undone)
    return proof["state"] in _TO_DO and in_time


async def seen(session: AsyncSession, league_id: str, season: str, week: int) -> Seen:
    """What the last sync knows of a league's week and of its rosters now."""
    teams: dict[int, frozenset[str]] = {}
    lineups: dict[int, tuple[str, ...]] = {}
    rosters = await session.execute(
        select(Roster.roster_id, Roster.players, Roster.starters).where(Roster.league_id == league_id)
    )
    for row in rosters:
        teams[row.roster_id] = frozenset(row.players or ())
        lineups[row.roster_id] = tuple(row.starters or ())
    matchups = await session.execute(
        select(Matchup.roster_id, Matchup.starters).where(
            Matchup.league_id == league_id, Matchup.week == week
        )
    )
    of_teams, of_lineups = f"league/{league_id}/rosters", f"league/{league_id}/matchups/{week}"
    of_stats = f"stats/{season}/{week}"
    checked = await ages(session, (of_teams, of_lineups, of_stats))
    teams_at = checked.get(of_teams)
    lineups_at = teams_at
    for roster_id, starters in matchups:
        if starters:
            # The matchup's line-up is the one that scores; before it is known the roster's stands in.
            lineups[roster_id] = tuple(starters)
            lineups_at = checked.get(of_lineups)
    return Seen(
        teams=teams,
        lineups=lineups,
        moves=await _moves(session, league_id, week),
        kickoffs=await _kickoffs(session, season, week),
        lineups_at=lineups_at,
        teams_at=teams_at,
        stats_at=checked.get(of_stats),
    )


async def _moves(session: AsyncSession, league_id: str, week: int) -> tuple[Move, ...]:
    at = func.coalesce(Transaction.status_updated, Transaction.created)
    rows = await session.scalars(
        select(Transaction)
        # A claim of one week may be decided in the next; one asked for in the week before is decided in this.
        .where(Transaction.league_id == league_id, Transaction.week >= week - 1)
        .order_by(at, Transaction.transaction_id)
    )
    return tuple(
        Move(
            row.status_updated or row.created,
            row.status == "complete",
            frozenset(row.roster_ids or ()),
            row.adds or {},
            row.drops or {},
            (row.details or {}).get("notes"),
        )
        for row in rows
    )


async def _kickoffs(session: AsyncSession, season: str, week: int) -> dict[str, datetime]:
    games = await session.execute(
        select(Game.home, Game.away, Game.kickoff).where(Game.season == season, Game.week == week)
    )
    return {team: game.kickoff for game in games for team in (game.home, game.away)}


async def took_part(
    session: AsyncSession, league_id: str, season: str, week: int, players: Collection[str]
) -> frozenset[str]:
    """Those of the players who were on the field in the week, as far as its stats are stored."""
    scored = await week_points(session, league_id, season, week, players)
    return scored.took_part if scored is not None else frozenset()


async def write_proof(
    session: AsyncSession,
    decision: Approved,
    proof: dict[str, Any],
    *,
    executed: bool,
    note: str,
    at: datetime,
) -> bool:
    """Store what was seen with its audit event; False when the decision was changed since it was read."""
    row = await session.get(AgentDecision, decision.id)
    if row is None or row.version != decision.version:
        return False
    return await change(
        session,
        row,
        {"proof": proof, "executed": executed},
        action=DecisionAction.APPLY,
        actor=row.user_id,
        door=Door.SYNC,
        at=at,
        note=note,
    )
