"""A sample of the benchmark's random rosters; `python -m benchmarks lineup` checks all 100,000."""

import random

import pytest

from benchmarks import lineup
from fantasy_tui.football.lineup import Lineup, best_lineup


def test_no_line_up_of_the_sample_is_wrong() -> None:
    assert lineup.wrong(600, seed=7) == 0


def test_the_check_notices_a_wrong_line_up(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = best_lineup

    def one_short(*args: object, **kwargs: object) -> Lineup:
        found = exact(*args, **kwargs)  # type: ignore[arg-type]
        return Lineup(found.starters, found.points - 0.01)

    monkeypatch.setattr(lineup, "best_lineup", one_short)
    assert lineup.wrong(24) == 24


def test_layouts_cover_what_shortcuts_get_wrong() -> None:
    slots = {slot for layout in lineup.CHECKED_LAYOUTS for slot in layout}
    assert {"SUPER_FLEX", "REC_FLEX", "WRRB_FLEX", "IDP_FLEX", "FLEX"} <= slots
    players = [lineup.anyone(number, random.Random(number)) for number in range(500)]
    assert any(len(one.positions) > 1 for one in players)
    assert any(one.points < 0 for one in players)
