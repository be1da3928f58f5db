"""What can be settled and when, by which points, written once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import decision_events
from fantasy_tui.crud.settle import (
    Due,
    Ended,
    WeekPoints,
    confirmed_weeks,
    due,
    ended,
    settled,
    week_points,
    write_outcome,
)
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, PlayerStats
from tests.leagues import NOW
from tests.settling import (
    OVER_9,
    OVER_10,
    POINTS,
    TUESDAY,
    add,
    advice,
    did,
    final,
    injury,
    made,
    row_of,
    score,
    starters,
)

RIGHT = {"right": True, "gain": 3.5, "settled_by": "starters", "plays": None}


async def ended_ids(store: Store, user_id: str, now: Any = NOW) -> set[str]:
    async with store.read() as session:
        return {one.id for here in (await ended(session, user_id, now)).values() for one in here}


@pytest.mark.parametrize(
    ("answer", "actionable", "settles"),
    [
        ("approved", True, True),
        ("rejected", True, True),
        ("expired", True, True),
        ("expired", False, True),
        ("open", False, True),
        ("open", True, False),
        ("undone", True, False),
        ("withdrawn", True, False),
        ("superseded", True, False),
        ("withdrawn", False, False),
    ],
)
async def test_what_ended_can_be_settled(store: Store, answer: str, actionable: bool, settles: bool) -> None:
    user = await made(store)
    one = await add(store, user, advice(starters("1", "2")), answer=answer, actionable=actionable)
    assert await ended_ids(store, user) == ({one} if settles else set())


async def test_only_once_its_last_week_is_over(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(starters("1", "2")), settles_week=10)
    assert await ended_ids(store, user, OVER_10 - timedelta(seconds=1)) == set()
    assert await ended_ids(store, user, OVER_10) == {one}
    assert await ended_ids(store, "somebody else", TUESDAY) == set()


async def test_without_a_rule_there_is_nothing_to_settle(store: Store) -> None:
    user = await made(store)
    await add(store, user, advice(None))
    assert await ended_ids(store, user, TUESDAY) == set()


async def test_by_league(store: Store) -> None:
    user = await made(store)
    ids = {league: await add(store, user, advice(starters("1", "2")), league_id=league) for league in "AB"}
    async with store.read() as session:
        found = await ended(session, user, NOW)
    assert {league: [one.id for one in here] for league, here in found.items()} == {
        league: [one] for league, one in ids.items()
    }


async def test_a_week_is_confirmed_by_stats_and_matchups_that_were_checked_after_it(store: Store) -> None:
    await made(store)

    async def confirmed() -> frozenset[int]:
        async with store.read() as session:
            return await confirmed_weeks(session, "A", "2024")

    assert await confirmed() == {9}
    await final(store, at=OVER_9)
    assert await confirmed() == {9}
    await final(store, at=OVER_9 - timedelta(seconds=1))
    assert await confirmed() == frozenset()
    await final(store)
    await final(store, 10, leagues=["B"])
    assert await confirmed() == {9}
    await final(store, 10, leagues=["A"])
    assert await confirmed() == {9, 10}


async def test_points_are_sleepers_where_a_player_is_on_a_roster_else_the_leagues_scoring(
    store: Store,
) -> None:
    await made(store)
    await did(store, "10", 9, {"gp": 1, "rush_yd": 80, "rec": 3, "unpriced": 9})
    await did(store, "12", 9, {"gp": 0, "rush_yd": 0})
    await score(store, {"8": 30.0}, roster_id=2, custom_points=77.7)

    async def points(league_id: str) -> WeekPoints | None:
        async with store.read() as session:
            return await week_points(session, league_id, "2024", 9, ["1", "2", "3", "10", "12", "nobody"])

    of_a = await points("A")
    assert of_a is not None
    assert of_a.totals == {1: sum(POINTS.values()), 2: 77.7}
    assert {player: of_a.points[player] for player in POINTS} == POINTS
    assert of_a.points["8"] == 30.0
    assert of_a.points["10"] == pytest.approx(11.0)  # 80 yards and three catches at a point each
    assert of_a.took_part == {"1", "2", "3", "10"}
    async with store.read() as session:
        await session.execute(delete(PlayerStats).where(PlayerStats.week == 9))
        assert await week_points(session, "A", "2024", 9, ["1"]) is None


async def test_an_outcome_is_written_once_with_its_event(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(starters("1", "2")), answer="approved")
    async with store.read() as session:
        [read] = (await ended(session, user, NOW))["A"]

    async def write(outcome: dict[str, Any], at: Any, version: int | None = None) -> bool:
        known = Ended(read.id, version or read.version, read.season, read.week, read.recommendation, None)
        return await store.write(lambda session: write_outcome(session, known, outcome, at))

    assert not await write(RIGHT, NOW, version=read.version - 1)
    assert await write(RIGHT, NOW)
    wrong = RIGHT | {"right": False, "gain": -9.0}
    assert not await write(wrong, TUESDAY)
    assert not await write(wrong, TUESDAY, version=read.version + 1)
    row = await row_of(store, one)
    assert (row.outcome, row.settled_at, row.version) == (RIGHT, NOW, read.version + 1)
    assert await ended_ids(store, user, TUESDAY) == set()
    async with store.read() as session:
        event = (await decision_events.events(session, one))[-1]
    assert (event.action.value, event.door.value, event.actor) == ("settle", "sync", user)
    assert event.note == "right, +3.50 points"


async def test_the_settled_ones_as_the_record_needs_them(store: Store) -> None:
    user = await made(store)
    rule = starters("4", "3")
    await add(store, user, injury(rule, "3", 0.7), kind=AgentTaskType.INJURY_MONITORING, confidence=81)
    await add(store, user, advice(rule), league_id="B", answer="rejected")

    async def settle_all(session: AsyncSession) -> None:
        for here in (await ended(session, user, NOW)).values():
            for one in here:
                assert await write_outcome(session, one, RIGHT | {"plays": False}, NOW)

    await store.write(settle_all)
    async with store.read() as session:
        found = {one.kind: one for one in await settled(session, user)}
        assert {one.kind for one in await settled(session, user, "B")} == {"sit_start"}
        assert await settled(session, "somebody else") == []
    hurt, other = found["injury_monitoring"], found["sit_start"]
    assert (hurt.confidence, hurt.plays, hurt.plays_probability, hurt.approved) == (81, False, 0.7, None)
    assert (other.plays_probability, other.approved, other.actionable) == (None, False, True)
    assert (other.right, other.gain) == (True, 3.5)


async def test_what_is_due_next(store: Store) -> None:
    user = await made(store)

    async def next_due(league_id: str | None = None) -> Due | None:
        async with store.read() as session:
            return await due(session, user, league_id)

    assert await next_due() is None
    await add(store, user, advice(starters("1", "2")), answer="withdrawn")
    assert await next_due() is None
    for _ in range(2):
        await add(store, user, advice(starters("1", "2", 10)), week=10, answer="open")
    await add(store, user, advice(starters("1", "2", 11)), week=11, answer="open", league_id="B")
    assert await next_due() == Due("2024", 10, OVER_10, 2)
    assert await next_due("B") == Due("2024", 11, OVER_10 + timedelta(days=7), 1)
