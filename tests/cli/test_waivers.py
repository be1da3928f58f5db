"""The command `waivers`."""

import pytest

from tests.cli.conftest import Cli
from tests.leagues import HOSTILE

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
