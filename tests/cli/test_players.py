"""players with filters and numbers, player, compare, roster by position and by week."""

import asyncio

import pytest

from fantasy_tui.cli import parser
from fantasy_tui.database.store import Store
from fantasy_tui.football import facts, sift
from fantasy_tui.models import Player, PlayerStats, TrendingPlayer
from tests.cli.conftest import Cli
from tests.leagues import HOSTILE

pytestmark = pytest.mark.usefixtures("decisions")


def write(url: str, *rows: object) -> None:
    async def add() -> None:
        store = Store(url)
        await store.write(lambda session: _added(session, rows))
        await store.close()

    asyncio.run(add())


async def _added(session: object, rows: tuple[object, ...]) -> None:
    session.add_all(rows)  # type: ignore[attr-defined]


def names(cli: Cli, *argv: str) -> list[str]:
    return [row["name"] for row in cli("players", *argv, "--json").json]


def test_the_parser_knows_the_same_words_as_the_code() -> None:
    assert (parser.POSITIONS, parser.WHOSE, parser.ORDERS) == (sift.POSITIONS, sift.WHOSE, facts.ORDERS)


def test_players_have_the_numbers_of_a_league(cli: Cli) -> None:
    [alpha] = cli("players", "barkley", "--json").json
    assert (alpha["league_id"], alpha["week"], alpha["rank"]) == ("A", 10, 2)
    assert (alpha["projected_points"], alpha["points_per_game"], alpha["games"]) == (13.0, 13.85, 2)
    assert alpha["weekly"][-2:] == [13.8, 13.9]
    assert (alpha["adds"], alpha["drops"], alpha["on_bye"]) == (None, None, False)
    [beta] = cli("players", "barkley", "--league", "B", "--json").json
    assert (beta["league_id"], beta["projected_points"]) == ("B", 12.0)


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        (("--position", "QB"), ["Josh Allen", "Patrick Mahomes"]),
        (("--position", "QB", "--whose", "mine"), ["Patrick Mahomes"]),
        (("--whose", "rivals", "--position", "RB"), ["Bijan Robinson", "Jahmyr Gibbs"]),
        (("--injured", "--whose", "mine"), ["Ja'Marr Chase", "Christian McCaffrey"]),
        (("--bye", "--position", "WR"), ["CeeDee Lamb", HOSTILE[0]]),
        (("pos:RB", "--sort", "projected", "--limit", "2"), ["Saquon Barkley", "Bijan Robinson"]),
        (("--sort", "name", "--position", "TE"), ["Travis Kelce"]),
        (("free", "--league", "B", "--position", "DEF"), ["Philadelphia Eagles"]),
    ],
)
def test_filters_and_orders(cli: Cli, argv: tuple[str, ...], found: list[str]) -> None:
    assert names(cli, *argv) == found


def test_players_for_people_say_whose_points_and_how_old(cli: Cli, empty: str) -> None:
    write(empty, TrendingPlayer(kind="drop", player_id="4", count=1234))
    out = cli("players", "pos:WR").out
    assert "PROJ" in out
    assert "Points of Alpha League, week 10. Age: Sleeper rosters 5m" in out
    lamb = next(line for line in out.splitlines() if "Lamb" in line)
    assert lamb.split()[:8] == ["4", "CeeDee", "Lamb", "WR", "DAL", "bye", "14.9", "-1,234"]


@pytest.mark.parametrize("argv", [["--position", "XX"], ["--whose", "his"], ["--sort", "height"]])
def test_an_unknown_filter_is_a_usage_error(cli: Cli, argv: list[str]) -> None:
    assert cli("players", *argv).code == 2


def test_a_league_that_is_not_stored(cli: Cli) -> None:
    ran = cli("players", "--league", "Z")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("League Z is not stored here")


def test_player_json_is_the_card(cli: Cli) -> None:
    card = cli("player", "2", "--json").json
    assert card["row"]["name"] == "Saquon Barkley"
    assert [league["league_id"] for league in card["leagues"]] == ["A", "B"]
    assert card["leagues"][0]["this_week"]["points"] == 13.0
    assert [week["state"] for week in card["leagues"][0]["season"]] == ["played", "played", "ahead", "ahead"]
    assert card["exposure"] == {"leagues": 2, "mine": 2, "others": 0}


def test_player_for_people(cli: Cli, empty: str) -> None:
    write(empty, PlayerStats(id="x", player_id="3", season="2023", week=2, stats={"gp": 1, "rec": 4}))
    out = cli("player", "ja'marr", "chase").out
    assert out.startswith("Ja'Marr Chase, WR · CIN · 27 years · number 3 · Active\nQuestionable.\n")
    assert "Your leagues: mine in 2 of 2." in out
    assert "Alpha League: mine\nthis week 9.3 (" in out
    assert "this season: 8 15.8, 9 11.5\nlast season: 2 4.0\n" in out
    assert out.rstrip().endswith("trends never fetched.")


@pytest.mark.parametrize(
    ("wanted", "code", "sentence"),
    [
        ("nobody at all", 3, "Nobody is called nobody at all; `fantasy-tui players` searches."),
        ("josh", 2, "josh could be Josh Allen (8, QB BUF), Josh Other (99, LB FA): give more"),
        ("[/]", 3, "Nobody is called [/]"),
    ],
)
def test_a_name_that_is_nobodys_or_several(
    cli: Cli, empty: str, wanted: str, code: int, sentence: str
) -> None:
    write(empty, Player(player_id="99", full_name="Josh Other", position="LB", search_rank=900))
    ran = cli("player", wanted)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1


def test_a_whole_name_is_meant_before_a_part_of_one(cli: Cli, empty: str) -> None:
    write(empty, Player(player_id="99", full_name="Josh Allenby", position="LB", search_rank=1))
    assert cli("player", "josh allen", "--json").json["row"]["player_id"] == "8"


def test_compare(cli: Cli) -> None:
    both = cli("compare", "barkley", "3", "--json").json
    assert (both["league_id"], both["one"]["row"]["player_id"], both["other"]["row"]["player_id"]) == (
        "A",
        "2",
        "3",
    )
    assert 0.5 < both["outscores"]["chance"] < 0.9
    out = cli("compare", "barkley", "3", "--league", "B").out
    assert "Saquon Barkley  " in out.splitlines()[0]
    assert "this week" in out
    assert "Saquon Barkley scores at least as much in " in out
    assert "Age: Sleeper rosters 5m" in out
    assert "Nothing is known to expect of Philadelphia Eagles this week." in cli("compare", "2", "PHI").out
    assert cli("compare", "2", "nobody").code == 3
    assert cli("compare", "2", "3", "--league", "Z").code == 3


def test_roster_by_position(cli: Cli) -> None:
    team = cli("roster", "A", "--depth", "--json").json
    assert (team["team_name"], team["week"]) == ("My Team", 10)
    assert [one["position"] for one in team["positions"]] == ["QB", "RB", "WR", "TE"]
    assert set(team["positions"][0]) == {"position", "state", "spare", "needed", "useful", "players"}
    assert team["positions"][0]["players"][0]["name"] == "Patrick Mahomes"
    out = cli("roster", "A", "--depth").out
    assert out.startswith("My Team\nAlpha League, week 10\n\nPOS")
    assert next(line for line in out.splitlines() if "Prospect" in line).split()[-1] == "taxi"
    assert "(nobody)" in cli("roster", "A", "--depth", "--team", "2").out


def test_roster_by_week(cli: Cli) -> None:
    team = cli("roster", "A", "--byes", "--json").json
    assert [week["week"] for week in team["byes"]][:2] == [10, 11]
    assert team["byes"][0]["out"] == {"WR": ["CeeDee Lamb"]}
    out = cli("roster", "A", "--byes").out
    assert "CeeDee Lamb" in next(line for line in out.splitlines() if line.strip().startswith("10 "))
    assert cli("roster", "A", "--byes", "--depth").code == 2
    assert cli("roster", "A", "--byes", "--team", "99").code == 3


def test_hostile_names_are_plain_text(cli: Cli) -> None:
    for argv in (
        ["player", "11"],
        ["player", "12"],
        ["compare", "11", "12"],
        ["roster", "A", "--team", "2", "--byes"],
    ):
        ran = cli(*argv)
        assert ran.code == 0, ran.err
        assert not any(ord(character) < 32 for character in ran.out if character != "\n")
        assert cli(*argv, "--json").out.isascii()
