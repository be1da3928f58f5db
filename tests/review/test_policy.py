"""Rules: what they admit, what they never touch, what they would have done, and when they stop."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound, load_league_view
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, User
from fantasy_tui.review import policy
from fantasy_tui.review.hours import parse_hours, within
from fantasy_tui.review.policy import BadPolicy, NotPreviewed, PolicyNotFound, Terms, parse_until
from fantasy_tui.review.policy_preview import PreviewWeek, preview
from fantasy_tui.review.policy_safety import GIVES_UP, LINKED, UNSAID, gives_up
from tests.leagues import NOW, build
from tests.rules import (
    BEFORE_9,
    SIT_START,
    claim,
    settled,
    stamp,
    start,
    whole,
)
from tests.settling import made, starters

WAIVER = Terms("waiver_wire", None, minimum_confidence=60, maximum_loss=5.0)


@pytest.fixture
async def user(store: Store) -> str:
    return await made(store)


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
