"""Two line-ups as rows: every row is as wide as asked for, whatever the names are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fantasy_tui.football.board import Lineup, MatchupBoard
from fantasy_tui.football.seat import AHEAD, BYE, EMPTY, OVER, PLAYING, UNKNOWN, Seat
from fantasy_tui.tui.matchup_words import notes, place
from fantasy_tui.tui.seat_words import against, when
from fantasy_tui.tui.widgets.duel_rows import (
    ASSUMED,
    BENCH,
    MIDDLE,
    TITLES,
    Widths,
    duel_rows,
    half,
    middle,
    short_name,
    tag,
)
from fantasy_tui.tui.widgets.scoreboard import Scoreboard, chance
from tests.leagues import HOSTILE

KICKOFF = datetime(2024, 11, 10, 18, tzinfo=UTC)
NAMES = st.text(max_size=40) | st.sampled_from(
    [*HOSTILE, "夜更かしフクロウ団 🏈", "👩‍👩‍👧", "Amon-Ra St. Brown"]
)
NUMBERS = st.none() | st.floats(-20, 400)
SEATS = st.builds(
    Seat,
    slot=st.sampled_from(["QB", "SUPER_FLEX", "BN", "IR", "夜更かしフクロウ団"]),
    player_id=st.text(max_size=3),
    name=NAMES,
    state=st.sampled_from([EMPTY, UNKNOWN, BYE, AHEAD, PLAYING, OVER]),
    position=st.none() | st.sampled_from(["QB", "DEF"]),
    nfl_team=st.none() | st.just("PHI"),
    opponent=st.none() | st.just("DAL"),
    at_home=st.booleans(),
    kickoff=st.none() | st.just(KICKOFF),
    kickoff_assumed=st.booleans(),
    projected=NUMBERS,
    points=NUMBERS,
    final=NUMBERS,
    injury=st.none() | st.sampled_from(["Questionable", "Out", "IR", "[/oops]", "夜更かし"]),
    assumed=st.booleans(),
)


def lineup(*starters: Seat, bench: tuple[Seat, ...] = (), name: str = "Mine", mine: bool = True) -> Lineup:
    return Lineup(1, name, None, mine, (6, 3, 0), starters, bench, 12.5, 100.0, 1, 2)


def board(mine: Lineup, theirs: Lineup | None, win: float | None = 0.4) -> MatchupBoard:
    return MatchupBoard(
        league_id="A",
        name="Alpha",
        season="2024",
        week=10,
        now=KICKOFF,
        phase="live",
        mine=mine,
        theirs=theirs,
        win=win,
        curve=(),
        shape=None,
        best_ball=False,
        next_kickoff=None,
        others=(),
        stale=False,
        lacks=(),
        sources=(),
    )


@given(st.lists(SEATS, max_size=3), st.lists(SEATS, max_size=3), st.booleans(), st.integers(0, 200))
def test_every_row_has_exactly_its_cells(
    ones: list[Seat], others: list[Seat], alone: bool, width: int
) -> None:
    theirs = None if alone else lineup(*others, bench=tuple(others), mine=False)
    widths = Widths.of(width)
    for row in duel_rows(board(lineup(*ones, bench=tuple(ones)), theirs)):
        assert cell_len(middle(row, width - 2 * widths.side)) == width - 2 * widths.side
        if width >= 80:
            assert [cell_len("".join(part.text for part in half(row, side, widths))) for side in (0, 1)] == [
                widths.side
            ] * 2
            assert "\x1b" not in "".join(part.text for side in (0, 1) for part in half(row, side, widths))


@pytest.mark.parametrize(("width", "shown"), [(79, (0, 0)), (96, (0, 6)), (110, (7, 6)), (250, (7, 6))])
def test_columns_come_in_where_there_is_room(width: int, shown: tuple[int, int]) -> None:
    widths = Widths.of(width)
    assert (widths.place, widths.against) == shown
    assert widths.side == (width - MIDDLE) // 2


def test_points_stand_inside_and_names_outside() -> None:
    seat = Seat("QB", "1", "Patrick Mahomes", PLAYING, projected=20.0, points=10.4, final=18.9)
    row = duel_rows(board(lineup(seat), lineup(seat, mine=False)))[1]
    left, right = ("".join(part.text for part in half(row, side, Widths.of(80))) for side in (0, 1))
    assert left.split() == ["P.", "Mahomes", "●", "playing", "18.9", "10.4"]
    assert right.split() == ["10.4", "18.9", "●", "playing", "P.", "Mahomes"]


def test_titles_starters_totals_and_benches_of_different_length() -> None:
    one, bench = Seat("QB", "1", "A", OVER, points=1.0), Seat("BN", "2", "B", BYE)
    rows = duel_rows(board(lineup(one, bench=(bench,)), lineup(one, bench=(bench, bench), mine=False)))
    assert [row.label for row in rows] == ["Slot", "QB", "Total", "Bench", "BN", "BN"]
    assert (rows[0], rows[3]) == (TITLES, BENCH)
    assert rows[5].players == (None, "2")
    assert duel_rows(board(lineup(one), None))[-1].label == "Total"


@pytest.mark.parametrize(
    ("state", "assumed", "said"),
    [
        (AHEAD, False, "Sun 18:00"),
        (AHEAD, True, "Sun ?"),
        (PLAYING, False, "● playing"),
        (OVER, False, "over"),
        (BYE, False, "BYE"),
        (UNKNOWN, False, "no game"),
        (EMPTY, False, ""),
    ],
)
@pytest.mark.usefixtures("surroundings")
def test_the_state_of_a_game(state: str, assumed: bool, said: str) -> None:
    assert when(Seat("QB", "1", "A", state, kickoff=KICKOFF, kickoff_assumed=assumed)) == said


def test_whom_he_plays() -> None:
    seat = Seat("QB", "1", "A", AHEAD, opponent="DAL", at_home=True)
    assert [against(one) for one in (seat, replace(seat, at_home=False), replace(seat, opponent=None))] == [
        "v DAL",
        "at DAL",
        "–",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [(None, ""), ("Questionable", "Q"), ("Doubtful", "D"), ("Out", "O"), ("IR", "IR"), ("Suspended", "Susp")],
)
def test_designations_in_few_letters(status: str | None, said: str) -> None:
    assert tag(status) == said


@pytest.mark.parametrize(
    ("name", "width", "said"),
    [
        ("Patrick Mahomes", 15, "Patrick Mahomes"),
        ("Patrick Mahomes", 14, "P. Mahomes"),
        ("Amon-Ra St. Brown", 10, "A. St. Brown"),
        ("Bijan", 3, "Bijan"),
        ("", 3, ""),
    ],
)
def test_first_names_give_way(name: str, width: int, said: str) -> None:
    assert short_name(name, width) == said


@given(NAMES, st.integers(30, 120))
def test_the_place_takes_no_more_than_its_line(name: str, width: int) -> None:
    there = replace(board(lineup(), None), name=name or "x")
    assert place(there, KICKOFF, width).cell_length <= max(width, 12 + len(" › week 10 · ● live"))


@given(NAMES, NAMES, NUMBERS, st.none() | st.floats(0, 1), st.integers(20, 200))
def test_the_score_never_breaks_its_lines(
    one: str, other: str, points: float | None, win: float | None, width: int
) -> None:
    mine = replace(lineup(name=one or "x"), points=points)
    shown = board(mine, lineup(name=other or "y", mine=False), win)
    lines = Scoreboard.lines(shown, width)
    assert len(lines) == 3
    assert all(line.cell_length <= width for line in lines)


@pytest.mark.parametrize(
    ("mine", "theirs", "said"), [(10.0, 4.5, "Won by 5.5"), (1.0, 4.5, "Lost by 3.5"), (2.0, 2.0, "Tied")]
)
def test_once_all_is_over_it_is_told_who_won(mine: float, theirs: float, said: str) -> None:
    done = replace(lineup(), points=mine, playing=0, to_play=0)
    over = replace(board(done, replace(done, points=theirs, mine=False), 1.0), phase=OVER)
    assert chance(over, 60).plain == said


def test_notes_say_what_one_has_to_know() -> None:
    from tests.tui.summaries import summary

    seat = Seat("QB", "1", "A", AHEAD, assumed=True)
    shown = replace(
        board(lineup(seat), None),
        best_ball=True,
        stale=True,
        week=12,
        lacks=("There is no opponent this week.", "X."),
    )
    told = " ".join(notes(shown, summary(week=10, my_roster_id=None)))
    for word in (
        "Best ball",
        "foreseen today",
        "no team in this league",
        ASSUMED,
        "drawn towards even",
        "X.",
    ):
        assert word in told
    assert "no opponent" not in told
    assert notes(board(lineup(), lineup(mine=False)), summary(week=10, my_roster_id=1)) == []
