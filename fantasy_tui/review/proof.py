"""Proof: after a sync each approved decision is compared with what Sleeper shows, and its state is kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import proof as crud
from fantasy_tui.review.checklist import Checklist, agreed, checklist, proof_document, proof_of
from fantasy_tui.review.evidence import Judgement, Scene, judge
from fantasy_tui.review.item import APPLIED, Proof, ProvenStep, QueueItem
from fantasy_tui.review.queue import queue_item

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Case:
    """An approved decision and what it asked to do."""

    decision: crud.Approved
    plan: Checklist


async def prove(store: Store, user_id: str, now: datetime) -> int:
    """Compare the user's approved decisions with the store as it was last synced; returns how many changed.

    A decision whose state, steps and note are as they were is left alone. What another process has changed
    meanwhile is left to the next sync.
    """
    async with store.read() as session:
        approved = await crud.approved(session, user_id, now)
        cases = [case for decision in approved if (case := _case(decision)) is not None]
        found: list[tuple[crud.Approved, Proof]] = []
        for key, group in groupby(cases, key=lambda case: _week_of(case.decision)):
            found += await _judged(session, *key, list(group), now)

    async def work(session: AsyncSession) -> int:
        return sum(
            [
                await crud.write_proof(
                    session,
                    decision,
                    proof_document(proof),
                    executed=proof.state == APPLIED,
                    note=_event(proof),
                    at=now,
                )
                for decision, proof in found
            ]
        )

    return await store.write(work) if found else 0


async def to_apply(store: Store, user_id: str, now: datetime) -> list[QueueItem]:
    """Approved decisions to carry out in Sleeper: the nearest deadline ahead first, then those just missed."""
    async with store.read() as session:
        found = await crud.approved_open(session, user_id, now)
    return [queue_item(row, league, now) for row, league in found if row.actionable]


def _case(decision: crud.Approved) -> _Case | None:
    document = readable(agreed(decision.recommendation, decision.taken))
    if document is None:
        log.warning("decision %s cannot be proven: it cannot be read", decision.id)
        return None
    plan = checklist(document)
    return _Case(decision, plan) if plan.steps else None


def _week_of(decision: crud.Approved) -> tuple[str, str, int]:
    return decision.league_id, decision.season, decision.week


async def _judged(
    session: AsyncSession, league_id: str, season: str, week: int, cases: list[_Case], now: datetime
) -> list[tuple[crud.Approved, Proof]]:
    """The proofs of one league's week that differ from those stored."""
    seen = await crud.seen(session, league_id, season, week)
    doubtful = {case.plan.unless_plays.player_id for case in cases if case.plan.unless_plays is not None}
    played = await crud.took_part(session, league_id, season, week, doubtful) if doubtful else frozenset()
    fresh = []
    for case in cases:
        decision = case.decision
        scene = Scene(seen, decision.roster_id, decision.created_at, decision.expires_at, played)
        judgement = judge(case.plan, scene)
        if judgement is None:
            continue
        proof, before = _proof(judgement, now), proof_of(decision.proof)
        if before is None or (before.state, before.steps, before.note) != (
            proof.state,
            proof.steps,
            proof.note,
        ):
            fresh.append((decision, proof))
    return fresh


def _proof(judgement: Judgement, now: datetime) -> Proof:
    steps = tuple(
        ProvenStep(finding.step.text, finding.done, not finding.done and (finding.late or finding.moot))
        for finding in judgement.findings
    )
    return Proof(judgement.state, now, steps, judgement.note)


def _event(proof: Proof) -> str:
    """The audit's line: the state, and what there is to say about it."""
    done = sum(step.done for step in proof.steps)
    told = f"{proof.state}: {done} of {len(proof.steps)} steps seen in Sleeper"
    return f"{told}. {proof.note}" if proof.note else told
