"""Rules: what they admit, what they never touch, what they would have done, and when they stop."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound, load_league_view
from fantasy_tui.crud.policy import PastCall
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, Door, User
from fantasy_tui.review import policy, policy_apply
from fantasy_tui.review.choices import choose
from fantasy_tui.review.decide import approve, reject, snooze, undo
from fantasy_tui.review.hours import parse_hours, within
from fantasy_tui.review.policy import BadPolicy, NotPreviewed, PolicyNotFound, Terms, parse_until
from fantasy_tui.review.policy_apply import Applied, apply_policies
from fantasy_tui.review.policy_preview import ENOUGH, PreviewWeek, preview, stops
from fantasy_tui.review.policy_safety import GIVES_UP, LINKED, UNSAID, gives_up
from fantasy_tui.review.queue import history, look_up, waiting
from fantasy_tui.review.record import Answered, track_record
from tests.leagues import NOW, build
from tests.proving import lineup
from tests.rules import (
    BEFORE_9,
    SIT_START,
    claim,
    rule_row,
    settled,
    stamp,
    start,
    switched_on,
    waits,
)
from tests.settling import made, starters

WAIVER = Terms("waiver_wire", None, minimum_confidence=60, maximum_loss=5.0)


LINEUP = Terms("lineup_optimization", None, minimum_confidence=60, maximum_loss=5.0)


def whole(*rows: tuple[str, str, str]) -> Any:
    """A line-up change with a range, as a line a slot."""
    return lineup(rows).model_copy(update={"middle": (-1.0, 9.0)})


@pytest.fixture
async def user(store: Store) -> str:
    return await made(store)


async def applied(store: Store, user: str, now: datetime = NOW) -> list[str]:
    return [verdict.decision_id for verdict in (await apply_policies(store, user, now)).approved]


# What a rule admits


@given(st.integers(0, 100), st.none() | st.floats(-60, 60), st.integers(55, 99), st.floats(0, 50))
def test_nothing_below_the_terms_is_admitted(sure: int, low: float | None, least: int, loss: float) -> None:
    admitted = Terms("sit_start", None, least, loss).admits(sure, low)
    assert admitted == (low is not None and sure >= least and low >= -loss)


@given(st.integers(0, 23), st.integers(0, 23), st.datetimes(timezones=st.just(UTC)))
def test_hours_and_their_complement_share_the_day(start_at: int, end: int, instant: datetime) -> None:
    if start_at != end:
        assert within(instant, (start_at, end)) is not within(instant, (end, start_at))
    assert within(instant, None)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("22-7", (22, 7)), (" 9 – 17 ", (9, 17)), ("8:00 to 24", (8, 0)), ("always", None), ("off", None)],
)
def test_hours_as_they_are_written(text: str, hours: tuple[int, int] | None) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["25-3", "3", "a-b", "5-5", "0-24", "1-25", "-3"])
def test_hours_that_cannot_be(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        parse_hours(text)


def test_the_end_is_a_day_to_come() -> None:
    end = parse_until("2024-12-31", NOW)
    assert end is not None
    assert end.astimezone().date().isoformat() == "2024-12-31"
    assert parse_until("never", NOW) is None
    for text in ("2024-11-09", "soon", "2024-13-01"):
        with pytest.raises(BadPolicy):
            parse_until(text, NOW)


@pytest.mark.parametrize(
    "terms",
    [
        Terms("trade_analysis", None, 80, 3),
        Terms("opponent_analysis", None, 80, 3),
        Terms("sit_start", None, 54, 3),
        Terms("sit_start", None, 100, 3),
        Terms("sit_start", None, 80, -1),
        Terms("sit_start", None, 80, float("nan")),
    ],
)
async def test_terms_that_no_rule_may_have(store: Store, user: str, terms: Terms) -> None:
    with pytest.raises(BadPolicy):
        await policy.add(store, user, terms)
    assert await policy.rules(store, user) == []


# How rules are kept


async def test_a_rule_is_off_and_stays_so_until_its_preview_was_looked_at(store: Store, user: str) -> None:
    rule = await policy.add(store, user, SIT_START)
    assert (rule.enabled, rule.previewed) == (False, False)
    with pytest.raises(NotPreviewed, match="preview"):
        await policy.switch(store, user, rule.id, on=True)
    await policy.looked_at(store, user, rule)
    assert (await policy.switch(store, user, rule.id[:8], on=True)).enabled
    assert not (await policy.switch(store, user, rule.id, on=False)).enabled
    assert (await policy.one(store, user, rule.id)).previewed


async def test_rules_belong_to_their_user_and_leagues_too(store: Store, user: str) -> None:
    async def work(session: AsyncSession) -> str:
        other = User(sleeper_user_id="2", sleeper_username="o", display_name="Other")
        session.add(other)
        await session.flush()
        return other.id

    other = await store.write(work)
    rule = await policy.add(store, user, Terms("sit_start", "A", 60, 5, hours=(9, 17)))
    assert (rule.league, rule.terms.hours) == ("Alpha League", (9, 17))
    assert await policy.rules(store, other) == []
    for act in (policy.one, policy.remove):
        with pytest.raises(PolicyNotFound):
            await act(store, other, rule.id)
    with pytest.raises(LeagueNotFound):
        await policy.add(store, other, Terms("sit_start", "A", 60, 5))
    assert (await policy.remove(store, user, rule.id)).id == rule.id
    assert await policy.rules(store, user) == []


# The preview


async def test_the_preview_counts_whatever_the_answer_was(store: Store, user: str) -> None:
    await settled(store, user, start("1", "2"), answer="approved")
    await settled(store, user, start("4", "5"), answer="rejected")
    await settled(store, user, start("2", "3"))
    await settled(store, user, start("5", "2"), confidence=59)
    await settled(store, user, start("3", "5", low=-5.1))
    await settled(store, user, start("1", "2", low=None), league_id="B")
    await settled(store, user, start("1", "2"), actionable=False)
    found = await preview(store, user, SIT_START)
    assert (found.settled, found.n, found.right, found.held_back) == (6, 3, 2, {})
    assert "6 decisions of this kind have been settled so far" in (found.warning or "")


async def test_the_replay_sees_what_waited_beside_and_the_hours(store: Store, user: str) -> None:
    first = await settled(store, user, start("1", "2"))
    await settled(store, user, start("1", "3"), made_at=BEFORE_9 + timedelta(minutes=9), answer="approved")
    found = await preview(store, user, SIT_START)
    assert (found.n, found.held_back) == (0, {LINKED: 2})
    await stamp(store, first, BEFORE_9 - timedelta(hours=1))
    # The first stood alone when it was proposed; the second came while the first waited.
    found = await preview(store, user, SIT_START)
    assert (found.n, found.held_back) == (1, {LINKED: 1})
    hour = (BEFORE_9 - timedelta(hours=1)).astimezone().hour
    away = Terms("sit_start", None, 60, 5, hours=((hour + 2) % 24, (hour + 3) % 24))
    found = await preview(store, user, away)
    assert (found.n, found.held_back) == (0, {})


async def test_the_replay_admits_the_same_change_twice_and_nothing_an_approved_one_overtook(
    store: Store, user: str
) -> None:
    kind = AgentTaskType.LINEUP_OPTIMIZATION
    change = whole(("QB", "3", "3"), ("RB", "2", "1")).model_copy(update={"settle": starters("1", "2")})
    await settled(store, user, start("1", "2"))
    await settled(store, user, change, kind=kind)
    found = await preview(store, user, SIT_START)
    assert (found.n, found.held_back) == (1, {})
    dropped = await settled(store, user, claim("9", "1"), kind=AgentTaskType.WAIVER_WIRE, answer="approved")
    await stamp(store, dropped, BEFORE_9 - timedelta(hours=2))

    async def early(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, dropped)
        row.closed_at = row.decided_at = BEFORE_9 - timedelta(hours=1)

    await store.write(early)
    found = await preview(store, user, SIT_START)
    assert (found.n, found.held_back) == (0, {LINKED: 1})


async def test_points_worst_and_weeks(store: Store, user: str) -> None:
    week = timedelta(days=1)
    await settled(store, user, start("1", "2"), made_at=BEFORE_9, answer="approved")
    worst = await settled(store, user, start("5", "3", summary="Bad one"), made_at=BEFORE_9 + week)
    found = await preview(store, user, SIT_START)
    assert (found.n, found.right, found.gained, found.lost) == (2, 1, 15.0, -12.25)
    assert found.worst is not None
    assert (found.worst.decision_id, found.worst.summary, found.worst.gain) == (worst, "Bad one", -12.25)
    assert found.weeks == (PreviewWeek("2024", 9, 2, 1, 2.75),)
    none = await preview(store, user, Terms("sit_start", "B", 60, 5))
    assert (none.settled, none.n, none.worst, none.weeks) == (0, 0, None, ())
    assert (none.warning or "").startswith("No decision of this kind has been settled")


async def test_the_preview_leaves_out_what_no_rule_may_approve(store: Store, user: str) -> None:
    kind = AgentTaskType.WAIVER_WIRE
    await settled(store, user, claim("8", "2"), kind=kind)  # a starter goes
    await settled(store, user, claim("10", None, first=("drop X: too large",)), kind=kind)
    await settled(store, user, claim("9", None), kind=kind)
    await settled(store, user, claim("8", "7"), kind=kind, league_id="B")  # one of the least goes
    found = await preview(store, user, WAIVER)
    assert (found.settled, found.n) == (4, 2)
    assert found.held_back == {GIVES_UP: 1, UNSAID: 1}


@pytest.mark.parametrize("drop", ["1", "2", "3", "4", "5", "unknown"])
async def test_nobody_who_counts_is_given_up(store: Store, drop: str) -> None:
    user = await store.write(build)
    async with store.read() as session:
        view = await load_league_view(session, "A", user, NOW, 10)
    assert gives_up(claim("8", drop).model_dump(mode="json"), view)
    assert gives_up(claim("8", "7").model_dump(mode="json"), None)
    assert not gives_up(claim("8", "7").model_dump(mode="json"), view)
    assert not gives_up(claim("8", None).model_dump(mode="json"), None)


# Rules at work


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
        from fantasy_tui.models import AgentDecision

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
        from fantasy_tui.models import AgentDecision

        row = await session.get_one(AgentDecision, decision)
        row.user_action_taken = {"action": "approve", "policy": "r"}

    await store.write(mark)
    await settled(store, user, start(), answer="approved")
    overall = (await track_record(store, user))[0]
    assert (overall.approved, overall.automatic) == (Answered(2, 30.0), Answered(1, 15.0))
