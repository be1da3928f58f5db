"""Waivers and trades of a league at an instant, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.market import load_market, waivers_run
from fantasy_tui.models import League, Transaction
from tests.leagues import NOW, build


def move(number: int, kind: str, **values: Any) -> Transaction:
    created = values.pop("created", NOW - timedelta(days=3))
    return Transaction(
        transaction_id=str(number),
        league_id="A",
        week=values.pop("week", 9),
        type=kind,
        status=values.pop("status", "complete"),
        created=created,
        status_updated=values.pop("decided", created),
        **values,
    )


async def market(session: AsyncSession, *moves: Transaction, at: datetime = NOW, **settings: Any) -> Any:
    await build(session)
    league = await session.get(League, "A")
    assert league is not None
    league.settings = {**(league.settings or {}), **settings}
    session.add_all(moves)
    await session.flush()
    return await load_market(session, league, at)


async def test_bids_won_and_lost(session: AsyncSession) -> None:
    found = await market(
        session,
        move(1, "waiver", adds={"8": 1}, settings={"waiver_bid": 12}),
        move(2, "waiver", status="failed", adds={"8": 2}, settings={"waiver_bid": 7}),
    )
    assert [(b.roster_id, b.player_id, b.position, b.amount, b.won) for b in found.bids] == [
        (1, "8", "QB", 12, True),
        (2, "8", "QB", 7, False),
    ]
    assert found.spent == {1: 12}


async def test_trades_count_and_move_money(session: AsyncSession) -> None:
    gift = [{"sender": 1, "receiver": 2, "amount": 5}]
    found = await market(session, move(1, "trade", roster_ids=[1, 2], waiver_budget=gift))
    assert found.trades == {1: 1, 2: 1}
    assert found.spent == {1: 5, 2: -5}


async def test_nothing_of_what_came_later(session: AsyncSession) -> None:
    later = NOW + timedelta(hours=1)
    found = await market(
        session,
        move(1, "waiver", adds={"8": 1}, settings={"waiver_bid": 12}, created=later),
        move(2, "waiver", adds={"9": 1}, settings={"waiver_bid": 3}, decided=later),
        move(3, "trade", roster_ids=[1, 2], created=later),
    )
    assert (found.bids, found.spent, found.trades) == ((), {}, {})


async def test_who_was_dropped_lately_must_be_claimed(session: AsyncSession) -> None:
    found = await market(
        session,
        move(1, "free_agent", drops={"8": 2}, created=NOW - timedelta(days=1)),
        move(2, "free_agent", drops={"9": 2}, created=NOW - timedelta(days=5)),
        move(3, "free_agent", drops={"10": 2}, created=NOW - timedelta(hours=9)),
        move(4, "free_agent", adds={"10": 1}, created=NOW - timedelta(hours=8)),
        waiver_clear_days=2,
    )
    assert found.dropped == {"8"}


@pytest.mark.parametrize(
    ("settings", "run"),
    [
        # Sunday 10 November 2024, half past ten in the morning on the US west coast (UTC-8).
        ({"waiver_type": 2, "waiver_day_of_week": 2}, datetime(2024, 11, 13, 8, 5, tzinfo=UTC)),
        ({"waiver_type": 0}, datetime(2024, 11, 13, 8, 5, tzinfo=UTC)),
        ({"waiver_type": 2, "daily_waivers": 1, "daily_waivers_days": 5461}, datetime(2024, 11, 11, 8, 5, tzinfo=UTC)),
        ({"waiver_type": 2, "daily_waivers": 1, "daily_waivers_days": 1344}, datetime(2024, 11, 12, 8, 5, tzinfo=UTC)),
        ({}, None),
    ],
)  # fmt: skip
def test_when_claims_are_decided(settings: dict[str, Any], run: datetime | None) -> None:
    league = League(id="A", name="A", season="2024", settings=settings)
    assert waivers_run(league, NOW) == run
