"""How leagues, seasons and moves are put into words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.crud.transactions import BudgetMoved, Moved, PickMoved, TeamName, TransactionRow
from fantasy_tui.football.simulation import TeamOdds
from fantasy_tui.football.standings import Standings, TeamStanding
from fantasy_tui.football.view import Source
from fantasy_tui.tui import league_words as words
from fantasy_tui.tui import move_words
from fantasy_tui.tui.widgets.season import places, wins
from fantasy_tui.tui.widgets.standings_table import columns, legend, team_row
from tests.leagues import HOSTILE, NOW
from tests.tui.summaries import summary

ODDS = TeamOdds(0.62, 0.1, 0.07, 8.4, (0.2, 0.8), 0.9, 0.4, ((8.0, 0.6), (9.0, 0.3996), (9.5, 0.0004)))
TEAM = TeamStanding(
    place=2, roster_id=1, team_name="Mine", manager="me", mine=True, wins=6, losses=3, ties=0,
    points_for=1001.0, points_against=990.5, streak="W2", division=None, leads_division=False, qualifies=True,
    waiver_position=None, faab_left=63, results=(), odds=ODDS,
)  # fmt: skip
TABLE = Standings(
    league_id="A", name="Alpha", season="2024", week=10, status="in_season", teams=(TEAM,), playoff_teams=6,
    playoff_start=15, byes=2, divisions=(), median_game=False, best_ball=False, draws=10_000, no_odds=None,
    lacks=("Pairings are not known.",), sources=(Source("Sleeper rosters", NOW),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")],
)
def test_ordinals(number: int, said: str) -> None:
    assert words.ordinal(number) == said


def test_a_season_in_a_sentence() -> None:
    assert words.odds_told(ODDS) == (
        "Playoffs 62 % (90 % with a win this week, 40 % without) · bye 10 % · title 7 % · 8.4 wins expected"
    )
    assert "(" not in words.odds_told(replace(ODDS, if_won=None))
    assert "bye" not in words.odds_told(replace(ODDS, bye=0.0))


def test_a_team_its_odds_or_why_there_are_none() -> None:
    told = words.team_told(TABLE, TEAM, awaited=False).plain
    assert told.startswith("Mine 6-3, 2nd of 1 · Playoffs 62 %")
    assert told.endswith("$63 of waiver budget left")
    bare = replace(TEAM, odds=None, faab_left=None, waiver_position=3)
    assert words.team_told(TABLE, bare, awaited=True).plain.endswith(
        "on their way · 3rd in the order of claims"
    )
    over = replace(TABLE, no_odds="The season is over.", draws=None)
    assert "The season is over." in words.team_told(over, bare, awaited=False).plain
    assert words.forecast(over, awaited=False) == ["The season is over."]
    assert words.forecast(TABLE, awaited=False)[1:] == ["Pairings are not known."]


@given(st.text(min_size=1, max_size=60), st.integers(30, 150))
def test_a_league_takes_no_more_than_its_line_but_its_name_is_never_gone(name: str, width: int) -> None:
    told = words.described(replace(TABLE, name=name), width)
    rest = words.described(replace(TABLE, name="x"), 0).cell_length - 1
    assert told.cell_length <= max(width, 12 + rest)


def test_seasons_that_are_not_played_say_so() -> None:
    assert "pre draft" in words.described(replace(TABLE, status="pre_draft"), 100).plain
    assert "median game" in words.described(replace(TABLE, median_game=True), 100).plain


def test_all_about_a_league() -> None:
    lines = [
        line.plain for line in words.about_league(summary(waiting=1, left=True, my_roster_id=None), None, NOW)
    ]
    assert lines[0].startswith("Alpha · 2024 · week 10 · you have left it")
    assert lines[1] == "You have no team in this league."
    assert lines[2] == "1 decision waits on the queue (1 opens it)"
    assert lines[3] == "Age: rosters never fetched"
    synced = summary(synced_at=NOW - timedelta(minutes=4), week=None, status="complete")
    assert [line.plain for line in words.about_league(synced, None, NOW)] == [
        "Alpha · 2024 · complete",
        "Age: rosters 4m",
    ]


def test_what_hardly_ever_comes_out_has_no_column() -> None:
    assert wins(TEAM) == ([("8", 0.6), ("9", 0.3996)], "Mine", "wins")
    assert places(TEAM) == ([("1st", 0.2), ("2nd", 0.8)], "Mine", "place")
    assert wins(replace(TEAM, odds=None)) == ([], "Mine", "wins")


# The table


def test_columns_are_those_the_league_has() -> None:
    def keys(table: Standings) -> set[str]:
        return {column.key for column in columns(table, odds=table.draws is not None)}

    assert {"faab", "playoffs", "title", "final"} <= keys(TABLE)
    assert not {"division", "waiver", "weeks"} & keys(TABLE)
    claims = replace(TABLE, draws=None, teams=(replace(TEAM, faab_left=None, waiver_position=3),))
    assert "waiver" in keys(claims)
    assert not {"faab", "playoffs"} & keys(claims)
    assert "division" in keys(replace(TABLE, divisions=("East", HOSTILE[0])))


def test_marks_are_signs_and_not_colours() -> None:
    divided = replace(TABLE, divisions=("East", HOSTILE[0]))
    row = team_row(divided, replace(TEAM, division=2, leads_division=True), 150.0)
    assert row["place"].text == "2d•"
    assert row["team"].text == "▸ Mine"
    assert row["division"].text == HOSTILE[0]
    assert legend(divided) == "▸ yours  • in the playoffs as it stands  d leads its division"
    assert team_row(TABLE, replace(TEAM, odds=None), 150.0, awaited=True)["playoffs"].text == "…"
    assert team_row(TABLE, replace(TEAM, odds=None), 150.0)["playoffs"].text == "–"


# Moves

ONE, TWO = TeamName(1, "Twins", mine=True), TeamName(2, "Twins", mine=False)


def moved(name: str, team: TeamName, *, known: bool = True) -> Moved:
    return Moved(name, name, "RB" if known else None, "PHI" if known else None, known, team)


def move(kind: str, **known: object) -> TransactionRow:
    values: dict[str, object] = {
        "transaction_id": "1", "at": NOW, "week": 9, "kind": kind, "status": "complete", "teams": (ONE, TWO),
        "adds": (), "drops": (), "bid": None, "picks": (), "budget": (), "note": None,
    }  # fmt: skip
    return TransactionRow(**(values | known))  # type: ignore[arg-type]


def test_a_trade_between_teams_of_the_same_name() -> None:
    trade = move(
        "trade",
        adds=(moved("A", ONE), moved("B", TWO)),
        drops=(moved("B", ONE), moved("A", TWO)),
        picks=(PickMoved("2025", 3, TWO, TWO, ONE),),
        budget=(BudgetMoved(ONE, TWO, 5),),
    )
    assert move_words.in_short(trade) == "A, 2025 3rd ⇄ B, $5"
    assert move_words.in_full(trade).plain.splitlines()[1:] == [
        "Twins",
        "  + A RB PHI",
        "  + 2025 round 3 pick of Twins",
        "Twins",
        "  + B RB PHI",
        "  + $5 of waiver budget from Twins",
    ]


def test_a_claim_that_failed_has_a_cross_and_its_reason() -> None:
    lost = move("waiver", status="failed", teams=(ONE,), adds=(moved("A", ONE),), bid=0, note=HOSTILE[0])
    assert move_words.kind(lost) == "✗ claim"
    told = move_words.in_full(lost).plain
    assert "bid $0" in told
    assert f"Sleeper: {HOSTILE[0]}" in told
    won = replace(lost, status="complete", note="Processed.")
    assert "Processed." not in move_words.in_full(won).plain


def test_drops_kinds_nobody_knows_and_players_nobody_knows() -> None:
    drop = move("free_agent", teams=(ONE,), drops=(moved("gone", ONE, known=False),))
    assert (move_words.kind(drop), move_words.in_short(drop)) == ("drop", "− gone")
    assert "  − gone (not in the players file)" in move_words.in_full(drop).plain
    strange = move("barter", status="pending", teams=())
    assert (move_words.kind(strange), move_words.status(strange), move_words.teams(strange)) == (
        "barter",
        "pending",
        "–",
    )
