"""The leagues' lives: money, turns, picks, streaks and pairings, each told twice and once from the other."""

from collections import Counter
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest

from fantasy_tui.demo.generate import Rows, generate
from fantasy_tui.demo.leagues import CO_MANAGER, LEAGUES, ME, Rules
from fantasy_tui.demo.teams import LAST_SEASON, NOW, SEASON, WEEK, kickoff

Row = dict[str, Any]
WON = "Your waiver claim was processed successfully!"
TAKEN = "This player was claimed by another owner."
FULL = "Unfortunately, your roster will have too many players after this transaction."


@pytest.fixture(params=[7, 1], scope="module")
def told(request: pytest.FixtureRequest) -> Rows:
    return generate(request.param)


@pytest.fixture(params=LEAGUES, ids=lambda rules: rules.name)
def rules(request: pytest.FixtureRequest) -> Rules:
    found: Rules = request.param
    return found


def of(told: Rows, table: str, rules: Rules) -> list[Row]:
    return [row for row in told[table] if row["league_id"] == rules.league_id]


def rosters(told: Rows, rules: Rules) -> dict[int, Row]:
    return {row["roster_id"]: row for row in of(told, "rosters", rules)}


def in_order(told: Rows, rules: Rules) -> list[Row]:
    """Transactions as they took effect; those of one instant as they were written."""
    return sorted(of(told, "transactions", rules), key=lambda move: move["status_updated"])


def claims(told: Rows, rules: Rules) -> list[Row]:
    return [move for move in of(told, "transactions", rules) if move["type"] == "waiver"]


def test_what_is_left_is_the_budget_less_bids_that_won_and_gifts(told: Rows, rules: Rules) -> None:
    spent = dict.fromkeys(rosters(told, rules), 0)
    for move in in_order(told, rules):
        if move["status"] != "complete":
            continue
        if move["type"] == "waiver":
            spent[move["roster_ids"][0]] += move["settings"].get("waiver_bid", 0)
        for gift in move["waiver_budget"]:
            assert gift["amount"] > 0
            spent[gift["sender"]] += gift["amount"]
            spent[gift["receiver"]] -= gift["amount"]
    used = {
        number: roster["settings"]["waiver_budget_used"] for number, roster in rosters(told, rules).items()
    }
    assert used == spent
    assert all(amount <= rules.settings["waiver_budget"] for amount in used.values())
    bidding = rules.settings["waiver_type"] == 2
    assert any(used.values()) == bidding
    assert len(set(used.values())) > 5 or not bidding


def test_the_highest_bid_wins_and_the_others_are_told_so(told: Rows, rules: Rules) -> None:
    contested = 0
    for (_, player), made in _by_target(told, rules).items():
        won = [move for move in made if move["status"] == "complete"]
        for move in made:
            note = move["details"]["notes"]
            assert note == WON if move in won else note in (TAKEN, FULL)
        if rules.settings["waiver_type"] == 2:
            best = max(
                (m["settings"]["waiver_bid"] for m in made if m["details"]["notes"] != FULL), default=0
            )
            assert len(won) <= 1
            assert all(move["settings"]["waiver_bid"] == best for move in won), player
            assert all(m["settings"]["waiver_bid"] >= rules.settings["waiver_bid_min"] for m in made)
        else:
            assert all("waiver_bid" not in move["settings"] for move in made)
        contested += len(made) > 1
    assert contested >= 10


def _by_target(told: Rows, rules: Rules) -> dict[tuple[int, str], list[Row]]:
    found: dict[tuple[int, str], list[Row]] = {}
    for move in claims(told, rules):
        (player,) = move["adds"]
        found.setdefault((move["week"], player), []).append(move)
    return found


def test_who_was_served_last_waits_longest(told: Rows, rules: Rules) -> None:
    places = {number: row["settings"]["waiver_position"] for number, row in rosters(told, rules).items()}
    assert sorted(places.values()) == list(range(1, rules.teams + 1))
    served: dict[int, Any] = {}
    for move in claims(told, rules):
        if move["status"] == "complete":
            served[move["roster_ids"][0]] = max(
                served.get(move["roster_ids"][0], move["status_updated"]), move["status_updated"]
            )
    never = [place for number, place in places.items() if number not in served]
    assert never == [] or max(never) < min(places[number] for number in served)
    ordered = sorted(served, key=places.__getitem__)
    assert [served[number] for number in ordered] == sorted(served.values())


def test_in_a_rolling_league_who_is_earlier_in_turn_wins(told: Rows) -> None:
    rules = next(rules for rules in LEAGUES if rules.settings["waiver_type"] == 0)
    wins = Counter(move["week"] for move in claims(told, rules) if move["status"] == "complete")
    lost = 0
    for (week, _), made in _by_target(told, rules).items():
        places = {move["details"]["notes"]: move["settings"]["priority"] for move in made}
        if TAKEN in places:
            # Whoever wins goes to the end: by the time a claim fails, its team may have moved up by that many.
            assert places[WON] < places[TAKEN] + wins[week]
            lost += 1
    assert lost > 5


def test_picks_are_where_trades_have_put_them(told: Rows, rules: Rules) -> None:
    where: dict[tuple[str, int, int], tuple[int, int]] = {}
    for move in in_order(told, rules):
        for pick in move["draft_picks"]:
            key = pick["season"], pick["round"], pick["roster_id"]
            owner = where.get(key, (0, pick["roster_id"]))[1]
            assert (move["type"], owner) == ("trade", pick["previous_owner_id"])
            assert {owner, pick["owner_id"]} == set(move["roster_ids"])
            where[key] = owner, pick["owner_id"]
    stored = {
        (pick["season"], pick["round"], pick["roster_id"]): (pick["previous_owner_id"], pick["owner_id"])
        for pick in of(told, "traded_picks", rules)
    }
    assert stored == where
    assert bool(where) == bool(rules.taxi)


def test_streak_and_record_are_those_of_the_matchups(told: Rows, rules: Rules) -> None:
    scored = {(m["week"], m["roster_id"]): m for m in of(told, "matchups", rules)}
    for number, roster in rosters(told, rules).items():
        letters = ""
        for week in range(1, WEEK):
            own = scored[week, number]
            foe = next(
                m
                for (w, n), m in scored.items()
                if w == week and n != number and m["matchup_id"] == own["matchup_id"]
            )
            letters += "W" if own["points"] > foe["points"] else "L" if own["points"] < foe["points"] else "T"
        last, length = [(letter, len(list(run))) for letter, run in groupby(letters)][-1]
        assert roster["details"] == {"record": letters, "streak": f"{length}{last}"}
        assert [roster["settings"][name] for name in ("wins", "losses", "ties")] == [
            letters.count(letter) for letter in "WLT"
        ]
        whole, part = roster["settings"]["fpts"], roster["settings"]["fpts_decimal"]
        assert roster["fpts"] == pytest.approx(whole + part / 100)


def test_everybody_has_an_opponent_until_the_playoffs(told: Rows, rules: Rules) -> None:
    weeks: dict[int, list[Row]] = {}
    for row in of(told, "matchups", rules):
        weeks.setdefault(row["week"], []).append(row)
    assert sorted(weeks) == list(range(1, rules.settings["playoff_week_start"]))
    for week, rows in weeks.items():
        assert Counter(Counter(row["matchup_id"] for row in rows).values()) == {2: rules.teams // 2}
        assert {row["roster_id"] for row in rows} == set(range(1, rules.teams + 1))
        ahead = (
            {row[name] for row in rows for name in ("points", "starters_points")} if week > WEEK else {None}
        )
        assert ahead == {None}
    met = Counter(
        frozenset(row["roster_id"] for row in rows if row["matchup_id"] == number)
        for rows in weeks.values()
        for number in {row["matchup_id"] for row in rows}
    )
    # Everyone meets everyone before anybody is met again.
    assert max(met.values()) - min(met.values()) <= 1 or len(met) < rules.teams * (rules.teams - 1) // 2


def test_moves_are_made_while_they_are_allowed(told: Rows, rules: Rules) -> None:
    team_of = {player["player_id"]: player["team"] for player in told["players"]}
    begun = {
        side: game["kickoff"]
        for game in told["games"]
        if (game["season"], game["week"]) == (SEASON, WEEK)
        for side in (game["home"], game["away"])
    }
    moves = of(told, "transactions", rules)
    assert [move["created"] for move in moves] == sorted(move["created"] for move in moves)
    for move in moves:
        assert kickoff(move["week"] - 1, "early") < move["created"] <= move["status_updated"] < NOW
        if move["week"] < WEEK:
            assert move["status_updated"] < kickoff(move["week"], "thursday") - timedelta(days=1)
            continue
        for player in (*(move["adds"] or {}), *(move["drops"] or {})):
            at = begun.get(team_of[player])
            assert at is None or move["status_updated"] < at or move["status"] == "failed"


def test_nobody_adds_without_a_claim_who_was_let_go_lately(told: Rows, rules: Rules) -> None:
    let_go: dict[str, Any] = {}
    for move in in_order(told, rules):
        if move["status"] != "complete":
            continue
        if move["type"] in ("free_agent", "commissioner"):
            for player in move["adds"] or {}:
                since = let_go.get(player)
                clear = timedelta(days=rules.settings["waiver_clear_days"])
                assert since is None or move["created"] - since >= clear
        let_go |= dict.fromkeys(move["drops"] or {}, move["status_updated"])


def test_there_is_something_of_every_kind(rows: Rows) -> None:
    kinds = Counter((move["type"], move["status"]) for move in rows["transactions"])
    assert kinds.keys() >= {
        ("waiver", "complete"),
        ("waiver", "failed"),
        ("free_agent", "complete"),
        ("trade", "complete"),
        ("commissioner", "complete"),
    }
    notes = Counter((move["details"] or {}).get("notes") for move in rows["transactions"])
    assert notes[TAKEN] > notes[FULL] > 0
    assert any(move["waiver_budget"] for move in rows["transactions"])
    assert any(move["draft_picks"] and move["adds"] for move in rows["transactions"])
    lately = [
        move
        for move in rows["transactions"]
        if move["created"] > NOW - timedelta(days=2) and move["type"] == "free_agent"
    ]
    assert {move["league_id"] for move in lately} == {rules.league_id for rules in LEAGUES}


def test_divisions_a_shared_team_and_one_without_a_manager(rows: Rows) -> None:
    divided = [rules for rules in LEAGUES if rules.divisions]
    assert len(divided) == 1
    for rules in LEAGUES:
        league = next(row for row in rows["leagues"] if row["id"] == rules.league_id)
        held = Counter(row["settings"].get("division") for row in of(rows, "rosters", rules))
        if rules in divided:
            assert set(held) == set(range(1, league["settings"]["divisions"] + 1))
            assert len(set(held.values())) == 1
            assert all(league["details"][f"division_{number}"] for number in held)
        else:
            assert set(held) == {None}
    shared = [row for row in rows["rosters"] if row["co_owners"]]
    assert [row["co_owners"] for row in shared] == [[CO_MANAGER]]
    assert shared[0]["owner_id"] not in (None, ME, CO_MANAGER)
    members = {(row["league_id"], row["user_id"]) for row in rows["league_members"]}
    assert (shared[0]["league_id"], CO_MANAGER) in members
    assert sum(row["owner_id"] is None for row in rows["rosters"]) == 1


def test_who_is_added_and_dropped_everywhere(rows: Rows) -> None:
    by_kind = {
        kind: {row["player_id"]: row["count"] for row in rows["trending_players"] if row["kind"] == kind}
        for kind in ("add", "drop")
    }
    listed = {player["player_id"]: player for player in rows["players"]}
    held = {player for roster in rows["rosters"] for player in roster["players"]}
    assert all(len(counts) == 25 and min(counts.values()) > 0 for counts in by_kind.values())
    assert by_kind["add"].keys().isdisjoint(by_kind["drop"])
    assert not any(listed[player]["injury_status"] for player in by_kind["add"])
    assert by_kind["add"].keys() & held
    assert by_kind["add"].keys() - held
    assert any(listed[player]["injury_status"] == "Out" for player in by_kind["drop"])


def test_last_seasons_lines_are_of_those_who_played_then(rows: Rows) -> None:
    listed = {player["player_id"]: player for player in rows["players"]}
    last = [row for row in rows["player_stats"] if row["season"] == LAST_SEASON]
    players = {row["player_id"] for row in last}
    assert len(players) > 150
    assert {row["week"] for row in last} == set(range(1, 19))
    for player in players:
        assert listed[player]["player_data"]["years_exp"] or listed[player]["position"] == "DEF"
    started = {player for roster in rows["rosters"] for player in roster["starters"]}
    assert len(players & started) > len(started) / 2
