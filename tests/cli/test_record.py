"""record."""

import asyncio
import json
import re

import pytest

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType
from fantasy_tui.review.settle import settle_final
from tests.cli.conftest import Cli
from tests.leagues import NOW
from tests.settling import add, advice, final, injury, made, starters

TALLY = {"n", "right", "hit_rate", "mean_gain", "brier", "brier_skill", "calibration_error", "bins"}
KIND = TALLY | {"approved", "rejected", "expired", "automatic", "toss_ups"}
GOOD, BAD = starters("1", "2"), starters("2", "3")
"""Worth +15 and -7.25 points."""


@pytest.fixture
def settled(empty: str) -> None:
    """Four settled calls, one toss-up and one decision that waits for week 10."""

    async def fill() -> None:
        store = Store(empty)
        user = await made(store)
        await add(store, user, advice(GOOD), answer="approved", confidence=62)
        await add(store, user, advice(BAD), answer="rejected", confidence=58)
        await add(store, user, advice(GOOD), answer="expired", confidence=66, league_id="B")
        what = injury(starters("4", "3"), "3", 0.7)
        await add(store, user, what, kind=AgentTaskType.INJURY_MONITORING, confidence=90)
        await add(store, user, advice(BAD), actionable=False, confidence=51)
        await add(store, user, advice(starters("1", "2", 10)), week=10, answer="open")
        assert await settle_final(store, user, NOW) == 5
        await store.close()

    asyncio.run(fill())


@pytest.mark.usefixtures("settled")
def test_json(cli: Cli) -> None:
    ran = cli("record", "--json")
    found = ran.json
    assert ran.out.isascii()
    assert set(found) == {"kinds", "overall"}
    assert set(found["kinds"]) == {kind.value for kind in AGENTS}
    one = found["kinds"]["sit_start"]
    assert set(one) == KIND
    assert set(found["kinds"]["injury_monitoring"]) == KIND | {"plays"}
    assert (one["n"], one["right"], one["hit_rate"]) == (3, 2, pytest.approx(2 / 3))
    assert one["mean_gain"] == pytest.approx((15 - 7.25 + 0) / 3)  # league B gave both the same points
    assert one["brier"] == pytest.approx((0.38**2 + 0.58**2 + 0.34**2) / 3)
    assert one["brier_skill"] == pytest.approx(1 - 4 * one["brier"])
    assert one["approved"] == {"n": 1, "gain": 15.0}
    assert one["rejected"] == {"n": 1, "gain": 7.25}
    assert one["expired"] == {"n": 1, "gain": 0.0}
    assert (one["toss_ups"]["n"], one["toss_ups"]["right"]) == (1, 0)
    assert (found["overall"]["n"], found["overall"]["toss_ups"]["n"]) == (4, 1)
    assert found["kinds"]["trade_analysis"]["brier"] is None


@pytest.mark.usefixtures("settled")
def test_bins(cli: Cli) -> None:
    bins = cli("record", "--json").json["kinds"]["sit_start"]["bins"]
    assert [(one["low"], one["high"]) for one in bins] == [(low, low + 10) for low in range(0, 100, 10)]
    assert [one["n"] for one in bins] == [0, 0, 0, 0, 0, 1, 2, 0, 0, 0]
    assert set(bins[6]) == {"low", "high", "n", "stated", "hit_rate", "interval"}
    assert (bins[6]["stated"], bins[6]["hit_rate"]) == (pytest.approx(0.64), 1.0)
    assert bins[6]["interval"] == [pytest.approx(0.3424, abs=1e-4), 1.0]
    assert (bins[0]["stated"], bins[0]["hit_rate"], bins[0]["interval"]) == (None, None, [0.0, 1.0])


@pytest.mark.usefixtures("settled")
def test_for_people(cli: Cli) -> None:
    ran = cli("record")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0].split()[:3] == ["KIND", "SETTLED", "TRUE"]
    assert lines[1].startswith("all advice")
    sit_start = next(line for line in lines if line.startswith("sit start"))
    # Off by: (0.58 + 0.38 + 0.34) / 3.
    assert " ".join(sit_start.split()) == "sit start 3 67 % +2.6 43 0.199 1: +15.0 1: +7.2 1: +0.0 0/1"
    assert "All advice: 3 of 4 came true: 75 % (95 % interval 30 to 95); +1.9 points a call." in lines
    assert any(line.split()[:4] == ["60-70", "2", "100", "%"] for line in lines)
    assert (
        "You approved 1: won 15.0 points; rejected 1: won 7.2 points; let expire 2: won 0.0 points." in lines
    )
    assert "Toss-ups, kept apart: 0 of 1 came true (0 %), -7.2 points each." in lines
    assert max(len(line) for line in lines if "├" in line) <= 80


@pytest.mark.usefixtures("settled")
def test_one_kind(cli: Cli) -> None:
    out = cli("record", "--kind", "injury_monitoring").out
    assert out.splitlines()[1].startswith("injury monitoring")
    assert "sit start" not in out
    assert "Whether the player plays: he did in 1 of 1" in out
    assert set(cli("record", "--kind", "injury_monitoring", "--json").json["kinds"]) == {"injury_monitoring"}
    assert (
        "Trade analysis: nothing of this kind has been settled yet."
        in cli("record", "--kind", "trade_analysis").out
    )


@pytest.mark.usefixtures("settled")
def test_one_league(cli: Cli) -> None:
    assert cli("record", "--league", "B", "--json").json["overall"]["n"] == 1
    ran = cli("record", "--league", "Z")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("League Z is not stored here")


@pytest.mark.usefixtures("settled")
def test_an_unknown_kind_is_a_mistake(cli: Cli) -> None:
    assert cli("record", "--kind", "guessing").code == 2


def test_nothing_settled_says_when_the_first_will_be(cli: Cli, empty: str) -> None:
    async def fill(week: int | None) -> None:
        store = Store(empty)
        user = await made(store) if week is None else (await store_user(store))
        if week is not None:
            await add(store, user, advice(starters("1", "2", week)), week=week, answer="open")
        await store.close()

    asyncio.run(fill(None))
    ran = cli("record")
    assert ran.code == 0
    assert "no decision stands to be settled" in ran.out
    asyncio.run(fill(10))
    said = cli("record").out
    assert said.startswith("Nothing has been settled yet. The first sync after week 10 of 2024 is over (")
    assert re.search(r"in 1[12]h\d\d\) settles the first decision\.\n$", said)
    asyncio.run(fill(9))
    assert cli("record").out == (
        "Nothing has been settled yet. Week 9 of 2024 is over: the next sync settles the first decision.\n"
    )
    assert json.loads(cli("record", "--json").out)["overall"]["n"] == 0


async def store_user(store: Store) -> str:
    from fantasy_tui.crud.user import get_only_user

    await final(store)
    async with store.read() as session:
        user = await get_only_user(session)
    assert user is not None
    return user.id
