"""Sets an agent's new proposals against the decisions that already stand."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.premises import grounds
from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import action_key, dump
from fantasy_tui.crud import decision as decisions
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentDecision, AgentTaskType, DecisionAction, Door

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

# Numbers that moved less than this are the same advice; league points, and points of confidence.
SAME_GAIN = 0.5
SAME_CONFIDENCE = 3
# Advice a person has answered comes back only when it has become worth this many points more.
ASK_AGAIN_GAIN = 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many decisions a run wrote, left as they were, replaced, and took back."""

    written: int = 0
    unchanged: int = 0
    superseded: int = 0
    withdrawn: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the task's result."""
        return asdict(self)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.written + other.written,
            self.unchanged + other.unchanged,
            self.superseded + other.superseded,
            self.withdrawn + other.withdrawn,
        )


async def reconcile(
    session: AsyncSession,
    view: LeagueView,
    proposals: list[Proposal],
    *,
    kind: AgentTaskType,
    model_version: str,
    task_id: str,
    user_id: str,
) -> Outcome:
    """Write what is new, leave what is the same, replace what changed, take back what no longer holds."""
    if view.my_roster_id is None:
        return Outcome()
    await decisions.lock_roster(session, view.league_id, view.my_roster_id)
    await decisions.expire(session, user_id, view.now)
    standing = await decisions.open_of_kind(session, user_id, view.league_id, view.my_roster_id, kind)
    outcome = Outcome()
    kept: set[str] = set()
    for proposal in proposals:
        fresh = AgentDecision(
            id=str(uuid.uuid4()),
            user_id=user_id,
            league_id=view.league_id,
            roster_id=view.my_roster_id,
            task_id=task_id,
            decision_type=kind,
            season=view.season,
            week=view.week,
            subject=proposal.subject,
            recommendation=dump(proposal.recommendation),
            reasoning="\n".join(proposal.recommendation.reasons),
            confidence_score=proposal.confidence,
            expected_gain=proposal.expected_gain,
            status_quo={"text": proposal.recommendation.status_quo},
            horizon=proposal.horizon,
            actionable=proposal.actionable,
            as_of=proposal.recommendation.as_of,
            settles_week=_settles_week(view, proposal),
            model_version=model_version,
            expires_at=proposal.expires_at,
        )
        step, old = await _place(session, view, fresh)
        kept.update(old)
        outcome += step
    gone = [decision for decision in standing if decision.id not in kept]
    for decision in gone:
        await _close(session, view, decision, note="no longer recommended")
    return outcome + Outcome(withdrawn=len(gone))


async def _place(session: AsyncSession, view: LeagueView, fresh: AgentDecision) -> tuple[Outcome, list[str]]:
    """Write one proposal unless it says nothing new; also the ids of older decisions it dealt with."""
    older = await decisions.of_subject(session, fresh)
    standing = next((decision for decision in older if decision.closed_at is None), None)
    if standing is not None:
        if _same(standing, fresh):
            return Outcome(unchanged=1), [standing.id]
        if await decisions.supersede(session, standing, fresh, at=view.now, note=f"replaced by {fresh.id}"):
            return Outcome(written=1, superseded=1), [standing.id]
    answered = next((decision for decision in older if decision.user_approved is not None), None)
    if (
        answered is not None
        and action_key(answered.recommendation) == action_key(fresh.recommendation)
        and fresh.expected_gain - answered.expected_gain < ASK_AGAIN_GAIN
    ):
        return Outcome(unchanged=1), []
    await decisions.add(session, fresh, door=Door.AGENT, at=view.now)
    return Outcome(written=1), []


def _settles_week(view: LeagueView, proposal: Proposal) -> int | None:
    if proposal.recommendation.settle is None:
        return None
    return proposal.settles_week or view.week


def _same(old: AgentDecision, new: AgentDecision) -> bool:
    return (
        action_key(old.recommendation) == action_key(new.recommendation)
        and grounds(old.recommendation) == grounds(new.recommendation)
        and abs(old.expected_gain - new.expected_gain) < SAME_GAIN
        and abs(old.confidence_score - new.confidence_score) < SAME_CONFIDENCE
        and old.expires_at == new.expires_at
        and old.actionable == new.actionable
    )


async def _close(session: AsyncSession, view: LeagueView, decision: AgentDecision, *, note: str) -> None:
    await decisions.change(
        session,
        decision,
        {"closed_at": view.now},
        action=DecisionAction.SUPERSEDE,
        actor=decision.user_id,
        door=Door.AGENT,
        at=view.now,
        note=note,
    )
