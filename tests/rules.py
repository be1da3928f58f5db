"""Settled decisions with a range, and rules over them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import Common, SitStart, WaiverClaim
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, Policy
from fantasy_tui.review import policy
from fantasy_tui.review.choices import choose
from fantasy_tui.review.policy import Rule, Terms
from fantasy_tui.review.policy_preview import preview
from fantasy_tui.review.settle import settle_final
from tests.leagues import NOW
from tests.proving import lineup
from tests.settling import LAST_KICKOFF, add, line, starters

BEFORE_9 = LAST_KICKOFF - timedelta(days=9)
SIT_START = Terms("sit_start", None, minimum_confidence=60, maximum_loss=5.0)


def start(
    new: str = "1", old: str = "2", *, low: float | None = -2.0, week: int = 9, summary: str = "Start one"
) -> Common:
    """One player over another, with the lower end of the range."""
    return SitStart(
        summary=summary, reasons=("Because.",), sources=(), status_quo="He sits.", slot="FLEX",
        start=line(new), sit=line(old), settle=starters(new, old, week),
        middle=None if low is None else (low, 9.0),
    )  # fmt: skip


def claim(add: str, drop: str | None, *, week: int = 9, **more: Any) -> Common:
    """A free agent for one of the roster."""
    return WaiverClaim(
        summary=f"Add {add}", reasons=("Because.",), sources=(), status_quo="Nobody comes.", add=line(add),
        drop=line(drop) if drop else None, settle=starters(add, drop or "5", week), middle=(-1.0, 9.0), **more,
    )  # fmt: skip


async def settled(
    store: Store,
    user: str,
    what: Common,
    *,
    made_at: datetime = BEFORE_9,
    answer: str = "expired",
    **more: Any,
) -> str:
    """A decision about week 9, as it stands once it is settled."""
    decision_id = await add(store, user, what, answer=answer, **more)
    await stamp(store, decision_id, made_at)
    await settle_final(store, user, NOW)
    return decision_id


async def stamp(store: Store, decision_id: str, made_at: datetime) -> None:
    """Have a decision been proposed then."""

    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(AgentDecision).where(AgentDecision.id == decision_id).values(created_at=made_at)
        )

    await store.write(work)


async def switched_on(store: Store, user: str, terms: Terms = SIT_START) -> Rule:
    """A rule that acts."""
    rule = await policy.add(store, user, terms)
    await preview(store, user, terms)
    await policy.looked_at(store, user, rule)
    await choose(store, user, "automatic", "on")
    return await policy.switch(store, user, rule.id, on=True)


async def waits(store: Store, user: str, what: Common, **more: Any) -> str:
    """A decision about week 10 that waits."""
    more.setdefault(
        "kind", AgentTaskType.WAIVER_WIRE if isinstance(what, WaiverClaim) else AgentTaskType.SIT_START
    )
    decision_id = await add(
        store, user, what, answer="open", week=10, expires_at=NOW + timedelta(hours=2), **more
    )
    await stamp(store, decision_id, NOW - timedelta(minutes=1))
    return decision_id


async def rule_row(store: Store, rule_id: str) -> Policy:
    """The rule as it is stored."""
    async with store.read() as session:
        return await session.get_one(Policy, rule_id)


def whole(*rows: tuple[str, str, str]) -> Any:
    """A line-up change with a range, as a line a slot."""
    return lineup(rows).model_copy(update={"middle": (-1.0, 9.0)})
