"""Positions, round numbers and labels on an axis."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.tui.pictures.axes import Scale, spaced, ticks

numbers = st.floats(-1e6, 1e6)
labels = st.lists(st.tuples(st.integers(-5, 90), st.text("abc123:%", min_size=1, max_size=9)), max_size=12)


@given(numbers, numbers, st.integers(1, 200), numbers)
def test_everything_stands_inside_and_in_order(one: float, other: float, cells: int, value: float) -> None:
    scale = Scale(min(one, other), max(one, other), cells)
    assert 0 <= scale.at(value) <= cells
    assert 0 <= scale.cell(value) < cells
    assert scale.at(value) <= scale.at(value + 1)


@given(st.floats(-100, 100), st.floats(1, 100), st.integers(1, 200), st.floats(0, 1))
def test_a_cell_leads_back_to_its_value(low: float, width: float, cells: int, share: float) -> None:
    scale = Scale(low, low + width, cells)
    value = low + share * width
    assert abs(scale.value(scale.at(value)) - value) < 1e-6


@given(numbers, st.floats(0.001, 1e6), st.integers(0, 20))
def test_ticks_are_few_even_and_within(low: float, width: float, most: int) -> None:
    found = ticks(low, low + width, most)
    assert len(found) <= most
    assert all(low - width * 1e-6 <= tick <= low + width * (1 + 1e-6) for tick in found)
    steps = [b - a for a, b in pairwise(found)]
    assert all(abs(step - steps[0]) <= 1e-6 * width + 1e-9 * abs(low) for step in steps)
    if most >= 3:
        assert found


def test_ticks_are_round() -> None:
    assert ticks(-3, 34, 5) == [0, 10, 20, 30]
    assert ticks(0, 1, 6) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
    assert ticks(5, 5, 3) == []
    assert ticks(0, float("inf"), 3) == []


@given(labels, st.integers(0, 90))
def test_labels_keep_apart_and_the_first_is_there(wanted: list[tuple[int, str]], width: int) -> None:
    row = spaced(wanted, width)
    assert len(row) == width
    if wanted and len(wanted[0][1]) <= width:
        assert wanted[0][1] in row
    assert set(row.split()) <= {text for _, text in wanted}


def test_labels_stand_on_their_cells() -> None:
    assert spaced([(0, "10"), (6, "20"), (7, "x"), (11, "30")], 12) == "10    20  30"
