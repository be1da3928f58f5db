"""Rows for tests of decisions."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import LineupChange, PlayerLine, SlotLine, dump
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.user import create_user
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTask, AgentTaskType, Door, League

_BENCH = PlayerLine(
    player_id="4", name="Bench Man", position="RB", team="PHI", opponent="at DAL", points=12.0
)
_STARTER = PlayerLine(
    player_id="2", name="Start Man", position="RB", team="NYG", opponent="v WAS", points=7.6
)


def lineup_change(summary: str = "Start Bench Man over Start Man") -> LineupChange:
    """A small valid recommendation."""
    return LineupChange(
        summary=summary,
        reasons=("RB: Bench Man 12.0 over Start Man 7.6, +4.4.",),
        sources=(),
        status_quo="The line-up as it stands is expected to score 7.6 against 12.0.",
        before=(SlotLine(slot="RB", player=_STARTER),),
        after=(SlotLine(slot="RB", player=_BENCH),),
    )


async def add_user(store: Store, sleeper_user_id: str = "1", name: str = "Manager") -> str:
    """A user; returns users.id."""

    async def work(session: AsyncSession) -> str:
        return (await create_user(session, sleeper_user_id, name.lower(), name)).id

    return await store.write(work)


async def add_league(store: Store, user_id: str, league_id: str = "L", name: str = "League") -> None:
    """A league of the user's."""

    async def work(session: AsyncSession) -> None:
        session.add(League(id=league_id, user_id=user_id, name=name, season="2024", status="in_season"))

    await store.write(work)


async def add_decision(
    store: Store,
    user_id: str,
    *,
    expires_at: datetime,
    league_id: str = "L",
    subject: str = "lineup",
    gain: float = 4.4,
    confidence: int = 64,
) -> str:
    """A decision that waits; returns its id."""

    async def work(session: AsyncSession) -> str:
        task = AgentTask(user_id=user_id, league_id=league_id, task_type=AgentTaskType.LINEUP_OPTIMIZATION)
        session.add(task)
        await session.flush()
        decision = AgentDecision(
            user_id=user_id,
            league_id=league_id,
            roster_id=1,
            task_id=task.id,
            decision_type=AgentTaskType.LINEUP_OPTIMIZATION,
            season="2024",
            week=10,
            subject=subject,
            recommendation=dump(lineup_change()),
            reasoning="because",
            confidence_score=confidence,
            expected_gain=gain,
            model_version="test-1",
            expires_at=expires_at,
        )
        await decisions.add(session, decision, door=Door.AGENT, at=expires_at)
        return decision.id

    return await store.write(work)
