"""Which rows of a shared database are one user's business."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.base import table_of
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    DecisionEvent,
    Game,
    League,
    LeagueMember,
    Matchup,
    Observation,
    Player,
    PlayerStats,
    Policy,
    Projection,
    Roster,
    SyncState,
    TradedPick,
    Transaction,
    TrendingPlayer,
    User,
)

OF_A_COPY = "copy/"
"""What a copy notes about itself begins so in `sync_state`."""
_OF_A_LEAGUE = (Roster, LeagueMember, Matchup, Transaction, TradedPick)
_OF_A_SEASON = (Game, PlayerStats, Projection)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table, and the columns that tell whether a row has changed; none for what never does."""

    table: sa.Table
    where: sa.ColumnElement[bool]
    marks: tuple[str, ...] = ("source_hash",)


@dataclass(frozen=True, slots=True)
class Scope:
    """One user, the leagues they are or were in, and the seasons of these."""

    user_id: str
    leagues: Collection[str]
    seasons: Collection[str]

    @classmethod
    async def of(cls, session: AsyncSession, user_id: str) -> Scope:
        """The user's, as the database has it now."""
        mine = await get_user_leagues(session, user_id) + await get_user_leagues(session, user_id, left=True)
        return cls(user_id, {league.id for league in mine}, {league.season for league in mine})

    def own(self) -> Iterator[Part]:
        """The user, the leagues and what the user and the agents did, in the order of their foreign keys."""
        yield Part(table_of(User), User.id == self.user_id, ("updated_at",))
        yield Part(table_of(League), League.id.in_(self.leagues))
        for model in _OF_A_LEAGUE:
            table = table_of(model)
            yield Part(table, table.c.league_id.in_(self.leagues))
        yield Part(table_of(Policy), Policy.user_id == self.user_id, ("updated_at",))
        yield Part(table_of(AgentTask), AgentTask.user_id == self.user_id, ("updated_at", "status"))
        yield Part(table_of(AgentDecision), AgentDecision.user_id == self.user_id, ("version",))
        # Answers given away get another version once they come between those of other machines.
        yield Part(table_of(DecisionEvent), DecisionEvent.actor == self.user_id, ("version",))

    def shared(self) -> Iterator[Part]:
        """What everybody's leagues need: players, games, numbers."""
        yield Part(table_of(Player), sa.true())
        for model in _OF_A_SEASON:
            table = table_of(model)
            yield Part(table, table.c.season.in_(self.seasons))
        yield Part(table_of(TrendingPlayer), sa.true())
        scope = Observation.scope
        wanted = [scope.startswith(f"{one}:") for one in (*self.seasons, *self.leagues)]
        yield Part(table_of(Observation), sa.or_(scope == "nfl", *wanted), ())

    def fetched(self) -> Part:
        """When all of it was fetched."""
        resource = SyncState.resource
        mine = [resource.startswith(f"league/{league}/") for league in self.leagues]
        others = ~resource.startswith("league/") & ~resource.startswith(OF_A_COPY)
        return Part(table_of(SyncState), sa.or_(others, *mine), ("checked_at", "changed_at"))
