"""Queries for a league's moves: trades, claims won and lost, adds and drops, the newest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.crud.teams import FAAB, my_roster_id
from fantasy_tui.models import League, LeagueMember, Player, Roster, Transaction

PAGE = 50
_WEEKS = range(1, 19)
"""Of a regular season."""


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team of the league."""

    roster_id: int
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A player who came to a team or left it."""

    player_id: str
    name: str
    """His id where the store does not know him."""
    position: str | None
    nfl_team: str | None
    known: bool
    team: TeamName
    """Who got him, or gave him up."""


@dataclass(frozen=True, slots=True)
class PickMoved:
    """A draft pick that changed hands."""

    season: str
    round: int
    original: TeamName
    """Whose pick it was at first."""
    sender: TeamName | None
    receiver: TeamName


@dataclass(frozen=True, slots=True)
class BudgetMoved:
    """Dollars of the waiver budget that changed hands."""

    sender: TeamName
    receiver: TeamName
    amount: int


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One move."""

    transaction_id: str
    at: datetime
    """When it was decided, else when it was made."""
    week: int
    kind: str
    """trade, waiver, free_agent or commissioner."""
    status: str
    """complete, failed, or another word of Sleeper's."""
    teams: tuple[TeamName, ...]
    adds: tuple[Moved, ...]
    drops: tuple[Moved, ...]
    bid: int | None
    """Dollars; none where the league does not bid, or the move is no claim."""
    picks: tuple[PickMoved, ...]
    budget: tuple[BudgetMoved, ...]
    note: str | None
    """Why it failed, in Sleeper's words."""


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """A part of a league's moves, the newest first."""

    rows: tuple[TransactionRow, ...]
    total: int
    """Of all that were asked for, on whatever page."""
    offset: int
    as_of: datetime | None
    """When the newest of the league's weeks was last confirmed by Sleeper."""


async def transactions(
    session: AsyncSession,
    league_id: str,
    user_id: str | None,
    *,
    offset: int = 0,
    limit: int = PAGE,
    kind: str | None = None,
    roster_id: int | None = None,
) -> TransactionPage:
    """A page of the league's moves, of one kind or of one team where given; raises LeagueNotFound."""
    league = await session.get(League, league_id)
    if league is None:
        raise LeagueNotFound(league_id)
    at = func.coalesce(Transaction.status_updated, Transaction.created)
    wanted = select(Transaction.transaction_id, Transaction.roster_ids).where(
        Transaction.league_id == league_id
    )
    if kind is not None:
        wanted = wanted.where(Transaction.type == kind)
    found = await session.execute(wanted.order_by(at.desc(), Transaction.transaction_id.desc()))
    # Which teams took part is a list in the row: the two databases would be asked about it differently.
    ids = [row.transaction_id for row in found if roster_id is None or roster_id in (row.roster_ids or ())]
    page = ids[offset : offset + limit]
    rows = {
        move.transaction_id: move
        for move in await session.scalars(select(Transaction).where(Transaction.transaction_id.in_(page)))
    }
    moves = [rows[one] for one in page if one in rows]
    names = _Names(
        await _teams(session, league_id, await my_roster_id(session, league_id, user_id)),
        await _players(session, {p for move in moves for p in (*(move.adds or {}), *(move.drops or {}))}),
    )
    bids = (league.settings or {}).get("waiver_type") == FAAB
    stamps = (await ages(session, [f"league/{league_id}/transactions/{week}" for week in _WEEKS])).values()
    return TransactionPage(
        tuple(names.row(move, bids=bids) for move in moves), len(ids), offset, max(stamps, default=None)
    )


@dataclass(frozen=True, slots=True)
class _Names:
    teams: Mapping[int, TeamName]
    players: Mapping[str, Any]

    def team(self, roster_id: int) -> TeamName:
        """The team, by its number where it is no longer there."""
        return self.teams.get(roster_id) or TeamName(roster_id, f"Team {roster_id}", mine=False)

    def moved(self, players: Mapping[str, int] | None) -> tuple[Moved, ...]:
        """Players with the team on their end of the move, by team and name."""
        found = []
        for player_id, roster_id in (players or {}).items():
            row = self.players.get(player_id)
            name = _name(row) if row is not None else player_id
            position, nfl = (row.position, row.team) if row is not None else (None, None)
            found.append(Moved(player_id, name, position, nfl, row is not None, self.team(roster_id)))
        return tuple(sorted(found, key=lambda one: (one.team.roster_id, one.name, one.player_id)))

    def row(self, move: Transaction, *, bids: bool) -> TransactionRow:
        """A move in words."""
        bid = (move.settings or {}).get("waiver_bid")
        adds, drops = self.moved(move.adds), self.moved(move.drops)
        picks = tuple(map(self._pick, move.draft_picks or ()))
        budget = tuple(self._gift(gift) for gift in move.waiver_budget or () if gift.get("amount"))
        part = dict.fromkeys(move.roster_ids or (one.team.roster_id for one in (*adds, *drops)))
        return TransactionRow(
            transaction_id=move.transaction_id,
            at=move.status_updated or move.created,
            week=move.week,
            kind=move.type,
            status=move.status,
            teams=tuple(map(self.team, part)),
            adds=adds,
            drops=drops,
            bid=bid if bids and move.type == "waiver" and isinstance(bid, int) else None,
            picks=picks,
            budget=budget,
            note=(move.details or {}).get("notes") or None,
        )

    def _pick(self, pick: Mapping[str, Any]) -> PickMoved:
        sender = pick.get("previous_owner_id")
        return PickMoved(
            str(pick.get("season") or ""),
            int(pick.get("round") or 0),
            self.team(int(pick.get("roster_id") or 0)),
            self.team(sender) if isinstance(sender, int) else None,
            self.team(int(pick.get("owner_id") or 0)),
        )

    def _gift(self, gift: Mapping[str, Any]) -> BudgetMoved:
        sender, receiver = (self.team(int(gift.get(side) or 0)) for side in ("sender", "receiver"))
        return BudgetMoved(sender, receiver, int(gift["amount"]))


def _name(row: Any) -> str:
    return (
        row.full_name or " ".join(part for part in (row.first_name, row.last_name) if part) or row.player_id
    )


async def _teams(session: AsyncSession, league_id: str, mine: int | None) -> dict[int, TeamName]:
    rows = await session.execute(
        select(Roster.roster_id, LeagueMember.team_name, LeagueMember.display_name)
        .outerjoin(
            LeagueMember,
            and_(LeagueMember.league_id == Roster.league_id, LeagueMember.user_id == Roster.owner_id),
        )
        .where(Roster.league_id == league_id)
    )
    return {
        row.roster_id: TeamName(
            row.roster_id, row.team_name or row.display_name or f"Team {row.roster_id}", row.roster_id == mine
        )
        for row in rows
    }


async def _players(session: AsyncSession, player_ids: Collection[str]) -> dict[str, Any]:
    columns = (
        Player.player_id,
        Player.full_name,
        Player.first_name,
        Player.last_name,
        Player.position,
        Player.team,
    )
    rows = await session.execute(select(*columns).where(Player.player_id.in_(player_ids)))
    return {row.player_id: row for row in rows}
