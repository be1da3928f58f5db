"""One league in one week, read from the store as plain values: as it is known now, or as it was known then."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import market, teams
from fantasy_tui.crud.known import is_past
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.player_week import Players, Wanted, load_players
from fantasy_tui.crud.season import current_week, last_kickoffs
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.crud.track import past_calls, track_of
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.football.view import LeagueView, Source
from fantasy_tui.models import League, Matchup

LAST_FANTASY_WEEK = 17
"""The NFL's last week is played by few leagues: starters rest."""


class LeagueNotFound(Exception):
    """There is no such league in the store; the message says what to do."""

    def __init__(self, league_id: str) -> None:
        super().__init__(
            f"League {league_id} is not stored here; `fantasy-tui leagues` lists those that are."
        )


async def load_league_view(
    session: AsyncSession,
    league_id: str,
    user_id: str | None,
    now: datetime,
    week: int | None = None,
    *,
    also: Collection[str] = (),
) -> LeagueView:
    """The league in `week` (none: the current one) as `user_id` sees it at `now`; raises LeagueNotFound.

    Where the store has seen later things than `now`, they are left out: the view is what was known then.
    `also` names players to include besides the owned ones and the best free agents.
    """
    league = await session.get(League, league_id)
    if league is None:
        raise LeagueNotFound(league_id)
    settings = league.settings or {}
    this_week = await current_week(session, league.season, now) or int(settings.get("leg") or 1)
    when = teams.When(
        week=week or this_week,
        now=now,
        over=(week or this_week) < this_week,
        past=await is_past(session, now),
    )
    slots = starting_slots(league.roster_positions or ())
    played = await teams.matchups(session, league_id)
    trading = await market.load_market(session, league, now)
    rosters = await teams.teams(session, league, when, len(slots), played, dict(trading.spent))
    ahead = await _weeks_ahead(session, league, when.week)
    owned = frozenset(player for roster in rosters.values() for player in roster.players)
    found = await load_players(
        session,
        league,
        Wanted(
            when.week,
            ahead,
            now,
            when.past,
            slots,
            owned,
            frozenset(also),
            _scored(played.get(when.week, {}).values()),
        ),
    )
    # What came out of decisions made since is not known at an earlier instant.
    calls = await past_calls(session, user_id) if user_id is not None and not when.past else ()
    return LeagueView(
        league_id=league.id,
        name=league.name,
        season=league.season,
        week=when.week,
        status=league.status,
        now=now,
        slots=slots,
        scoring=league.scoring_settings or {},
        settings=settings,
        rosters=rosters,
        players=found.by_id,
        my_roster_id=await teams.my_roster_id(session, league_id, user_id),
        free_agents=found.free,
        sources=await _sources(session, league, when, found),
        weeks_ahead=ahead,
        bench_slots=sum(slot == "BN" for slot in league.roster_positions or ()),
        bids=trading.bids,
        on_waivers=_on_waivers(found, trading, now),
        waivers_run=market.waivers_run(league, now),
        pairings=teams.pairings(played, (when.week, *ahead)),
        trades=trading.trades,
        dropped_sources=found.dropped_sources,
        track=track_of(calls),
        past_calls=calls,
    )


async def _weeks_ahead(session: AsyncSession, league: League, week: int) -> tuple[int, ...]:
    """The weeks after this one that the league plays."""
    scheduled = await last_kickoffs(session, league.season)
    last = min(max(scheduled, default=week), LAST_FANTASY_WEEK)
    return tuple(range(week + 1, last + 1))


def _scored(rows: Collection[Matchup]) -> dict[str, float]:
    """Sleeper's own league points of everyone on a roster that week."""
    return {player: points for row in rows for player, points in (row.players_points or {}).items()}


def _on_waivers(found: Players, trading: market.Market, now: datetime) -> frozenset[str]:
    """Free agents who were dropped lately, or whose game of the week has begun."""
    begun = {p for p in found.free if found.by_id[p].locked(now)}
    return frozenset(found.free) & (trading.dropped | begun)


async def _sources(
    session: AsyncSession, league: League, when: teams.When, found: Players
) -> tuple[Source, ...]:
    """Where a view's numbers come from and when each was last confirmed."""
    if when.past:
        return tuple(Source(text, when.now) for text in ("what was known then", *found.assumed))
    resources = {
        "Sleeper rosters": f"league/{league.id}/rosters",
        "Sleeper injuries": "players",
        f"projections, week {when.week}": f"projections/{league.season}/{when.week}",
        "kickoffs": "games",
    }
    known = await ages(session, resources.values())
    return tuple(Source(text, known.get(resource)) for text, resource in resources.items())


async def leagues_of_season(session: AsyncSession, season: str, user_id: str | None = None) -> list[League]:
    """The stored leagues of a season by name, of a user's or (none) of everybody's."""
    leagues = await session.scalars(
        select(League).where(League.season == season).order_by(League.name, League.id)
    )
    if user_id is None:
        return list(leagues)
    mine = {
        league.id for left in (False, True) for league in await get_user_leagues(session, user_id, left=left)
    }
    return [league for league in leagues if league.id in mine]
