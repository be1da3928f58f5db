from datetime import UTC, datetime, timedelta

import pytest

from fantasy_tui.football.weeks import week_at

MONDAY_NIGHT = datetime(2024, 9, 10, 0, 15, tzinfo=UTC)
LAST_KICKOFFS = {week: MONDAY_NIGHT + timedelta(weeks=week - 1) for week in range(1, 19)}


@pytest.mark.parametrize(
    ("after_week_one", "week"),
    [
        (timedelta(days=-60), 1),
        (timedelta(hours=3), 1),
        (timedelta(hours=11), 2),
        (timedelta(weeks=9, hours=-1), 10),
        (timedelta(weeks=60), 18),
    ],
)
def test_a_week_lasts_until_the_morning_after_its_last_game(after_week_one: timedelta, week: int) -> None:
    assert week_at(LAST_KICKOFFS, MONDAY_NIGHT + after_week_one) == week


def test_without_a_schedule_nothing_is_known() -> None:
    assert week_at({}, MONDAY_NIGHT) is None
