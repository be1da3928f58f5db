"""Settling after a week: by each decision's own rule, once, whoever is first."""

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.observation import remember
from fantasy_tui.database.store import Store
from fantasy_tui.football.settle import Rosters, Rule, Win
from fantasy_tui.models import AgentTaskType, ObservationKind, Projection
from fantasy_tui.review.decide import undo
from fantasy_tui.review.queue import history, look_up
from fantasy_tui.review.settle import settle_final
from tests.leagues import NOW
from tests.settling import (
    OVER_9,
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


async def outcome(store: Store, decision_id: str) -> dict[str, object] | None:
    return (await row_of(store, decision_id)).outcome


@pytest.mark.parametrize(
    ("rule", "right", "gain"),
    [
        (starters("1", "2"), True, 15.0),
        (starters("2", "1"), False, -15.0),
        (starters("3", "4"), True, 0.0),
        (starters("10", "4"), True, 2.75),  # on no roster: 80 yards and 7 catches
        (starters("nobody", "5"), True, 0.0),
        (Win(week=9, roster_id=1, opponent_roster_id=2), False, -0.5),
        (Win(week=9, roster_id=2, opponent_roster_id=1), True, 0.5),
    ],
)
async def test_by_its_own_rule(store: Store, rule: Rule, right: bool, gain: float) -> None:
    user = await made(store)
    await score(store, {"8": 30.0}, roster_id=2, custom_points=50.0)
    await did(store, "10", 9, {"gp": 1, "rush_yd": 80, "rec": 7})
    one = await add(store, user, advice(rule))
    assert await settle_final(store, user, NOW) == 1
    assert await outcome(store, one) == {"right": right, "gain": gain, "settled_by": rule.rule, "plays": None}


async def test_an_edit_is_settled_beside_the_advice(store: Store) -> None:
    user = await made(store)
    one = await add(
        store, user, advice(starters("2", "3")), answer="approved", edit=advice(starters("1", "2"))
    )
    assert await settle_final(store, user, NOW) == 1
    assert await outcome(store, one) == {
        "right": False,
        "gain": -7.25,
        "settled_by": "starters",
        "plays": None,
        "edit": {"right": True, "gain": 15.0},
    }
    *_, last = await history(store, one)
    assert last.note == "wrong, -7.25 points; as edited right, +15.00 points"


@pytest.mark.parametrize("week", [10, None])
async def test_an_edit_that_cannot_be_measured_yet_waits(store: Store, week: int | None) -> None:
    user = await made(store)
    edit = advice(starters("1", "2", week=10)) if week else advice(None)
    one = await add(store, user, advice(starters("2", "3")), answer="approved", edit=edit)
    assert await settle_final(store, user, NOW) == (0 if week else 1)
    assert ("edit" in (await outcome(store, one) or {})) is False


async def test_a_win_without_both_totals_is_left_open(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(Win(week=9, roster_id=1, opponent_roster_id=3)))
    assert await settle_final(store, user, NOW) == 0
    assert await outcome(store, one) is None


@pytest.mark.parametrize(("stats", "plays"), [({"gp": 1, "off_snp": 1}, True), ({"gms_active": 1}, False)])
async def test_an_injury_also_tells_whether_he_played(
    store: Store, stats: dict[str, float], plays: bool
) -> None:
    user = await made(store)
    await did(store, "3", 9, stats)
    one = await add(store, user, injury(starters("4", "3"), "3", 0.7), kind=AgentTaskType.INJURY_MONITORING)
    assert await settle_final(store, user, NOW) == 1
    assert await outcome(store, one) == {
        "right": True, "gain": 0.0, "settled_by": "starters", "plays": plays
    }  # fmt: skip


async def test_a_roster_by_the_line_up_that_was_best_before_the_week(store: Store) -> None:
    """The prospect was projected above Kelce on Saturday: he counts, whatever was published and scored later."""
    user = await made(store)
    saturday, monday = NOW - timedelta(days=1), NOW + timedelta(days=1)

    async def publish(session: AsyncSession) -> None:
        for seen_at, yards_of_7 in ((saturday, 99), (monday, 0)):
            lines = {"7": {"rec_yd": yards_of_7, "rec": 6}, "5": {"rec_yd": 60, "rec": 5}}
            for player, yards in (("1", 250), ("2", 110), ("3", 90)):
                lines[player] = {"pass_yd" if player == "1" else "rush_yd": yards}
            scope = "2024:10:sleeper"
            await remember(session, ObservationKind.PROJECTION, scope, lines, seen_at)
        await session.execute(
            update(Projection).where(Projection.player_id == "7").values(stats={"rec_yd": 0}, as_of=monday)
        )

    await store.write(publish)
    await score(store, {"1": 20.0, "2": 10.0, "3": 12.0, "7": 3.0, "5": 25.5}, week=10)
    await did(store, "1", 10, {"gp": 1})
    await final(store, 10)
    rule = Rosters(weeks=(10,), new=("1", "2", "3", "7", "5"), old=("1", "2", "3", "5"))
    one = await add(store, user, advice(rule), week=10)
    assert await settle_final(store, user, TUESDAY) == 1
    assert await outcome(store, one) == {
        "right": False, "gain": -22.5, "settled_by": "rosters", "plays": None
    }  # fmt: skip


async def test_a_roster_waits_for_the_last_of_its_weeks(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(Rosters(weeks=(9, 10), new=("1",), old=("8",))), settles_week=9)
    assert await settle_final(store, user, NOW) == 0
    await did(store, "1", 10, {"gp": 1})
    await score(store, {"8": 1.0}, roster_id=2)
    await score(store, {"8": 2.0}, roster_id=2, week=10)
    await final(store, 10)
    assert await settle_final(store, user, TUESDAY) == 1
    settled = await outcome(store, one)
    assert settled is not None
    assert settled["gain"] == pytest.approx(20.0 + 10.4 - 1.0 - 2.0)


async def test_only_after_a_sync_has_confirmed_the_week(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(starters("1", "2")))
    await final(store, at=OVER_9 - timedelta(minutes=1))
    assert await settle_final(store, user, NOW) == 0
    await final(store, at=OVER_9, leagues="B")
    assert await settle_final(store, user, NOW) == 0
    await final(store, at=OVER_9, leagues="A")
    assert await settle_final(store, user, NOW) == 1
    assert (await row_of(store, one)).settled_at == NOW


async def test_each_league_by_its_own_points(store: Store) -> None:
    user = await made(store)
    await score(store, {"1": 1.0, "2": 9.0}, league_id="B")
    ids = [await add(store, user, advice(starters("1", "2")), league_id=league) for league in "AB"]
    assert await settle_final(store, user, NOW) == 2
    assert [(await outcome(store, one) or {})["gain"] for one in ids] == [15.0, -8.0]


async def test_again_and_at_once_changes_nothing(store: Store) -> None:
    user = await made(store)
    ids = [
        await add(store, user, advice(starters("1", "2")), league_id=league, answer=answer)
        for league in "AB"
        for answer in ("approved", "rejected", "expired", "open")
    ]
    other = Store(store.url)
    try:
        done = await asyncio.gather(*(settle_final(one, user, NOW) for one in (store, other, store)))
    finally:
        await other.close()
    assert sum(done) == 8  # those still open are past their deadline, so they have expired
    before = [await row_of(store, one) for one in ids]
    await score(store, {"1": 0.0, "2": 50.0})
    assert await settle_final(store, user, TUESDAY) == 0
    after = [await row_of(store, one) for one in ids]
    for was, now in zip(before, after, strict=True):
        assert (was.outcome, was.settled_at, was.version) == (now.outcome, now.settled_at, now.version)
        events = [line.action for line in await history(store, was.id)]
        assert events.count("settle") == 1
        assert events[-1] == "settle"


async def test_what_is_past_its_deadline_expires_first(store: Store) -> None:
    user = await made(store)
    ids = [await add(store, user, advice(starters("1", "2")), answer=answer) for answer in ("open", "undone")]
    assert await settle_final(store, user, NOW) == 2
    for one in ids:
        assert [line.action for line in await history(store, one)][-2:] == ["expire", "settle"]
        assert (await look_up(store, one, user, NOW)).status == "expired"


async def test_superseded_and_withdrawn_advice_never_settles(store: Store) -> None:
    user = await made(store)
    for answer in ("superseded", "withdrawn"):
        await add(store, user, advice(starters("1", "2")), answer=answer)
    assert await settle_final(store, user, TUESDAY) == 0


async def test_toss_ups_settle_too(store: Store) -> None:
    user = await made(store)
    one = await add(store, user, advice(starters("1", "2")), answer="open", actionable=False, confidence=51)
    assert await settle_final(store, user, NOW) == 1
    assert (await outcome(store, one) or {})["right"] is True


async def test_what_cannot_be_read_is_skipped_and_logged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    user = await made(store)
    broken = [
        await add(store, user, {"kind": "sit_start"}, settles_week=9),
        await add(store, user, advice(None), settles_week=9),
    ]
    sound = await add(store, user, advice(starters("1", "2")))
    with caplog.at_level(logging.WARNING, "fantasy_tui.review.settle"):
        assert await settle_final(store, user, NOW) == 1
    assert await outcome(store, sound) is not None
    for one in broken:
        assert await outcome(store, one) is None
        assert any(f"decision {one} cannot be settled" in record.getMessage() for record in caplog.records)


async def test_nothing_to_settle(store: Store) -> None:
    user = await made(store)
    assert await settle_final(store, user, TUESDAY) == 0
    assert await settle_final(store, "nobody", TUESDAY) == 0


async def test_a_settled_answer_cannot_be_undone(store: Store) -> None:
    from fantasy_tui.models import Door
    from fantasy_tui.review.decide import NothingToUndo

    user = await made(store)
    await add(store, user, advice(starters("1", "2")), answer="approved")
    assert await settle_final(store, user, NOW) == 1
    with pytest.raises(NothingToUndo):
        await undo(store, actor=user, door=Door.TUI, now=NOW)
