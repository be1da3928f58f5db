"""Queries about rules, and about the settled decisions that they are replayed over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.decision import of_subject
from fantasy_tui.models import AgentDecision, AgentTaskType, DecisionEvent, Door, League, Policy

_PERSONS = (Door.TUI, Door.CLI)

Named = tuple[Policy, str | None]
"""A rule and its league's name; none for every league."""


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A settled decision that asked for an answer."""

    id: str
    league_id: str
    league: str
    roster_id: int
    season: str
    week: int
    confidence: int
    """0 to 100."""
    recommendation: dict[str, Any]
    outcome: dict[str, Any]
    task_id: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """A decision that waited at some time, as far as links to others need it."""

    id: str
    league_id: str
    roster_id: int
    recommendation: dict[str, Any]
    taken: dict[str, Any] | None
    """The answer, with the edited document where it was edited."""
    approved: bool
    made_at: datetime
    ended_at: datetime
    """When it stopped waiting."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PastCall:
    """A settled call, as far as a rule's terms look at it."""

    confidence: int
    low: float | None
    """The lower end of the middle 68 % of the difference, league points."""
    right: bool


async def rules(session: AsyncSession, user_id: str) -> list[Named]:
    """A user's rules, the oldest first."""
    rows = await session.execute(
        select(Policy, League.name)
        .outerjoin(League, League.id == Policy.league_id)
        .where(Policy.user_id == user_id)
        .order_by(Policy.created_at, Policy.id)
    )
    return [(row[0], row[1]) for row in rows]


async def find_rule(
    session: AsyncSession, rule_id: str, user_id: str, *, lock: bool = False
) -> Policy | None:
    """A user's rule by its id, or by the beginning of one when only one begins so."""
    wanted = (
        select(Policy)
        .where(Policy.user_id == user_id, Policy.id.startswith(rule_id, autoescape=True))
        .limit(2)
    )
    if lock:
        wanted = wanted.with_for_update()
    found = list(await session.scalars(wanted))
    exact = [rule for rule in found if rule.id == rule_id] or found
    return exact[0] if len(exact) == 1 else None


async def add_rule(session: AsyncSession, rule: Policy) -> None:
    """Store a new rule."""
    session.add(rule)
    await session.flush()


async def remove_rule(session: AsyncSession, rule_id: str) -> None:
    """Forget a rule."""
    await session.execute(delete(Policy).where(Policy.id == rule_id))


async def switch_rule(
    session: AsyncSession, rule: Policy, *, enabled: bool, stopped: str | None = None
) -> None:
    """Switch a rule on or off; `stopped` says why where the app does it."""
    rule.enabled, rule.stopped = enabled, stopped
    await session.flush()


async def touched_by_person(session: AsyncSession, decision_id: str) -> bool:
    """True when a person has answered, put off or taken back anything on the same question."""
    decision = await session.get(AgentDecision, decision_id)
    if decision is None:
        return False
    same = [one.id for one in await of_subject(session, decision)]
    found = await session.scalar(
        select(DecisionEvent.id)
        .where(DecisionEvent.decision_id.in_(same), DecisionEvent.door.in_(_PERSONS))
        .limit(1)
    )
    return found is not None


def _settled(user_id: str, kind: AgentTaskType, league_id: str | None) -> list[ColumnElement[bool]]:
    where = [
        AgentDecision.user_id == user_id,
        AgentDecision.decision_type == kind,
        AgentDecision.actionable.is_(True),
        AgentDecision.settled_at.is_not(None),
    ]
    return where if league_id is None else [*where, AgentDecision.league_id == league_id]


async def past_calls(
    session: AsyncSession, user_id: str, kind: AgentTaskType, league_id: str | None
) -> list[PastCall]:
    """Settled decisions of a kind that asked for an answer, without their documents."""
    rows = await session.execute(
        select(
            AgentDecision.confidence_score,
            AgentDecision.recommendation[("middle", 0)].as_float(),
            AgentDecision.outcome,
        ).where(*_settled(user_id, kind, league_id))
    )
    return [PastCall(confidence, low, outcome["right"]) for confidence, low, outcome in rows]


async def past_decisions(
    session: AsyncSession, user_id: str, kind: AgentTaskType, league_id: str | None
) -> list[PastDecision]:
    """Settled decisions of a kind that asked for an answer, oldest first."""
    rows = await session.execute(
        select(AgentDecision, League.name)
        .join(League, League.id == AgentDecision.league_id)
        .where(*_settled(user_id, kind, league_id))
        .order_by(AgentDecision.season, AgentDecision.week, AgentDecision.created_at, AgentDecision.id)
    )
    return [
        PastDecision(
            id=row.id,
            league_id=row.league_id,
            league=league,
            roster_id=row.roster_id,
            season=row.season,
            week=row.week,
            confidence=row.confidence_score,
            recommendation=row.recommendation,
            outcome=row.outcome or {},
            task_id=row.task_id,
            made_at=row.created_at,
        )
        for row, league in rows
    ]


async def beside(session: AsyncSession, user_id: str, weeks: Collection[tuple[str, int]]) -> Sequence[Beside]:
    """Every decision of these seasons' weeks that asked for an answer, however it ended."""
    seasons, numbers = {season for season, _ in weeks}, {week for _, week in weeks}
    rows = await session.execute(
        select(
            AgentDecision.id,
            AgentDecision.league_id,
            AgentDecision.roster_id,
            AgentDecision.recommendation,
            AgentDecision.user_action_taken,
            func.coalesce(AgentDecision.user_approved, False),
            AgentDecision.created_at,
            func.coalesce(AgentDecision.closed_at, AgentDecision.expires_at),
            AgentDecision.expires_at,
        ).where(
            AgentDecision.user_id == user_id,
            AgentDecision.actionable.is_(True),
            AgentDecision.season.in_(seasons),
            AgentDecision.week.in_(numbers),
        )
    )
    return [Beside(*row) for row in rows]
