"""Approve, reject, undo: compare-and-set with an audit, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, Door
from fantasy_tui.review.decide import DecisionConflict, NothingToUndo, Verdict, approve, reject, undo
from fantasy_tui.review.queue import DecisionNotFound, history, look_up, waiting
from tests.decisions import add_decision, add_league, add_user

NOW = datetime(2024, 11, 10, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
async def user(store: Store) -> str:
    user_id = await add_user(store)
    await add_league(store, user_id)
    return user_id


async def test_approve_is_stored_with_its_event(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    verdict = await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    assert (verdict.action, verdict.league) == ("approve", "League")
    assert await waiting(store, user, NOW) == []
    item = await look_up(store, decision_id, user, NOW)
    assert (item.status, item.decided_at) == ("approved", NOW)
    assert [(e.action, e.door) for e in await history(store, decision_id)] == [
        ("propose", "agent"),
        ("approve", "tui"),
    ]


async def test_reject_keeps_the_reason(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    await reject(store, decision_id, actor=user, door=Door.CLI, now=NOW, reason="I like him")
    item = await look_up(store, decision_id, user, NOW)
    assert (item.status, item.note) == ("rejected", "I like him")
    assert (await history(store, decision_id))[-1].note == "I like him"


async def test_who_comes_second_is_told_who_was_first(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    with pytest.raises(DecisionConflict, match=r"already approved by Manager at 2024-11-10 15:00 UTC"):
        await reject(store, decision_id, actor=user, door=Door.CLI, now=NOW)
    assert (await look_up(store, decision_id, user, NOW)).status == "approved"


async def test_after_the_deadline_it_is_too_late(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    with pytest.raises(DecisionConflict, match="expired at 2024-11-10 18:00 UTC"):
        await approve(store, decision_id, actor=user, door=Door.CLI, now=LATER)


async def test_unknown_and_foreign_decisions_are_not_found(store: Store, user: str) -> None:
    other = await add_user(store, sleeper_user_id="2", name="Other")
    theirs = await add_decision(store, other, expires_at=LATER)
    for decision_id in ("nothing", theirs, "%"):
        with pytest.raises(DecisionNotFound):
            await approve(store, decision_id, actor=user, door=Door.CLI, now=NOW)


async def test_a_unique_beginning_of_the_id_is_enough(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    verdict = await approve(store, decision_id[:8], actor=user, door=Door.CLI, now=NOW)
    assert verdict.decision_id == decision_id


async def test_undo_takes_back_the_last_answer_and_then_the_one_before(store: Store, user: str) -> None:
    first = await add_decision(store, user, subject="a", expires_at=LATER)
    second = await add_decision(store, user, subject="b", expires_at=LATER)
    await approve(store, first, actor=user, door=Door.TUI, now=NOW)
    await reject(store, second, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=1), reason="no")
    assert (await undo(store, actor=user, door=Door.TUI, now=NOW)).decision_id == second
    assert (await undo(store, actor=user, door=Door.TUI, now=NOW)).decision_id == first
    with pytest.raises(NothingToUndo):
        await undo(store, actor=user, door=Door.TUI, now=NOW)
    assert {item.id for item in await waiting(store, user, NOW)} == {first, second}
    assert (await look_up(store, second, user, NOW)).note is None
    assert [e.action for e in await history(store, first)] == ["propose", "approve", "undo"]


async def test_an_undone_decision_can_be_decided_again(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    await reject(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, decision_id, user, NOW)).status == "rejected"


async def test_undo_is_refused_after_the_deadline_and_when_newer_advice_waits(
    store: Store, user: str
) -> None:
    late = await add_decision(store, user, subject="late", expires_at=LATER)
    await approve(store, late, actor=user, door=Door.TUI, now=NOW)
    with pytest.raises(DecisionConflict, match="deadline has passed"):
        await undo(store, actor=user, door=Door.TUI, now=LATER)
    replaced = await add_decision(store, user, subject="x", expires_at=LATER)
    await approve(store, replaced, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=1))
    await add_decision(store, user, subject="x", expires_at=LATER)
    with pytest.raises(DecisionConflict, match="newer advice"):
        await undo(store, actor=user, door=Door.TUI, now=NOW)


async def test_of_twenty_at_once_exactly_one_wins(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)

    async def attempt(index: int) -> Verdict | DecisionConflict:
        act: Any = approve if index % 2 else reject
        try:
            return await act(store, decision_id, actor=user, door=Door.TUI, now=NOW)  # type: ignore[no-any-return]
        except DecisionConflict as conflict:
            return conflict

    results = await asyncio.gather(*(attempt(index) for index in range(20)))
    assert sum(isinstance(result, Verdict) for result in results) == 1
    assert len(await history(store, decision_id)) == 2


async def test_queue_is_ordered_by_deadline_then_gain(store: Store, user: str) -> None:
    small = await add_decision(store, user, subject="a", expires_at=LATER, gain=1.0)
    soon = await add_decision(store, user, subject="b", expires_at=LATER - timedelta(hours=1), gain=0.5)
    large = await add_decision(store, user, subject="c", expires_at=LATER, gain=9.0)
    assert [item.id for item in await waiting(store, user, NOW)] == [soon, large, small]


async def test_the_sweep_closes_what_expired_and_leaves_an_event(store: Store, user: str) -> None:
    decision_id = await add_decision(store, user, expires_at=LATER)
    assert await store.write(lambda session: decisions.expire(session, user, LATER)) == 1
    assert await store.write(lambda session: decisions.expire(session, user, LATER)) == 0
    assert (await look_up(store, decision_id, user, LATER)).status == "expired"
    assert (await history(store, decision_id))[-1].action == "expire"


async def test_a_payload_that_breaks_its_rules_is_shown_as_unreadable(store: Store, user: str) -> None:
    """Stored JSON is checked on reading; one bad row must not hide the others."""
    damaged = await add_decision(store, user, subject="a", expires_at=LATER)
    await add_decision(store, user, subject="b", expires_at=LATER)

    async def damage(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, damaged)
        row.recommendation = {"kind": "lineup_optimization", "summary": "?"}

    await store.write(damage)
    summaries = {item.id: item.summary for item in await waiting(store, user, NOW)}
    assert len(summaries) == 2
    assert "cannot be read" in summaries[damaged]
