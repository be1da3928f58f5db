"""The generated rows: the same for a seed, legal, and consistent with one another."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from statistics import correlation, mean
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.leagues import LEAGUES, ME, Rules
from fantasy_tui.demo.teams import NOW, PAST, WEEK
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.slots import fantasy_positions, fits

Row = dict[str, Any]


def digest(rows: Rows) -> str:
    return hashlib.sha256(msgspec.json.encode(rows)).hexdigest()


def of(rows: Rows, table: str, rules: Rules) -> list[Row]:
    return [row for row in rows[table] if row["league_id"] == rules.league_id]


def positions(rows: Rows) -> dict[str, frozenset[str]]:
    return {p["player_id"]: fantasy_positions(p["position"], p["fantasy_positions"]) for p in rows["players"]}


def check_lineup(rules: Rules, row: Row, listed: dict[str, frozenset[str]], barred: set[str]) -> None:
    starters = [player for player in row["starters"] if player != "0"]
    assert len(row["starters"]) == len(rules.slots)
    assert len(set(starters)) == len(starters)
    assert set(starters) <= set(row["players"]) - barred
    for slot, player in zip(rules.slots, row["starters"], strict=True):
        assert player == "0" or fits(slot, listed[player]), (slot, player)


def check_rosters(rows: Rows) -> None:
    listed = positions(rows)
    for rules in LEAGUES:
        room = Counter(rules.positions)
        rosters = of(rows, "rosters", rules)
        held = Counter(player for roster in rosters for player in roster["players"])
        assert len(rosters) == rules.teams
        assert set(held.values()) == {1}
        for roster in rosters:
            reserve, taxi = roster["reserve"], roster["taxi"]
            assert len(reserve) <= room["IR"]
            assert len(taxi) <= room["TAXI"]
            active = len(roster["players"]) - len(reserve) - len(taxi)
            assert active <= len(rules.slots) + room["BN"]
            check_lineup(rules, roster, listed, {*reserve, *taxi})


def test_same_seed_gives_the_same_bytes_in_another_process(rows: Rows) -> None:
    code = (
        "import hashlib, msgspec; from fantasy_tui.demo.generate import generate;"
        "print(hashlib.sha256(msgspec.json.encode(generate())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert other.stdout.decode().strip() == digest(rows)


def test_another_seed_gives_another_season(rows: Rows) -> None:
    assert digest(generate(8)) != digest(rows)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_rosters_are_legal_whatever_the_seed(seed: int) -> None:
    check_rosters(generate(seed))


def test_rosters_are_legal(rows: Rows) -> None:
    check_rosters(rows)


def test_enough_players_free_agents_and_defences(rows: Rows) -> None:
    assert 600 <= len(rows["players"]) <= 900
    assert sum(player["position"] == "DEF" for player in rows["players"]) == 32
    names = Counter(player["full_name"] for player in rows["players"])
    assert {name: count for name, count in names.items() if count > 1}.keys() != set()
    for rules in LEAGUES:
        held = {player for roster in of(rows, "rosters", rules) for player in roster["players"]}
        free = {player["player_id"] for player in rows["players"]} - held
        projected = {row["player_id"] for row in rows["projections"] if row["week"] == WEEK}
        assert len(free & projected) > 200


def test_matchups_score_what_the_stored_stats_give(rows: Rows) -> None:
    stats = {(row["player_id"], row["week"]): row["stats"] for row in rows["player_stats"]}
    listed = positions(rows)
    for rules in LEAGUES:
        for row in of(rows, "matchups", rules):
            expected = {
                player: round(league_points(stats.get((player, row["week"]), {}), rules.scoring), 2)
                for player in row["players"]
            }
            assert row["players_points"] == expected
            assert row["starters_points"] == [expected.get(player, 0.0) for player in row["starters"]]
            assert row["points"] == pytest.approx(sum(row["starters_points"]), abs=0.005)
            check_lineup(rules, row, listed, set())


def test_standings_follow_from_the_matchups(rows: Rows) -> None:
    for rules in LEAGUES:
        pairs: dict[tuple[int, int], list[Row]] = {}
        for row in of(rows, "matchups", rules):
            pairs.setdefault((row["week"], row["matchup_id"]), []).append(row)
        assert {len(pair) for pair in pairs.values()} == {2}
        for roster in of(rows, "rosters", rules):
            number = roster["roster_id"]
            played = [
                (one, other)
                for (week, _), pair in pairs.items()
                if week < WEEK
                for one, other in (pair, pair[::-1])
                if one["roster_id"] == number
            ]
            assert len(played) == WEEK - 1
            assert roster["wins"] == sum(one["points"] > other["points"] for one, other in played)
            assert roster["losses"] == sum(one["points"] < other["points"] for one, other in played)
            assert roster["wins"] + roster["losses"] + roster["ties"] == WEEK - 1
            assert roster["fpts"] == pytest.approx(sum(one["points"] for one, _ in played), abs=0.005)
            assert roster["fpts_against"] == pytest.approx(sum(o["points"] for _, o in played), abs=0.005)


def test_rosters_of_the_weeks_follow_from_the_transactions(rows: Rows) -> None:
    for rules in LEAGUES:
        held = {(m["week"], m["roster_id"]): set(m["players"]) for m in of(rows, "matchups", rules)}
        moves = [m for m in of(rows, "transactions", rules) if m["status"] == "complete"]
        assert moves
        for (week, roster), players in held.items():
            if week == 1:
                continue
            then = set(held[week - 1, roster])
            for move in moves:
                if move["week"] == week:
                    then -= {p for p, number in (move["drops"] or {}).items() if number == roster}
                    then |= {p for p, number in move["adds"].items() if number == roster}
            assert players == then
        for roster in of(rows, "rosters", rules):
            assert held[WEEK, roster["roster_id"]] == set(roster["players"])


def test_who_rests_has_no_game_no_stats_and_no_projection(rows: Rows) -> None:
    team_of = {player["player_id"]: player["team"] for player in rows["players"]}
    playing = {(g["week"], side) for g in rows["games"] for side in (g["home"], g["away"])}
    over = {
        (g["week"], s) for g in rows["games"] if g["status"] == "complete" for s in (g["home"], g["away"])
    }
    assert len(playing) == 2 * len(rows["games"])
    assert all((row["week"], team_of[row["player_id"]]) in over for row in rows["player_stats"])
    assert all((row["week"], team_of[row["player_id"]]) in playing for row in rows["projections"])
    assert all((g["status"] == "complete") == (g["kickoff"] < NOW) for g in rows["games"])


def test_what_was_known_of_past_weeks_was_known_before_them(rows: Rows) -> None:
    starts = {week: min(g["kickoff"] for g in rows["games"] if g["week"] == week) for week in (*PAST, WEEK)}
    for row in rows["projections"]:
        if row["week"] in PAST:
            assert row["as_of"] == starts[row["week"]] - timedelta(days=1)
    assert {row["week"] for row in rows["projections"]} == {*PAST, WEEK}
    lineups = [row for row in rows["observations"] if row["kind"] == "lineup"]
    assert len(lineups) == sum(rules.teams for rules in LEAGUES) * len(PAST)
    matchups = {(m["league_id"], m["week"], m["roster_id"]): m for m in rows["matchups"]}
    listed, rules_of = positions(rows), {rules.league_id: rules for rules in LEAGUES}
    for row in lineups:
        league, week = row["scope"].split(":")
        assert row["seen_at"] < starts[int(week)]
        then = row["value"]
        assert then["players"] == matchups[league, int(week), int(row["subject"])]["players"]
        check_lineup(rules_of[league], then, listed, {*then["reserve"], *then["taxi"]})


def test_designations_of_past_weeks_tell_who_plays_and_end_with_todays(rows: Rows) -> None:
    starts = {week: min(g["kickoff"] for g in rows["games"] if g["week"] == week) for week in PAST}
    played = {(row["player_id"], row["week"]) for row in rows["player_stats"]}
    team_plays = {(g["week"], side) for g in rows["games"] for side in (g["home"], g["away"])}
    known: dict[str, Row] = {}
    took_part: dict[str, list[bool]] = {}
    seen = [row for row in rows["observations"] if row["kind"] == "injury"]
    for week, start in starts.items():
        known |= {row["subject"]: row["value"] for row in seen if row["seen_at"] < start}
        for player, value in known.items():
            if (week, value["team"]) in team_plays:
                status = value.get("injury_status", "healthy")
                took_part.setdefault(status, []).append((player, week) in played)
    assert not any(took_part["Out"] + took_part["IR"] + took_part["Doubtful"])
    assert all(took_part["healthy"])
    assert 0.5 < mean(took_part["Questionable"]) < 0.95
    known |= {row["subject"]: row["value"] for row in seen}
    for listed in rows["players"]:
        today = known.get(listed["player_id"], {})
        assert (today.get("team"), today.get("injury_status")) == (listed["team"], listed["injury_status"])


def test_past_projections_are_about_as_good_as_real_ones() -> None:
    """Explained variance of those a league would start, over five seasons; real ones explain 6 to 17 %."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    for seed in range(5):
        rows = generate(seed)
        position = {player["player_id"]: player["position"] for player in rows["players"]}
        scored = {
            (row["player_id"], row["week"]): row["stats"]["pts_half_ppr"] for row in rows["player_stats"]
        }
        for week in PAST:
            expected = sorted(
                (-row["stats"]["pts_half_ppr"], row["player_id"])
                for row in rows["projections"]
                if row["week"] == week
            )
            for kind, most in {"QB": 20, "RB": 40, "WR": 50, "TE": 20}.items():
                best = [(points, player) for points, player in expected if position[player] == kind][:most]
                pairs.setdefault(kind, []).extend(
                    (-points, scored[player, week]) for points, player in best if (player, week) in scored
                )
    for kind, (low, high) in {
        "QB": (0.02, 0.1),
        "RB": (0.1, 0.24),
        "WR": (0.08, 0.2),
        "TE": (0.02, 0.12),
    }.items():
        said, true = zip(*pairs[kind], strict=True)
        assert low < correlation(said, true) ** 2 < high, kind
        assert abs(mean(said) - mean(true)) < 1.2, kind


def test_every_reference_is_to_a_row_that_is_there(rows: Rows) -> None:
    players = {player["player_id"] for player in rows["players"]}
    members = {(member["league_id"], member["user_id"]) for member in rows["league_members"]}
    assert {row["player_id"] for row in rows["player_stats"] + rows["projections"]} <= players
    assert {row["player_id"] for row in rows["trending_players"]} <= players
    for roster in rows["rosters"]:
        assert set(roster["players"]) <= players
        assert roster["owner_id"] is None or (roster["league_id"], roster["owner_id"]) in members
    assert all((rules.league_id, ME) in members for rules in LEAGUES)


def test_some_team_names_are_hard_to_show(rows: Rows) -> None:
    named = " ".join(member["team_name"] or "" for member in rows["league_members"])
    assert "🏈" in named
    assert "[bold red]" in named
    assert "Ｆ" in named
