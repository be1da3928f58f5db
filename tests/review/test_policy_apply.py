"""Rules at work: what they approve, what they leave to the person, and when they stop."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.policy import PastCall
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, Door
from fantasy_tui.review import policy, policy_apply
from fantasy_tui.review.choices import choose
from fantasy_tui.review.decide import approve, reject, snooze, undo
from fantasy_tui.review.policy import NotPreviewed, Terms
from fantasy_tui.review.policy_apply import Applied, apply_policies
from fantasy_tui.review.policy_preview import ENOUGH, preview, stops
from fantasy_tui.review.queue import history, look_up, waiting
from fantasy_tui.review.record import Answered, track_record
from tests.leagues import NOW
from tests.rules import (
    BEFORE_9,
    SIT_START,
    claim,
    rule_row,
    settled,
    start,
    switched_on,
    waits,
    whole,
)
from tests.settling import made

WAIVER = Terms("waiver_wire", None, minimum_confidence=60, maximum_loss=5.0)
LINEUP = Terms("lineup_optimization", None, minimum_confidence=60, maximum_loss=5.0)


@pytest.fixture
async def user(store: Store) -> str:
    return await made(store)


async def applied(store: Store, user: str, now: datetime = NOW) -> list[str]:
    return [verdict.decision_id for verdict in (await apply_policies(store, user, now)).approved]


async def test_off_by_default_and_with_the_master_switch_off(store: Store, user: str) -> None:
    await waits(store, user, start("4", "2", week=10))
    assert await apply_policies(store, user, NOW) == Applied()
    rule = await switched_on(store, user)
    await choose(store, user, "automatic", "off")
    assert await applied(store, user) == []
    await choose(store, user, "automatic", "on")
    await policy.switch(store, user, rule.id, on=False)
    assert await applied(store, user) == []


async def test_an_automatic_answer_is_marked_shown_and_undone(store: Store, user: str) -> None:
    decision = await waits(store, user, start("4", "2", week=10))
    rule = await switched_on(store, user)
    assert await applied(store, user) == [decision]
    assert await waiting(store, user, NOW) == []
    item = await look_up(store, decision, user, NOW)
    assert (item.status, item.policy) == ("approved", rule.id)
    last = (await history(store, decision))[-1]
    assert (last.action, last.door, last.note) == ("approve", "policy", f"by rule {rule.id[:8]}")
    assert (await undo(store, actor=user, door=Door.TUI, now=NOW)).decision_id == decision
    assert (await look_up(store, decision, user, NOW)).policy is None
    # Whoever took it back wants to decide it in person.
    assert await applied(store, user) == []


@pytest.mark.parametrize(
    ("what", "more"),
    [
        (start("4", "2", week=10), {"confidence": 59}),
        (start("4", "2", week=10, low=-5.1), {}),
        (start("4", "2", week=10, low=None), {}),
        (start("4", "2", week=10), {"actionable": False}),
        (start("4", "2", week=10), {"kind": AgentTaskType.INJURY_MONITORING}),
    ],
)
async def test_what_the_terms_do_not_admit_waits(store: Store, user: str, what: Any, more: Any) -> None:
    await waits(store, user, what, **more)
    await switched_on(store, user)
    assert await applied(store, user) == []


async def test_a_rule_of_one_league_its_hours_and_its_end(store: Store, user: str) -> None:
    decision = await waits(store, user, start("4", "2", week=10))
    here = NOW.astimezone().hour
    for terms in (
        Terms("sit_start", "B", 60, 5),
        Terms("sit_start", None, 60, 5, hours=((here + 1) % 24, here)),
        Terms("sit_start", None, 60, 5, until=NOW),
    ):
        await switched_on(store, user, terms)
        assert await applied(store, user) == []
    await switched_on(store, user, Terms("sit_start", "A", 60, 5, hours=(here, (here + 1) % 24)))
    assert await applied(store, user) == [decision]


async def test_linked_decisions_are_the_persons(store: Store, user: str) -> None:
    await waits(store, user, start("4", "2", week=10))
    await waits(store, user, claim("12", "4", week=10))
    await switched_on(store, user)
    await switched_on(store, user, WAIVER)
    assert await applied(store, user) == []


async def test_the_same_change_asked_for_twice_holds_nothing_back(store: Store, user: str) -> None:
    change = whole(("QB", "1", "1"), ("RB", "2", "4"), ("WR", "5", "5"), ("FLEX", "3", "3"))
    both = {
        await waits(store, user, change, kind=AgentTaskType.LINEUP_OPTIMIZATION),
        await waits(store, user, start("4", "2", week=10)),
    }
    assert all(item.linked for item in await waiting(store, user, NOW))
    await switched_on(store, user)
    await switched_on(store, user, LINEUP)
    assert set(await applied(store, user)) == both


async def test_nobody_is_started_in_two_peoples_places(store: Store, user: str) -> None:
    change = whole(("QB", "1", "1"), ("RB", "2", "4"), ("WR", "5", "5"), ("FLEX", "3", "3"))
    await waits(store, user, change, kind=AgentTaskType.LINEUP_OPTIMIZATION)
    await waits(store, user, start("4", "3", week=10))
    await switched_on(store, user)
    await switched_on(store, user, LINEUP)
    assert await applied(store, user) == []


async def test_what_an_approved_one_overtook_is_the_persons(store: Store, user: str) -> None:
    await waits(store, user, claim("12", "4", week=10))
    (item,) = await waiting(store, user, NOW)
    await approve(store, item.id, actor=user, door=Door.TUI, now=NOW)
    await waits(store, user, start("4", "2", week=10))
    await switched_on(store, user)
    assert await applied(store, user) == []


@pytest.mark.parametrize("meanwhile", ["aside", "contradicted", "rule off", "all off"])
async def test_what_happens_while_the_rule_looks_counts(
    store: Store, user: str, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    decision = await waits(store, user, start("4", "2", week=10))
    rule = await switched_on(store, user)

    async def late(*given: Any, **named: Any) -> Any:
        match meanwhile:
            case "aside":
                back = NOW + timedelta(minutes=30)
                await snooze(store, decision, actor=user, door=Door.TUI, now=NOW, until=back)
            case "contradicted":
                await waits(store, user, claim("12", "4", week=10))
            case "rule off":
                await policy.switch(store, user, rule.id, on=False)
            case _:
                await choose(store, user, "automatic", "off")
        return await approve(*given, **named)

    monkeypatch.setattr(policy_apply, "approve", late)
    assert await applied(store, user) == []
    assert (await look_up(store, decision, user, NOW)).status == "pending"


async def test_where_the_world_has_moved_it_is_left_alone(store: Store, user: str) -> None:
    taken = await waits(store, user, claim("8", None, week=10))
    free = await waits(store, user, claim("12", None, week=10))
    await switched_on(store, user, WAIVER)
    assert await applied(store, user) == [free]
    assert (await look_up(store, taken, user, NOW)).status == "pending"


async def test_two_at_once_approve_each_decision_once(store: Store, user: str) -> None:
    decision = await waits(store, user, start("4", "2", week=10))
    await switched_on(store, user)
    found = await asyncio.gather(*(applied(store, user) for _ in range(4)))
    assert sorted(found) == [[], [], [], [decision]]
    assert [event.action for event in await history(store, decision)].count("approve") == 1


async def test_one_that_is_set_aside_still_counts_as_waiting(store: Store, user: str) -> None:
    aside = await waits(store, user, claim("12", "4", week=10))
    await snooze(store, aside, actor=user, door=Door.TUI, now=NOW, until=NOW + timedelta(minutes=30))
    await waits(store, user, start("4", "2", week=10))
    await switched_on(store, user)
    assert await applied(store, user) == []


async def test_a_starter_is_never_dropped_and_a_reserve_may_be(store: Store, user: str) -> None:
    await waits(store, user, claim("12", "2", week=10))
    await waits(store, user, claim("12", "7", week=10, first=("move X to reserve: it makes room",)))
    small = await waits(store, user, claim("12", "7", week=10), league_id="B")
    await switched_on(store, user, WAIVER)
    assert await applied(store, user) == [small]


async def test_what_a_person_has_touched_is_the_persons(store: Store, user: str) -> None:
    decision = await waits(store, user, start("4", "2", week=10))
    await reject(store, decision, actor=user, door=Door.CLI, now=NOW)
    await undo(store, actor=user, door=Door.CLI, now=NOW)
    await switched_on(store, user)
    assert await applied(store, user) == []
    await approve(store, decision, actor=user, door=Door.CLI, now=NOW)


async def test_old_numbers_on_a_game_day_count_as_less(store: Store, user: str) -> None:
    decision = await waits(store, user, start("4", "2", week=10), confidence=60)

    async def age(session: AsyncSession) -> None:

        (await session.get_one(AgentDecision, decision)).as_of = NOW - timedelta(hours=7)

    await store.write(age)
    await switched_on(store, user)
    assert await applied(store, user) == []


# A rule stops by itself


def calls(n: int, right: int, stated: int = 80) -> list[PastCall]:
    return [PastCall(stated, 0.0, place < right) for place in range(n)]


def test_a_rule_stops_where_its_odds_did_not_hold() -> None:
    assert stops(SIT_START, calls(ENOUGH - 1, 0)) is None
    assert stops(SIT_START, calls(20, 16)) is None
    told = stops(SIT_START, calls(20, 8))
    assert told is not None
    assert "stated 80 in 100" in told
    assert "8 came true" in told
    assert stops(SIT_START, calls(60, 60, 70)) is not None
    assert stops(SIT_START, [PastCall(59, 0.0, False)] * 50 + [PastCall(90, None, False)] * 50) is None


async def test_it_switches_itself_off_is_told_once_and_needs_another_look(store: Store, user: str) -> None:
    for place in range(ENOUGH):
        await settled(
            store, user, start("2", "3"), made_at=BEFORE_9 + timedelta(minutes=place), confidence=80
        )
    rule = await switched_on(store, user)
    assert "outside the 95 % interval" in ((await preview(store, user, SIT_START)).warning or "")
    await waits(store, user, start("4", "2", week=10))
    found = await apply_policies(store, user, NOW)
    assert found.approved == ()
    assert len(found.stopped) == 1
    assert "has switched itself off" in found.stopped[0]
    row = await rule_row(store, rule.id)
    assert not row.enabled
    assert (row.stopped or "") in found.stopped[0]
    assert await apply_policies(store, user, NOW) == Applied()
    with pytest.raises(NotPreviewed):
        await policy.switch(store, user, rule.id, on=True)
    assert (await policy.one(store, user, rule.id)).state(NOW, True) == "stopped itself"


async def test_the_record_tells_what_rules_have_won(store: Store, user: str) -> None:
    decision = await settled(store, user, start(), answer="approved")

    async def mark(session: AsyncSession) -> None:

        row = await session.get_one(AgentDecision, decision)
        row.user_action_taken = {"action": "approve", "policy": "r"}

    await store.write(mark)
    await settled(store, user, start(), answer="approved")
    overall = (await track_record(store, user))[0]
    assert (overall.approved, overall.automatic) == (Answered(2, 30.0), Answered(1, 15.0))
