"""Queries about how decisions came out: which can be settled, by what points, and how the settled ones did."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.decision import change
from fantasy_tui.crud.season import last_kickoffs
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.weeks import WEEK_ENDS_AFTER
from fantasy_tui.models import (
    AgentDecision,
    AgentTaskType,
    DecisionAction,
    Door,
    League,
    Matchup,
    PlayerStats,
)

# What Sleeper counts for whoever was on the field.
_TOOK_PART = ("gp", "off_snp", "def_snp", "st_snp")


@dataclass(frozen=True, slots=True)
class Ended:
    """A decision that no longer waits and has not been settled, as it was read."""

    id: str
    version: int
    season: str
    week: int
    recommendation: dict[str, Any]
    taken: dict[str, Any] | None
    """The answer, with the edited document where it was edited."""


@dataclass(frozen=True, slots=True)
class WeekPoints:
    """One league's week once it is final; a player who is not in `points` scored nothing."""

    points: dict[str, float]
    totals: dict[int, float]
    """Roster to its points, the commissioner's corrections included."""
    took_part: frozenset[str]
    """Those among the players asked for who were on the field."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled decision, as far as the record needs it."""

    kind: str
    confidence: int
    """0 to 100."""
    actionable: bool
    approved: bool | None
    """None for one that was left to expire."""
    right: bool
    gain: float
    done: float
    """The gain of what was approved: of the edit where it was edited."""
    plays: bool | None
    """Whether the injured player took part; none where that was not the question."""
    plays_probability: float | None
    automatic: bool = False
    """True for one that a rule approved."""


@dataclass(frozen=True, slots=True)
class Due:
    """The decisions that will be settled once one week is final."""

    season: str
    week: int
    final_at: datetime
    decisions: int


def _stands() -> ColumnElement[bool]:
    """Neither superseded nor withdrawn: answered, still open, or closed by its deadline."""
    return or_(
        AgentDecision.user_approved.is_not(None),
        AgentDecision.closed_at.is_(None),
        and_(
            AgentDecision.closed_at >= AgentDecision.expires_at,
            AgentDecision.superseded_by.is_(None),
        ),
    )


def _unsettled(user_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        AgentDecision.user_id == user_id,
        AgentDecision.settled_at.is_(None),
        AgentDecision.settles_week.is_not(None),
        _stands(),
    )


async def ended(session: AsyncSession, user_id: str, now: datetime) -> dict[str, list[Ended]]:
    """By league, the decisions that can be settled as soon as the points are known.

    Their weeks are over; they were answered, have expired, or never asked for an answer.
    """
    found: dict[str, list[Ended]] = {}
    no_longer_waits = or_(AgentDecision.closed_at.is_not(None), AgentDecision.actionable.is_(False))
    for season in await _seasons(session, user_id):
        last = await last_kickoffs(session, season)
        over = [week for week, kickoff in last.items() if kickoff + WEEK_ENDS_AFTER <= now]
        rows = await session.execute(
            select(
                AgentDecision.league_id,
                AgentDecision.id,
                AgentDecision.version,
                AgentDecision.season,
                AgentDecision.week,
                AgentDecision.recommendation,
                AgentDecision.user_action_taken,
            )
            .where(
                *_unsettled(user_id),
                no_longer_waits,
                AgentDecision.season == season,
                AgentDecision.settles_week.in_(over),
            )
            .order_by(AgentDecision.league_id, AgentDecision.id)
        )
        for row in rows:
            found.setdefault(row.league_id, []).append(Ended(*row[1:]))
    return found


async def _seasons(session: AsyncSession, user_id: str) -> list[str]:
    seasons = select(AgentDecision.season).where(*_unsettled(user_id)).distinct()
    return sorted(await session.scalars(seasons))


async def due(session: AsyncSession, user_id: str, league_id: str | None = None) -> Due | None:
    """The week whose end will settle the next decisions; none when nothing stands to be settled."""
    here = [*_unsettled(user_id)]
    if league_id is not None:
        here.append(AgentDecision.league_id == league_id)
    counts = await session.execute(
        select(AgentDecision.season, AgentDecision.settles_week, func.count())
        .where(*here)
        .group_by(AgentDecision.season, AgentDecision.settles_week)
    )
    known: dict[str, dict[int, datetime]] = {}
    nearest: Due | None = None
    for season, week, count in counts:
        if season not in known:
            known[season] = await last_kickoffs(session, season)
        if week in known[season]:
            final_at = known[season][week] + WEEK_ENDS_AFTER
            if nearest is None or final_at < nearest.final_at:
                nearest = Due(season, week, final_at, count)
    return nearest


async def confirmed_weeks(session: AsyncSession, league_id: str, season: str) -> frozenset[int]:
    """The weeks whose stats and whose matchups in the league were confirmed by Sleeper after their end."""
    last = await last_kickoffs(session, season)
    needed = {week: (f"stats/{season}/{week}", f"league/{league_id}/matchups/{week}") for week in last}
    checked = await ages(session, [resource for both in needed.values() for resource in both])
    confirmed = set()
    for week, kickoff in last.items():
        stamps = [checked.get(resource) for resource in needed[week]]
        if all(stamp is not None and stamp >= kickoff + WEEK_ENDS_AFTER for stamp in stamps):
            confirmed.add(week)
    return frozenset(confirmed)


async def week_points(
    session: AsyncSession, league_id: str, season: str, week: int, players: Collection[str]
) -> WeekPoints | None:
    """What these players and all rosters scored in the league's week; none when no stats of it are stored.

    Sleeper's own league points where a player was on a roster, else his stats by the league's scoring.
    """
    some = select(PlayerStats.id).where(PlayerStats.season == season, PlayerStats.week == week).limit(1)
    if await session.scalar(some) is None:
        return None
    scoring = await session.scalar(select(League.scoring_settings).where(League.id == league_id)) or {}
    rows = await session.execute(
        select(PlayerStats.player_id, PlayerStats.stats).where(
            PlayerStats.season == season, PlayerStats.week == week, PlayerStats.player_id.in_(players)
        )
    )
    stats = {player: line or {} for player, line in rows}
    points = {player: league_points(line, scoring) for player, line in stats.items()}
    totals = {}
    for matchup in await session.scalars(
        select(Matchup).where(Matchup.league_id == league_id, Matchup.week == week)
    ):
        points |= matchup.players_points or {}
        total = matchup.custom_points if matchup.custom_points is not None else matchup.points
        if total is not None:
            totals[matchup.roster_id] = total
    took_part = {player for player, line in stats.items() if any(line.get(key) for key in _TOOK_PART)}
    return WeekPoints(points, totals, frozenset(took_part))


async def write_outcome(
    session: AsyncSession, decision: Ended, outcome: dict[str, Any], at: datetime
) -> bool:
    """Settle a decision with its audit event, once; False when it was settled or changed since it was read."""
    row = await session.scalar(
        select(AgentDecision).where(AgentDecision.id == decision.id, AgentDecision.settled_at.is_(None))
    )
    if row is None or row.version != decision.version:
        return False
    return await change(
        session,
        row,
        {"outcome": outcome, "settled_at": at},
        action=DecisionAction.SETTLE,
        actor=row.user_id,
        door=Door.SYNC,
        at=at,
        note=_told(outcome),
    )


def _told(outcome: dict[str, Any]) -> str:
    """`right, +3.10 points`, and the edit's where there was one."""
    one, *edit = [
        f"{'right' if part['right'] else 'wrong'}, {part['gain']:+.2f} points"
        for part in (outcome, outcome.get("edit"))
        if part is not None
    ]
    return f"{one}; as edited {edit[0]}" if edit else one


async def settled(session: AsyncSession, user_id: str, league_id: str | None = None) -> list[Settled]:
    """A user's settled decisions, in one league or in all."""
    outcome = AgentDecision.outcome
    where = [AgentDecision.user_id == user_id, AgentDecision.settled_at.is_not(None)]
    if league_id is not None:
        where.append(AgentDecision.league_id == league_id)
    rows = await session.execute(
        select(
            AgentDecision.decision_type,
            AgentDecision.confidence_score,
            AgentDecision.actionable,
            AgentDecision.user_approved,
            outcome,
            # Of the others, whose documents are long, nothing is unpacked.
            case(
                (
                    AgentDecision.decision_type == AgentTaskType.INJURY_MONITORING,
                    AgentDecision.recommendation["plays_probability"].as_float(),
                )
            ),
            AgentDecision.user_action_taken["policy"].as_string(),
        )
        .where(*where)
        .order_by(AgentDecision.settled_at, AgentDecision.id)
    )
    return [
        Settled(
            kind=kind.value,
            confidence=confidence,
            actionable=actionable,
            approved=approved,
            right=result["right"],
            gain=result["gain"],
            done=result.get("edit", result)["gain"],
            plays=result.get("plays"),
            plays_probability=plays_probability,
            automatic=bool(approved) and policy is not None,
        )
        for kind, confidence, actionable, approved, result, plays_probability, policy in rows
    ]
