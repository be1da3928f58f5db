"""Recommendations of every kind about numbered players, and what a sync may have seen, for tests of proof."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import (
    InjuryReplacement,
    LineupChange,
    PlayerLine,
    SitStart,
    SlotLine,
    TradeOffer,
    WaiverClaim,
)
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, Matchup, Roster, SyncState, Transaction

_COMMON: dict[str, Any] = {
    "summary": "Do it",
    "reasons": ("Because.",),
    "sources": (),
    "status_quo": "Nothing.",
}


def line(player_id: str, team: str | None = "PHI", kickoff: datetime | None = None) -> PlayerLine:
    return PlayerLine(
        player_id=player_id,
        name=f"Player {player_id}",
        position="WR",
        team=team,
        points=10.0,
        kickoff=kickoff,
    )


Rows = Sequence[tuple[str, str | None, str | None]]


def _sides(rows: Rows, teams: Mapping[str, str]) -> dict[str, tuple[SlotLine, ...]]:
    def side(index: int) -> tuple[SlotLine, ...]:
        return tuple(
            SlotLine(slot=row[0], player=line(player, teams.get(player, "PHI")) if player else None)
            for row in rows
            for player in [row[index]]
        )

    return {"before": side(1), "after": side(2)}


def lineup(rows: Rows, **teams: str) -> LineupChange:
    """Slots with who stands there and who is to; `teams` by p and the player's number."""
    return LineupChange(**_COMMON, **_sides(rows, {key[1:]: team for key, team in teams.items()}))


def sit_start(start: str, sit: str) -> SitStart:
    return SitStart(**_COMMON, slot="FLEX", start=line(start), sit=line(sit))


def claim(add: str, drop: str | None, **more: Any) -> WaiverClaim:
    return WaiverClaim(**_COMMON, add=line(add), drop=line(drop) if drop else None, **more)


def trade(give: Sequence[str], get: Sequence[str], drop: Sequence[str] = ()) -> TradeOffer:
    return TradeOffer(
        **_COMMON,
        partner_roster_id=2,
        partner="Rivals",
        give=tuple(map(line, give)),
        get=tuple(map(line, get)),
        drop=tuple(map(line, drop)),
    )


def replacement(out: str, into: str, **more: Any) -> InjuryReplacement:
    return InjuryReplacement(
        **_COMMON,
        player=line(out),
        problem="Out",
        plays_probability=0.0,
        replacement=line(into),
        **_sides([("FLEX", out, into)], {}),
        **more,
    )


def plan_ahead(out: str, into: str) -> InjuryReplacement:
    return replacement(out, into, condition=f"if Player {out} is inactive")


async def synced(
    store: Store,
    at: datetime,
    *,
    league_id: str = "A",
    week: int = 10,
    lineup: Sequence[str] | None = None,
    mine: Sequence[str] | None = None,
    theirs: Sequence[str] | None = None,
    stats: bool = False,
) -> None:
    """Have a sync at an instant find these players on roster 1 and 2 and this line-up of roster 1."""

    async def work(session: AsyncSession) -> None:
        for roster_id, players in ((1, mine), (2, theirs)):
            if players is not None:
                (await session.get_one(Roster, f"{league_id}:{roster_id}")).players = list(players)
        if lineup is not None:
            (await session.get_one(Matchup, (league_id, week, 1))).starters = list(lineup)
        resources = [f"league/{league_id}/rosters", f"league/{league_id}/matchups/{week}"]
        for resource in resources + ([f"stats/2024/{week}"] if stats else []):
            await session.merge(SyncState(resource=resource, checked_at=at, changed_at=at))

    await store.write(work)


async def moved(
    store: Store,
    key: str,
    at: datetime,
    adds: Mapping[str, int] | None = None,
    drops: Mapping[str, int] | None = None,
    *,
    status: str = "complete",
    kind: str = "waiver",
    notes: str | None = None,
    league_id: str = "A",
    week: int = 10,
) -> None:
    """A transaction that was decided at an instant."""

    async def work(session: AsyncSession) -> None:
        session.add(
            Transaction(
                transaction_id=key,
                league_id=league_id,
                week=week,
                type=kind,
                status=status,
                created=at - timedelta(days=1),
                status_updated=at,
                roster_ids=sorted({*(adds or {}).values(), *(drops or {}).values()}),
                adds=dict(adds) if adds is not None else None,
                drops=dict(drops) if drops is not None else None,
                details={"notes": notes} if notes else None,
            )
        )

    await store.write(work)


async def proposed_at(store: Store, decision_id: str, at: datetime, **values: Any) -> None:
    """Move the decision's proposal to an instant, and set what else is given."""

    async def work(session: AsyncSession) -> None:
        row = await session.get_one(AgentDecision, decision_id)
        row.created_at = at
        for name, value in values.items():
            setattr(row, name, value)

    await store.write(work)
