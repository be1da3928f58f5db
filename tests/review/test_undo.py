"""Undo without limit and redo, read from the audit: across restarts, clocks, doors and other people's changes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import dump
from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, DecisionAction, Door
from fantasy_tui.review.decide import (
    DecisionConflict,
    NothingToUndo,
    Verdict,
    approve,
    redo,
    reject,
    snooze,
    undo,
)
from fantasy_tui.review.queue import history, look_up, snoozed, waiting
from tests.review import world
from tests.settling import row_of
from tests.views import NOW, SUNDAY

EARLIER = world.SIT.model_copy(
    update={"start": world.line("Spare"), "after": world.lineup("Spare", "Catcher", "Flexer")}
)


@pytest.fixture
async def user(store: Store) -> str:
    return await world.build(store)


@pytest.fixture
async def elsewhere(store: Store) -> AsyncIterator[Store]:
    """The same database from another program."""
    other = Store(store.url)
    yield other
    await other.close()


async def many(store: Store, user: str, number: int = 5) -> list[str]:
    return [await world.propose(store, user, subject=f"s{n}") for n in range(number)]


async def actions(store: Store, decision_id: str) -> list[str]:
    return [event.action for event in await history(store, decision_id)]


async def test_everything_is_taken_back_newest_first_and_given_again_in_order(
    store: Store, elsewhere: Store, user: str
) -> None:
    ids = await many(store, user)
    for n, one in enumerate(ids):
        act = reject if n % 2 else approve
        await act(store, one, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=n))
    later = NOW + timedelta(minutes=1)
    undone = [(await undo(elsewhere, actor=user, door=Door.CLI, now=later)).decision_id for _ in ids]
    assert undone == ids[::-1]
    with pytest.raises(NothingToUndo):
        await undo(store, actor=user, door=Door.TUI, now=later)
    assert {item.id for item in await waiting(store, user, later)} == set(ids)
    again = [(await redo(store, actor=user, door=Door.TUI, now=later)).decision_id for _ in ids]
    assert again == ids
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        await redo(store, actor=user, door=Door.TUI, now=later)
    statuses = [(await look_up(store, one, user, later)).status for one in ids]
    assert statuses == ["approved", "rejected"] * 2 + ["approved"]
    assert await actions(store, ids[0]) == ["propose", "approve", "undo", "redo"]
    assert (await undo(store, actor=user, door=Door.TUI, now=later)).decision_id == ids[-1]


async def test_a_new_answer_clears_what_could_be_given_again(store: Store, user: str) -> None:
    first, second, third = await many(store, user, 3)
    for one in (first, second):
        await approve(store, one, actor=user, door=Door.TUI, now=NOW)
    for _ in range(2):
        await undo(store, actor=user, door=Door.TUI, now=NOW)
    assert (await redo(store, actor=user, door=Door.TUI, now=NOW)).decision_id == first
    await reject(store, third, actor=user, door=Door.TUI, now=NOW)
    with pytest.raises(NothingToUndo):
        await redo(store, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, second, user, NOW)).status == "pending"


async def test_clocks_that_disagree_do_not_change_the_order(
    store: Store, elsewhere: Store, user: str
) -> None:
    ids = await many(store, user, 3)
    for n, one in enumerate(ids):
        behind = timedelta(seconds=-7 * n)
        await approve(store if n % 2 else elsewhere, one, actor=user, door=Door.CLI, now=NOW + behind)
    early = NOW - timedelta(minutes=1)
    assert [(await undo(store, actor=user, door=Door.CLI, now=early)).decision_id for _ in ids] == ids[::-1]
    assert [(await redo(store, actor=user, door=Door.CLI, now=early)).decision_id for _ in ids] == ids


async def test_a_rejection_is_given_again_with_its_reason(store: Store, user: str) -> None:
    [one] = await many(store, user, 1)
    await reject(store, one, actor=user, door=Door.TUI, now=NOW, reason="I like him")
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, one, user, NOW)).note is None
    await redo(store, actor=user, door=Door.TUI, now=NOW)
    item = await look_up(store, one, user, NOW)
    assert (item.status, item.note) == ("rejected", "I like him")


async def test_an_automatic_approval_can_be_taken_back(store: Store, user: str) -> None:
    first, second = await many(store, user, 2)
    await approve(store, first, actor=user, door=Door.TUI, now=NOW)
    await approve(store, second, actor=user, door=Door.POLICY, now=NOW + timedelta(seconds=1), policy="P")
    assert (await look_up(store, second, user, NOW)).policy == "P"
    later = NOW + timedelta(seconds=2)
    assert (await undo(store, actor=user, door=Door.TUI, now=later)).decision_id == second
    assert (await look_up(store, second, user, NOW)).policy is None
    assert (await undo(store, actor=user, door=Door.TUI, now=later)).decision_id == first


async def test_an_automatic_approval_does_not_clear_what_could_be_given_again(
    store: Store, user: str
) -> None:
    first, second = await many(store, user, 2)
    await approve(store, first, actor=user, door=Door.TUI, now=NOW)
    await undo(store, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=1))
    await approve(store, second, actor=user, door=Door.POLICY, now=NOW + timedelta(seconds=2))
    again = await redo(store, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=3))
    assert again.decision_id == first


async def test_what_has_locked_or_is_carried_out_stands_and_is_passed_over(store: Store, user: str) -> None:
    alive = await world.propose(store, user, subject="a", expires_at=SUNDAY)
    locks = await world.propose(store, user, subject="b", expires_at=NOW + timedelta(minutes=30))
    done = await world.propose(store, user, subject="c", expires_at=SUNDAY)
    for n, one in enumerate((alive, locks, done)):
        await approve(store, one, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=n))

    async def seen(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, done)
        assert await decisions.change(
            session, row, {"executed": True}, action=DecisionAction.APPLY, actor=user, door=Door.SYNC, at=NOW
        )

    await store.write(seen)
    later = NOW + timedelta(hours=1)
    assert (await undo(store, actor=user, door=Door.TUI, now=later)).decision_id == alive
    with pytest.raises(DecisionConflict, match="carried out in Sleeper already"):
        await undo(store, actor=user, door=Door.TUI, now=later)
    with pytest.raises(DecisionConflict, match="deadline has passed"):
        await undo(store, actor=user, door=Door.TUI, now=SUNDAY)
    assert (await look_up(store, done, user, later)).status == "approved"


async def test_what_a_sync_has_noted_does_not_keep_an_answer_from_being_taken_back(
    store: Store, user: str
) -> None:
    [one] = await many(store, user, 1)
    await approve(store, one, actor=user, door=Door.TUI, now=NOW)

    async def noted(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, one)
        values: dict[str, object] = {
            "proof": {"state": "open", "at": NOW.isoformat(), "steps": [], "note": None}
        }
        assert await decisions.change(
            session, row, values, action=DecisionAction.APPLY, actor=user, door=Door.SYNC, at=NOW
        )

    await store.write(noted)
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    item = await look_up(store, one, user, NOW)
    assert (item.status, item.proof) == ("pending", None)


async def test_what_somebody_else_has_decided_since_is_never_overwritten(
    store: Store, elsewhere: Store, user: str
) -> None:
    [one] = await many(store, user, 1)
    await approve(store, one, actor=user, door=Door.TUI, now=NOW)
    await undo(elsewhere, actor=user, door=Door.CLI, now=NOW)

    async def withdraw(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, one)
        assert await decisions.change(
            session,
            row,
            {"closed_at": NOW},
            action=DecisionAction.SUPERSEDE,
            actor=user,
            door=Door.AGENT,
            at=NOW,
        )

    await store.write(withdraw)
    for act in (undo, redo):
        with pytest.raises(NothingToUndo):
            await act(store, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, one, user, NOW)).status == "superseded"


async def test_of_many_undos_at_once_each_takes_back_another_answer(store: Store, user: str) -> None:
    ids = await many(store, user, 6)
    for n, one in enumerate(ids):
        await approve(store, one, actor=user, door=Door.TUI, now=NOW + timedelta(seconds=n))

    async def attempt() -> Verdict | DecisionConflict | NothingToUndo:
        try:
            return await undo(store, actor=user, door=Door.TUI, now=NOW + timedelta(minutes=1))
        except (DecisionConflict, NothingToUndo) as refused:
            return refused

    results = await asyncio.gather(*(attempt() for _ in range(9)))
    done = [result.decision_id for result in results if isinstance(result, Verdict)]
    assert sorted(done) == sorted(ids)
    for one in ids:
        assert await actions(store, one) == ["propose", "approve", "undo"]


async def test_an_edited_approval_is_taken_back_to_the_original_and_given_again_as_edited(
    store: Store, user: str
) -> None:
    one = await world.propose(store, user, world.SIT)
    original = (await row_of(store, one)).recommendation
    done = await approve(
        store,
        one,
        actor=user,
        door=Door.TUI,
        now=NOW,
        edit=dump(EARLIER),
        edit_gain=1.5,
        edit_confidence=57,
    )
    assert done.edited
    row = await row_of(store, one)
    assert row.recommendation == original
    assert row.version == 3
    assert row.user_action_taken == {
        "action": "approve",
        "edit": dump(EARLIER),
        "expected_gain": 1.5,
        "confidence": 57,
    }
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    row = await row_of(store, one)
    assert (row.recommendation, row.user_action_taken, row.user_approved) == (original, None, None)
    await redo(store, actor=user, door=Door.TUI, now=NOW)
    row = await row_of(store, one)
    assert row.user_action_taken is not None
    assert row.user_action_taken["edit"] == dump(EARLIER)
    assert await actions(store, one) == ["propose", "edit", "approve", "undo", "redo"]


async def test_a_snooze_is_taken_back_and_given_again(store: Store, user: str) -> None:
    answered, aside = await many(store, user, 2)
    await approve(store, answered, actor=user, door=Door.TUI, now=NOW)
    until = NOW + timedelta(hours=1)
    await snooze(store, aside, actor=user, door=Door.TUI, now=NOW, until=until, event="inactives")
    back = await undo(store, actor=user, door=Door.TUI, now=NOW)
    assert back.decision_id == aside
    assert [item.id for item in await waiting(store, user, NOW)] == [aside]
    again = await redo(store, actor=user, door=Door.TUI, now=NOW)
    assert (again.decision_id, again.until) == (aside, until)
    [item] = await snoozed(store, user, NOW)
    assert (item.snoozed_until, item.snoozed_for) == (until, "inactives")
    # Once it is back by itself there is nothing to take back any more.
    assert (await undo(store, actor=user, door=Door.TUI, now=until)).decision_id == answered


async def test_undo_after_an_agent_has_asked_again_is_refused(store: Store, user: str) -> None:
    one = await world.propose(store, user)
    await reject(store, one, actor=user, door=Door.TUI, now=NOW)
    await world.propose(store, user)
    with pytest.raises(DecisionConflict, match="newer advice"):
        await undo(store, actor=user, door=Door.TUI, now=NOW)
