"""Draft picks that changed hands, on both databases."""

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.picks import traded_picks
from fantasy_tui.football.picks import Pick
from fantasy_tui.models import TradedPick
from tests.leagues import build


async def test_a_leagues_own_with_their_holders(session: AsyncSession) -> None:
    await build(session)
    for league, owner in (("A", 2), ("B", 3)):
        pick = TradedPick(
            league_id=league,
            season="2025",
            round=1,
            roster_id=1,
            previous_owner_id=1,
            owner_id=owner,
            source_hash="",
        )
        session.add(pick)
    await session.flush()
    assert await traded_picks(session, "A") == {Pick("2025", 1, 1): 2}
    assert await traded_picks(session, "Z") == {}
