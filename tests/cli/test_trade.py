"""The command `trade`."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.store import Store
from fantasy_tui.models import League, TradedPick
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


@pytest.fixture
def bidding(decisions: list[str], empty: str) -> None:
    """The league bids 100 dollars, trades the picks of two rounds, and its rival holds a first of mine."""

    async def fill(session: AsyncSession) -> None:
        league = await session.get_one(League, "A")
        league.settings = {
            **(league.settings or {}), "type": 2, "pick_trading": 1, "draft_rounds": 2,
            "waiver_type": 2, "waiver_budget": 100,
        }  # fmt: skip
        session.add(
            TradedPick(
                league_id="A", season="2025", round=1, roster_id=1, previous_owner_id=1, owner_id=2, source_hash=""
            )
        )  # fmt: skip

    async def write() -> None:
        store = Store(empty)
        await store.write(fill)
        await store.close()

    asyncio.run(write())


OFFER = ("trade", "A", "--give", "barkley", "--get", "bijan robinson")


@pytest.mark.usefixtures("bidding")
def test_picks_and_dollars_go_along(cli: Cli) -> None:
    beside = ("--give-pick", "2025.2", "--get-pick", "2025.1.1", "--give-faab", "7")
    ran = cli(*OFFER, *beside)
    assert ran.out.startswith("Give Saquon Barkley, 2025 2nd and $7 FAAB to ")
    assert " and 2025 1st of My Team." in ran.out.split("\n")[0]
    assert "Not counted: draft picks and FAAB dollars. No measured worth of them is known." in ran.out
    found = cli(*OFFER, *beside, "--json").json
    assert (found["give_picks"], found["get_picks"]) == (["2025.2.1"], ["2025.1.1"])
    assert (found["give_faab"], found["get_faab"]) == (7, 0)
    alone = cli(*OFFER, "--json").json
    assert alone["gain_by_week"] == found["gain_by_week"]


@pytest.mark.usefixtures("bidding")
@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("--give-pick", "2025.1"), "Team 1 does not hold pick 2025.1: it has 2025.2.1, "),
        (("--get-pick", "first"), "Team 2 does not hold pick first: "),
        (("--give-faab", "101"), "Team 1 can give $0 to $100 of FAAB, not $101."),
        (("--get-faab", "-1"), "Team 2 can give $0 to $100 of FAAB, not $-1."),
    ],
)
def test_what_a_team_does_not_have(cli: Cli, argv: tuple[str, ...], says: str) -> None:
    ran = cli(*OFFER, *argv)
    assert ran.code == 3
    assert ran.err.startswith(says)
