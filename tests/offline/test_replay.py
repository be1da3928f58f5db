"""Answers given without the shared database come to it later: the first holds, nothing is lost or doubled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import set_clock
from fantasy_tui.crud.merge import ANSWER_FIELDS, ANSWERS, Answer, Why, merge
from fantasy_tui.crud.replay import Replayed, conflicts
from fantasy_tui.crud.user import update_user_choices
from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    AgentTaskType,
    DecisionEvent,
    Door,
    League,
    LeagueMember,
    Policy,
    Roster,
    User,
)
from fantasy_tui.offline.local import LocalCopy
from fantasy_tui.offline.stores import Stores
from fantasy_tui.review import decide
from fantasy_tui.review.verdict import DecisionConflict, NothingToUndo
from tests.decisions import add_decision, add_league, add_user

NOW = datetime(2024, 11, 10, 15, tzinfo=UTC)
DEADLINE = NOW + timedelta(hours=3)


@pytest.fixture
async def shared(postgres_url: str, clock_reset: None) -> AsyncIterator[Store]:
    set_clock(NOW)
    store = Store(postgres_url)
    yield store
    await store.close()


@pytest.fixture
async def me(shared: Store) -> str:
    """A manager of a league that somebody else brought."""
    other, me = await add_user(shared, "2", "Other"), await add_user(shared, "1", "Me")
    await add_league(shared, other)

    async def join(session: AsyncSession) -> None:
        session.add(LeagueMember(league_id="L", user_id="1", display_name="Me"))
        session.add(
            Roster(id="L:1", league_id="L", roster_id=1, owner_id="1", players=["2", "4"], starters=["2"])
        )

    await shared.write(join)
    return me


class Machine:
    """A machine with a copy, with a network or without."""

    def __init__(self, shared: Store, file: Path, me: str) -> None:
        self.copy = LocalCopy(shared, file)
        self.me = me

    @property
    def store(self) -> Store:
        return self.copy.store if self.copy.away else self.copy.shared

    async def leave(self) -> None:
        self.copy.stand_in()

    async def back(self) -> Any:
        sent = await self.copy.send(self.me)
        await self.copy.pull(self.me)
        return sent

    async def say(self, what: str, decision_id: str, now: datetime) -> bool:
        """Answer; False where the store in use has another answer."""
        set_clock(now)
        given: dict[str, Any] = {"actor": self.me, "door": Door.TUI, "now": now}
        try:
            if what == "undo":
                await decide.undo(self.store, **given)
            elif what == "snooze":
                await decide.snooze(self.store, decision_id, until=now + timedelta(hours=1), **given)
            else:
                await getattr(decide, what)(self.store, decision_id, **given)
        except (DecisionConflict, NothingToUndo):
            return False
        return True


@pytest.fixture
async def machines(shared: Store, me: str, tmp_path: Path) -> AsyncIterator[list[Machine]]:
    found = [Machine(shared, tmp_path / f"copy-{number}.db", me) for number in range(3)]
    yield found
    for machine in found:
        await machine.copy.close()


async def row(store: Store, decision_id: str) -> AgentDecision:
    async with store.read() as session:
        return await session.get_one(AgentDecision, decision_id)


async def trail(store: Store, decision_id: str) -> list[DecisionEvent]:
    async with store.read() as session:
        asked = select(DecisionEvent).where(DecisionEvent.decision_id == decision_id)
        return list(await session.scalars(asked.order_by(DecisionEvent.version)))


async def test_an_answer_given_away_arrives_once(shared: Store, me: str, machines: list[Machine]) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    laptop = machines[0]
    await laptop.copy.pull(me)
    await laptop.leave()
    assert await laptop.say("approve", one, NOW)
    assert (await row(shared, one)).user_approved is None
    sent = await laptop.back()
    assert (sent.answers, sent.lost) == (1, ())
    stored, local = await row(shared, one), await row(laptop.copy.store, one)
    assert stored.user_approved is True
    assert stored.decided_at == NOW
    (given_away,) = [event for event in await trail(shared, one) if event.action == "approve"]
    assert given_away.replayed_at is not None
    assert given_away.at == NOW
    assert {name: getattr(stored, name) for name in ANSWER_FIELDS} == {
        name: getattr(local, name) for name in ANSWER_FIELDS
    }
    again = await laptop.back()
    assert again.answers == 0
    assert len(await trail(shared, one)) == 2


async def test_the_first_decider_wins_and_the_other_is_told(
    shared: Store, me: str, machines: list[Machine]
) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    plane, desk, _ = machines
    await plane.copy.pull(me)
    await plane.leave()
    assert await plane.say("approve", one, NOW)
    assert await desk.say("reject", one, NOW + timedelta(minutes=5))
    sent = await plane.back()
    (lost,) = sent.lost
    assert (lost.why, lost.action, lost.first_action) == (Why.SECOND, "reject", "approve")
    assert (await row(shared, one)).user_approved is True
    assert [(found.action, found.first_action) for found in await conflicts(shared, me)] == [
        ("reject", "approve")
    ]
    assert await conflicts(plane.copy.store, me) == await conflicts(shared, me)


async def test_too_late_is_kept_as_such(shared: Store, me: str, machines: list[Machine]) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()

    async def kick_off_sooner(session: AsyncSession) -> None:
        decision = await session.get_one(AgentDecision, one)
        decision.expires_at, decision.version = NOW, decision.version + 1

    await shared.write(kick_off_sooner)
    assert await plane.say("approve", one, NOW + timedelta(minutes=1))
    (lost,) = (await plane.back()).lost
    assert (lost.why, lost.action) == (Why.LATE, "approve")
    assert (await row(shared, one)).user_approved is None
    assert [event.action for event in await trail(shared, one)] == ["propose", "approve"]


async def test_advice_made_and_answered_away_comes_whole(
    shared: Store, me: str, machines: list[Machine]
) -> None:
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()
    made = await add_decision(plane.copy.store, me, expires_at=DEADLINE, subject="made away")
    left = await add_decision(plane.copy.store, me, expires_at=DEADLINE, subject="not answered")
    assert await plane.say("reject", made, NOW)
    sent = await plane.back()
    assert sent.answers == 1
    assert (await row(shared, made)).user_approved is False
    assert len(await trail(shared, made)) == 2
    async with shared.read() as session:
        assert await session.get(AgentDecision, left) is None
    async with plane.copy.store.read() as session:
        assert await session.get(AgentDecision, left) is None


async def test_an_answer_to_what_was_superseded_meanwhile_holds(
    shared: Store, me: str, machines: list[Machine]
) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()

    async def supersede(session: AsyncSession) -> None:
        decision = await session.get_one(AgentDecision, one)
        decision.closed_at, decision.version = NOW, decision.version + 1

    await shared.write(supersede)
    assert await plane.say("approve", one, NOW)
    await plane.back()
    assert (await row(shared, one)).user_approved is True


async def test_sent_after_a_crash(shared: Store, me: str, machines: list[Machine]) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    before = machines[0]
    await before.copy.pull(me)
    await before.leave()
    assert await before.say("approve", one, NOW)
    await before.copy.close()
    after = Machine(shared, before.copy.file, me)
    assert (await after.back()).answers == 1
    assert (await row(shared, one)).user_approved is True
    await after.copy.close()


async def test_another_program_sent_first(shared: Store, me: str, machines: list[Machine]) -> None:
    one, two = [await add_decision(shared, me, expires_at=DEADLINE, subject=one) for one in "ab"]
    app = machines[0]
    await app.copy.pull(me)
    await app.leave()
    assert await app.say("approve", one, NOW)
    command = Machine(shared, app.copy.file, me)
    stores = Stores(shared, command.copy)
    assert (await stores.come_back(me) or Replayed()).answers == 1
    await command.copy.close()
    assert await app.say("reject", two, NOW + timedelta(minutes=1))
    sent = await Stores(shared, app.copy).come_back(me)
    assert sent is not None
    assert sent.answers == 1
    assert not app.copy.away
    assert [(await row(shared, each)).user_approved for each in (one, two)] == [True, False]


async def test_what_came_after_the_copy_stood_down_is_sent_by_the_next_pull(
    shared: Store, me: str, machines: list[Machine]
) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    plane = machines[0]
    await plane.copy.pull(me)
    await decide.approve(plane.copy.store, one, actor=me, door=Door.POLICY, now=NOW)
    await plane.copy.pull(me)
    assert (await row(shared, one)).user_approved is True
    assert (await row(plane.copy.store, one)).user_approved is True


async def test_a_league_that_is_gone_does_not_hold_the_rest_up(
    shared: Store, me: str, machines: list[Machine]
) -> None:
    one = await add_decision(shared, me, expires_at=DEADLINE)
    await add_league(shared, me, "G", "Gone")
    lost = await add_decision(shared, me, expires_at=DEADLINE, league_id="G")

    async def join(session: AsyncSession) -> None:
        session.add(LeagueMember(league_id="G", user_id="1", display_name="Me"))

    await shared.write(join)
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()
    assert await plane.say("reject", lost, NOW)
    assert await plane.say("reject", one, NOW + timedelta(minutes=1))

    async def remove(session: AsyncSession) -> None:
        await session.execute(delete(League).where(League.id == "G"))

    await shared.write(remove)
    sent = await plane.back()
    assert (await row(shared, one)).user_approved is False
    assert [(each.decision_id, each.why) for each in sent.lost] == [(lost, Why.GONE)]


async def test_torn_while_sending(
    shared: Store, me: str, machines: list[Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await add_decision(shared, me, expires_at=DEADLINE, subject=str(number)) for number in range(3)]
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()
    for number, one in enumerate(ids):
        assert await plane.say("approve", one, NOW + timedelta(seconds=number))
    whole, calls = Store.write, 0

    async def torn(self: Store, work: Any) -> Any:
        nonlocal calls
        calls += self is shared
        if calls == 3 and self is shared:  # choices, one decision, and then
            raise ConnectionError
        return await whole(self, work)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", torn)
        with pytest.raises(StoreUnreachable):
            await plane.back()
    assert (await plane.back()).answers == 2
    assert [(await row(shared, one)).user_approved for one in ids] == [True] * 3
    assert [len(await trail(shared, one)) for one in ids] == [2] * 3


async def test_settings_and_rules_come_too(shared: Store, me: str, machines: list[Machine]) -> None:
    async def rule(session: AsyncSession, id: str) -> None:
        session.add(
            Policy(
                id=id,
                user_id=me,
                decision_type=AgentTaskType.SIT_START,
                minimum_confidence=80,
                maximum_loss=1.0,
            )
        )

    await shared.write(lambda session: rule(session, "kept"))
    await shared.write(lambda session: rule(session, "removed away"))
    await shared.write(lambda session: rule(session, "removed elsewhere"))
    plane = machines[0]
    await plane.copy.pull(me)
    await plane.leave()
    set_clock(NOW + timedelta(minutes=1))

    async def choose(session: AsyncSession) -> None:
        await update_user_choices(session, me, preferences={"theme": "light"})
        (await session.get_one(Policy, "kept")).minimum_confidence = 90
        await session.execute(delete(Policy).where(Policy.id == "removed away"))
        await rule(session, "made away")

    await plane.copy.store.write(choose)

    async def elsewhere(session: AsyncSession) -> None:
        await session.execute(delete(Policy).where(Policy.id == "removed elsewhere"))

    await shared.write(elsewhere)
    for _ in range(2):
        await plane.back()
        for store in (shared, plane.copy.store):
            async with store.read() as session:
                assert (await session.get_one(User, me)).preferences == {"theme": "light"}
                rules = {one.id: one.minimum_confidence for one in await session.scalars(select(Policy))}
                assert rules == {"kept": 90, "made away": 80}


STEPS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["leave", "back", "approve", "reject", "snooze", "undo"]),
    st.integers(0, 1),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(STEPS, min_size=4, max_size=14), order=st.permutations(range(3)), again=st.booleans())
async def test_three_machines_come_to_the_same_state(
    shared: Store,
    me: str,
    machines: list[Machine],
    history: list[tuple[int, str, int]],
    order: list[int],
    again: bool,
) -> None:
    now = NOW
    ids = [
        await add_decision(shared, me, expires_at=DEADLINE, subject=f"{id(history)}/{number}/{now}/{history}")
        for number in range(2)
    ]
    for machine in machines:
        await machine.copy.pull(me)
        await machine.leave()
    said: dict[str, Answer] = {}
    for number, what, which in history:
        machine, now = machines[number], now + timedelta(minutes=1)
        set_clock(now)
        if what == "leave":
            await machine.leave()
        elif what == "back":
            await machine.back()
        else:
            await machine.say(what, ids[which], now)
            for one in ids:
                for event in await trail(machine.store, one):
                    if event.action.value in ANSWERS:
                        said[event.id] = Answer(
                            event.id, event.at, event.action.value, event.before or {}, event.after or {}
                        )
    for number in order:
        await machines[number].back()
    if again:
        for machine in machines:
            assert (await machine.back()).answers == 0
    for machine in machines:
        await machine.copy.pull(me)
    for one in ids:
        events = await trail(shared, one)
        answers = [said[event.id] for event in events if event.action.value in ANSWERS]
        assert [event.version for event in events] == list(range(1, len(events) + 1))
        merged = merge(answers, DEADLINE)
        stored = await row(shared, one)
        assert stored.user_approved is merged.state["user_approved"]
        assert (stored.snoozed_until and stored.snoozed_until.isoformat()) == merged.state["snoozed_until"]
        assert stored.version == len(events)
        for machine in machines:
            local = await row(machine.copy.store, one)
            assert [getattr(local, name) for name in ANSWER_FIELDS] == [
                getattr(stored, name) for name in ANSWER_FIELDS
            ]
            assert [event.id for event in await trail(machine.copy.store, one)] == [
                event.id for event in events
            ]
    async with shared.read() as session:
        told = set(await session.scalars(select(DecisionEvent.id)))
    assert said.keys() <= told
