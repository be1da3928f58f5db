"""A season as columns of blocks."""

from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.player_card import WeekLine
from fantasy_tui.tui.week_bars import week_bars

STATES = ("played", "playing", "bye", "missed", "ahead", "unknown")


def week(number: int, points: float | None = None, state: str = "played", opponent: str = "PHI") -> WeekLine:
    return WeekLine(number, points, opponent, number % 2 == 0, state)


def texts(weeks: list[WeekLine], room: int, height: int = 3, **expected: dict[int, float]) -> list[str]:
    return [line.plain for line in week_bars(weeks, room, height, **expected)]


def test_heights_are_shares_of_the_highest() -> None:
    weeks = [week(1, 24.0), week(2, 12.0), week(3, 0.0), week(4, -3.0), week(5, 1.0)]
    assert texts(weeks, 24) == [
        " ███                ",
        " ███ ▄▄▄            ",
        " ███ ███ ▁▁▁ ▁▁▁ ▁▁▁",
        "  24  12   0  -3   1",
        "   1   2   3   4   5",
    ]


def test_byes_missed_games_and_what_is_expected_are_told_apart() -> None:
    weeks = [week(1, None, "bye"), week(2, None, "missed"), week(3, 8.0, "playing"), week(4, None, "ahead")]
    weeks += [week(5, None, "unknown"), week(6, None, "ahead")]
    found = texts(weeks, 30, 1, expected={4: 8.0})
    assert found == [
        "           ████ ░░░░          ",
        "  bye    –   8*   ~8          ",
        "    1    2    3    4    5    6",
        " @PHI  PHI @PHI  PHI @PHI  PHI",
    ]


def test_wide_columns_have_decimals() -> None:
    assert texts([week(1, 15.84)], 80, 1)[1] == "   15.8"


def test_a_hostile_opponent_is_plain_text() -> None:
    assert texts([week(1, 1.0, opponent="\x1b[31mlong")], 80, 1)[3] == " @␛[31…"


@given(
    st.lists(st.tuples(st.none() | st.floats(-9, 60, allow_nan=False), st.sampled_from(STATES)), max_size=18),
    st.integers(4, 130),
    st.integers(1, 6),
)
def test_no_line_is_wider_than_the_room(
    found: list[tuple[float | None, str]], room: int, height: int
) -> None:
    weeks = [week(n, points, state) for n, (points, state) in enumerate(found, 1)]
    lines = texts(weeks, room, height)
    assert all(len(line) <= room for line in lines)
    numbers = " ".join(lines).split()
    assert all(str(one.week) in numbers for one in weeks)
