"""Queries for a league's table: its teams and what they scored in the weeks that are final."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import market, teams
from fantasy_tui.crud.known import is_past
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.season import current_week
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.football.standings import Score, Table
from fantasy_tui.football.view import Source
from fantasy_tui.models import League, Matchup


async def load_table(session: AsyncSession, league_id: str, user_id: str | None, now: datetime) -> Table:
    """The league's teams with their records at an instant; raises LeagueNotFound."""
    league = await session.get(League, league_id)
    if league is None:
        raise LeagueNotFound(league_id)
    settings = league.settings or {}
    week = await current_week(session, league.season, now) or int(settings.get("leg") or 1)
    when = teams.When(week=week, now=now, past=await is_past(session, now))
    # What was spent and how teams stood is asked of the past only; today's is on the rosters themselves.
    spent = dict((await market.load_market(session, league, now)).spent) if when.past else {}
    played = await teams.matchups(session, league_id) if when.past else {}
    slots = starting_slots(league.roster_positions or ())
    of_teams = f"league/{league.id}/rosters"
    known = await ages(session, (of_teams,))
    return Table(
        league_id=league.id,
        name=league.name,
        season=league.season,
        week=week,
        status=league.status,
        settings=settings,
        rosters=await teams.teams(session, league, when, len(slots), played, spent),
        my_roster_id=await teams.my_roster_id(session, league_id, user_id),
        scores=await _scores(session, league, week),
        divisions=_divisions(league),
        sources=(Source("Sleeper rosters", known.get(of_teams)),),
    )


def _divisions(league: League) -> tuple[str, ...]:
    count = int((league.settings or {}).get("divisions") or 0)
    names = league.details or {}
    return tuple(str(names.get(f"division_{n}") or f"Division {n}") for n in range(1, count + 1) if count > 1)


async def _scores(session: AsyncSession, league: League, before: int) -> tuple[Score, ...]:
    """Points of the weeks before this one, of the last week too where the season is over."""
    points = func.coalesce(Matchup.custom_points, Matchup.points).label("points")
    wanted = select(Matchup.week, Matchup.roster_id, Matchup.matchup_id, points).where(
        Matchup.league_id == league.id, points.is_not(None)
    )
    if league.status != "complete":
        wanted = wanted.where(Matchup.week < before)
    rows = await session.execute(wanted.order_by(Matchup.week, Matchup.roster_id))
    return tuple(Score(row.week, row.roster_id, row.matchup_id, row.points) for row in rows)
