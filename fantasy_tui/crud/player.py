"""Queries about players: all of them as light rows, who holds them, and one in detail."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.paced import paced
from fantasy_tui.crud.season import current_week
from fantasy_tui.football.projection import Basis, project
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.search import UNRANKED, Owner, PlayerRow
from fantasy_tui.football.slots import fantasy_positions
from fantasy_tui.models import (
    Game,
    League,
    LeagueMember,
    Matchup,
    Player,
    PlayerStats,
    Projection,
    Roster,
    User,
)

_COLUMNS = (
    Player.player_id,
    Player.full_name,
    Player.first_name,
    Player.last_name,
    Player.position,
    Player.fantasy_positions,
    Player.team,
    Player.injury_status,
    Player.search_rank,
)


@dataclass(frozen=True, slots=True)
class PlayerInLeague:
    """A player in one of the user's leagues, in that league's scoring."""

    league_id: str
    league: str
    owner: Owner | None
    """None where he is free."""
    weekly: tuple[tuple[int, float], ...]
    """League points by week, for the weeks he played."""
    projected: float | None
    """League points expected this week if he plays; none without a projection or a game."""
    basis: str
    """What the projection rests on: components, preset, average or none; bye without a game this week."""


@dataclass(frozen=True, slots=True)
class PlayerDetail:
    """All that is known about one player."""

    row: PlayerRow
    age: int | None
    number: int | None
    status: str | None
    """Sleeper's words: Active, Inactive, Injured Reserve …"""
    leagues: tuple[PlayerInLeague, ...]
    week: int | None = None
    """The week of the projections."""


def _player_row(row: Any) -> PlayerRow:
    name = row.full_name or " ".join(part for part in (row.first_name, row.last_name) if part)
    return PlayerRow(
        player_id=row.player_id,
        name=name or row.player_id,
        position=row.position,
        team=row.team,
        injury_status=row.injury_status or None,
        search_rank=row.search_rank or UNRANKED,
        positions=fantasy_positions(row.position, row.fantasy_positions),
    )


async def all_players(session: AsyncSession) -> list[PlayerRow]:
    """Every player and defence Sleeper knows, in no order."""
    rows = await paced(session, select(*_COLUMNS))
    return await asyncio.to_thread(lambda: [_player_row(row) for row in rows])


async def this_seasons_leagues(session: AsyncSession, user_id: str) -> list[League]:
    """The user's leagues of the newest season there is one of, without those left, by name."""
    leagues = await get_user_leagues(session, user_id)
    newest = max((league.season for league in leagues), default=None)
    return [league for league in leagues if league.season == newest]


async def owners(session: AsyncSession, user_id: str) -> dict[str, tuple[Owner, ...]]:
    """Who holds each player in this season's leagues, in the order of the leagues' names."""
    leagues = await this_seasons_leagues(session, user_id)
    return await _owners(session, user_id, leagues)


async def _owners(
    session: AsyncSession, user_id: str, leagues: Sequence[League], player_id: str | None = None
) -> dict[str, tuple[Owner, ...]]:
    """Owners of all players, or of one."""
    names = {league.id: league.name for league in leagues}
    sleeper_id = await session.scalar(select(User.sleeper_user_id).where(User.id == user_id))
    members = await session.execute(
        select(
            LeagueMember.league_id, LeagueMember.user_id, LeagueMember.team_name, LeagueMember.display_name
        ).where(LeagueMember.league_id.in_(names))
    )
    teams = {(m.league_id, m.user_id): m.team_name or m.display_name for m in members}
    rosters = await session.execute(
        select(Roster.league_id, Roster.roster_id, Roster.owner_id, Roster.co_owners, Roster.players).where(
            Roster.league_id.in_(names)
        )
    )
    found: dict[str, list[Owner]] = {}
    for roster in rosters:
        owner = Owner(
            league_id=roster.league_id,
            league=names[roster.league_id],
            roster_id=roster.roster_id,
            team_name=teams.get((roster.league_id, roster.owner_id)) or f"Team {roster.roster_id}",
            mine=sleeper_id is not None and sleeper_id in (roster.owner_id, *(roster.co_owners or ())),
        )
        for player in roster.players or ():
            if player_id is None or player == player_id:
                found.setdefault(player, []).append(owner)
    order = {league_id: place for place, league_id in enumerate(names)}
    return {p: tuple(sorted(held, key=lambda o: order[o.league_id])) for p, held in found.items()}


async def player_detail(
    session: AsyncSession, player_id: str, user_id: str, now: datetime
) -> PlayerDetail | None:
    """The player in each of the user's leagues of this season; none when no such player is stored."""
    columns = (*_COLUMNS, Player.age, Player.number, Player.player_data["status"].as_string().label("status"))
    found = (await session.execute(select(*columns).where(Player.player_id == player_id))).first()
    if found is None:
        return None
    row = _player_row(found)
    leagues = await this_seasons_leagues(session, user_id)
    week = await current_week(session, leagues[0].season, now) if leagues else None
    held = await _owners(session, user_id, leagues, player_id)
    by_league = {owner.league_id: owner for owner in held.get(player_id, ())}
    if not leagues:
        return PlayerDetail(row, found.age, found.number, found.status, ())
    season = leagues[0].season
    scored = await _scored(session, player_id, [league.id for league in leagues])
    stats = await weekly_stats(session, player_id, season)
    expected = await session.scalar(
        select(Projection.stats).where(
            Projection.player_id == player_id, Projection.season == season, Projection.week == week
        )
    )
    on_bye = await _on_bye(session, row.team, season, week)
    in_leagues = tuple(
        _in_league(
            league, row, week, by_league.get(league.id), scored.get(league.id, {}), stats, expected, on_bye
        )
        for league in leagues
    )
    return PlayerDetail(row, found.age, found.number, found.status, in_leagues, week)


def _in_league(
    league: League,
    row: PlayerRow,
    week: int | None,
    owner: Owner | None,
    scored: dict[int, float],
    stats: dict[int, dict[str, float]],
    expected: dict[str, Any] | None,
    on_bye: bool,
) -> PlayerInLeague:
    scoring = league.scoring_settings or {}
    weekly = {
        number: scored[number] if number in scored else round(league_points(line, scoring), 2)
        for number, line in stats.items()
    }
    # Sleeper says 0.0 for "scored nothing" and for "has not played"; without a stat line it is the latter.
    weekly |= {number: points for number, points in scored.items() if points}
    past = [points for number, points in sorted(weekly.items()) if week is None or number < week]
    projection = project(expected, scoring, row.positions, past)
    none = on_bye or projection.basis is Basis.NONE
    return PlayerInLeague(
        league_id=league.id,
        league=league.name,
        owner=owner,
        weekly=tuple(sorted(weekly.items())),
        projected=None if none else projection.points,
        basis="bye" if on_bye else projection.basis.value,
    )


async def _scored(
    session: AsyncSession, player_id: str, league_ids: Sequence[str]
) -> dict[str, dict[int, float]]:
    """Sleeper's own league points by league and week, for the weeks he was on a roster."""
    points = Matchup.players_points[player_id].as_float()
    rows = await session.execute(
        select(Matchup.league_id, Matchup.week, points.label("points")).where(
            Matchup.league_id.in_(league_ids), points.is_not(None)
        )
    )
    scored: dict[str, dict[int, float]] = {}
    for row in rows:
        scored.setdefault(row.league_id, {})[row.week] = row.points
    return scored


async def weekly_stats(session: AsyncSession, player_id: str, season: str) -> dict[int, dict[str, float]]:
    """Raw stats of the weeks in which he was active."""
    rows = await session.execute(
        select(PlayerStats.week, PlayerStats.stats).where(
            PlayerStats.player_id == player_id, PlayerStats.season == season
        )
    )
    return {row.week: row.stats for row in rows if row.stats and row.stats.get("gp")}


async def _on_bye(session: AsyncSession, team: str | None, season: str, week: int | None) -> bool:
    """True when the week's games are known and none is his team's."""
    games = await session.execute(
        select(Game.home, Game.away).where(Game.season == season, Game.week == week)
    )
    playing = {side for game in games for side in game}
    return bool(playing) and team not in playing


async def known_player_ids(session: AsyncSession) -> set[str]:
    """Ids of everyone stored."""
    return set(await session.scalars(select(Player.player_id)))
