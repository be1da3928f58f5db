"""How settled decisions came out: what a recommendation may say about earlier calls like it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.track import Band, Call, bands
from fantasy_tui.models import AgentDecision


async def track(session: AsyncSession, user_id: str) -> dict[str, tuple[Band, ...]]:
    """A user's settled decisions by kind, in bins of stated confidence."""
    rows = await session.execute(
        select(
            AgentDecision.decision_type, AgentDecision.confidence_score, AgentDecision.outcome["right"].as_boolean()
        ).where(AgentDecision.user_id == user_id, AgentDecision.settled_at.is_not(None))
    )
    calls: dict[str, list[Call]] = {}
    for kind, confidence, right in rows:
        if right is not None:
            calls.setdefault(kind.value, []).append(Call(confidence / 100, right))
    return {kind: bands(settled) for kind, settled in calls.items()}
