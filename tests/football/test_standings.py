from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.simulation import TeamOdds, byes
from fantasy_tui.football.standings import Score, Table, leading, no_odds, results, seeded, standings, streak
from fantasy_tui.football.view import RosterWeek, Source
from tests.views import NOW

SEASON = {"playoff_teams": 2, "playoff_week_start": 15}
ROSTERS = Source("Sleeper rosters", NOW)


def team(roster_id: int, **known: Any) -> RosterWeek:
    base = RosterWeek(
        roster_id, f"o{roster_id}", f"Team {roster_id}", f"manager {roster_id}", ("p",), (None,)
    )
    return replace(base, **known)


def table(*rosters: RosterWeek, scores: tuple[Score, ...] = (), **known: Any) -> Table:
    base = Table(
        league_id="L",
        name="League",
        season="2024",
        week=10,
        status="in_season",
        settings=SEASON,
        rosters={roster.roster_id: roster for roster in rosters},
        my_roster_id=1,
        scores=scores,
        divisions=(),
        sources=(ROSTERS,),
    )
    return replace(base, **known)


@st.composite
def rosters(draw: st.DrawFn) -> list[RosterWeek]:
    divisions = draw(st.sampled_from((None, 2, 3)))
    return [
        team(
            number,
            wins=draw(st.integers(0, 3)),
            ties=draw(st.integers(0, 2)),
            points_for=float(draw(st.integers(0, 2))),
            points_against=float(draw(st.integers(0, 2))),
            division=None if divisions is None else draw(st.integers(1, divisions)),
        )
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]


def better(one: RosterWeek, other: RosterWeek) -> bool:
    """Sleeper's rule, spelled out: record, then points for, then points against."""
    for mine, theirs in (
        (2 * one.wins + one.ties, 2 * other.wins + other.ties),
        (one.points_for, other.points_for),
        (one.points_against, other.points_against),
    ):
        if mine != theirs:
            return mine > theirs
    return one.roster_id < other.roster_id


@given(rosters())
def test_places_follow_the_rule_division_winners_first(league: list[RosterWeek]) -> None:
    def leads(one: RosterWeek) -> bool:
        mates = [o for o in league if o.division == one.division and o is not one]
        return one.division is not None and all(better(one, mate) for mate in mates)

    order = seeded(league)
    assert sorted(r.roster_id for r in order) == sorted(r.roster_id for r in league)
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            assert leads(one) >= leads(other)
            if leads(one) == leads(other):
                assert better(one, other)
    assert leading(order) == {one.roster_id for one in league if leads(one)}


def test_a_line_of_the_table() -> None:
    odds = TeamOdds(0.9, 0.4, 0.2, 9.5, (1.0,), None, None)
    found = standings(
        table(
            team(1, wins=5, losses=3, ties=1, waiver_position=4, faab_left=12),
            team(2, wins=6, losses=3),
            team(3, wins=1, losses=8),
        ),
        {1: odds},
        draws=10_000,
        lacks=("Something.",),
        sources=(ROSTERS, Source("projections, week 10", None)),
    )
    assert [one.roster_id for one in found.teams] == [2, 1, 3]
    second = found.teams[1]
    assert (second.place, second.mine, second.wins, second.losses, second.ties) == (2, True, 5, 3, 1)
    assert (second.waiver_position, second.faab_left, second.odds) == (4, 12, odds)
    assert [one.qualifies for one in found.teams] == [True, True, False]
    assert (found.draws, found.lacks, found.no_odds) == (10_000, ("Something.",), None)
    assert [source.name for source in found.sources] == ["Sleeper rosters", "projections, week 10"]


def test_a_league_without_playoffs_has_nobody_who_qualifies() -> None:
    found = standings(table(team(1), team(2), settings={}))
    assert [one.qualifies for one in found.teams] == [None, None]
    assert (found.playoff_teams, found.playoff_start, found.byes) == (0, None, 0)


@pytest.mark.parametrize("entrants", range(1, 13))
def test_byes_are_those_of_the_simulation(entrants: int) -> None:
    league = [team(number) for number in range(1, 13)]
    settings = {"playoff_teams": entrants, "playoff_week_start": 15}
    assert standings(table(*league, settings=settings)).byes == byes(entrants)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"status": "complete"}, "over"),
        ({"settings": {"playoff_teams": 4}}, "no playoffs"),
        ({"settings": {"playoff_week_start": 15}}, "no playoffs"),
        ({"rosters": {1: team(1, players=()), 2: team(2, players=())}}, "draft"),
        ({"week": 15}, "begun"),
        ({"rosters": {1: team(1)}}, "two teams"),
    ],
)
def test_why_there_are_no_odds(changes: dict[str, Any], word: str) -> None:
    odd = replace(table(team(1), team(2)), **changes)
    said = no_odds(odd)
    assert said is not None
    assert word in said
    assert standings(odd).no_odds == said
    assert standings(odd).draws is None


def test_results_and_streaks() -> None:
    scores = (
        *(Score(1, 1, 1, 100.0), Score(1, 2, 1, 90.0), Score(1, 3, None, 80.0)),
        *(Score(2, 1, 5, 70.0), Score(2, 3, 5, 75.5), Score(2, 2, None, 99.0)),
        *(Score(3, 2, 2, 88.0), Score(3, 3, 2, 88.0), Score(3, 1, None, 1.0)),
        *(Score(15, 1, 1, 10.0), Score(15, 2, 1, 9.0)),
    )
    found = results(scores, 15)
    assert [(w.week, w.opponent, w.outcome) for w in found[1]] == [(1, 2, "W"), (2, 3, "L"), (3, None, None)]
    assert found[1][1].opponent_points == 75.5
    assert {roster_id: streak(weeks) for roster_id, weeks in found.items()} == {1: "L1", 2: "T1", 3: "T1"}
    assert streak(()) is None
    assert streak(found[1][2:]) is None


@given(st.lists(st.sampled_from("WLT"), max_size=12))
def test_a_streak_counts_the_last_outcomes_that_are_alike(outcomes: list[str]) -> None:
    points = {"W": (2.0, 1.0), "L": (1.0, 2.0), "T": (1.0, 1.0)}
    scores = [
        Score(week, roster_id, 1, points[outcome][roster_id - 1])
        for week, outcome in enumerate(outcomes, start=1)
        for roster_id in (1, 2)
    ]
    said = streak(results(scores).get(1, ()))
    text = "".join(outcomes)
    if not text:
        assert said is None
    else:
        assert said is not None
        letter, length = said[0], int(said[1:])
        assert text.endswith(letter * length)
        assert not text.endswith(letter * (length + 1))
