"""The command `preferences`."""

import pytest

from fantasy_tui.review.choices import CHOICES
from tests.cli.conftest import Cli

pytestmark = pytest.mark.usefixtures("decisions")


def test_all_of_them_and_one(cli: Cli) -> None:
    every = cli("preferences", "--json").json
    assert list(every) == [one.key for one in CHOICES]
    assert (every["automatic"], every["bell"], every["waiver_wire.gain"]) == ("off", "on", "agents' own")
    assert cli("preferences", "get", "quiet", "--json").json == {"quiet": "off"}
    assert cli("preferences").out.splitlines()[0].split() == ["KEY", "VALUE", "ABOUT"]


def test_set_is_kept_and_the_queue_heeds_it(cli: Cli) -> None:
    assert cli("preferences", "set", "quiet", "22-7", "--json").json == {"quiet": "22-7"}
    assert cli("preferences", "get", "quiet", "--json").json == {"quiet": "22-7"}
    assert len(cli("queue", "--json").json) == 3
    cli("preferences", "set", "lineup_optimization.confidence", "65")
    assert cli("queue", "--json").json == []
    assert len(cli("queue", "--all", "--json").json) == 3


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("set", "quiet"), "Say what to set"),
        (("set", "quiet", "25-2"), "not two hours"),
        (("set", "nothing", "on"), "There is no preference “nothing”"),
        (("get", "nothing"), "There is no preference"),
        (("get", "quiet", "1-2"), "preferences set KEY VALUE"),
        (("set", "sit_start.confidence", "20"), "nothing below 55"),
    ],
)
def test_what_cannot_be(cli: Cli, argv: tuple[str, ...], said: str) -> None:
    ran = cli("preferences", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
