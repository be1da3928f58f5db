"""Applied or not: approved decisions against what a sync found, for every kind and every state."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import dump
from fantasy_tui.clock import set_clock
from fantasy_tui.config import Settings
from fantasy_tui.crud.decision_events import events
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, DecisionEvent, Door, Roster
from fantasy_tui.review.decide import undo
from fantasy_tui.review.proof import prove, to_apply
from fantasy_tui.review.queue import history, look_up
from fantasy_tui.sleeper.report import SyncReport
from fantasy_tui.workspace import Workspace
from tests.leagues import MINE, NOW, build
from tests.proving import (
    AFTER,
    BEFORE,
    DONE,
    LOCK,
    MONDAY,
    NOT_DONE,
    SWAP,
    approved,
    found,
    lineup,
    moved,
    plan_ahead,
    proposed_at,
    sit_start,
    synced,
)
from tests.settling import add, did, row_of


@pytest.fixture
async def user(store: Store) -> str:
    return await store.write(build)


async def test_a_line_up_that_was_set_is_applied(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=DONE)
    assert await found(store, user, decision, BEFORE) == ("applied", [True], None)
    row = await row_of(store, decision)
    assert row.proof == {
        "state": "applied",
        "at": BEFORE.isoformat(),
        "steps": [
            {"text": "RB: start Player 4 (WR, PHI) in place of Player 2.", "done": True, "late": False}
        ],
        "note": None,
    }
    last = (await history(store, decision))[-1]
    assert (last.action, last.door) == ("apply", "sync")
    assert last.note == "applied: 1 of 1 steps seen in Sleeper"


async def test_any_legal_slot_will_do(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=("1", "3", "5", "4"))
    assert (await found(store, user, decision, BEFORE))[0] == "applied"


async def test_one_change_is_one_event_and_what_stays_the_same_writes_nothing(
    store: Store, user: str
) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=NOT_DONE)
    assert await prove(store, user, BEFORE) == 1
    before = await row_of(store, decision)
    assert (before.proof or {})["state"] == "open"
    for minutes in (1, 2):
        assert await prove(store, user, BEFORE + timedelta(minutes=minutes)) == 0
    after = await row_of(store, decision)
    assert (after.version, after.proof, after.updated_at) == (before.version, before.proof, before.updated_at)
    await synced(store, BEFORE, lineup=DONE)
    assert await prove(store, user, BEFORE) == 1
    assert await prove(store, user, BEFORE) == 0
    assert [line.action for line in await history(store, decision)][2:] == ["apply", "apply"]


async def test_the_proof_of_two_processes_is_written_once(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=DONE)
    other = Store(store.url)
    try:
        done = await asyncio.gather(*(prove(one, user, BEFORE) for one in (store, other, store, other)))
    finally:
        await other.close()
    assert sum(done) == 1
    assert [line.action for line in await history(store, decision)].count("apply") == 1


async def test_a_line_up_that_was_not_set(store: Store, user: str) -> None:
    """Missed only once a sync has looked after the lock, Sleeper's cache included."""
    decision = await approved(store, user, SWAP)
    await synced(store, LOCK + timedelta(minutes=4), lineup=NOT_DONE)
    assert await found(store, user, decision, MONDAY) == ("open", [False], None)
    await synced(store, AFTER, lineup=NOT_DONE)
    assert await found(store, user, decision, MONDAY) == ("missed", [False], "It was not done in time.")
    assert (await row_of(store, decision)).proof["steps"][0]["late"] is True  # type: ignore[index]


async def test_missed_is_taken_back_when_it_turns_out_to_have_been_done(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, AFTER, lineup=NOT_DONE)
    assert (await found(store, user, decision))[0] == "missed"
    await synced(store, MONDAY, lineup=DONE)
    assert (await found(store, user, decision, MONDAY))[0] == "applied"


async def test_a_line_up_that_was_set_in_part(store: Store, user: str) -> None:
    both = lineup(
        [("QB", "1", "1"), ("RB", "2", "4"), ("WR", "5", "6"), ("FLEX", "3", "3")], p5="BUF", p6="BUF"
    )
    decision = await approved(store, user, both)
    await synced(store, BEFORE, lineup=("1", "4", "5", "3"))
    missing = "WR: start Player 6 (WR, BUF) in place of Player 5"
    assert await found(store, user, decision, BEFORE) == ("partly", [True, False], f"Missing: {missing}.")


async def test_each_slot_locks_by_itself(store: Store, user: str) -> None:
    """The first swap locked with the early game and was not made; the second can still be."""
    both = lineup([("QB", "1", "1"), ("RB", "2", "4"), ("WR", "5", "6"), ("FLEX", "3", "3")], p2="KC")
    decision = await approved(store, user, both, expires_at=NOW - timedelta(minutes=30))
    await synced(store, NOW, lineup=NOT_DONE)
    assert (await found(store, user, decision, NOW))[0] == "open"
    steps = (await row_of(store, decision)).proof["steps"]  # type: ignore[index]
    assert [step["late"] for step in steps] == [True, False]
    assert [item.id for item in await to_apply(store, user, NOW)] == [decision]
    await synced(store, NOW, lineup=("1", "2", "6", "3"))
    assert (await found(store, user, decision, NOW))[:2] == ("partly", [False, True])
    assert await to_apply(store, user, NOW) == []


async def test_a_slot_that_locked_with_somebody_else(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=("1", "7", "5", "3"))
    assert (await found(store, user, decision, BEFORE))[0] == "open"
    await synced(store, AFTER, lineup=("1", "7", "5", "3"))
    state, _, note = await found(store, user, decision)
    assert (state, note) == ("overtaken", "Somebody else started for Player 2.")


async def test_the_chain_of_a_slot_that_locked_with_somebody_else(store: Store, user: str) -> None:
    chain = lineup([("QB", "1", "1"), ("RB", "2", "2"), ("WR", "5", "3"), ("FLEX", "3", "4")])
    decision = await approved(store, user, chain)
    await synced(store, AFTER, lineup=("1", "2", "7", "3"))
    state, _, note = await found(store, user, decision)
    assert (state, note) == ("overtaken", "Somebody else started for Player 5.")
    await synced(store, AFTER, lineup=("1", "2", "4", "3"))
    assert (await found(store, user, decision))[0] == "applied"


async def test_whoever_was_to_start_has_left(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    gone = [p for p in MINE if p != "4"]
    why = "Player 4 is no longer on your team."
    await synced(store, BEFORE, lineup=NOT_DONE, mine=gone)
    assert await found(store, user, decision, BEFORE) == ("overtaken", [False], why)
    # Once it has locked, today's rosters say nothing of then: only what went through before the lock does.
    await synced(store, MONDAY)
    assert (await found(store, user, decision, MONDAY))[0] == "missed"
    await moved(store, "drop", BEFORE, None, {"4": 1}, kind="free_agent")
    assert await found(store, user, decision, MONDAY) == ("overtaken", [False], why)


async def test_who_was_to_sit_still_starts(store: Store, user: str) -> None:
    decision = await approved(store, user, sit_start("4", "2"))
    await synced(store, AFTER, lineup=("1", "2", "5", "4"))
    state, _, note = await found(store, user, decision)
    assert state == "partly"
    assert note is not None
    assert note.endswith("Player 2 still starts.")


PLAN = plan_ahead("3", "4")


@pytest.mark.parametrize(
    ("stats", "confirmed", "state", "note"),
    [
        ({"gp": 1}, False, "overtaken", "Not needed: Player 3 played."),
        ({}, False, "open", "Whether Player 3 plays is not known yet."),
        ({}, True, "missed", "It was not done in time."),
    ],
)
async def test_a_plan_whose_player_is_not_replaced(
    store: Store, user: str, stats: Mapping[str, float], confirmed: bool, state: str, note: str
) -> None:
    decision = await approved(store, user, PLAN)
    await synced(store, BEFORE, lineup=NOT_DONE)
    assert (await found(store, user, decision, BEFORE))[::2] == (
        "open", "To be done only if Player 3 is inactive."
    )  # fmt: skip
    await did(store, "3", 10, stats)
    await synced(store, MONDAY if confirmed else AFTER, stats=True)
    assert (await found(store, user, decision, MONDAY))[::2] == (state, note)
    assert await to_apply(store, user, MONDAY) == []


async def test_a_plan_that_was_followed(store: Store, user: str) -> None:
    decision = await approved(store, user, PLAN)
    await synced(store, AFTER, lineup=("1", "2", "5", "4"))
    assert (await found(store, user, decision))[0] == "applied"


async def test_what_was_edited_is_what_is_proven(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await proposed_at(
        store, decision, NOW, user_action_taken={"action": "approve", "edit": dump(sit_start("7", "2"))}
    )
    await synced(store, BEFORE, lineup=DONE)
    assert (await found(store, user, decision, BEFORE))[0] == "open"
    assert (await look_up(store, decision, user, BEFORE)).steps == (
        "FLEX: start Player 7 (WR, PHI) in place of Player 2.",
    )
    await synced(store, BEFORE, lineup=("1", "7", "5", "3"))
    assert (await found(store, user, decision, BEFORE))[0] == "applied"


async def test_only_what_is_approved_is_proven(store: Store, user: str) -> None:
    ids = [
        await add(store, user, SWAP, answer=answer, kind=AgentTaskType.LINEUP_OPTIMIZATION, week=10)
        for answer in ("open", "rejected", "expired", "undone", "superseded", "withdrawn")
    ]
    await synced(store, AFTER, lineup=DONE)
    assert await prove(store, user, AFTER) == 0
    for one in ids:
        row = await row_of(store, one)
        assert (row.proof, row.executed) == (None, False)


async def test_nobody_elses_and_nothing_that_cannot_be_read(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, AFTER, lineup=DONE)
    assert await prove(store, "nobody", AFTER) == 0
    await proposed_at(store, decision, NOW, recommendation={"kind": "lineup_optimization"})
    assert await prove(store, user, AFTER) == 0


async def test_an_unknown_line_up_says_nothing(store: Store, user: str) -> None:
    decision = await approved(store, user, lineup([("RB", "2", None)]))
    await synced(store, AFTER, lineup=())

    async def forget(session: AsyncSession) -> None:
        (await session.get_one(Roster, "A:1")).starters = None

    await store.write(forget)
    assert await prove(store, user, AFTER) == 0
    assert (await row_of(store, decision)).proof is None


async def test_undoing_clears_the_proof(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, BEFORE, lineup=NOT_DONE)
    assert (await found(store, user, decision, BEFORE))[0] == "open"
    await undo(store, actor=user, door=Door.TUI, now=BEFORE)
    row = await row_of(store, decision)
    assert (row.proof, row.executed, row.user_approved) == (None, False, None)
    assert await prove(store, user, BEFORE) == 0


async def test_what_is_to_be_applied(store: Store, user: str) -> None:
    """Deadlines ahead first, then what was just missed; nothing that is done, lost or overtaken."""
    hours = {"soon": 1, "later": 5, "missed": -1, "long ago": -24 * 8}
    ids = {
        name: await approved(store, user, sit_start("4", "2"), expires_at=NOW + timedelta(hours=number))
        for name, number in hours.items()
    }
    items = await to_apply(store, user, NOW)
    assert [item.id for item in items] == [ids["soon"], ids["later"], ids["missed"]]
    assert [item.is_pressing(NOW) for item in items] == [True, False, False]
    assert all(item.status == "approved" and item.proof is None for item in items)
    await synced(store, BEFORE, lineup=DONE)
    await prove(store, user, BEFORE)
    assert await to_apply(store, user, NOW) == []


async def test_the_audit_keeps_what_was_seen(store: Store, user: str) -> None:
    decision = await approved(store, user, SWAP)
    await synced(store, AFTER, lineup=NOT_DONE)
    await prove(store, user, AFTER)
    async with store.read() as session:
        last: DecisionEvent = (await events(session, decision))[-1]
    row: AgentDecision = await row_of(store, decision)
    assert (last.version, last.actor, last.at) == (row.version, user, AFTER)
    assert last.note == "missed: 0 of 1 steps seen in Sleeper. It was not done in time."


@pytest.mark.usefixtures("clock_reset")
async def test_the_next_sync_proves_it(store: Store, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = await approved(store, user, SWAP)

    async def sync(*_: Any, **__: Any) -> SyncReport:
        await synced(store, BEFORE, lineup=DONE)
        return SyncReport(user, "manager", BEFORE, BEFORE, 1, ())

    monkeypatch.setattr("fantasy_tui.sleeper.sync.sync", sync)
    set_clock(BEFORE)
    workspace = Workspace(Settings(offline=False), store, None)
    await workspace.sync("manager")
    row = await row_of(store, decision)
    assert (row.executed, (row.proof or {})["state"]) == (True, "applied")
    assert await workspace.to_apply() == []
    assert await workspace.prove() == 0
