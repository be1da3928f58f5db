"""standings, transactions, matchup."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.cli.parser import MOVES
from fantasy_tui.crud.transactions import TransactionPage
from fantasy_tui.database.store import Store
from fantasy_tui.football.board import Lineup, MatchupBoard
from fantasy_tui.football.seat import Seat
from fantasy_tui.football.standings import Standings, TeamStanding
from fantasy_tui.models import League, Roster, Transaction
from fantasy_tui.tui.move_words import KINDS
from tests.cli.conftest import Cli
from tests.leagues import HOSTILE, NOW

pytestmark = pytest.mark.usefixtures("decisions")


@pytest.fixture
def season(empty: str, decisions: list[str]) -> None:
    """A league with playoffs to come, two moves, and a team without a manager that has a hostile name's moves."""

    async def fill(session: AsyncSession) -> None:
        league = await session.get_one(League, "A")
        league.settings = {**(league.settings or {}), "playoff_teams": 2, "playoff_week_start": 12,
                           "waiver_type": 2, "waiver_budget": 100}  # fmt: skip
        (await session.get_one(Roster, "A:1")).settings = {"waiver_budget_used": 37}
        common = {"league_id": "A", "week": 9, "creator": "me", "created": NOW - timedelta(days=1)}
        session.add_all(
            [
                Transaction(
                    transaction_id="1", type="waiver", status="failed", roster_ids=[2], adds={"12": 2},
                    settings={"waiver_bid": 7}, details={"notes": "Too late."}, **common,
                ),
                Transaction(
                    transaction_id="2", type="free_agent", status="complete", roster_ids=[1], adds={"12": 1},
                    drops={"10": 1}, details={"notes": "Fine."}, **common,
                ),
            ]
        )  # fmt: skip

    async def run() -> None:
        store = Store(empty)
        await store.write(fill)
        await store.close()

    asyncio.run(run())


@pytest.mark.usefixtures("season")
def test_standings_json(cli: Cli) -> None:
    table = cli("standings", "A", "--json").json
    assert set(table) == set(Standings.__dataclass_fields__)
    assert set(table["teams"][0]) == set(TeamStanding.__dataclass_fields__)
    assert [(team["place"], team["roster_id"], team["qualifies"]) for team in table["teams"]] == [
        (1, 2, True),
        (2, 1, True),
        (3, 3, False),
    ]
    assert table["teams"][1]["odds"]["playoffs"] == 1.0
    assert table["teams"][1]["faab_left"] == 63
    assert table["draws"] == 10_000
    assert table["teams"][0]["team_name"] == HOSTILE[0]


@pytest.mark.usefixtures("season")
def test_standings_for_people(cli: Cli) -> None:
    out = cli("standings", "A").out.splitlines()
    assert out[0] == "Alpha League › 2024 · week 10 · 3 teams · playoffs: 2 from week 12"
    assert out[4].split()[:6] == ["2", "My", "Team", "(yours)", "manager", "6-3"]
    assert "$63" in out[4]
    assert "Odds by 10,000 simulated seasons." in out
    assert out[-1].startswith("Age: Sleeper rosters 5m · ")
    assert "This league has no playoffs." in cli("standings", "B").out


@pytest.mark.usefixtures("season")
def test_transactions_json(cli: Cli) -> None:
    page = cli("transactions", "A", "--json").json
    assert set(page) == set(TransactionPage.__dataclass_fields__)
    assert (page["total"], [move["transaction_id"] for move in page["rows"]]) == (2, ["2", "1"])
    assert page["rows"][1]["bid"] == 7
    assert cli("transactions", "A", "--kind", "waiver", "--json").json["total"] == 1
    assert cli("transactions", "A", "--team", "1", "--json").json["rows"][0]["transaction_id"] == "2"
    second = cli("transactions", "A", "--limit", "1", "--offset", "1", "--json").json
    assert [move["transaction_id"] for move in second["rows"]] == ["1"]


@pytest.mark.usefixtures("season")
def test_transactions_for_people(cli: Cli) -> None:
    out = cli("transactions", "A").out
    assert "✗ claim" in out
    assert "Too late." in out
    assert "Fine." not in out
    assert "1 to 2 of 2. Sleeper transactions, never." in out
    assert "None of 0." in cli("transactions", "B").out
    assert cli("transactions", "A", "--kind", "gift").code == 2


def test_the_parsers_kinds_are_those_that_are_shown() -> None:
    assert tuple(KINDS) == MOVES


def test_matchup_json(cli: Cli) -> None:
    board = cli("matchup", "A", "--json").json
    assert set(board) == set(MatchupBoard.__dataclass_fields__)
    assert set(board["mine"]) == set(Lineup.__dataclass_fields__)
    assert set(board["mine"]["starters"][0]) == set(Seat.__dataclass_fields__)
    assert (board["week"], board["phase"], board["mine"]["roster_id"]) == (10, "live", 1)
    assert board["mine"]["points"] == 16.5
    assert 0 < board["win"] < 1
    assert cli("matchup", "A", "--week", "9", "--json").json["phase"] == "over"
    assert cli("matchup", "A", "--team", "2", "--json").json["theirs"]["roster_id"] == 1


def test_matchup_for_people(cli: Cli) -> None:
    out = cli("matchup", "A").out.splitlines()
    assert out[0] == f"My Team, 6-3 against {HOSTILE[0]}, 7-2"
    assert out[1] == "Alpha League, 2024 week 10"
    quarterback = next(line for line in out if " QB " in line)
    assert quarterback.startswith("Patrick Mahomes")
    assert "10.4" in quarterback
    assert any(line.startswith("Chance to win: ") for line in out)
    assert out[-1].startswith("Age: Sleeper rosters 5m")
    assert ", no opponent" in cli("matchup", "A", "--team", "3").out


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["standings", "Z"], "League Z is not stored here"),
        (["transactions", "Z"], "League Z is not stored here"),
        (["matchup", "Z"], "League Z is not stored here"),
        (["matchup", "A", "--team", "99"], "There is no team 99 in Alpha League; --team takes one of: 2 "),
    ],
)
def test_not_found(cli: Cli, argv: list[str], sentence: str) -> None:
    for more in ([], ["--json"]):
        ran = cli(*argv, *more)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(sentence)


@pytest.mark.usefixtures("season")
def test_hostile_names_are_plain_text(cli: Cli) -> None:
    for argv in (["standings", "A"], ["transactions", "A"], ["matchup", "A"], ["matchup", "B"]):
        ran = cli(*argv)
        assert ran.code == 0
        assert not any(ord(character) < 32 for character in ran.out if character != "\n")
        assert cli(*argv, "--json").out.isascii()
