"""Forty decisions that can all be approved, over five leagues, beside claims that let somebody go."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import Common, LineupChange, PlayerLine, SlotLine, WaiverClaim, dump
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.user import create_user
from fantasy_tui.database.store import Store
from fantasy_tui.demo.teams import NOW
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskType,
    Door,
    League,
    LeagueMember,
    Player,
    Roster,
    User,
)

WAITING, LEAGUES = 40, 5
_A_LEAGUE = WAITING // LEAGUES


def line(player: str, points: float) -> PlayerLine:
    """A player of the made leagues."""
    return PlayerLine(
        player_id=player, name=player.replace("-", " ").title(), position="RB", team="PHI", points=points
    )


def change(number: int) -> LineupChange:
    """One of a league's eight starters makes room for his own man on the bench."""
    league, place = number % LEAGUES, number // LEAGUES
    first = league + 0
    numbers = range(first, WAITING, LEAGUES)
    before = [SlotLine(slot="RB", player=line(f"start-{one}", 6.0)) for one in numbers]
    after = list(before)
    after[place] = SlotLine(slot="RB", player=line(f"bench-{number}", 6.0 + (WAITING - number) / 10))
    return LineupChange(
        summary=f"Start Bench {number}",
        reasons=(f"Reason {number}.",),
        sources=(),
        status_quo="As it stands it scores less.",
        before=tuple(before),
        after=tuple(after),
    )


def claim(number: int) -> WaiverClaim:
    """A free agent for somebody of worth."""
    return WaiverClaim(
        summary=f"Add Free {number}",
        reasons=(),
        sources=(),
        status_quo="As it stands it scores less.",
        add=line(f"free-{number}", 12.0),
        drop=line(f"star-{number}", 11.0),
    )


async def fill(store: Store, claims: int = 0) -> None:
    """Write all of it into an empty store; called again, add claims alone."""
    await store.prepare()

    async def work(session: AsyncSession) -> None:
        user = await session.scalar(select(User))
        if user is None:
            user = await create_user(session, "me", "manager", "Manager")
            for league in range(LEAGUES):
                await _league(session, user.id, league)
            for number in range(WAITING):
                await _add(session, user.id, number % LEAGUES, change(number), float(WAITING - number))
        for number in range(claims):
            await _add(session, user.id, number, claim(number), 0.5)

    await store.write(work)


async def _league(session: AsyncSession, user_id: str, number: int) -> None:
    league_id = f"L{number}"
    numbers = range(number, WAITING, LEAGUES)
    starters = [f"start-{one}" for one in numbers]
    mine = [*starters, *(f"bench-{one}" for one in numbers), f"star-{number}"]
    session.add_all(_player(player) for player in (*mine, f"free-{number}"))
    session.add(
        League(
            id=league_id, user_id=user_id, name=f"League {number}", season="2025", status="in_season",
            total_rosters=1, roster_positions=["RB"] * _A_LEAGUE, scoring_settings={"rec": 1.0},
            settings={"leg": 10},
        )
    )  # fmt: skip
    await session.flush()
    session.add(LeagueMember(league_id=league_id, user_id="me", display_name="manager"))
    session.add(
        AgentTask(
            id=f"task-{number}", user_id=user_id, league_id=league_id, task_type=AgentTaskType.SIT_START
        )
    )
    session.add(
        Roster(
            id=f"{league_id}:1", league_id=league_id, roster_id=1, owner_id="me", players=mine,
            starters=starters,
        )
    )  # fmt: skip
    await session.flush()


def _player(player: str) -> Player:
    name = player.replace("-", " ").title()
    return Player(
        player_id=player, full_name=name, first_name=name.split()[0], last_name=name.split()[1],
        position="RB", fantasy_positions=["RB"], team="PHI",
    )  # fmt: skip


async def _add(session: AsyncSession, user_id: str, league: int, advice: Common, gain: float) -> None:
    document: dict[str, Any] = dump(advice)
    decision = AgentDecision(
        user_id=user_id,
        league_id=f"L{league}",
        roster_id=1,
        task_id=f"task-{league}",
        decision_type=AgentTaskType(document["kind"]),
        season="2025",
        week=10,
        subject=advice.summary,
        recommendation=document,
        reasoning="because",
        confidence_score=60,
        expected_gain=gain,
        model_version="test-1",
        expires_at=NOW + timedelta(minutes=110),
    )
    await decisions.add(session, decision, door=Door.AGENT, at=NOW)
