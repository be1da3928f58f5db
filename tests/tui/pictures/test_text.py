"""Pictures of one line: every one as wide as it says, gaps told from zeros, names cut and harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fantasy_tui.tui.pictures.bars import bar, percent
from fantasy_tui.tui.pictures.heat import CELL, heat_head, heat_row
from fantasy_tui.tui.pictures.ladder import Rung, ladder
from fantasy_tui.tui.pictures.season import TeamChance, season_lines
from fantasy_tui.tui.pictures.sparkline import BLOCKS, Gap, block, sparkline

points = st.floats(-10, 60)
weeks = st.lists(points | st.sampled_from(Gap) | st.none(), max_size=18)
chances = st.floats(0, 1)
names = st.text(max_size=30) | st.sampled_from(["[/oops]", "夜更かしフクロウ団🦉", "a\tb\nc", "\x1b]0;x\x07"])


@given(weeks, st.none() | points)
def test_a_sparkline_has_a_cell_a_week(values: list[float | Gap | None], top: float | None) -> None:
    line = sparkline(values, top)
    assert len(line) == cell_len(line) == len(values)
    for mark, value in zip(line, values, strict=True):
        if value is None:
            assert mark == " "
        elif isinstance(value, Gap):
            assert mark == value.value
        else:
            assert mark in BLOCKS


@given(points, points, points)
def test_more_points_are_never_a_lower_block(one: float, other: float, top: float) -> None:
    low, high = sorted((one, other))
    assert BLOCKS.index(block(low, 0, top)) <= BLOCKS.index(block(high, 0, top))


def test_a_bye_a_missed_game_and_a_zero_are_three_things() -> None:
    assert sparkline([0.0, Gap.BYE, Gap.MISSED, None, 12.0, 24.0]) == "▁·– ▅█"
    assert sparkline([12.0, 24.0], top=48.0) == "▃▅"
    assert sparkline([]) == ""
    assert sparkline([Gap.BYE]) == "·"
    assert sparkline([-2.0, 0.0]) == "▁▁"


@given(st.floats(-0.5, 1.5), st.integers(0, 80))
def test_a_bar_is_as_wide_as_it_says(share: float, width: int) -> None:
    assert cell_len(bar(share, width)) == width


@given(chances, chances, st.integers(1, 80))
def test_a_larger_share_is_never_a_shorter_bar(one: float, other: float, width: int) -> None:
    low, high = sorted((one, other))

    def length(share: float) -> tuple[int, str]:
        filled = bar(share, width).rstrip()
        return filled.count("█"), filled

    assert length(low)[0] <= length(high)[0]
    assert bool(bar(low, width).strip()) == (low > 0)


@given(chances)
def test_a_chance_takes_four_cells_and_is_certain_only_at_the_ends(chance: float) -> None:
    assert len(percent(chance)) == 4
    assert (percent(chance) == "100%") == (chance == 1)
    assert (percent(chance) == " 0 %") == (chance == 0)


@given(st.lists(st.builds(Rung, st.integers(0, 1000), chances), max_size=12), st.integers(1, 100))
def test_a_ladder_stays_within_its_width(rungs: list[Rung], width: int) -> None:
    rows = ladder(rungs, width)
    assert len(rows) == len(rungs)
    assert all(cell_len(row) <= width for row in rows)


def test_the_advised_bid_is_marked_in_a_ladder_of_straight_columns() -> None:
    assert ladder([Rung(1, 0.1), Rung(12, 0.5), Rung(110, 1.0)], 24, advised=12) == [
        "  $1   █▎           10 %",
        "▸ $12  ██████       50 %",
        "  $110 ████████████ 100%",
    ]
    assert ladder([Rung(5, 0.25)], 12) == ["  $5 25 %"]


@given(
    st.lists(st.builds(TeamChance, names, chances, chances, st.booleans()), max_size=14), st.integers(8, 160)
)
def test_season_odds_stay_within_their_width_with_straight_columns(
    teams: list[TeamChance], width: int
) -> None:
    rows = season_lines(teams, width)
    assert len(rows) == (len(teams) + 1 if teams else 0)
    assert all(cell_len(row.text) <= width for row in rows)
    if width >= 36:
        ends = {cell_len(row.text) for row in rows[1:]}
        assert len(ends) <= 1
        assert all(
            row.text[0] == ("▸" if team.mine else " ") for row, team in zip(rows[1:], teams, strict=True)
        )


def test_season_odds_say_both_chances_in_numbers() -> None:
    head, mine, other = season_lines([TeamChance("Foxes", 0.5, 0.25, True), TeamChance("Owls", 1, 0)], 40)
    assert head.text.split() == ["Team", "Playoffs", "Title"]
    assert mine.text == "▸ Foxes     ████     50 % ██       25 %"
    assert other.text == "  Owls      ████████ 100%           0 %"
    assert season_lines([TeamChance("Foxes", 0.5, 0.25)], 24)[1].text == "  Foxes    50 % 25 %"


@given(weeks, names, st.integers(0, 20))
def test_a_heat_row_is_six_cells_a_week(values: list[float | Gap | None], label: str, wide: int) -> None:
    row = heat_row(values, low=0, high=30, label=label, label_width=wide)
    assert cell_len(row) == wide + CELL * len(values)
    assert cell_len(heat_head(range(1, len(values) + 1), wide)) == wide + CELL * len(values)


def test_a_heat_row_stands_below_its_weeks() -> None:
    assert heat_head([9, 10, 11, 12], 4) == "wk      9    10    11    12 "
    assert heat_row([12.4, Gap.BYE, Gap.MISSED, 30.0], low=0, high=30, label="Nix", label_width=4) == (
        "Nix    12▄  bye     –    30█"
    )


@pytest.mark.parametrize("value", [float(n) for n in range(-1, 32)])
def test_a_heat_block_is_one_of_eight(value: float) -> None:
    assert heat_row([value], low=0, high=30)[-1] in BLOCKS
