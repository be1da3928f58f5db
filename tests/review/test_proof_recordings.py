"""Proof on real leagues: every claim, trade and line-up of nine recorded weeks, known to have been made or not."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import Common, TradeOffer, dump
from fantasy_tui.crud.season import week_starts
from fantasy_tui.database.store import Store
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskType,
    League,
    Matchup,
    Roster,
    Transaction,
    User,
)
from fantasy_tui.review.proof import prove
from tests.proving import claim, lineup, trade
from tests.sleeper.test_recordings import Replay, bring, replay

WEEKS = range(2, 11)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """A decision about what a real team did or did not do, and the states that are true of it."""

    league_id: str
    week: int
    roster_id: int
    what: Common
    since: datetime
    deadline: datetime
    true: frozenset[str]
    note: str | None = None


@pytest.fixture(scope="module")
def served(recordings: Path) -> Iterator[Replay]:
    with replay(recordings, "--week", str(WEEKS.stop)) as running:
        yield running


@pytest.fixture(scope="module")
def url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, served: Replay) -> str:
    file = tmp_path_factory.mktemp("proof") / "fantasy.db"
    shutil.copyfile(sqlite_template, file)
    found = f"sqlite+aiosqlite:///{file}"
    bring(found, served)
    return found


def _offer(move: Transaction, mine: int, partner: int) -> TradeOffer:
    adds = move.adds or {}
    give = [player for player, roster in adds.items() if roster == partner]
    get = [player for player, roster in adds.items() if roster == mine]
    return trade(give, get).model_copy(update={"partner_roster_id": partner})


async def _moves(session: AsyncSession) -> list[Case]:
    """Each claim, add and trade between two teams."""
    rosters = {
        (row.league_id, row.roster_id): set(row.players or ())
        for row in await session.scalars(sa.select(Roster))
    }
    moves = list(await session.scalars(sa.select(Transaction).where(Transaction.week.in_(WEEKS))))
    won = {
        (move.league_id, move.week, roster, player)
        for move in moves
        if move.status == "complete"
        for player, roster in (move.adds or {}).items()
    }
    cases = []
    for move in moves:
        at = move.status_updated or move.created
        who = list(move.roster_ids or ())
        if move.type in ("waiver", "free_agent") and len(move.adds or {}) == 1 and len(who) == 1:
            ((add, mine),) = (move.adds or {}).items()
            drop = next(iter(move.drops or {}), None)
            what: Common = claim(add, drop, claim_until=at if move.type == "waiver" else None)
            # Lost once and won later, or with another drop, is no wrong answer.
            again = add in rosters[move.league_id, mine] or any(
                (move.league_id, week, mine, add) in won for week in (move.week, move.week + 1)
            )
            lost = {"missed", "applied", "partly"} if again else {"missed"}
            true = {"applied"} if move.status == "complete" else lost
            note = (move.details or {}).get("notes") if true == {"missed"} else None
        elif move.type == "trade" and move.status == "complete" and len(who) == 2 and move.adds:
            mine, partner = who
            what, true, note = _offer(move, mine, partner), {"applied"}, None
            if not what.give or not what.get:
                continue
        else:
            continue
        cases.append(
            Case(move.league_id, move.week, mine, what, at - _MINUTE, at + _MINUTE, frozenset(true), note)
        )
    return cases


async def _lineups(session: AsyncSession, starts: dict[int, datetime]) -> list[Case]:
    """From each team's line-up of the week before to the week's, which it made, and the way back, which it did not."""
    slots = {
        league.id: starting_slots(league.roster_positions or ())
        for league in await session.scalars(sa.select(League))
    }
    rows = {
        (row.league_id, row.roster_id, row.week): row
        for row in await session.scalars(sa.select(Matchup).where(Matchup.week < WEEKS.stop))
    }
    cases = []
    for (league_id, roster_id, week), row in rows.items():
        before = rows.get((league_id, roster_id, week - 1))
        if week not in WEEKS or before is None or not row.starters or not before.starters:
            continue
        was, now_in = ([p if p != "0" else None for p in one.starters or ()] for one in (before, row))
        if len(was) != len(slots[league_id]) or set(was) == set(now_in):
            continue
        made = lineup(list(zip(slots[league_id], was, now_in, strict=True)))
        back = lineup(list(zip(slots[league_id], now_in, was, strict=True)))
        at = starts[week]
        cases.append(Case(league_id, week, roster_id, made, at, at, frozenset({"applied"})))
        cases.append(Case(league_id, week, roster_id, back, at, at, frozenset({"missed", "overtaken"})))
    return cases


async def _store(store: Store, user: str, cases: list[Case]) -> dict[str, Case]:
    async def work(session: AsyncSession) -> dict[str, Case]:
        stored = {}
        for number, case in enumerate(cases):
            kind = AgentTaskType(dump(case.what)["kind"])
            task = AgentTask(user_id=user, league_id=case.league_id, task_type=kind)
            session.add(task)
            await session.flush()
            decision = AgentDecision(
                id=f"case-{number}",
                user_id=user,
                league_id=case.league_id,
                roster_id=case.roster_id,
                task_id=task.id,
                decision_type=kind,
                season="2024",
                week=case.week,
                subject=str(number),
                recommendation=dump(case.what),
                reasoning="because",
                confidence_score=60,
                expected_gain=1.0,
                model_version="test-1",
                user_approved=True,
                created_at=case.since,
                decided_at=case.since,
                closed_at=case.since,
                expires_at=case.deadline,
            )
            session.add(decision)
            stored[decision.id] = case
        await session.flush()
        return stored

    return await store.write(work)


def test_every_move_and_line_up_of_a_week(url: str, served: Replay) -> None:
    async def work() -> tuple[dict[str, Case], dict[str, AgentDecision], int, int]:
        store = Store(url)
        try:
            async with store.read() as session:
                user = (await session.scalars(sa.select(User))).one()
                cases = [*await _moves(session), *await _lineups(session, await week_starts(session, "2024"))]
            stored = await _store(store, user.id, cases)
            # Nobody looks for what is older than two weeks: each week is looked for soon after its end.
            looks = [max(c.deadline for c in cases if c.week == week) + timedelta(days=3) for week in WEEKS]
            proven = sum([await prove(store, user.id, at) for at in looks])
            again = await prove(store, user.id, looks[-1])
            async with store.read() as session:
                rows = {row.id: row for row in await session.scalars(sa.select(AgentDecision))}
            return stored, rows, proven, again
        finally:
            await store.close()

    stored, rows, proven, again = asyncio.run(work())
    assert (proven, again) == (len(stored), 0)
    wrong, counted = [], Counter[tuple[str, str]]()
    for key, case in stored.items():
        proof = rows[key].proof or {}
        counted[rows[key].decision_type.value, proof["state"]] += 1
        told = case.note is None or case.note.rstrip(".") in (proof["note"] or "")
        if proof["state"] not in case.true or not told or rows[key].executed != (proof["state"] == "applied"):
            wrong.append((case, proof))
    assert wrong == []
    assert counted["waiver_wire", "applied"] >= 400
    assert counted["waiver_wire", "missed"] >= 100
    assert counted["lineup_optimization", "applied"] >= 250
    assert counted["trade_analysis", "applied"] >= 15
