"""The command `waivers`."""

import pytest

from fantasy_tui.browse import Browse
from fantasy_tui.football.waiver_board import WaiverBoard
from tests.boards import board
from tests.cli.conftest import Cli
from tests.leagues import HOSTILE, NOW

pytestmark = pytest.mark.usefixtures("decisions")


def test_the_board_as_text(cli: Cli) -> None:
    ran = cli("waivers", "A")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Alpha League, week 10")
    assert "RIVAL" in ran.out
    assert HOSTILE[0] in ran.out
    assert "Age: Sleeper rosters 5m" in ran.out
    assert "\x1b" not in ran.out


def test_as_json(cli: Cli) -> None:
    found = cli("waivers", "A", "--json").json
    assert (found["league_id"], found["week"]) == ("A", 10)
    assert {"options", "rivals", "on_waivers", "closed", "lacks", "sources"} <= set(found)
    assert [rival["roster_id"] for rival in found["rivals"]] == [2, 3]


def test_a_league_that_is_not_stored(cli: Cli) -> None:
    assert cli("waivers", "Z").code == 3


def test_adds_claims_and_rivals(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def waivers(_: Browse, league_id: str) -> WaiverBoard:
        assert league_id == "A"
        return board(NOW)

    monkeypatch.setattr(Browse, "waivers", waivers)
    lines = cli("waivers", "A").out.split("\n")
    assert lines[0].startswith("Alpha League, week 10: $63 left · waivers ")
    assert lines[3].split() == ["Contested", "Carrier", "RB", "DET", "Benched", "Back", "+4.2", "+4.6", "71", "%", "10-13", "claim", "$9"]  # fmt: skip
    assert "Free Flanker" in lines[4]
    assert "(room)" in lines[5]
    assert (
        "Before Contested Carrier: activate or drop Healed Hand: no longer allowed on reserve." in lines[6:8]
    )
    assert any(line.split()[:4] == ["Rich", "$88", "3/4", "$12"] for line in lines)
    assert "dropped: Contested Carrier RB" in lines
    found = cli("waivers", "A", "--json").json
    assert found["options"][0]["ladder"]["steps"][1]["amount"] == 9


def test_without_a_team_of_ones_own(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def waivers(_: Browse, league_id: str) -> None:
        return None

    monkeypatch.setattr(Browse, "waivers", waivers)
    ran = cli("waivers", "A")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("You have no team")


def test_a_closed_wire_says_why(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def waivers(_: Browse, league_id: str) -> WaiverBoard:
        return board(NOW, options=(), closed="The season is over.")

    monkeypatch.setattr(Browse, "waivers", waivers)
    assert cli("waivers", "A").out.startswith("Alpha League, week 10: The season is over.\n")
