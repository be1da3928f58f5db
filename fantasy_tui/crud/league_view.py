"""One league in one week, read from the store as plain values."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.player_week import load_players
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.football.view import LeagueView, RosterWeek, Source
from fantasy_tui.football.weeks import week_at
from fantasy_tui.models import Game, League, LeagueMember, Matchup, Roster, User


class LeagueNotFound(Exception):
    """There is no such league in the store; the message says what to do."""

    def __init__(self, league_id: str) -> None:
        super().__init__(
            f"League {league_id} is not stored here; `fantasy-tui leagues` lists those that are."
        )


async def current_week(session: AsyncSession, season: str, now: datetime) -> int | None:
    """The season's week at this instant, by the stored schedule; none when no schedule is stored."""
    rows = await session.execute(
        select(Game.week, func.max(Game.kickoff)).where(Game.season == season).group_by(Game.week)
    )
    return week_at({row[0]: row[1] for row in rows}, now)


async def next_kickoff(session: AsyncSession, now: datetime) -> datetime | None:
    """The kickoff of the next game after this instant."""
    return await session.scalar(select(func.min(Game.kickoff)).where(Game.kickoff > now))


async def load_league_view(
    session: AsyncSession, league_id: str, user_id: str | None, now: datetime, week: int | None = None
) -> LeagueView:
    """The league in `week` (none: the current one) as `user_id` sees it; raises LeagueNotFound."""
    league = await session.get(League, league_id)
    if league is None:
        raise LeagueNotFound(league_id)
    this_week = await current_week(session, league.season, now) or int(
        (league.settings or {}).get("leg") or 1
    )
    week = week or this_week
    slots = starting_slots(league.roster_positions or ())
    rosters = await _rosters(session, league_id, week, len(slots), past=week < this_week)
    owned = {player for roster in rosters.values() for player in roster.players}
    scored = await _scored(session, league_id, week)
    players, free_agents = await load_players(session, league, week, now, slots, owned, scored)
    return LeagueView(
        league_id=league.id,
        name=league.name,
        season=league.season,
        week=week,
        status=league.status,
        now=now,
        slots=slots,
        scoring=league.scoring_settings or {},
        settings=league.settings or {},
        rosters=rosters,
        players=players,
        my_roster_id=await _mine(session, league_id, user_id),
        free_agents=free_agents,
        sources=await _sources(session, league, week),
    )


async def _mine(session: AsyncSession, league_id: str, user_id: str | None) -> int | None:
    """The roster that the user owns, or owns with others."""
    sleeper_id = await session.scalar(select(User.sleeper_user_id).where(User.id == user_id))
    if sleeper_id is None:
        return None
    teams = await session.execute(
        select(Roster.roster_id, Roster.owner_id, Roster.co_owners)
        .where(Roster.league_id == league_id)
        .order_by(Roster.roster_id)
    )
    return next((t.roster_id for t in teams if sleeper_id in (t.owner_id, *(t.co_owners or ()))), None)


async def _rosters(
    session: AsyncSession, league_id: str, week: int, slots: int, *, past: bool
) -> dict[int, RosterWeek]:
    members = {
        member.user_id: member
        for member in await session.scalars(select(LeagueMember).where(LeagueMember.league_id == league_id))
    }
    matchups = {
        matchup.roster_id: matchup
        for matchup in await session.scalars(
            select(Matchup).where(Matchup.league_id == league_id, Matchup.week == week)
        )
    }
    found = await session.scalars(
        select(Roster).where(Roster.league_id == league_id).order_by(Roster.roster_id)
    )
    return {
        roster.roster_id: _roster_week(
            roster, members.get(roster.owner_id or ""), matchups.get(roster.roster_id), slots, past=past
        )
        for roster in found
    }


def _roster_week(
    roster: Roster, member: LeagueMember | None, matchup: Matchup | None, slots: int, *, past: bool
) -> RosterWeek:
    # The matchup's line-up is the one that scores; a bye week or the offseason has none.
    listed = (matchup.starters if matchup is not None else None) or roster.starters or []
    starters = [player if player and player != "0" else None for player in listed][:slots]
    starters += [None] * (slots - len(starters))
    players = (matchup.players if past and matchup is not None else None) or roster.players or []
    manager = member.display_name if member is not None else None
    points = None
    if matchup is not None:
        points = matchup.custom_points if matchup.custom_points is not None else matchup.points
    return RosterWeek(
        roster_id=roster.roster_id,
        owner_id=roster.owner_id,
        team_name=(member.team_name if member is not None else None) or manager or f"Team {roster.roster_id}",
        manager=manager,
        players=tuple(players),
        starters=tuple(starters),
        reserve=tuple(roster.reserve or ()),
        taxi=tuple(roster.taxi or ()),
        wins=roster.wins,
        losses=roster.losses,
        ties=roster.ties,
        points_for=roster.fpts,
        points_against=roster.fpts_against,
        matchup_id=matchup.matchup_id if matchup is not None else None,
        points=points,
    )


async def _scored(session: AsyncSession, league_id: str, week: int) -> dict[str, float]:
    """Sleeper's own league points of everyone on a roster that week."""
    rows = await session.scalars(
        select(Matchup.players_points).where(Matchup.league_id == league_id, Matchup.week == week)
    )
    return {player: points for row in rows for player, points in (row or {}).items()}


async def _sources(session: AsyncSession, league: League, week: int) -> tuple[Source, ...]:
    """Where a view's numbers come from and when each was last confirmed."""
    known = await ages(session)
    return (
        Source("Sleeper rosters", known.get(f"league/{league.id}/rosters")),
        Source("Sleeper injuries", known.get("players")),
        Source(f"projections, week {week}", known.get(f"projections/{league.season}/{week}")),
        Source("kickoffs", known.get("games")),
    )
