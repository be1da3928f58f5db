import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from fantasy_tui.crud.mirror import Row
from fantasy_tui.sleeper import endpoints, rows
from fantasy_tui.sleeper import payloads as wire
from fantasy_tui.sleeper.endpoints import Resource
from tests.sleeper.fake import (
    DEFENCE,
    HOSTILE,
    ME,
    OWNER,
    league,
    matchup,
    player,
    roster,
    trade,
)


def read(resource: Resource[Any], value: Any) -> Any:
    """As the client reads it."""
    return resource.decode(json.dumps(value).encode())


def a_roster(**changes: Any) -> wire.SleeperRoster:
    found: list[wire.SleeperRoster] = read(endpoints.rosters("9001"), [roster(1, **changes)])
    return found[0]


def a_matchup(**changes: Any) -> wire.SleeperMatchup:
    found: list[wire.SleeperMatchup] = read(endpoints.matchups("9001", 1), [matchup(1, 1) | changes])
    return found[0]


def a_league(**changes: Any) -> wire.SleeperLeague:
    found: wire.SleeperLeague = read(endpoints.league("9001"), league(**changes))
    return found


def a_member(**changes: Any) -> wire.Member:
    person = {"user_id": ME, "display_name": "Tester", "metadata": None} | changes
    found: list[wire.Member] = read(endpoints.members("9001"), [person])
    return found[0]


def a_state(**changes: Any) -> wire.SeasonState:
    found: wire.SeasonState = read(endpoints.state(), {"season": "2024", "season_type": "regular"} | changes)
    return found


def a_player(entry: dict[str, Any]) -> Row:
    file = read(endpoints.players(), {entry["player_id"]: entry})
    return rows.players(file)[0]


def test_a_roster_of_nobody() -> None:
    row = rows.roster("9001", a_roster(settings=None))
    for field in ("owner_id", "co_owners", "players", "starters", "reserve", "taxi", "keepers", "settings"):
        assert row[field] is None
    assert (row["wins"], row["losses"], row["ties"], row["fpts"], row["fpts_against"]) == (0, 0, 0, 0.0, 0.0)
    assert row["id"] == "9001:1"


def test_fields_that_are_not_even_there() -> None:
    (team,) = read(endpoints.rosters("9001"), [{"roster_id": 4}])
    assert rows.roster("9001", team)["players"] is None
    (week,) = read(endpoints.matchups("9001", 1), [{"roster_id": 4}])
    row = rows.matchup("9001", 1, week)
    assert (row["matchup_id"], row["points"], row["starters"]) == (None, None, None)


def test_an_empty_slot_keeps_its_place() -> None:
    assert rows.roster("9001", a_roster(starters=["0", "3", "0"]))["starters"] == ["0", "3", "0"]
    assert rows.matchup("9001", 1, a_matchup(starters=["0", "3"]))["starters"] == ["0", "3"]


@pytest.mark.parametrize(
    ("settings", "points"),
    [
        ({"fpts": 203, "fpts_decimal": 5}, 203.05),
        ({"fpts": 203, "fpts_decimal": 50}, 203.5),
        ({"fpts": 203}, 203.0),
        ({"fpts": None, "fpts_decimal": None}, 0.0),
        ({"fpts": 0, "fpts_decimal": 7}, 0.07),
        ({}, 0.0),
    ],
)
def test_points_have_hundredths(settings: dict[str, Any], points: float) -> None:
    team = a_roster(settings=settings)
    assert team.points("fpts") == pytest.approx(points)
    assert rows.roster("9001", team)["fpts"] == pytest.approx(points)
    against = {name.replace("fpts", "fpts_against"): value for name, value in settings.items()}
    assert rows.roster("9001", a_roster(settings=against))["fpts_against"] == pytest.approx(points)


@pytest.mark.parametrize("value", ["many", {"a": 1}, [1]])
def test_points_that_are_no_number(value: Any) -> None:
    for field in ("fpts", "wins"):
        with pytest.raises(ValueError, match=f"{field} is"):
            rows.roster("9001", a_roster(settings={field: value}))


def test_whose_roster_it_is() -> None:
    assert a_roster(owner_id=ME).is_of(ME)
    assert a_roster(owner_id=OWNER, co_owners=["7", ME]).is_of(ME)
    assert not a_roster(owner_id=OWNER, co_owners=[]).is_of(ME)
    assert not a_roster(owner_id=None).is_of(ME)


def test_a_bye_has_no_matchup() -> None:
    week = a_matchup(matchup_id=None)
    assert rows.matchup("9001", 1, week)["matchup_id"] is None


@pytest.mark.parametrize(
    ("points", "custom", "score"), [(7.5, None, 7.5), (7.5, 8.5, 8.5), (7.5, 0, 0.0), (None, None, None)]
)
def test_the_commissioners_points_win(
    points: float | None, custom: float | None, score: float | None
) -> None:
    week = a_matchup(points=points, custom_points=custom)
    assert week.score == score
    row = rows.matchup("9001", 1, week)
    assert (row["points"], row["custom_points"]) == (points, custom)


def test_a_defence_has_no_full_name() -> None:
    row = a_player(DEFENCE)
    assert (row["player_id"], row["full_name"], row["first_name"], row["last_name"]) == (
        "BUF",
        None,
        "Buffalo",
        "Bills",
    )
    assert msgspec.convert(DEFENCE, wire.SleeperPlayer).display_name == "Buffalo Bills"


def test_what_to_call_a_player() -> None:
    assert wire.SleeperPlayer("7", full_name="Full Name", first_name="F").display_name == "Full Name"
    assert wire.SleeperPlayer("7", last_name="Last").display_name == "Last"
    assert wire.SleeperPlayer("7").display_name == "7"


def test_a_player_of_nulls() -> None:
    row = a_player({"player_id": "7"} | dict.fromkeys(("team", "position", "fantasy_positions", "age")))
    assert (row["team"], row["position"], row["fantasy_positions"], row["age"]) == (None,) * 4


def test_a_players_whole_object_is_kept() -> None:
    entry = player(
        "7", "Some One", "WR", "SF", metadata={"injury_override_regular_2024_3": "Out"}, gsis_id=" 0"
    )
    assert a_player(entry)["player_data"] == entry


def test_a_players_hash_is_that_of_the_bytes() -> None:
    one, other = a_player(player("7", "A B", "WR", "SF")), a_player(player("7", "A B", "WR", "SF", age=26))
    assert one["source_hash"] != other["source_hash"]
    assert one["source_hash"] == a_player(player("7", "A B", "WR", "SF"))["source_hash"]


@pytest.mark.parametrize("none", [None, "", "0"])
def test_no_season_before(none: str | None) -> None:
    found = a_league(previous_league_id=none)
    assert found.previous_season_league_id is None
    assert rows.league_data(found)["previous_league_id"] is None


def test_each_season_of_a_dynasty_has_its_own_id() -> None:
    found = a_league(previous_league_id="8001")
    assert rows.league_data(found)["previous_league_id"] == "8001"


def test_leftovers_of_the_chat_are_not_kept() -> None:
    data = rows.league_data(a_league())
    assert not [name for name in data if name.startswith("last_")]


@pytest.mark.parametrize("name", [None, "", "   ", "​\n".strip("​"), 5, ["x"]])
def test_no_team_name(name: Any) -> None:
    row = rows.member("9001", a_member(metadata={"team_name": name}))
    assert row["team_name"] is None
    assert row["display_name"] == "Tester"


def test_no_metadata_and_no_name() -> None:
    row = rows.member("9001", a_member(display_name=None))
    assert (row["team_name"], row["display_name"], row["is_commissioner"]) == (None, ME, False)
    assert rows.member("9001", a_member(display_name=""))["display_name"] == ME


@pytest.mark.parametrize("name", [HOSTILE, "長い名前" * 40, "x" * 5000, "[/]", "🏈🏈", "a\nb\tc"])
def test_team_names_are_kept_as_they_are(name: str) -> None:
    assert rows.member("9001", a_member(metadata={"team_name": name}))["team_name"] == name


@pytest.mark.parametrize(("is_owner", "row"), [(True, True), (False, False), (None, False)])
def test_commissioners(is_owner: bool | None, row: bool) -> None:
    assert rows.member("9001", a_member(is_owner=is_owner))["is_commissioner"] is row


@pytest.mark.parametrize(
    "settings",
    [
        {"best_ball": 1},
        {"type": 3, "playoff_week_start": 0, "last_chopped_leg": 2},
        {"league_average_match": 1},
        {"waiver_type": 1, "waiver_budget": 100},
        {"something_new": {"nested": [1]}},
    ],
    ids=["best ball", "guillotine", "median", "budget without bids", "unknown"],
)
def test_settings_are_kept_whatever_they_hold(settings: dict[str, Any]) -> None:
    assert rows.league_data(a_league(settings=settings))["settings"] == settings


def test_an_eliminated_team_keeps_its_settings() -> None:
    assert rows.roster("9001", a_roster(settings={"eliminated": 2}))["settings"] == {"eliminated": 2}


def test_scoring_is_not_rounded() -> None:
    assert a_league(scoring_settings={"rec": 0.10000000149011612, "tkl": 1}).scoring_settings == {
        "rec": 0.10000000149011612,
        "tkl": 1.0,
    }


def test_a_league_before_its_draft() -> None:
    data = rows.league_data(a_league(**dict.fromkeys(("roster_positions", "scoring_settings", "settings"))))
    assert (data["roster_positions"], data["scoring_settings"], data["settings"]) == (None, None, None)


def test_a_trade_names_each_player_twice() -> None:
    (move,) = read(endpoints.transactions("9001", 2), [trade()])
    row = rows.transaction("9001", 2, move)
    assert row["adds"] == {"2": 1, "3": 2}
    assert row["drops"] == {"2": 2, "3": 1}
    assert row["draft_picks"][0]["round"] == 1
    assert row["created"] == datetime(2024, 9, 10, 20, 26, 40, 123000, UTC)
    assert row["status_updated"] == datetime(2024, 9, 10, 20, 26, 41, tzinfo=UTC)


def test_a_claim_that_failed() -> None:
    claim = {
        "transaction_id": "7002",
        "type": "waiver",
        "status": "failed",
        "created": 1726000000000,
        "status_updated": None,
        "leg": None,
        "adds": None,
        "drops": None,
        "settings": {"waiver_bid": 12, "seq": 0},
        "metadata": {"notes": "claimed by another owner"},
    }
    (move,) = read(endpoints.transactions("9001", 3), [claim])
    row = rows.transaction("9001", 3, move)
    assert (row["adds"], row["drops"], row["roster_ids"], row["status_updated"]) == (None,) * 4
    assert (row["week"], row["settings"]["waiver_bid"]) == (3, 12)
    assert row["details"] == {"notes": "claimed by another owner"}
    (bare,) = read(endpoints.transactions("9001", 3), [claim | {"settings": None, "metadata": None}])
    assert (rows.transaction("9001", 3, bare)["settings"], bare.metadata) == (None, None)


@pytest.mark.parametrize("created", [10**20, -(10**20)])
def test_a_move_at_no_time(created: int) -> None:
    (move,) = read(endpoints.transactions("9001", 3), [trade() | {"created": created}])
    with pytest.raises(ValueError, match=r"instant|range"):
        rows.transaction("9001", 3, move)


@pytest.mark.parametrize(
    ("week", "display_week", "current"), [(3, 3, 3), (2, 3, 3), (3, 2, 3), (0, 1, 1), (0, 0, 1)]
)
def test_the_week_rolls_over_at_two_moments(week: int, display_week: int, current: int) -> None:
    state = a_state(week=week, display_week=display_week)
    assert state.current_week == current
    assert state.regular_week("2024") == current


def test_the_offseason() -> None:
    state = a_state(season="2025", season_type="off", week=0, display_week=1, league_season="2024")
    assert state.leagues_season == "2024"
    assert state.regular_week("2024") == 18
    assert state.regular_week("2025") == 1
    assert a_state(season_type="post", week=2).regular_week("2024") == 18
    assert a_state(week=19).regular_week("2024") == 18
    assert a_state(league_season=None).leagues_season == "2024"


@pytest.mark.parametrize(
    ("resource", "value"),
    [
        (endpoints.user("a"), {"username": "a"}),
        (endpoints.user("a"), {"user_id": None}),
        (endpoints.user("a"), {"user_id": 5}),
        (endpoints.state(), {"week": 3}),
        (endpoints.league("9001"), {"name": "a", "season": "2024"}),
        (endpoints.league("9001"), league(season=2024)),
        (endpoints.league("9001"), league(scoring_settings={"rec": "half"})),
        (endpoints.user_leagues("101", "2024"), {"league_id": "9001"}),
        (endpoints.rosters("9001"), [roster(1) | {"roster_id": None}]),
        (endpoints.rosters("9001"), [roster(1, players=[1, 2])]),
        (endpoints.rosters("9001"), [None]),
        (endpoints.members("9001"), [{"display_name": "a"}]),
        (endpoints.matchups("9001", 1), [{"matchup_id": 1}]),
        (endpoints.transactions("9001", 1), [trade() | {"created": None}]),
        (endpoints.traded_picks("9001"), [{"season": "2025", "round": 1, "roster_id": 2}]),
        (endpoints.players(), [DEFENCE]),
        (endpoints.trending("add"), [{"player_id": "1"}]),
        (endpoints.schedule("2024"), [{"week": 1, "date": "2024-13-45", "home": "BUF", "away": "KC"}]),
        (endpoints.schedule("2024"), [{"week": 1, "date": "", "home": "BUF", "away": "KC"}]),
        (endpoints.weekly_stats("2024", 1), {"1": 5}),
    ],
)
def test_what_is_needed_is_checked(resource: Resource[Any], value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(resource, value)


def test_a_player_that_is_no_player() -> None:
    file = read(endpoints.players(), {"1": {"first_name": "no id"}})
    with pytest.raises(msgspec.ValidationError):
        rows.players(file)


def test_fields_that_nobody_knows_are_ignored() -> None:
    extra = {"brand_new": {"deep": [None, {"x": 1}]}, "another": None}
    assert read(endpoints.user("a"), {"user_id": "1"} | extra).user_id == "1"
    assert a_roster(**extra) == a_roster()
    assert a_matchup(**extra) == a_matchup()
    assert a_member(**extra) == a_member()
    assert rows.league_data(a_league(**extra)) == rows.league_data(a_league())


def test_what_to_call_a_person() -> None:
    for person, name in (
        ({"display_name": "Dee", "username": "dee1"}, "Dee"),
        ({"display_name": "", "username": "dee1"}, "dee1"),
        ({"display_name": None, "username": None}, "5"),
    ):
        assert read(endpoints.user("5"), {"user_id": "5"} | person).name == name


def test_a_draft() -> None:
    shown = {
        "draft_id": "5",
        "type": "snake",
        "status": "complete",
        "season": "2024",
        "draft_order": None,
        "slot_to_roster_id": {"1": 3},
    }
    assert read(endpoints.draft("5"), shown).slot_to_roster_id == {"1": 3}
    picked = {"pick_no": 1, "round": 1, "draft_slot": 1, "picked_by": "", "is_keeper": None, "player_id": "1"}
    assert read(endpoints.draft_picks("5"), [picked])[0].picked_by == ""
    assert read(endpoints.winners_bracket("5"), [{"r": 1, "m": 1, "t1": 3, "w": None}])[0].w is None


def test_rows_do_not_depend_on_the_order_of_keys() -> None:
    one = rows.matchup("9001", 1, a_matchup(players_points={"1": 1.0, "2": 2.0}))
    other = rows.matchup("9001", 1, a_matchup(players_points={"2": 2.0, "1": 1.0}))
    assert one["source_hash"] == other["source_hash"]


def test_players_missing_from_the_players_file_are_left_out() -> None:
    table = {"1": {"pts_ppr": 3.0, "rec": 1.0}, "99": {"rec": 4.0}, "TEAM_BUF": {"pts": 1.0}, "2": {}}
    assert [row["player_id"] for row in rows.stats("2024", 1, table, {"1", "2"}, {})] == ["1"]
    assert [row["player_id"] for row in rows.projections("2024", 1, table, {"1", "2"})] == ["1"]
    (row,) = rows.stats("2024", 1, table, {"1"}, {"1": 2.5})
    assert (row["fantasy_points"], row["projected_points"]) == (3.0, 2.5)
    counts = [wire.Trending("99", 5), wire.Trending("1", 4)]
    assert [row["player_id"] for row in rows.trending("add", counts, {"1"})] == ["1"]
