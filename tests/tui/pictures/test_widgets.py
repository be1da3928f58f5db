"""Drawn pictures on a real screen: what they say, at which size, without colour, and with hostile names."""

import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widget import Widget

from fantasy_tui.football.density import normal_density
from fantasy_tui.football.track import Call, bands
from fantasy_tui.tui.pictures.histogram import Histogram, middle
from fantasy_tui.tui.pictures.ladder import BidLadder, Rung
from fantasy_tui.tui.pictures.picture import Picture
from fantasy_tui.tui.pictures.points import Points, PointsDistribution
from fantasy_tui.tui.pictures.season import SeasonOdds, TeamChance
from fantasy_tui.tui.pictures.win import WinCurve, windows
from fantasy_tui.tui.widgets.reliability import ReliabilityPlot
from tests.tui.host import settle, shown

START = datetime(2024, 11, 7, 12, tzinfo=UTC)
KICKOFFS = [START + timedelta(hours=hours) for hours in (13.25, 78, 78.1, 81.4, 85.3)]
WEEK = [(START + timedelta(hours=4 * step), 0.5 + 0.012 * step) for step in range(26)]
FOX, OWL = Points("Fox", normal_density(14.2, 6)), Points("Owl", normal_density(11.0, 4))
HOSTILE = Points("[/oops] [red]x[/] \x1b]0;t\x07夜更かし", normal_density(11.0, 4))
WINS = [
    (str(wins), share)
    for wins, share in zip(range(4, 11), (0.02, 0.1, 0.2, 0.3, 0.25, 0.1, 0.03), strict=True)
]
CALLS = bands(
    [Call(0.65, right=n % 3 > 0) for n in range(60)] + [Call(0.95, right=n % 2 > 0) for n in range(40)]
)
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def filled(kind: type[Widget]) -> Any:
    """A picture of that kind with something to show."""
    made: Any = kind()
    match made:
        case PointsDistribution():
            made.update(FOX, OWL, 0.67)
        case WinCurve():
            made.update(WEEK, KICKOFFS)
        case Histogram():
            made.update(WINS, "Foxes", "wins", "7")
        case ReliabilityPlot():
            made.update(CALLS)
        case SeasonOdds():
            made.update([TeamChance("Foxes", 0.9, 0.3, mine=True), TeamChance("[/oops]", 0.1, 0.0)])
        case BidLadder():
            made.update([Rung(1, 0.1), Rung(12, 0.5)], advised=12)
    return made


DRAWN = (PointsDistribution, WinCurve, Histogram, ReliabilityPlot)
KINDS = (*DRAWN, SeasonOdds, BidLadder)


class Wall(App[None]):
    """One picture that fills the screen, or what it is given."""

    CSS = "Picture { height: 1fr; } VerticalScroll Picture { height: 16; }"

    def __init__(self, *pictures: Widget, scrolls: bool = False) -> None:
        super().__init__()
        self._pictures, self._scrolls = pictures, scrolls

    def compose(self) -> ComposeResult:
        if self._scrolls:
            yield VerticalScroll(*self._pictures)
        else:
            yield from self._pictures


@asynccontextmanager
async def hung(
    *pictures: Widget, size: tuple[int, int] = (80, 24), scrolls: bool = False
) -> AsyncIterator[tuple[Wall, Pilot[None]]]:
    """The pictures on a screen of this size, drawn."""
    wall = Wall(*pictures, scrolls=scrolls)
    async with wall.run_test(size=size) as pilot:
        await settle(pilot)
        yield wall, pilot


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def braille(text: str) -> int:
    return sum("⠁" <= char <= "⣿" for char in text)


@SIZES
async def test_two_distributions_can_be_told_apart_without_colour(size: tuple[int, int]) -> None:
    async with hung(filled(PointsDistribution), size=size) as (wall, _):
        text = shown(wall)
    assert text.count("█") > 20
    assert braille(text) > 20
    # Both keep their marks in the words below.
    assert "██ Fox 14.2 (7 to 22)" in text
    assert "⠤⠒ Owl 11.0 (6 to 16)" in text
    assert "██ ahead in 67 of 100" in text
    assert "points" in text
    assert "10" in text.split("\n")[size[1] - 2 - (size[0] < 90)]


async def test_one_distribution_alone_and_one_that_is_certain() -> None:
    alone = PointsDistribution()
    alone.update(FOX)
    async with hung(alone) as (wall, pilot):
        text = shown(wall)
        assert "█" in text
        assert not braille(text)
        assert "ahead" not in text
        alone.update(FOX, Points("Bench", normal_density(0.0, 0.0)), 0.95)
        await settle(pilot)
        text = shown(wall)
        assert "┊ Bench 0.0" in text
        assert text.count("┊") > 10
        alone.update(None)
        await settle(pilot)
        assert shown(wall).split() == PointsDistribution.EMPTY.split()


async def test_a_player_in_doubt_does_not_press_the_other_flat() -> None:
    doubtful = PointsDistribution()
    doubtful.update(FOX, Points("Owl", normal_density(0.0, 0.3)))
    async with hung(doubtful) as (wall, _):
        rows = shown(wall).split("\n")
    assert sum("█" in row for row in rows[:-3]) >= 8


@SIZES
async def test_a_week_has_its_windows_its_half_and_its_last_value(size: tuple[int, int]) -> None:
    async with hung(filled(WinCurve), size=size) as (wall, _):
        text = shown(wall)
    assert "●80 %" in text
    assert "Win 80 % at Mon 16:00" in text
    assert "Fri 01:15" in text
    assert "Sun 18:00" in text
    assert [label for label in ("100%┤", "50 %┤", " 0 %┤") if label in text] == ["100%┤", "50 %┤", " 0 %┤"]
    assert "╌" in text
    top = text.split("\n")[0]
    assert top.count("┊") == 4
    assert braille(text) > 40


async def test_a_curve_of_one_instant_is_a_sentence_and_of_none_says_so() -> None:
    curve = WinCurve()
    async with hung(curve) as (wall, pilot):
        assert " ".join(shown(wall).split()) == WinCurve.EMPTY
        curve.update([WEEK[0]])
        await settle(pilot)
        assert shown(wall).strip() == "Win 50 % at Thu 12:00"


async def test_a_win_that_is_not_certain_is_not_said_to_be() -> None:
    curve = WinCurve()
    curve.update([(WEEK[0][0], 0.002), (WEEK[-1][0], 0.998)])
    async with hung(curve) as (wall, _):
        assert "●>99%" in shown(wall)
        assert "between <1 % and >99%" in " ".join(shown(wall).split())


def test_kickoffs_close_to_each_other_are_one_window() -> None:
    assert windows(reversed(KICKOFFS)) == [KICKOFFS[0], KICKOFFS[1], KICKOFFS[3], KICKOFFS[4]]  # type: ignore[arg-type]
    assert windows([]) == []


@SIZES
async def test_a_histogram_has_its_shares_and_marks_one_column(size: tuple[int, int]) -> None:
    async with hung(filled(Histogram), size=size) as (wall, _):
        text = shown(wall)
    assert "▼30" in text
    assert "25" in text
    assert "Foxes: most often 7 wins, in 30 of 100 · 5 to 9 in 80" in " ".join(text.split())
    labels = next(row for row in text.split("\n") if "wins" in row and "most" not in row)
    assert labels.split() == [*(label for label, _ in WINS), "wins"]


async def test_a_histogram_of_nothing_says_so() -> None:
    async with hung(Histogram()) as (wall, _):
        assert shown(wall).strip() == Histogram.EMPTY


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(lambda shares: sum(shares) > 0))
def test_the_middle_leaves_a_tenth_on_either_side(shares: list[float]) -> None:
    low, high = middle(shares)
    whole = sum(shares)
    assert 0 <= low <= high < len(shares)
    assert sum(shares[:low]) <= 0.1 * whole * (1 + 1e-9)
    assert sum(shares[high + 1 :]) <= 0.1 * whole * (1 + 1e-9)


@SIZES
async def test_reliability_shows_each_bin_with_its_interval(size: tuple[int, int]) -> None:
    async with hung(filled(ReliabilityPlot), size=size) as (wall, _):
        rows = shown(wall).split("\n")
    text = "\n".join(rows)
    below = {
        row.split()[0]: row.split()[1:] for row in rows if row.split()[:1] in (["said"], ["true"], ["n"])
    }
    assert below == {
        "said": [f"{low}-{low + 10}" for low in range(0, 100, 10)],
        "true": ["67%", "50%"],
        "n": ["60", "40"],
    }
    # 67 % lie within reach of 65 stated, 50 % are outside that of 95: said by a mark, not by colour alone.
    assert text.count("●!") == 1
    assert text.count("┬") >= 2
    assert text.count("┴") >= 2
    assert braille(text) > 20
    # Both stand above their own counts.
    counts = next(row for row in rows if row.split()[:1] == ["n"])
    marks = sorted(row.index("●") for row in rows if "●" in row and "came" not in row)
    assert [
        abs(mark - counts.index(count)) <= 1 for mark, count in zip(marks, ("60", "40"), strict=True)
    ] == [True] * 2


async def test_reliability_without_room_is_a_line_a_bin() -> None:
    async with hung(filled(ReliabilityPlot), size=(58, 14)) as (wall, _):
        text = shown(wall)
    assert "60-70    60  67 %" in text
    assert "90-100    40  50 %" in text
    assert not braille(text)


@pytest.mark.parametrize("kind", KINDS)
async def test_at_any_size_and_through_a_storm_of_sizes_nothing_breaks(kind: type[Widget]) -> None:
    async with hung(filled(kind)) as (wall, pilot):
        for size in (
            (250, 70),
            (30, 8),
            (29, 8),
            (30, 7),
            (10, 3),
            (3, 2),
            (1, 1),
            (61, 15),
            (20, 40),
            (80, 24),
        ):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            lines = shown(wall).split("\n")
            assert all(len(line) <= size[0] for line in lines)
        assert wall._exception is None


@pytest.mark.parametrize("kind", [PointsDistribution, WinCurve, Histogram])
@pytest.mark.parametrize("size", [(29, 8), (30, 7), (24, 5)])
async def test_without_room_the_words_stand_alone(kind: type[Picture], size: tuple[int, int]) -> None:
    async with hung(filled(kind), size=size) as (wall, _):
        picture = wall.query_one(kind)
        assert not picture.query_one("#sheet").display
        first = picture.words()[0].split()
        assert first[-1] in shown(wall)


@pytest.mark.parametrize("kind", [PointsDistribution, WinCurve, Histogram])
async def test_at_36x8_there_is_a_picture_and_its_first_words(kind: type[Picture]) -> None:
    async with hung(filled(kind), size=(36, 8)) as (wall, _):
        picture = wall.query_one(kind)
        assert picture.query_one("#sheet").size.height >= 5
        assert picture.words()[0].split()[0] in shown(wall)


async def test_names_are_never_markup_nor_control() -> None:
    picture = PointsDistribution()
    picture.update(HOSTILE, HOSTILE)
    odds = SeasonOdds()
    odds.update([TeamChance(HOSTILE.name, 0.5, 0.1)])
    columns = Histogram()
    columns.update([("[/x]", 1.0)], HOSTILE.name, "[/wins]")
    async with hung(picture, odds, columns, size=(120, 40)) as (wall, _):
        text = shown(wall)
    assert text.count("[/oops]") == 4
    assert "[/x]" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
@pytest.mark.parametrize("kind", DRAWN)
async def test_another_theme_changes_the_colours_alone(kind: type[Widget], theme: str) -> None:
    async with hung(filled(kind)) as (wall, pilot):
        before = shown(wall)
        wall.theme = theme
        await settle(pilot)
        assert shown(wall) == before


@pytest.mark.parametrize("kind", DRAWN)
async def test_a_picture_takes_neither_focus_nor_the_wheel(kind: type[Widget]) -> None:
    async with hung(*(filled(kind) for _ in range(4)), scrolls=True) as (wall, pilot):
        scroll = wall.query_one(VerticalScroll)
        assert [widget for widget in wall.screen.focus_chain if widget is not scroll] == []
        await pilot.hover(kind)
        picture = wall.query(kind).first()
        from textual.events import MouseScrollDown

        sheet = picture.query_one("#sheet")
        sheet.post_message(MouseScrollDown(sheet, 1, 1, 0, 1, 0, False, False, False))
        await settle(pilot)
        assert scroll.scroll_y > 0 or scroll.scroll_target_y > 0


async def test_what_is_waited_for_is_said_until_it_comes() -> None:
    picture = filled(PointsDistribution)
    async with hung(picture) as (wall, pilot):
        picture.wait_for("Working out …")
        await settle(pilot)
        assert shown(wall).strip() == "Working out …"
        picture.update(FOX, OWL)
        await settle(pilot)
        assert "█" in shown(wall)


def test_the_zone_is_that_of_these_tests() -> None:
    assert os.environ["TZ"] == "UTC"
