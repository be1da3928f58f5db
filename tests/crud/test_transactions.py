"""A league's moves, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.transactions import TransactionPage, transactions
from fantasy_tui.models import League, SyncState, Transaction
from tests.leagues import HOSTILE, NOW, build


@pytest.fixture
async def user(session: AsyncSession) -> str:
    user_id = await build(session)
    moves: tuple[dict[str, Any], ...] = (
        {
            "type": "trade", "roster_ids": [1, 2], "adds": {"8": 1, "2": 2}, "drops": {"8": 2, "2": 1},
            "draft_picks": [
                {"season": "2025", "round": 3, "roster_id": 3, "previous_owner_id": 2, "owner_id": 1}
            ],
            "waiver_budget": [{"sender": 1, "receiver": 2, "amount": 12}],
        },
        {
            "type": "waiver", "status": "failed", "roster_ids": [1], "adds": {"12": 1}, "drops": {"4": 1},
            "settings": {"waiver_bid": 7}, "details": {"notes": "This player was claimed by another owner."},
        },
        {"type": "free_agent", "roster_ids": [2], "adds": {"nobody": 2}, "drops": None},
        {"type": "commissioner", "roster_ids": [9], "adds": None, "drops": {"9": 9}},
    )  # fmt: skip
    for number, move in enumerate(moves):
        session.add(
            Transaction(
                **{
                    "transaction_id": f"m{number}",
                    "league_id": "A",
                    "week": 9,
                    "status": "complete",
                    "created": NOW - timedelta(days=5 - number),
                    "status_updated": None,
                    **move,
                }
            )
        )
    for week, minutes in ((8, 900), (9, 7)):
        at = NOW - timedelta(minutes=minutes)
        session.add(SyncState(resource=f"league/A/transactions/{week}", checked_at=at, changed_at=at))
    await session.flush()
    return user_id


async def page(session: AsyncSession, user: str, **how: Any) -> TransactionPage:
    return await transactions(session, "A", user, **how)


async def test_newest_first_by_page(session: AsyncSession, user: str) -> None:
    found = await page(session, user)
    assert [row.transaction_id for row in found.rows] == ["m3", "m2", "m1", "m0"]
    assert (found.total, found.offset, found.as_of) == (4, 0, NOW - timedelta(minutes=7))
    second = await page(session, user, offset=1, limit=2)
    assert [row.transaction_id for row in second.rows] == ["m2", "m1"]
    assert (second.total, second.offset) == (4, 1)
    assert (await page(session, user, offset=9)).rows == ()


async def test_when_it_was_decided_counts(session: AsyncSession, user: str) -> None:
    claim = await session.get_one(Transaction, "m1")
    claim.status_updated = NOW
    await session.flush()
    first = (await page(session, user)).rows[0]
    assert (first.transaction_id, first.at) == ("m1", NOW)


async def test_a_trade_with_its_picks_and_dollars(session: AsyncSession, user: str) -> None:
    trade = (await page(session, user, kind="trade")).rows[0]
    assert (trade.kind, trade.status, trade.week, trade.bid, trade.note) == (
        "trade",
        "complete",
        9,
        None,
        None,
    )
    assert [(team.roster_id, team.name, team.mine) for team in trade.teams] == [
        (1, "My Team", True),
        (2, HOSTILE[0], False),
    ]
    assert [(m.name, m.position, m.nfl_team, m.team.roster_id) for m in trade.adds] == [
        ("Josh Allen", "QB", "BUF", 1),
        ("Saquon Barkley", "RB", "PHI", 2),
    ]
    assert [(m.name, m.team.roster_id) for m in trade.drops] == [("Saquon Barkley", 1), ("Josh Allen", 2)]
    (pick,) = trade.picks
    assert (pick.season, pick.round, pick.original.name) == ("2025", 3, "Team 3")
    assert pick.sender is not None
    assert (pick.sender.roster_id, pick.receiver.roster_id) == (2, 1)
    (gift,) = trade.budget
    assert (gift.sender.roster_id, gift.receiver.roster_id, gift.amount) == (1, 2, 12)


async def test_a_claim_that_failed(session: AsyncSession, user: str) -> None:
    claim = (await page(session, user, kind="waiver")).rows[0]
    assert (claim.status, claim.note) == ("failed", "This player was claimed by another owner.")
    assert claim.bid is None
    league = await session.get_one(League, "A")
    league.settings = {**(league.settings or {}), "waiver_type": 2}
    await session.flush()
    assert (await page(session, user, kind="waiver")).rows[0].bid == 7


async def test_whom_the_store_does_not_know_is_shown_by_id(session: AsyncSession, user: str) -> None:
    (added,) = (await page(session, user, kind="free_agent")).rows[0].adds
    assert (added.name, added.known, added.position) == ("nobody", False, None)
    (dropped,) = (await page(session, user, kind="commissioner")).rows[0].drops
    assert (dropped.name, dropped.team.name) == ("Bijan Robinson", "Team 9")


async def test_the_moves_of_one_team(session: AsyncSession, user: str) -> None:
    found = await page(session, user, roster_id=2)
    assert [row.transaction_id for row in found.rows] == ["m2", "m0"]
    assert found.total == 2


async def test_a_league_without_moves_and_one_that_is_not_there(session: AsyncSession, user: str) -> None:
    found = await transactions(session, "B", user)
    assert (found.rows, found.total, found.as_of) == ((), 0, None)
    with pytest.raises(LeagueNotFound):
        await transactions(session, "nowhere", user)
