from datetime import UTC, datetime, timedelta

import pytest

from fantasy_tui.football.weeks import GAME_OVER_AFTER, next_look, week_at

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


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "look"),
    [
        (-timedelta(hours=5), MINUTE),
        (-timedelta(seconds=1), MINUTE),
        (timedelta(0), MINUTE),
        (GAME_OVER_AFTER - timedelta(seconds=1), GAME_OVER_AFTER - timedelta(seconds=1) + MINUTE),
        (GAME_OVER_AFTER, timedelta(days=7) + MINUTE),
        (timedelta(days=8), None),
    ],
)
def test_points_are_asked_for_only_while_games_are_on(now: timedelta, look: timedelta | None) -> None:
    kickoffs = [MONDAY_NIGHT, MONDAY_NIGHT + timedelta(days=7)]
    found = next_look(kickoffs, MONDAY_NIGHT + now, MINUTE)
    assert found == (MONDAY_NIGHT + look if look is not None else None)


def test_without_games_there_is_nothing_to_look_at() -> None:
    assert next_look([], MONDAY_NIGHT, MINUTE) is None
