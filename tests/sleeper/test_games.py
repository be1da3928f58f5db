"""Kickoffs: the file's, the assumed ones, and files that are none."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fantasy_tui.sleeper import endpoints, rows
from fantasy_tui.sleeper import payloads as wire
from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.games import GameLine, assumed_kickoff, parse
from tests.sleeper.fake import (
    GAMES_URL,
    games_file,
)


def read(resource: Resource[Any], value: Any) -> Any:
    """As the client reads it."""
    return resource.decode(json.dumps(value).encode())


def schedule() -> list[wire.ScheduledGame]:
    return [
        wire.ScheduledGame(week, date(2024, 9, 1 + 7 * week), home, away, "pre_game")
        for week in (1, 2)
        for home, away in (("BUF", "KC"), ("LAR", "SF"))
    ]


def test_games_have_the_kickoffs_of_the_file_in_sleepers_codes() -> None:
    found = rows.games("2024", schedule(), parse(games_file()), {})
    game = next(row for row in found if (row["week"], row["home"]) == (1, "LAR"))
    assert game["kickoff"] == datetime(2024, 9, 8, 20, 25, tzinfo=UTC)
    assert (game["kickoff_assumed"], game["status"], game["spread_line"]) == (False, "pre_game", None)
    assert len(found) == 4, "the schedule says which games there are"
    assert next(row for row in found if row["home"] == "BUF")["spread_line"] == 2.5


def test_games_that_the_file_lacks_are_assumed_to_start_early() -> None:
    found = rows.games("2024", schedule(), parse(games_file(without=2)), {})
    assert [row["kickoff_assumed"] for row in found] == [False, False, True, True]
    assert found[2]["kickoff"] == datetime(2024, 9, 15, 13, 30, tzinfo=UTC)


def test_games_without_a_schedule_keep_the_status_that_is_stored() -> None:
    found = rows.games("2024", (), parse(games_file()), {(1, "LAR", "SF"): "canceled"})
    assert len(found) == 6
    assert {row["home"]: row["status"] for row in found if row["week"] == 1} == {
        "BUF": None,
        "LAR": "canceled",
    }


def test_games_of_another_season_are_not_ours() -> None:
    assert rows.games("2023", (), parse(games_file()), {}) == []


@pytest.mark.parametrize(
    ("day", "kickoff"),
    [
        (date(2024, 9, 8), "2024-09-08T13:30"),
        (date(2024, 9, 9), "2024-09-09T23:00"),
        (date(2024, 9, 5), "2024-09-06T00:15"),
        (date(2024, 11, 28), "2024-11-28T17:30"),
        (date(2024, 11, 21), "2024-11-22T01:15"),
        (date(2024, 12, 21), "2024-12-21T18:00"),
        (date(2024, 11, 29), "2024-11-29T20:00"),
        (date(2024, 12, 25), "2024-12-25T18:00"),
        (date(2024, 12, 24), "2024-12-24T18:00"),
    ],
)
def test_assumed_kickoffs_are_the_days_earliest(day: date, kickoff: str) -> None:
    assert assumed_kickoff(day) == datetime.fromisoformat(kickoff).replace(tzinfo=UTC)


def test_a_kickoff_in_winter_time() -> None:
    line = b"season,game_type,week,gameday,gametime,away_team,home_team\n2024,REG,9,2024-11-03,13:00,KC,BUF\n"
    (game,) = parse(line)
    assert game == GameLine(
        "2024",
        9,
        "BUF",
        "KC",
        date(2024, 11, 3),
        datetime(2024, 11, 3, 18, tzinfo=UTC),
        None,
        None,
        None,
        None,
    )


HEAD = b"season,game_type,week,gameday,gametime,away_team,home_team,home_score\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html></html>",
        b"<html>" + b"x" * 200_000,
        HEAD,
        HEAD[:20],
        HEAD + b"2024,REG,1,2024-09",
        HEAD + b"2024,REG,1,2024-09-08,13:00,K",
        HEAD + b"2024,REG,1,2024-09-08,13:00,KC,BU",
        HEAD + b"2024,REG,1,2024-09-08,13:00,KC,BUF,\n2024,R",
        HEAD + b"2024,REG,1\n2024,REG,1,2024-09-08,13:00,KC,BUF,\n",
        HEAD + b"2024,REG,1,2024-09-08,noon,KC,BUF,\n",
        HEAD + b"2024,REG,one,2024-09-08,13:00,KC,BUF,\n",
        HEAD + b"2024,REG,1,2024-09-08,13:00,KC,BUF,inf\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_file_of_kickoffs_that_is_none(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        endpoints.games(GAMES_URL).decode(content)


def test_a_kickoff_that_is_not_known_yet() -> None:
    (game,) = parse(HEAD + b"2024,REG,18,2025-01-05,,KC,BUF,NA\n")
    assert (game.kickoff, game.home_score) == (None, None)
    (row,) = rows.games("2024", (), [game], {})
    assert row["kickoff_assumed"]
