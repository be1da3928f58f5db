"""leagues, roster, players."""

import asyncio

import pytest
from rich.cells import cell_len
from sqlalchemy import update

from fantasy_tui.crud.overview import LeagueSummary
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player
from tests.cli.conftest import Cli

PLAYER = {
    "player_id",
    "name",
    "position",
    "team",
    "opponent",
    "injury_status",
    "projected_points",
    "basis",
    "points",
    "kickoff",
    "locked",
}

pytestmark = pytest.mark.usefixtures("decisions")


def test_leagues_json(cli: Cli) -> None:
    rows = cli("leagues", "--json").json
    assert set(rows[0]) == set(LeagueSummary.__dataclass_fields__)
    assert [(row["league_id"], row["waiting"], row["rank"]) for row in rows] == [("A", 2, 2), ("B", 1, 2)]
    assert rows[0]["synced_at"] == "2024-11-10T18:25:00Z"


def test_leagues_for_people(cli: Cli) -> None:
    out = cli("leagues").out
    assert "Alpha League" in out
    assert "6-3-0" in out
    assert "[/oops]" in out  # the opponent's name, shown as it is
    assert "5m ago" in out


def test_roster_json(cli: Cli) -> None:
    team = cli("roster", "A", "--json").json
    assert set(team) == {
        "league_id",
        "league",
        "season",
        "week",
        "roster_id",
        "team_name",
        "manager",
        "record",
        "current_points",
        "optimal_points",
        "gain",
        "slots",
        "optimal",
        "bench",
        "reserve",
        "taxi",
        "sources",
    }
    assert (team["season"], team["week"], team["roster_id"], team["team_name"]) == ("2024", 10, 1, "My Team")
    assert team["record"] == {"wins": 6, "losses": 3, "ties": 0}
    assert [seat["slot"] for seat in team["slots"]] == ["QB", "RB", "WR", "FLEX"]
    assert [seat["player_id"] for seat in team["slots"]] == ["1", "2", "5", "3"]
    assert len(team["optimal"]) == 4
    assert set(team["slots"][0]) == PLAYER | {"slot"}
    assert [set(one) for one in team["bench"]] == [PLAYER]
    assert ([one["player_id"] for one in team["reserve"]], team["taxi"][0]["player_id"]) == (["6"], "7")
    quarterback = team["slots"][0]
    assert (quarterback["projected_points"], quarterback["basis"]) == (10.0, "components")
    assert (quarterback["points"], quarterback["locked"]) == (10.4, True)
    assert quarterback["kickoff"] == "2024-11-10T18:00:00Z"
    assert team["gain"] == pytest.approx(team["optimal_points"] - team["current_points"])
    assert team["sources"][0] == {"name": "Sleeper rosters", "as_of": "2024-11-10T18:25:00Z"}


def test_an_empty_slot_has_nothing(cli: Cli) -> None:
    flex = cli("roster", "A", "--team", "2", "--json").json["slots"][3]
    assert flex == dict.fromkeys(PLAYER) | {"slot": "FLEX", "locked": False}


def test_roster_for_people_names_sources_and_ages(cli: Cli) -> None:
    out = cli("roster", "A").out
    assert out.startswith("My Team (manager), 6-3-0\nAlpha League, 2024 week 10\n")
    assert "Sources: Sleeper rosters, 5m ago; Sleeper injuries, never;" in out
    assert "Best ball" not in out
    assert "Best ball: Sleeper sets the line-up" in cli("roster", "B").out


def test_another_week(cli: Cli) -> None:
    assert cli("roster", "A", "--week", "9", "--json").json["week"] == 9


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["roster", "Z"], "League Z is not stored here"),
        (
            ["roster", "A", "--team", "99"],
            "There is no team 99 in Alpha League; --team takes one of: 1 My Team",
        ),
    ],
)
def test_roster_not_found(cli: Cli, argv: list[str], sentence: str) -> None:
    for more in ([], ["--json"]):
        ran = cli(*argv, *more)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(sentence)
        assert ran.err.count("\n") == 1


def test_players_json(cli: Cli) -> None:
    [chase] = cli("players", "ja'marr", "pos:WR", "--json").json
    assert set(chase) >= {"player_id", "name", "position", "team", "injury_status", "owners"}
    assert (chase["player_id"], chase["injury_status"]) == ("3", "Questionable")
    assert chase["owners"] == [
        {"league_id": "A", "league": "Alpha League", "roster_id": 1, "team_name": "My Team", "mine": True},
        {
            "league_id": "B",
            "league": "Beta [@click=app.quit]x[/]",
            "roster_id": 1,
            "team_name": "My Team",
            "mine": True,
        },
    ]


def test_nobody_found_is_no_error(cli: Cli) -> None:
    assert cli("players", "qqqqqqqq", "--json").json == []
    ran = cli("players", "qqqqqqqq")
    assert (ran.code, ran.out) == (0, "Nobody fits.\nSleeper rosters, synced 5m ago.\n")


def test_players_limit(cli: Cli) -> None:
    assert len(cli("players", "pos:RB", "--limit", "2", "--json").json) == 2
    assert cli("players", "pos:RB", "--limit", "0").code == 2


def test_hostile_names_are_plain_text(cli: Cli, empty: str) -> None:
    for argv in (["players", "pos:RB,WR"], ["roster", "A", "--team", "2"], ["leagues"]):
        ran = cli(*argv)
        assert ran.code == 0
        assert not any(ord(character) < 32 for character in ran.out if character != "\n")
    assert "␛]0;owned␇name" in cli("players", "pos:RB").out
    written = cli("players", "pos:RB", "--json").out
    assert written.isascii()
    assert "\x1b" not in written


def test_wide_names_keep_columns_straight(cli: Cli, empty: str) -> None:
    async def rename() -> None:
        store = Store(empty)
        await store.write(
            lambda session: session.execute(
                update(Player).where(Player.player_id == "2").values(full_name="セイクオン 🏈 Barkley")
            )
        )
        await store.close()

    asyncio.run(rename())
    lines = [line for line in cli("players", "pos:RB,QB").out.splitlines() if "RB" in line or "QB" in line]
    assert any("セイクオン" in line for line in lines)
    columns = {cell_len(line[: max(line.find(" RB "), line.find(" QB "))]) for line in lines}
    assert len(columns) == 1
