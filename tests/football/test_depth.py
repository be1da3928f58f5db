from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from fantasy_tui.football.depth import Schedule, depth
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.view import LeagueView, PlayerWeek
from tests.random_views import TEAMS, views
from tests.trades import by_assignment
from tests.views import league
from tests.waivers import weekly

ALL = frozenset({"PHI", "DAL", "KC", "SF"})


def squad(
    slots: str, players: Sequence[PlayerWeek], *, free: Sequence[PlayerWeek] = (), aside: Sequence[str] = ()
) -> LeagueView:
    """A league whose first players start; weeks ahead from 11 on."""
    starters = [p.player_id for p in players][: len(slots.split())]
    view = league(slots, list(players), [*starters], free=list(free), reserve=tuple(aside))
    ahead = max((len(p.ahead) for p in players), default=0)
    return replace(view, weeks_ahead=tuple(range(11, 11 + ahead)))


def schedule(**byes: str) -> Schedule:
    """Everybody plays in weeks 10 to 13 but those named: `week11="PHI"`."""
    return {week: ALL - {byes.get(f"week{week}", "")} for week in range(10, 14)}


def test_positions_in_order_with_who_starts() -> None:
    view = squad(
        "QB RB FLEX",
        [
            weekly("qb", "QB", 20, 20, 20),
            weekly("old", "RB", 8, 8, 8),
            weekly("star", "RB", 12, 12, 12),
            weekly("third", "RB", 5, 5, 5),
        ],
    )
    found = depth(view, view.rosters[1], schedule())
    assert [p.position for p in found.positions] == ["QB", "RB", "TE", "WR"]
    rb = found.positions[1]
    assert [(p.player_id, p.a_week, p.weeks_started) for p in rb.players] == [
        ("star", 12, 3),
        ("old", 8, 3),
        ("third", 5, 0),
    ]
    assert [p.starts for p in rb.players] == [True, True, False]
    assert (rb.used, rb.needed, rb.useful, rb.spare, rb.state) == (2, 2, 3, 1, "enough")
    assert [p.bye for p in rb.players] == [None, None, None]


def test_thin_and_surplus_against_the_wire() -> None:
    def state(own: Sequence[float], free: Sequence[float]) -> str:
        view = squad(
            "RB",
            [weekly(f"rb{n}", "RB", points, points) for n, points in enumerate(own)],
            free=[weekly(f"free{n}", "RB", points, points) for n, points in enumerate(free)],
        )
        return depth(view, view.rosters[1], schedule()).positions[0].state

    assert state([10], []) == "enough"
    assert state([10, 9, 8], [5, 5]) == "surplus"
    assert state([10, 9, 8], [9.5, 9.5]) == "enough"
    assert state([10], [12, 11]) == "thin"
    assert state([10], [12]) == "enough"
    assert state([], []) == "thin"


def test_a_bye_that_leaves_a_hole() -> None:
    view = squad(
        "QB RB RB",
        [
            weekly("qb", "QB", 20, 0, 20, team="PHI"),
            weekly("rb", "RB", 10, 10, 10, team="DAL"),
            weekly("rb2", "RB", 8, 0, 8, team="PHI"),
            weekly("sub", "RB", 3, 3, 3, team="KC"),
        ],
    )
    found = depth(view, view.rosters[1], schedule(week11="PHI", week12="SF"))
    now, bye, later = found.byes
    assert (now.week, now.out, now.empty, now.points, now.lost) == (10, {}, (), 38, 0)
    assert bye.out == {"QB": ("Qb",), "RB": ("Rb2",)}
    assert bye.empty == ("QB",)
    assert bye.points == 13
    assert bye.lost == pytest.approx(25)
    assert (later.out, later.empty, later.lost) == ({}, (), 0)
    assert [p.bye for p in found.positions[1].players] == [None, 11, None]


def test_who_does_not_start_is_not_missed() -> None:
    view = squad("RB", [weekly("rb", "RB", 10, 10), weekly("sub", "RB", 3, 0, team="DAL")])
    found = depth(view, view.rosters[1], schedule(week11="DAL"))
    assert found.byes[1].out == {}
    assert found.byes[1].lost == 0


def test_reserve_plays_from_next_week_and_taxi_never() -> None:
    players = [
        weekly("rb", "RB", 5, 5),
        weekly("hurt", "RB", 12, 12, injury="IR"),
        weekly("kid", "RB", 30, 30),
    ]
    view = league("RB", players, ["rb"], reserve=("hurt",), taxi=("kid",))
    found = depth(replace(view, weeks_ahead=(11,)), view.rosters[1], schedule())
    assert [(p.player_id, p.place, p.weeks_started) for p in found.positions[0].players] == [
        ("kid", "taxi", 0),
        ("hurt", "reserve", 1),
        ("rb", "active", 1),
    ]
    assert [week.points for week in found.byes] == [5, 12]
    assert found.positions[0].useful == 2


def test_nothing_known_is_said_to_be_unknown() -> None:
    view = squad("RB", [weekly("rb", "RB", 0, 0, basis=Basis.NONE)])
    found = depth(view, view.rosters[1], {})
    assert found.positions[0].players[0].a_week is None
    assert [(w.points, w.lost, w.empty, w.scheduled) for w in found.byes] == [
        (None, None, ("RB",), False),
        (None, None, ("RB",), False),
    ]


@settings(max_examples=60, deadline=None)
@given(views())
def test_what_holds_for_any_roster(view: LeagueView) -> None:
    ahead = {
        key: replace(p, ahead=(max(0.0, p.projection.points), 0.0 if p.team == "PHI" else 6.5))
        for key, p in view.players.items()
    }
    view = replace(view, players=ahead, weeks_ahead=(11, 12))
    roster = view.rosters[1]
    playing = frozenset(TEAMS)
    found = depth(view, roster, {10: playing, 11: playing, 12: playing - {"PHI"}})
    listed = [p.player_id for position in found.positions for p in position.players]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(roster.players)
    active = [p for p in roster.players if p in view.players and p not in roster.taxi]
    for number, week in enumerate(found.byes):
        if number and week.points is not None:
            assert week.points == pytest.approx(by_assignment(view, active, number))
            assert week.lost is not None
            assert week.lost >= -1e-9
        for position, names in week.out.items():
            assert {view.players[p].name for p in active if view.players[p].group == position} >= set(names)
    assert all(not week.out for week in found.byes[:2])
    for one in found.positions:
        rows = [p.a_week or 0.0 for p in one.players]
        assert rows == sorted(rows, reverse=True)
