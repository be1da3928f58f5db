"""The track record: list, plot, and what is said while nothing is settled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.track import Call, bands
from fantasy_tui.models import AgentTaskType
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens.record import COLUMNS, RecordScreen
from fantasy_tui.tui.track import DRAWN_LEGEND, LEGEND, plot
from fantasy_tui.tui.widgets.row_table import share_out
from fantasy_tui.workspace import Workspace
from tests.leagues import NOW
from tests.settling import POINTS, add, advice, final, injury, score, starters
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, showing, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
GOOD, BAD = starters("1", "2"), starters("2", "3")
"""Worth +15 and -7.25 points."""


@pytest.fixture
async def settled(workspace: Workspace) -> Workspace:
    """Four settled calls, one of them wrong, and a toss-up."""
    store, user = workspace.store, workspace.user_id
    await score(store, POINTS)
    await final(store)
    await add(store, user, advice(GOOD), answer="approved", confidence=62)
    await add(store, user, advice(BAD), answer="rejected", confidence=58)
    await add(store, user, advice(GOOD), confidence=66)
    what = injury(starters("4", "3"), "3", 0.7)
    await add(store, user, what, kind=AgentTaskType.INJURY_MONITORING, confidence=90)
    await add(store, user, advice(BAD), actionable=False, confidence=51)
    assert await workspace.settle() == 5
    return workspace


@SIZES
async def test_a_line_a_kind_and_the_whole_plot(settled: Workspace, size: tuple[int, int]) -> None:
    async with showing(settled, RecordScreen(), size) as (host, _):
        text = shown(host)
        rows = [line.split() for line in text.split("\n")]
        assert ["all", "advice", "4", "75", "%"] in [row[:5] for row in rows]
        assert ["trade", "analysis", "–"] in [row[:3] for row in rows]
        assert "3 of 4 came true: 75 %" in text
        if size == (80, 24):
            assert "60-70     2 100 %" in text
        else:
            assert ["n", "1", "2", "1"] in rows
            assert ["true", "0%", "100%", "100%"] in rows
        for low in range(0, 100, 10):
            assert f"{low}-{low + 10}" in text
        assert (LEGEND if size == (80, 24) else " · ".join(DRAWN_LEGEND)) in text
        assert host.errors == []


async def test_the_plot_is_that_of_the_kind_under_the_cursor(settled: Workspace) -> None:
    async with showing(settled, RecordScreen()) as (host, pilot):
        await press(pilot, "j", "j")
        assert "1 of 1 came true: 100 %" in shown(host)
        assert "90-100     1 100 %" in shown(host)
        assert "60-70     2" not in shown(host)
        await press(pilot, "G")
        assert "Nothing of this kind has been settled yet." in shown(host)
        await press(pilot, "g")
        assert "3 of 4 came true" in shown(host)


async def test_what_the_answers_were_worth(settled: Workspace) -> None:
    async with showing(settled, RecordScreen(), (120, 40)) as (host, pilot):
        text = shown(host)
        assert "You approved 1: won 15.0 points; rejected 1: won 7.2 points; let expire 2: lost 15.0" in text
        assert "Toss-ups, kept apart: 0 of 1 came true" in text
        await press(pilot, "j", "j")
        assert "Whether the player plays: he did in 1 of 1" in shown(host)


async def test_capital_j_scrolls_to_the_sentences_in_a_small_terminal(settled: Workspace) -> None:
    async with showing(settled, RecordScreen()) as (host, pilot):
        assert "You approved" not in shown(host)
        await press(pilot, *"JJJ")
        assert "You approved 1" in shown(host)
        await press(pilot, *"KKK")
        assert "3 of 4 came true" in shown(host)


async def test_what_is_settled_meanwhile_is_shown(settled: Workspace) -> None:
    async with showing(settled, RecordScreen()) as (host, pilot):
        await press(pilot, "j", "j", "j")
        await add(settled.store, settled.user_id, advice(GOOD), confidence=61)
        await settled.settle()
        host.store_changed.publish(None)
        await settle(pilot)
        assert "3 of 4 came true" in shown(host)  # sit_start alone, still under the cursor
        assert "60-70     3 100 %" in shown(host)


@SIZES
async def test_nothing_settled_says_when_the_first_will_be(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    store, user = workspace.store, workspace.user_id
    async with showing(workspace, RecordScreen(), size) as (host, pilot):
        assert "let the agents run first" in " ".join(shown(host).split())
        await add(store, user, advice(starters("1", "2", 10)), week=10, answer="open", expires_at=NOW)
        host.store_changed.publish(None)
        await settle(pilot)
        text = " ".join(shown(host).split())
        assert "The first sync after week 10 of 2024 is over" in text
        assert re.search(r"in 1[12]h\d\d\)", text)
        await press(pilot, "j", "J", "K", "enter")
        assert host.errors == []


async def test_nobody_known_yet(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, RecordScreen()) as (host, _):
        assert "Nothing has been settled yet" in shown(host)
        assert host.errors == []


@pytest.mark.usefixtures("surroundings")
async def test_its_key_goes_there_in_the_app(demo_sqlite: str) -> None:
    app: FantasyApp = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "9")
        assert isinstance(app.screen, RecordScreen)
        assert app._exception is None
        await press(pilot, "1")
        assert not isinstance(app.screen, RecordScreen)


def test_a_narrow_terminal_keeps_what_matters() -> None:
    for width in (118, 78, 58):
        kept = share_out(COLUMNS, width)
        assert sum(cells + 2 for _, cells in kept) <= width
        assert {"kind", "n", "true", "gain", "off"} <= {column.key for column, _ in kept}
    assert len(share_out(COLUMNS, 118)) == len(COLUMNS)


CALLS = st.lists(
    st.builds(Call, st.integers(0, 100).map(lambda whole: whole / 100), st.booleans()), max_size=60
)


@given(CALLS, st.integers(0, 200))
def test_every_plot_fits_and_marks_what_it_says(calls: list[Call], width: int) -> None:
    found = bands(calls)
    head, *drawn = plot(found, width)
    room = max(width, 21 + 2 + 21)
    assert "100" in head.text
    assert len(drawn) == 10
    for band, line in zip(found, drawn, strict=True):
        assert len(line.text) <= room
        marks = line.text[21:]
        assert (marks.count("●") + marks.count("◆") == 1) is (band.n > 0)
        assert sum(marks.count(mark) for mark in "┆┼◆") == 1
        low, high = band.interval
        assert line.off is (band.n > 0 and not low <= band.stated <= high)
        assert line.text.endswith("!") is line.off


def test_the_marks_stand_where_their_shares_are() -> None:
    calls = [Call(0.7, True)] * 70 + [Call(0.7, False)] * 30 + [Call(0.95, False)] * 8
    lines = [line.text[21:] for line in plot(bands(calls), 21 + 101 + 2)[1:]]
    assert lines[7].index("◆") == 70
    assert (lines[7].index("├"), lines[7].index("┤")) == (60, 78)  # Wilson for 70 of 100: 0.604 to 0.781
    assert lines[9].index("┆") == 95
    assert lines[9].endswith("!")
    assert lines[2].index("┆") == 25
