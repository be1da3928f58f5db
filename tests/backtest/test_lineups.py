"""Line-ups against hindsight, which is found here by trying every one."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.backtest.lineups import Scored, team_week
from fantasy_tui.backtest.replay import Suggested
from fantasy_tui.football.slots import fits

SLOTS = ("RB", "WR", "FLEX")
POSITIONS = {name: frozenset({"RB" if name < "d" else "WR"}) for name in "abcdef"} | {"q": frozenset({"QB"})}


def scored(points: dict[str, float], took_part: str = "abcdefq") -> Scored:
    return Scored(SLOTS, POSITIONS, points, frozenset(took_part))


def suggested(starters: str, squad: str, aside: str = "") -> Suggested:
    return Suggested(1, tuple(starters), frozenset(squad), frozenset(aside))


@given(st.lists(st.floats(0, 40), min_size=6, max_size=6))
def test_hindsight_is_the_best_of_all_line_ups(values: list[float]) -> None:
    points = dict(zip("abcdef", values, strict=True))
    every = [
        sum(points[p] for p in three)
        for three in combinations("abcdef", 3)
        if any(
            all(fits(slot, POSITIONS[p]) for slot, p in zip(SLOTS, order, strict=True))
            for order in permutations(three)
        )
    ]
    found = team_week(3, suggested("ade", "abcdefq"), ["a", "d", "b"], "abcdefq", scored(points))
    assert found is not None
    assert found.hindsight == pytest.approx(max(every))
    assert found.agent == pytest.approx(points["a"] + points["d"] + points["e"])
    assert found.manager == pytest.approx(points["a"] + points["d"] + points["b"])
    assert max(found.agent, found.manager) <= found.hindsight + 1e-9


def test_whom_hindsight_may_choose() -> None:
    """Whoever came after the line-ups were looked at counts, whoever was on reserve does not."""
    points = {"a": 10.0, "d": 10.0, "e": 10.0, "f": 30.0, "b": 40.0}
    found = team_week(3, suggested("ade", "ade", aside="b"), ["a", "d", "e"], "adefb", scored(points))
    assert found is not None
    assert found.hindsight == 50.0
    # Who was started was not on reserve.
    found = team_week(3, suggested("ade", "ade", aside="b"), ["b", "d", "e"], "adefb", scored(points))
    assert found is not None
    assert found.hindsight == 80.0


@pytest.mark.parametrize(
    ("started", "took_part", "dead"),
    [
        (["a", "d", "e"], "ade", False),
        (["a", "d", "c"], "ad", True),
        (["a", "d", "c"], "adc", False),  # on the field without a point
        (["a", "d", "0"], "ad", True),
        (["a", "d", None], "ad", True),
    ],
)
def test_dead_starters(started: list[str | None], took_part: str, dead: bool) -> None:
    points = {"a": 10.0, "d": 8.0, "e": 3.0, "c": 0.0}
    found = team_week(3, suggested("ade", "acde"), started, "acde", scored(points, took_part))
    assert found is not None
    assert found.dead_starter is dead


def test_a_team_that_started_nobody_is_left_out() -> None:
    assert team_week(3, suggested("", ""), ["0", "0", "0"], "", scored({})) is None
