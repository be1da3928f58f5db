from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from fantasy_tui import clock
from fantasy_tui.clock import Clock, set_clock, utcnow


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    yield
    set_clock(None)


def test_real_time_is_aware_utc() -> None:
    assert abs(utcnow() - datetime.now(UTC)) < timedelta(seconds=5)
    assert utcnow().tzinfo is UTC


def test_starts_where_it_is_set_and_ticks() -> None:
    start = datetime(2024, 11, 10, 17, 30, tzinfo=UTC)
    set_clock(start)
    first = utcnow()
    assert start <= first < start + timedelta(seconds=5)
    assert utcnow() >= first
    assert clock.is_set()


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Clock(datetime(2024, 11, 10))  # noqa: DTZ001
