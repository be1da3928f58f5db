"""What a decision rests on as it is stored now: line-ups, rosters, injuries, games; a few indexed queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import Game, Matchup, Player, Roster

_BEGUN = ("in_game", "complete")


@dataclass(frozen=True, slots=True)
class Team:
    """One roster as it is stored; starters are parallel to the league's starting slots."""

    players: frozenset[str]
    starters: tuple[str | None, ...]
    barred: frozenset[str]
    """On reserve or taxi: cannot be started."""


@dataclass(frozen=True, slots=True)
class Who:
    """A player as he is stored."""

    name: str
    position: str | None
    team: str | None
    injury_status: str | None
    news: str
    """When Sleeper last had news about him, in its own figures; empty when it never had."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything the check of one decision needs."""

    teams: dict[int, Team] = field(default_factory=dict)
    players: dict[str, Who] = field(default_factory=dict)
    begun: dict[str, datetime] = field(default_factory=dict)
    """NFL team to kickoff, where its game of the week has begun."""

    def owner_of(self, player_id: str) -> int | None:
        """The roster that holds a player; none for a free agent."""
        return next((number for number, team in self.teams.items() if player_id in team.players), None)


async def load_world(
    session: AsyncSession, *, league_id: str, season: str, week: int, players: Collection[str], now: datetime
) -> World:
    """The league's rosters with the week's line-ups, these players and all starters, and their games."""
    rosters = (
        await session.execute(
            select(Roster.roster_id, Roster.players, Roster.starters, Roster.reserve, Roster.taxi).where(
                Roster.league_id == league_id
            )
        )
    ).all()
    lineups = {
        row.roster_id: row.starters
        for row in await session.execute(
            select(Matchup.roster_id, Matchup.starters).where(
                Matchup.league_id == league_id, Matchup.week == week
            )
        )
    }
    teams = {
        row.roster_id: Team(
            frozenset(row.players or ()),
            # The matchup's line-up is the one that scores; a bye week has none.
            tuple(p if p and p != "0" else None for p in lineups.get(row.roster_id) or row.starters or ()),
            frozenset((*(row.reserve or ()), *(row.taxi or ()))),
        )
        for row in rosters
    }
    known = await who(session, players)
    return World(teams, known, await _begun(session, season, week, known, now))


async def who(session: AsyncSession, players: Collection[str]) -> dict[str, Who]:
    """These players, as far as they are stored."""
    rows = await session.execute(
        select(
            Player.player_id,
            Player.full_name,
            Player.last_name,
            Player.position,
            Player.team,
            Player.injury_status,
            Player.player_data["news_updated"].as_string().label("news"),
        ).where(Player.player_id.in_(players))
    )
    return {
        row.player_id: Who(
            row.full_name or row.last_name or row.player_id,
            row.position,
            row.team,
            row.injury_status,
            row.news or "",
        )
        for row in rows
    }


async def _begun(
    session: AsyncSession, season: str, week: int, players: dict[str, Who], now: datetime
) -> dict[str, datetime]:
    nfl = {player.team for player in players.values() if player.team is not None}
    rows = await session.execute(
        select(Game.home, Game.away, Game.kickoff).where(
            Game.season == season,
            Game.week == week,
            or_(Game.home.in_(nfl), Game.away.in_(nfl)),
            or_(Game.kickoff <= now, Game.status.in_(_BEGUN)),
        )
    )
    return {team: row.kickoff for row in rows for team in (row.home, row.away)}
