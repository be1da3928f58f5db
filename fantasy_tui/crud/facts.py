"""Queries for the list of all players: one league's week for everybody who has been active, trends, owners."""

import asyncio
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.crud.paced import paced
from fantasy_tui.crud.player import owners, this_seasons_leagues
from fantasy_tui.crud.season import teams_playing
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.football.facts import PlayerFacts, facts
from fantasy_tui.football.slots import ELIGIBLE, fantasy_positions
from fantasy_tui.football.view import Source
from fantasy_tui.models import League, Player, PlayerStats, TrendingPlayer


async def load_facts(
    session: AsyncSession, user_id: str, now: datetime, league_id: str | None = None
) -> PlayerFacts:
    """Facts in one league (none: the first of this season's); empty without a league. Raises LeagueNotFound."""
    leagues = await this_seasons_leagues(session, user_id)
    wanted = league_id if league_id is not None else next((league.id for league in leagues), None)
    trends = await _trends(session)
    known = await ages(session, ("trending/add",))
    more = (Source("Sleeper trends", known.get("trending/add")),)
    if wanted is None:
        return PlayerFacts(None, None, None, {}, more)
    league = next((league for league in leagues if league.id == wanted), None)
    active = await _active(session, league) if league is not None else frozenset()
    view = await load_league_view(session, wanted, user_id, now, also=active)
    schedule = await teams_playing(session, view.season)
    held = await owners(session, user_id)
    return await asyncio.to_thread(facts, view, held, trends, more, schedule)


async def _active(session: AsyncSession, league: League) -> frozenset[str]:
    """Who has a stat line of the season and could start in the league."""
    usable = frozenset().union(*(ELIGIBLE.get(slot, frozenset()) for slot in league.roster_positions or ()))
    rows = await paced(
        session,
        select(Player.player_id, Player.position, Player.fantasy_positions).where(
            Player.player_id.in_(select(PlayerStats.player_id).where(PlayerStats.season == league.season))
        ),
    )

    def choose() -> frozenset[str]:
        return frozenset(
            row.player_id for row in rows if fantasy_positions(row.position, row.fantasy_positions) & usable
        )

    return await asyncio.to_thread(choose)


async def _trends(session: AsyncSession) -> dict[str, tuple[int | None, int | None]]:
    """Adds and drops of the last day by player."""
    rows = await session.execute(select(TrendingPlayer.kind, TrendingPlayer.player_id, TrendingPlayer.count))
    counts: dict[str, dict[str, int]] = {}
    for kind, player_id, count in rows:
        counts.setdefault(player_id, {})[kind] = count
    return {player: (of.get("add"), of.get("drop")) for player, of in counts.items()}
