from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from fantasy_tui.football.season import season_odds
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from tests.random_views import views
from tests.views import NOW, league, player

WEEKS_AHEAD = (11, 12, 13, 14, 15, 16, 17)
PAIRINGS = {10: ((1, 2), (3, 4)), 11: ((1, 3), (2, 4)), 12: ((1, 4), (2, 3)), 13: ((1, 2), (3, 4))}
SETTINGS = {"playoff_teams": 2, "playoff_week_start": 14}


def season(
    strengths: tuple[float, ...] = (50, 50, 50, 50),
    *,
    wins: tuple[int, ...] = (0, 0, 0, 0),
    how: dict[str, Any] | None = None,
    **changes: Any,
) -> LeagueView:
    """Week 10 of a league of four teams of one quarterback each, who is expected the same points every week."""
    squads = [
        replace(player(f"p{number}", "QB", points, kickoff=None), ahead=(points,) * len(WEEKS_AHEAD))
        for number, points in enumerate(strengths, start=1)
    ]
    view = league("QB", squads, [None])
    rosters = {
        number: RosterWeek(
            roster_id=number,
            owner_id=None,
            team_name=f"Team {number}",
            manager=None,
            players=(f"p{number}",),
            starters=(f"p{number}",),
            wins=won,
        )
        for number, won in enumerate(wins, start=1)
    }
    base = replace(
        view,
        rosters=rosters,
        settings={**SETTINGS, **(how or {})},
        pairings=PAIRINGS,
        weeks_ahead=WEEKS_AHEAD,
    )
    return replace(base, **changes)


def changed(view: LeagueView, one: PlayerWeek) -> LeagueView:
    return replace(view, players={**view.players, one.player_id: one})


def test_equal_teams_have_equal_odds_and_nothing_is_lacking() -> None:
    found = season_odds(season())
    assert found is not None
    assert found.lacks == ()
    assert set(found.teams) == {1, 2, 3, 4}
    for odds in found.teams.values():
        assert odds.playoffs == pytest.approx(0.5, abs=0.02)
        assert odds.wins == pytest.approx(2, abs=0.05)
        assert odds.bye == 0
    assert found == season_odds(season())


def test_the_record_counts() -> None:
    found = season_odds(season(wins=(9, 5, 5, 4)))
    assert found is not None
    assert found.teams[1].playoffs == 1
    assert found.teams[4].playoffs < found.teams[2].playoffs


def test_the_stronger_team_goes_further() -> None:
    found = season_odds(season((60, 50, 50, 50)))
    assert found is not None
    assert found.teams[1].playoffs > 0.75
    assert found.teams[1].champion > 0.35


def test_bye_weeks_cost_wins() -> None:
    view = season()
    idle = replace(view.players["p1"], ahead=(0.0, 0.0, 0.0, *(50.0,) * 4))
    found = season_odds(changed(view, idle))
    assert found is not None
    assert found.teams[1].wins < 1


def test_points_scored_this_week_count() -> None:
    view = season()
    done = replace(view.players["p1"], kickoff=NOW.replace(hour=1), points=190.0)
    found = season_odds(changed(view, done))
    assert found is not None
    assert found.teams[1].if_lost is None
    assert found.teams[1].playoffs == found.teams[1].if_won
    assert found.teams[2].if_won is None


def test_weeks_without_known_pairings_are_said_and_paired_at_random() -> None:
    found = season_odds(season(pairings={10: PAIRINGS[10], 12: PAIRINGS[12]}))
    assert found is not None
    assert found.lacks == ("Who meets whom is not known for weeks 11, 13: paired at random.",)
    assert sum(odds.wins for odds in found.teams.values()) == pytest.approx(8)


def test_this_weeks_pairs_come_from_the_matchups_where_the_schedule_is_missing() -> None:
    view = season(pairings={})
    rosters = {n: replace(roster, matchup_id=1 + n % 2) for n, roster in view.rosters.items()}
    found = season_odds(replace(view, rosters=rosters))
    assert found is not None
    assert found.lacks == ("Who meets whom is not known for weeks 11, 12, 13: paired at random.",)
    assert all(odds.if_won is not None for odds in found.teams.values())


def test_without_projections_ahead_this_week_stands_for_them_and_that_is_said() -> None:
    view = season((60, 50, 50, 50))
    bare = replace(view, players={name: replace(p, ahead=()) for name, p in view.players.items()})
    found, full = season_odds(bare), season_odds(view)
    assert found is not None
    assert full is not None
    assert "Nothing is projected for the weeks ahead" in found.lacks[0]
    assert found.teams == full.teams


def test_divisions_are_not_known() -> None:
    found = season_odds(season(how={"divisions": 2}))
    assert found is not None
    assert any("Divisions" in line for line in found.lacks)


def test_divisions_that_are_known_count() -> None:
    view = season((80, 80, 40, 40), wins=(6, 6, 1, 1), how={"divisions": 2})
    split = {n: replace(roster, division=1 + (n > 2)) for n, roster in view.rosters.items()}
    found = season_odds(replace(view, rosters=split))
    assert found is not None
    assert found.lacks == ()
    assert found.teams[3].playoffs + found.teams[4].playoffs == pytest.approx(1)


@pytest.mark.parametrize(
    "how",
    [
        {"playoff_week_start": 0},
        {"playoff_week_start": 10},
        {"playoff_teams": 0},
        {"playoff_week_start": None},
    ],
)
def test_no_playoffs_or_already_begun(how: dict[str, Any]) -> None:
    assert season_odds(season(how=how)) is None


@pytest.mark.parametrize(("kind", "weeks"), [(0, 2), (1, 3), (2, 4)])
def test_longer_rounds_help_the_favourite(kind: int, weeks: int) -> None:
    found = season_odds(season((65, 50, 50, 50), how={"playoff_teams": 4, "playoff_round_type": kind}))
    assert found is not None
    floor = {0: 0.5, 1: 0.56, 2: 0.62}[kind]
    assert found.teams[1].champion > floor
    assert found.teams[1].playoffs == 1


def test_the_median_doubles_the_games() -> None:
    found = season_odds(season(how={"league_average_match": 1}))
    assert found is not None
    assert sum(odds.wins for odds in found.teams.values()) == pytest.approx(16)


@settings(max_examples=30, deadline=None)
@given(views())
def test_never_fails_on_odd_leagues(view: LeagueView) -> None:
    odd = replace(view, settings={**view.settings, "playoff_teams": 2, "playoff_week_start": 12})
    found = season_odds(odd, seasons=100)
    assert found is not None
    assert sum(odds.playoffs for odds in found.teams.values()) == pytest.approx(2)
