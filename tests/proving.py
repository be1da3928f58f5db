"""Recommendations of every kind about numbered players, and what a sync may have seen, for tests of proof."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import (
    Common,
    InjuryReplacement,
    LineupChange,
    PlayerLine,
    SitStart,
    SlotLine,
    TradeOffer,
    WaiverClaim,
    dump,
)
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTaskType, Matchup, Roster, SyncState, Transaction
from fantasy_tui.review.proof import prove
from tests.leagues import NOW
from tests.settling import LAST_KICKOFF, add, row_of

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


LOCK = LAST_KICKOFF
BEFORE, AFTER = LOCK - timedelta(minutes=20), LOCK + timedelta(minutes=6)
MONDAY = LOCK + timedelta(hours=20)
RUN = LOCK + timedelta(days=2)
"""When waivers run."""
SWAP = lineup([("QB", "1", "1"), ("RB", "2", "4"), ("WR", "5", "5"), ("FLEX", "3", "3")])
DONE, NOT_DONE = ("1", "4", "5", "3"), ("1", "2", "5", "3")


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


async def approved(store: Store, user: str, what: Common, **more: Any) -> str:
    """A decision that was approved a day ago; its id."""
    kind = AgentTaskType(dump(what)["kind"])
    decision = await add(store, user, what, answer="approved", kind=kind, week=10, settles_week=10, **more)
    await proposed_at(store, decision, NOW - timedelta(days=1))
    return decision


async def found(
    store: Store, user: str, decision: str, at: Any = AFTER
) -> tuple[str, list[bool], str | None]:
    """State, steps and note after a sync at an instant."""
    await prove(store, user, at)
    row = await row_of(store, decision)
    assert row.proof is not None
    assert row.executed is (row.proof["state"] == "applied")
    return row.proof["state"], [step["done"] for step in row.proof["steps"]], row.proof["note"]
