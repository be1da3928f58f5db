"""How well names fit what was typed."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.style import Style

from fantasy_tui.tui.fits import fit, marked

ORDER = ["Approve", "Just approve", "Disapprove", "A patient person votes"]


def test_beginnings_before_words_before_parts_before_letters() -> None:
    scores = [fit("approve" if place < 3 else "appvo", name).score for place, name in enumerate(ORDER)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    assert fit("zz", "Approve").score == 0


@pytest.mark.parametrize(
    ("typed", "places"),
    [("app", (0, 1, 2)), ("MARK", (8, 9, 10, 11)), ("amd", (0, 8, 13)), ("a m", (7, 8, 9))],
)
def test_the_letters_that_fit_are_told(typed: str, places: tuple[int, ...]) -> None:
    found = fit(typed, "Approve marked" if typed != "a m" else "Approvea m")
    assert found.places == places


@given(st.text(max_size=30), st.text(max_size=12))
def test_any_text_fits_between_nothing_and_wholly(name: str, typed: str) -> None:
    found = fit(typed, name)
    assert 0 <= found.score <= 1
    assert all(0 <= place < len(name) for place in found.places)
    if typed.strip() and found.score:
        assert len(found.places) == len(typed.strip().casefold()) or " " in typed.strip()
    assert isinstance(marked(name, found, Style(bold=True)), Content)


@given(st.text("abc", min_size=1, max_size=12))
def test_a_part_of_a_name_always_fits(name: str) -> None:
    for start in range(len(name)):
        assert fit(name[start:], name).score >= 0.7


def test_a_hostile_name_costs_no_time() -> None:
    """Fuzzy search by trying every way to place the letters would take longer than anybody lives."""
    before = perf_counter()
    assert fit("a" * 40 + "b", "a" * 200).score == 0
    assert perf_counter() - before < 5


def test_markup_in_a_name_stays_text() -> None:
    name = "[@click=app.quit]go[/oops]"
    shown = marked(name, fit("go", name), Style(bold=True))
    assert shown.plain == name
    assert {str(span.style) for span in shown.spans} == {"bold"}
