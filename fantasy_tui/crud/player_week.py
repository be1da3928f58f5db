"""Players of one league's week: games, projections and points in the league's own scoring."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.football.projection import Projection, project
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.slots import ELIGIBLE, fantasy_positions
from fantasy_tui.football.view import PlayerWeek
from fantasy_tui.models import Game, League, Player, PlayerStats
from fantasy_tui.models import Projection as ProjectionRow

FREE_AGENTS_A_POSITION = 5
# Where no source publishes a projection, the season's average stands in.
AVERAGED = ("K", "DEF", "DL", "DE", "DT", "NT", "LB", "ILB", "OLB", "MLB", "DB", "CB", "S", "SS", "FS")


@dataclass(frozen=True, slots=True)
class _Kickoff:
    opponent: str
    at_home: bool
    kickoff: datetime
    assumed: bool


async def load_players(
    session: AsyncSession,
    league: League,
    week: int,
    now: datetime,
    slots: Iterable[str],
    owned: set[str],
    scored: Mapping[str, float],
) -> tuple[dict[str, PlayerWeek], tuple[str, ...]]:
    """The owned players and the best free agents by id, and the ids of the latter.

    `scored` has the league points of those who have played. A player Sleeper's file does not know is left out.
    """
    usable = frozenset().union(*(ELIGIBLE.get(slot, frozenset()) for slot in slots))
    kickoffs = await _kickoffs(session, league.season, week)
    projections = await _projections(session, league.season, week)
    columns = (
        Player.player_id,
        Player.full_name,
        Player.first_name,
        Player.last_name,
        Player.position,
        Player.fantasy_positions,
        Player.team,
        Player.injury_status,
    )
    rows = (
        await session.execute(
            select(*columns).where(
                or_(
                    Player.player_id.in_(owned | projections.keys()),
                    Player.position.in_(("K", "DEF")) & Player.team.is_not(None),
                )
            )
        )
    ).all()
    averaged = [row.player_id for row in rows if row.position in AVERAGED]
    past = await _past_stats(session, league.season, week, averaged)
    scoring = league.scoring_settings or {}

    def build() -> tuple[dict[str, PlayerWeek], tuple[str, ...]]:
        players = {}
        for row in rows:
            positions = fantasy_positions(row.position, row.fantasy_positions)
            if row.player_id not in owned and not positions & usable:
                continue
            points = [league_points(stats, scoring) for stats in past.get(row.player_id, ())]
            projection = project(projections.get(row.player_id), scoring, positions, points)
            players[row.player_id] = _player_week(row, positions, projection, kickoffs, now, scored)
        free = _best_free(players, owned)
        return {p: players[p] for p in players if p in owned or p in free}, free

    return await asyncio.to_thread(build)


def _player_week(
    row: Any,
    positions: frozenset[str],
    projection: Projection,
    kickoffs: Mapping[str, _Kickoff],
    now: datetime,
    scored: Mapping[str, float],
) -> PlayerWeek:
    game = kickoffs.get(row.team) if row.team else None
    started = game is not None and game.kickoff <= now
    return PlayerWeek(
        player_id=row.player_id,
        name=row.full_name or f"{row.first_name or ''} {row.last_name or ''}".strip() or row.player_id,
        position=row.position,
        positions=positions,
        team=row.team,
        opponent=game.opponent if game else None,
        at_home=game.at_home if game else None,
        injury_status=row.injury_status or None,
        kickoff=game.kickoff if game else None,
        kickoff_assumed=game.assumed if game else False,
        on_bye=bool(kickoffs) and row.team is not None and game is None,
        projection=projection,
        # Sleeper says 0.0 both for "scored nothing" and for "has not played".
        points=scored.get(row.player_id) if started else None,
    )


def _best_free(players: Mapping[str, PlayerWeek], owned: set[str]) -> tuple[str, ...]:
    best: dict[str, int] = {}
    free = []
    for player in sorted(players.values(), key=lambda p: (-p.expected, p.player_id)):
        position = player.position or ""
        if (
            player.player_id in owned
            or player.expected <= 0
            or best.get(position, 0) >= FREE_AGENTS_A_POSITION
        ):
            continue
        best[position] = best.get(position, 0) + 1
        free.append(player.player_id)
    return tuple(free)


async def _kickoffs(session: AsyncSession, season: str, week: int) -> dict[str, _Kickoff]:
    """Each team's game; teams that are not in it have a bye."""
    games = await session.scalars(select(Game).where(Game.season == season, Game.week == week))
    found = {}
    for game in games:
        if game.status == "canceled":
            continue
        found[game.home] = _Kickoff(game.away, True, game.kickoff, game.kickoff_assumed)
        found[game.away] = _Kickoff(game.home, False, game.kickoff, game.kickoff_assumed)
    return found


async def _projections(session: AsyncSession, season: str, week: int) -> dict[str, dict[str, Any]]:
    """Projected stats by player."""
    rows = await session.execute(
        select(ProjectionRow.player_id, ProjectionRow.stats).where(
            ProjectionRow.season == season, ProjectionRow.week == week
        )
    )
    return {row.player_id: row.stats or {} for row in rows}


async def _past_stats(
    session: AsyncSession, season: str, week: int, player_ids: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    """Raw stats of the weeks before this one in which the player was active."""
    rows = await session.execute(
        select(PlayerStats.player_id, PlayerStats.stats).where(
            PlayerStats.season == season, PlayerStats.week < week, PlayerStats.player_id.in_(list(player_ids))
        )
    )
    past: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row.stats and row.stats.get("gp"):
            past.setdefault(row.player_id, []).append(row.stats)
    return past
