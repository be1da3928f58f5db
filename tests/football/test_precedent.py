import random
from math import log2
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from fantasy_tui.football.precedent import ENOUGH, CallFeatures, PastCall, Precedents, distance, precedents

SWAP = CallFeatures("sit_start", 0.6, 2.0, frozenset({"WR"}))

features = st.builds(
    CallFeatures,
    kind=st.sampled_from(["sit_start", "waiver_wire"]),
    probability=st.floats(0, 1),
    gain=st.floats(-20, 40, allow_nan=False),
    positions=st.frozensets(st.sampled_from(["QB", "RB", "WR", "TE", "K", "DEF"]), max_size=3),
    weeks=st.integers(0, 14),
)
calls = st.lists(
    st.builds(
        PastCall,
        key=st.uuids().map(str),
        season=st.sampled_from(["2023", "2024"]),
        week=st.integers(1, 18),
        summary=st.just("Start A over B"),
        features=features,
        right=st.booleans(),
        gain=st.floats(-30, 30, allow_nan=False),
    ),
    max_size=25,
    unique_by=lambda call: call.key,
)


def past(key: str, kind: str = "sit_start", week: int = 6, right: bool = True, **changes: Any) -> PastCall:
    values: dict[str, Any] = {
        "probability": 0.6,
        "gain": 2.0,
        "positions": frozenset({"WR"}),
        "weeks": 1,
    } | changes
    return PastCall(
        key, "2024", week, "Start A over B", CallFeatures(kind, **values), right, 3.1 if right else -4.0
    )  # fmt: skip


def test_a_story_says_what_was_advised_and_what_it_brought() -> None:
    found = precedents(SWAP, [past("1"), past("2", week=7, right=False)])
    assert found.stories == (
        "Start A over B, week 7: -4.0, did not come true",
        "Start A over B, week 6: +3.1, came true",
    )
    assert found.record is None


def test_a_summarys_full_stop_does_not_break_the_sentence() -> None:
    call = PastCall("1", "2024", 6, "Start A over B.", SWAP, True, 0.04)
    assert call.story == "Start A over B, week 6: +0.0, came true"


def test_next_to_nothing_lost_is_not_minus_zero() -> None:
    call = PastCall("1", "2024", 6, "Start A over B", SWAP, False, -0.04)
    assert call.story == "Start A over B, week 6: +0.0, did not come true"


def test_nothing_settled_is_nothing_told() -> None:
    assert precedents(SWAP, []) == Precedents()
    assert precedents(SWAP, [past("1", kind="waiver_wire")]) == Precedents()
    assert precedents(SWAP, [past("1")], limit=0).calls == ()


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ({"probability": 0.58}, {"probability": 0.7}),
        ({"gain": 2.5}, {"gain": 6.0}),
        ({"positions": frozenset({"WR", "TE"})}, {"positions": frozenset({"RB"})}),
        ({"weeks": 2}, {"weeks": 8}),
    ],
)
def test_every_feature_counts(nearer: dict[str, Any], farther: dict[str, Any]) -> None:
    found = precedents(SWAP, [past("far", week=9, **farther), past("near", **nearer), past("same", week=1)])
    assert [call.key for call in found.calls] == ["same", "near", "far"]


def by_hand(one: CallFeatures, other: CallFeatures) -> float:
    gaps = [norm.ppf(min(0.99, max(0.01, call.probability))) for call in (one, other)]
    union = one.positions | other.positions
    apart = 1 - len(one.positions & other.positions) / len(union) if union else 0
    horizon = log2(max(1, one.weeks)) - log2(max(1, other.weeks))
    total = (3 * (gaps[0] - gaps[1])) ** 2 + ((one.gain - other.gain) / 3) ** 2 + apart**2 + horizon**2
    return float(total**0.5)


@settings(max_examples=60, deadline=None)
@given(one=features, other=features)
def test_distance(one: CallFeatures, other: CallFeatures) -> None:
    assert distance(one, other) == pytest.approx(by_hand(one, other), abs=1e-7)
    assert distance(one, other) == distance(other, one) >= 0
    assert distance(one, one) == 0


@settings(max_examples=60, deadline=None)
@given(call=features, past=calls, limit=st.integers(0, 8), seed=st.integers(0, 99))
def test_the_nearest_are_found_in_whatever_order_they_come(
    call: CallFeatures, past: list[PastCall], limit: int, seed: int
) -> None:
    found = precedents(call, past, limit)
    alike = [one for one in past if one.features.kind == call.kind]
    assert len(found.calls) == min(limit, len(alike))
    told = [distance(call, one.features) for one in found.calls]
    assert told == sorted(told)
    left = [distance(call, one.features) for one in alike if one not in found.calls]
    assert not told or not left or max(told) <= min(left)
    assert found.record is None
    shuffled = past[:]
    random.Random(seed).shuffle(shuffled)
    assert precedents(call, shuffled, limit) == found


def test_a_share_is_told_of_two_hundred_and_never_of_fewer() -> None:
    many = [past(str(n), right=n % 3 != 0, probability=0.6) for n in range(ENOUGH)]
    assert precedents(SWAP, many[1:]).record is None
    others = [past(f"w{n}", kind="waiver_wire") for n in range(ENOUGH)]
    assert precedents(SWAP, many[1:] + others).record is None
    record = precedents(SWAP, many).record
    assert record is not None
    assert (record.n, record.right) == (200, 133)
    interval = binomtest(133, 200).proportion_ci(method="wilson")
    assert record.interval == pytest.approx((interval.low, interval.high), abs=1e-4)
    assert record.sentence == (
        "Of the 200 settled calls most like this one 133 came true (95 % interval 60 to 73 %)."
    )


def test_only_the_nearest_two_hundred_count() -> None:
    near = [past(f"n{n}") for n in range(ENOUGH)]
    far = [past(f"f{n}", right=False, probability=0.9) for n in range(50)]
    record = precedents(SWAP, far + near).record
    assert record is not None
    assert (record.n, record.right) == (200, 200)
