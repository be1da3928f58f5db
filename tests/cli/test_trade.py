"""The command `trade`."""

import pytest

from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("decisions")


def test_an_offer_of_ones_own(cli: Cli) -> None:
    ran = cli("trade", "A", "--give", "barkley", "--get", "bijan robinson")
    assert ran.code == 0
    assert ran.out.startswith("Give Saquon Barkley to ")
    assert "an estimate, not measured" in ran.out
    assert "\x1b" not in ran.out


def test_as_json(cli: Cli) -> None:
    found = cli("trade", "A", "--give", "2", "--give", "4", "--get", "9", "--json").json
    assert (found["give"], found["get"], found["partner_roster_id"]) == (["2", "4"], ["9"], 2)
    assert found["weeks"] == [11]
    assert 0 <= found["probability"] <= 1
    assert found["gain"] < 0 < found["partner_gain"]
    assert "counter" in found


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("--give", "nobody", "--get", "9"), 3, "Nobody called nobody"),
        (("--give", "2", "--get", "2"), 3, "Nobody called 2"),
        (("--give", "e", "--get", "9"), 2, "e could be "),
        (("--give", "2", "--give", "2", "--get", "9"), 0, ""),
    ],
)
def test_who_is_meant(cli: Cli, argv: tuple[str, ...], code: int, says: str) -> None:
    ran = cli("trade", "A", *argv)
    assert ran.code == code
    assert ran.err.startswith(says)


def test_a_league_that_is_not_stored(cli: Cli) -> None:
    assert cli("trade", "Z", "--give", "2", "--get", "9").code == 3
