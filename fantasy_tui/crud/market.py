"""Waivers and trades of a league as they stood at an instant: claims, bids, who must be claimed and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.view import Bid
from fantasy_tui.models import League, Player, Transaction

PACIFIC = ZoneInfo("America/Los_Angeles")
_RUN_AT = time(0, 5)
_WEDNESDAY = 2


@dataclass(frozen=True, slots=True)
class Market:
    """What the league's transactions tell."""

    bids: tuple[Bid, ...] = ()
    trades: Mapping[int, int] = field(default_factory=dict)
    """Roster to completed trades."""
    spent: Mapping[int, int] = field(default_factory=dict)
    """Roster to dollars paid for claims, and given away in trades less those received."""
    dropped: frozenset[str] = frozenset()
    """Players who were dropped so recently that they must be claimed."""


async def load_market(session: AsyncSession, league: League, now: datetime) -> Market:
    """Read the season's transactions until an instant."""
    moves = list(
        await session.scalars(
            select(Transaction)
            .where(Transaction.league_id == league.id, Transaction.created <= now)
            .order_by(Transaction.created, Transaction.transaction_id)
        )
    )
    wanted = {player for move in moves if move.type == "waiver" for player in move.adds or {}}
    positions = {
        row.player_id: row.position
        for row in await session.execute(
            select(Player.player_id, Player.position).where(Player.player_id.in_(wanted))
        )
    }
    trades: dict[int, int] = {}
    spent: dict[int, int] = {}
    clear = timedelta(days=int((league.settings or {}).get("waiver_clear_days") or 0))
    dropped: set[str] = set()
    bids: list[Bid] = []
    for move in moves:
        done = move.status == "complete"
        # A claim is decided when waivers run; what it says about money is not known before.
        if move.status_updated is not None and move.status_updated > now:
            continue
        if done and move.type == "trade":
            for roster_id in move.roster_ids or ():
                trades[roster_id] = trades.get(roster_id, 0) + 1
        for gift in (move.waiver_budget or ()) if done else ():
            amount = int(gift.get("amount") or 0)
            for side, sign in (("sender", 1), ("receiver", -1)):
                if (roster := gift.get(side)) is not None:
                    spent[roster] = spent.get(roster, 0) + sign * amount
        if move.type == "waiver":
            bids += _bids(move, positions)
            if done:
                for bid in _bids(move, positions)[:1]:
                    spent[bid.roster_id] = spent.get(bid.roster_id, 0) + bid.amount
        if done and (move.status_updated or move.created) > now - clear:
            dropped |= set(move.drops or ()) - set(move.adds or ())
        if done:
            dropped -= set(move.adds or ())
    return Market(tuple(bids), trades, spent, frozenset(dropped))


def _bids(move: Transaction, positions: Mapping[str, str | None]) -> list[Bid]:
    amount = int((move.settings or {}).get("waiver_bid") or 0)
    return [
        Bid(move.week, roster_id, player, positions.get(player), amount, won=move.status == "complete")
        for player, roster_id in (move.adds or {}).items()
    ]


def waivers_run(league: League, now: datetime) -> datetime | None:
    """When claims are next decided: five past midnight, US Pacific, of the weekly day or of each listed one."""
    settings = league.settings or {}
    if settings.get("waiver_type") is None:
        return None
    days = _run_days(settings)
    today = now.astimezone(PACIFIC).date()
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        at = datetime.combine(day, _RUN_AT, PACIFIC)
        if day.weekday() in days and at > now:
            return at.astimezone(now.tzinfo)
    return None


def _run_days(settings: Mapping[str, object]) -> set[int]:
    """Days of the week, Monday 0; `daily_waivers_days` is seven base-4 digits, Monday first, 1 for a run."""
    if settings.get("daily_waivers"):
        number = int(str(settings.get("daily_waivers_days") or 0))
        days = {day for day in range(7) if number // 4 ** (6 - day) % 4 == 1}
        if days:
            return days
    weekly = settings.get("waiver_day_of_week")
    return {weekly if isinstance(weekly, int) and 0 <= weekly < 7 else _WEDNESDAY}
