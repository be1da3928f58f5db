"""Weeks of a list's players: points, byes, games missed."""

from dataclasses import replace
from datetime import UTC, datetime

from fantasy_tui.football.facts import facts
from fantasy_tui.football.player_card import BYE, MISSED
from fantasy_tui.football.view import LeagueView, PlayerWeek


def view_of(*players: PlayerWeek) -> LeagueView:
    return LeagueView(
        league_id="A", name="a", season="2024", week=6, status="in_season",
        now=datetime(2024, 10, 10, tzinfo=UTC), slots=("RB",), scoring={}, settings={}, rosters={},
        players={one.player_id: one for one in players}, my_roster_id=None,
    )  # fmt: skip


def back(player_id: str, weeks: tuple[int, ...], team: str | None = "PHI") -> PlayerWeek:
    past = tuple(float(week) for week in weeks)
    return PlayerWeek(player_id, "Back", "RB", frozenset({"RB"}), team, past=past, past_weeks=weeks)


def test_weeks_are_points_byes_and_games_missed() -> None:
    schedule = {1: frozenset({"PHI"}), 2: frozenset({"PHI"}), 3: frozenset({"DAL"}), 5: frozenset({"PHI"})}
    found = facts(
        view_of(back("1", (1, 5)), back("2", ()), back("3", (2,), team=None)), {}, {}, schedule=schedule
    )
    # Of week 4 no game is known.
    assert found.of("1").weekly == (1.0, MISSED, BYE, None, 5.0)
    assert found.of("2").weekly == ()
    assert found.of("3").weekly == (None, 2.0, None, None, None)
    assert found.of("nobody").weekly == ()


def test_points_in_a_week_of_the_teams_bye_were_made_for_another_team() -> None:
    found = facts(view_of(back("1", (3,))), {}, {}, schedule={3: frozenset({"DAL"})})
    assert found.of("1").weekly[2] == 3.0


def test_without_a_schedule_only_points_are_known() -> None:
    assert facts(view_of(back("1", (2,))), {}, {}).of("1").weekly == (None, 2.0, None, None, None)


def test_a_game_without_points_was_played_and_a_week_without_games_says_nothing() -> None:
    scoreless = replace(back("1", (2, 4)), past=(0.0, -1.5))
    schedule = {week: frozenset({"PHI"}) for week in (1, 2, 4)} | {3: frozenset[str]()}
    assert facts(view_of(scoreless), {}, {}, schedule=schedule).of("1").weekly == (
        MISSED, 0.0, None, -1.5, None
    )  # fmt: skip
