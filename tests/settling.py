"""Decisions about weeks 9 and 10 of the two made leagues, and what a sync knows once those weeks are over."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import (
    Common,
    InjuryReplacement,
    PlayerLine,
    SitStart,
    dump,
)
from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.football.settle import Rule, Starters, weeks_of
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskType,
    DecisionAction,
    Door,
    Matchup,
    PlayerStats,
    SyncState,
)
from tests.leagues import NOW, build

LAST_KICKOFF = NOW + timedelta(hours=2)
"""Of week 10; a week earlier, of week 9."""
OVER_9 = LAST_KICKOFF - timedelta(days=7) + timedelta(hours=10)
OVER_10 = LAST_KICKOFF + timedelta(hours=10)
TUESDAY = OVER_10 + timedelta(hours=5)
"""After week 10."""
POINTS = {"1": 20.0, "2": 5.0, "3": 12.25, "4": 12.25, "5": 0.0}
"""Week 9, league A, the manager's team."""


async def final(
    store: Store, week: int = 9, at: datetime | None = None, leagues: Sequence[str] = "AB"
) -> None:
    """Have a sync confirm the week's stats and matchups at an instant; none: an hour after its end."""
    at = at or {9: OVER_9, 10: OVER_10}[week] + timedelta(hours=1)

    async def work(session: AsyncSession) -> None:
        for resource in (f"stats/2024/{week}", *(f"league/{one}/matchups/{week}" for one in leagues)):
            await session.merge(SyncState(resource=resource, checked_at=at, changed_at=at))

    await store.write(work)


async def score(
    store: Store,
    points: Mapping[str, float],
    *,
    week: int = 9,
    league_id: str = "A",
    roster_id: int = 1,
    **more: Any,
) -> None:
    """Sleeper's points of a roster's players."""

    async def work(session: AsyncSession) -> None:
        row = await session.get_one(Matchup, (league_id, week, roster_id))
        row.players_points, row.points = dict(points), sum(points.values())
        for name, value in more.items():
            setattr(row, name, value)

    await store.write(work)


async def did(store: Store, player_id: str, week: int, stats: Mapping[str, float]) -> None:
    """What a player did in a week."""

    async def work(session: AsyncSession) -> None:
        key = f"{player_id}:2024:{week}"
        await session.merge(
            PlayerStats(id=key, player_id=player_id, season="2024", week=week, stats=dict(stats))
        )

    await store.write(work)


async def made(store: Store) -> str:
    """The two leagues with week 9 final in both; returns users.id of the manager."""
    user_id = await store.write(build)
    await score(store, POINTS)
    await final(store)
    return user_id


def line(player_id: str, points: float = 10.0) -> PlayerLine:
    return PlayerLine(
        player_id=player_id, name=f"Player {player_id}", position="WR", team="PHI", points=points
    )


def advice(rule: Rule | None) -> Common:
    """A recommendation that is settled by this rule."""
    return SitStart(
        summary="Start one over another",
        reasons=("Because.",),
        sources=(),
        status_quo="The other one starts.",
        slot="FLEX",
        start=line("1"),
        sit=line("2"),
        settle=rule,
    )


def injury(rule: Rule, player_id: str, plays: float) -> Common:
    """The replacement of a player who plays with this probability."""
    return InjuryReplacement(
        summary="Replace him",
        reasons=("Because.",),
        sources=(),
        status_quo="He stays in.",
        player=line(player_id),
        problem="Questionable",
        plays_probability=plays,
        replacement=line("4"),
        before=(),
        after=(),
        settle=rule,
    )


def starters(new: str, old: str, week: int = 9) -> Starters:
    """One player for another."""
    return Starters(week=week, new=(new,), old=(old,))


async def add(
    store: Store,
    user_id: str,
    what: Common | Mapping[str, Any],
    *,
    answer: str = "expired",
    kind: AgentTaskType = AgentTaskType.SIT_START,
    league_id: str = "A",
    week: int = 9,
    settles_week: int | None = None,
    confidence: int = 60,
    actionable: bool = True,
    expires_at: datetime | None = None,
    edit: Common | None = None,
) -> str:
    """A decision with its answer: approved, rejected, expired, withdrawn, superseded, undone, or open; its id."""
    expires_at = expires_at or LAST_KICKOFF + timedelta(days=7 * (week - 10))
    before = expires_at - timedelta(hours=1)
    if settles_week is None and isinstance(what, Common) and what.settle is not None:
        settles_week = max(weeks_of(what.settle))

    async def work(session: AsyncSession) -> str:
        task = AgentTask(user_id=user_id, league_id=league_id, task_type=kind)
        session.add(task)
        await session.flush()
        row = AgentDecision(
            user_id=user_id,
            league_id=league_id,
            roster_id=1,
            task_id=task.id,
            decision_type=kind,
            season="2024",
            week=week,
            subject=task.id,
            recommendation=dump(what) if isinstance(what, Common) else dict(what),
            reasoning="because",
            confidence_score=confidence,
            expected_gain=1.0,
            model_version="test-1",
            actionable=actionable,
            settles_week=settles_week,
            expires_at=expires_at,
        )
        await decisions.add(session, row, door=Door.AGENT, at=before - timedelta(days=1))
        for action, values in _steps(answer, before, expires_at, user_id):
            if edit is not None:
                values["user_action_taken"] = {"action": "edit", "edit": dump(edit)}
            done = await decisions.change(
                session, row, values, action=action, actor=user_id, door=Door.CLI, at=before
            )
            assert done
        if answer == "superseded":
            row.superseded_by = row.id
        return row.id

    return await store.write(work)


def _steps(
    answer: str, before: datetime, expires_at: datetime, user_id: str
) -> list[tuple[DecisionAction, dict[str, Any]]]:
    said = {"decided_at": before, "decided_by": user_id, "closed_at": before}
    approve = (DecisionAction.APPROVE, {"user_approved": True, **said})
    close = (DecisionAction.SUPERSEDE, {"closed_at": before})
    steps: dict[str, list[tuple[DecisionAction, dict[str, Any]]]] = {
        "open": [],
        "approved": [approve],
        "rejected": [(DecisionAction.REJECT, {"user_approved": False, **said})],
        "undone": [approve, (DecisionAction.UNDO, dict.fromkeys(("user_approved", *said)))],
        "expired": [(DecisionAction.EXPIRE, {"closed_at": expires_at})],
        "withdrawn": [close],
        "superseded": [close],
    }
    return steps[answer]


async def row_of(store: Store, decision_id: str) -> AgentDecision:
    """The decision as it is stored."""
    async with store.read() as session:
        return (await session.scalars(select(AgentDecision).where(AgentDecision.id == decision_id))).one()
