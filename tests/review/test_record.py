"""The track record: what is counted where, and by which sign."""

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.settle import Settled
from fantasy_tui.crud.track import past_calls, track_of
from fantasy_tui.database.store import Store
from fantasy_tui.football.settle import Win
from fantasy_tui.models import AgentTaskType
from fantasy_tui.review.record import (
    KINDS,
    OVERALL,
    REPORTS,
    Answered,
    KindRecord,
    full_record,
    record_of,
    track_record,
)
from fantasy_tui.review.settle import settle_final
from tests.leagues import NOW
from tests.settling import OVER_10, add, advice, did, injury, made, starters

GOOD, BAD = starters("1", "2"), starters("2", "3")
"""Worth +15 and -7.25 points."""


async def by_kind(store: Store, user: str, league_id: str | None = None) -> dict[str, KindRecord]:
    return {one.kind: one for one in await track_record(store, user, league_id)}


def test_every_kind_has_a_record() -> None:
    assert set(KINDS) == {kind.value for kind in AGENTS}


async def test_answers_and_what_they_were_worth(store: Store) -> None:
    user = await made(store)
    for rule, answer in (
        (GOOD, "approved"), (BAD, "approved"), (GOOD, "approved"),
        (GOOD, "rejected"), (BAD, "rejected"),
        (BAD, "expired"), (GOOD, "undone"),
    ):  # fmt: skip
        await add(store, user, advice(rule), answer=answer)
    assert await settle_final(store, user, NOW) == 7
    for kind in ("sit_start", OVERALL):
        found = (await by_kind(store, user))[kind]
        assert (found.calls.n, found.calls.right) == (7, 4)
        assert found.calls.mean_gain == pytest.approx((4 * 15 - 3 * 7.25) / 7)
        assert found.approved == Answered(3, 22.75)
        assert found.rejected == Answered(2, -7.75)
        assert found.expired == Answered(2, -7.75)
        assert found.toss_ups.n == 0


async def test_an_edit_is_worth_what_it_brought_and_the_advice_what_it_would_have(store: Store) -> None:
    user = await made(store)
    await add(store, user, advice(BAD), answer="approved", edit=advice(GOOD))
    assert await settle_final(store, user, NOW) == 1
    found = (await by_kind(store, user))["sit_start"]
    assert (found.calls.n, found.calls.right, found.calls.mean_gain) == (1, 0, -7.25)
    assert found.approved == Answered(1, 15.0)


async def test_toss_ups_are_kept_apart_and_reports_out_of_the_whole(store: Store) -> None:
    user = await made(store)
    await add(store, user, advice(GOOD), confidence=60)
    await add(store, user, advice(BAD), confidence=48, actionable=False)
    win = Win(week=9, roster_id=1, opponent_roster_id=2)
    await add(store, user, advice(win), kind=AgentTaskType.OPPONENT_ANALYSIS, confidence=71, actionable=False)
    assert await settle_final(store, user, NOW) == 3
    found = await by_kind(store, user)
    for kind in (OVERALL, "sit_start"):
        one = found[kind]
        assert (one.calls.n, one.calls.right, one.toss_ups.n, one.toss_ups.right) == (1, 1, 1, 0)
        assert (one.approved.n, one.rejected.n, one.expired.n) == (0, 0, 1)
        assert one.calls.bands[6].n == 1
        assert one.toss_ups.bands[4].n == 1
    reports = found[REPORTS]
    assert (reports.calls.n, reports.toss_ups.n, reports.expired.n) == (1, 0, 0)
    assert reports.calls.bands[7].n == 1


async def test_in_one_league(store: Store) -> None:
    user = await made(store)
    await add(store, user, advice(GOOD), league_id="A")
    await add(store, user, advice(GOOD), league_id="B")
    await settle_final(store, user, NOW)
    assert (await by_kind(store, user))[OVERALL].calls.n == 2
    assert (await by_kind(store, user, "B"))[OVERALL].calls.n == 1
    with pytest.raises(LeagueNotFound):
        await full_record(store, user, "C")


async def test_injuries_tell_how_true_the_chance_to_play_was(store: Store) -> None:
    user = await made(store)
    await did(store, "3", 9, {"gp": 1})
    await did(store, "2", 9, {"gms_active": 1})
    for player, plays in (("3", 0.75), ("2", 0.25)):
        what = injury(starters("4", player), player, plays)
        await add(store, user, what, kind=AgentTaskType.INJURY_MONITORING, confidence=80)
    await settle_final(store, user, NOW)
    plays_record = (await by_kind(store, user))["injury_monitoring"].plays
    assert plays_record is not None
    assert (plays_record.n, plays_record.right) == (2, 1)
    assert plays_record.brier == pytest.approx(0.0625)
    assert (await by_kind(store, user))["sit_start"].plays is None


async def test_nothing_settled_and_when_the_first_will_be(store: Store) -> None:
    user = await made(store)
    empty = await full_record(store, user)
    assert empty.empty
    assert empty.upcoming is None
    assert [one.kind for one in empty.records] == [OVERALL, *KINDS]
    assert empty.of("sit_start").calls.brier is None
    await add(store, user, advice(starters("1", "2", 10)), week=10, answer="open")
    upcoming = (await full_record(store, user)).upcoming
    assert upcoming is not None
    assert (upcoming.week, upcoming.final_at, upcoming.decisions) == (10, OVER_10, 1)
    await add(store, user, advice(BAD), actionable=False)
    await settle_final(store, user, NOW)
    assert not (await full_record(store, user)).empty


async def test_what_agents_are_told_is_what_the_record_shows(store: Store) -> None:
    user = await made(store)
    for rule, confidence in ((GOOD, 57), (BAD, 58), (GOOD, 64), (GOOD, 100)):
        await add(store, user, advice(rule), confidence=confidence)
    await settle_final(store, user, NOW)
    async with store.read() as session:
        told = track_of(await past_calls(session, user))
    assert told == {"sit_start": (await by_kind(store, user))["sit_start"].calls.bands}


SETTLED = st.builds(
    Settled,
    kind=st.just("sit_start"),
    confidence=st.integers(0, 100),
    actionable=st.booleans(),
    approved=st.sampled_from([True, False, None]),
    right=st.booleans(),
    gain=st.floats(-50, 50).map(lambda points: round(points, 2)),
    done=st.floats(-50, 50).map(lambda points: round(points, 2)),
    plays=st.none(),
    plays_probability=st.none(),
)


@given(st.lists(SETTLED, max_size=40))
def test_the_sums_hold_for_any_settled_calls(settled: list[Settled]) -> None:
    found = record_of("sit_start", settled)
    asked = [one for one in settled if one.actionable]
    assert found.calls.n + found.toss_ups.n == len(settled)
    assert found.approved.n + found.rejected.n + found.expired.n == found.calls.n == len(asked)
    assert sum(band.n for band in found.calls.bands) == found.calls.n
    assert sum(band.right for band in found.calls.bands) == found.calls.right
    won = sum(one.done if one.approved else -one.gain for one in asked)
    total = found.approved.gain + found.rejected.gain + found.expired.gain
    assert total == pytest.approx(won, abs=0.02)
    if not asked:
        assert (found.calls.brier, found.calls.brier_skill, found.calls.hit_rate) == (None, None, None)
        return
    squares = [(one.confidence / 100 - one.right) ** 2 for one in asked]
    assert found.calls.brier == pytest.approx(fmean(squares))
    assert found.calls.brier_skill == pytest.approx(1 - 4 * fmean(squares))
    low, high = found.calls.interval
    assert found.calls.hit_rate is not None
    assert low - 1e-9 <= found.calls.hit_rate <= high + 1e-9
    assert math.isfinite(found.calls.mean_gain or 0)


def test_a_coin_has_no_skill() -> None:
    calls = [Settled("sit_start", 50, True, None, right, 0.0, 0.0, None, None) for right in (True, False)]
    found = record_of("sit_start", calls)
    assert found.calls.brier_skill == pytest.approx(0.0)
    assert found.calls.calibration_error == pytest.approx(0.0)
