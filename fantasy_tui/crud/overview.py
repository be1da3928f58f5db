"""The user's leagues at a glance, in a fixed number of queries however many leagues there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.decision import waiting_by_league
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.season import current_week
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.models import League, LeagueMember, Matchup, Roster, User

_PLAYING = ("in_season", "post_season")


@dataclass(frozen=True, slots=True)
class LeagueSummary:
    """One league and the user's team in it."""

    league_id: str
    name: str
    season: str
    status: str | None
    total_rosters: int | None
    my_roster_id: int | None
    team_name: str | None
    wins: int
    losses: int
    ties: int
    rank: int | None
    """Place by wins (a tie is half a win), then points for; none without a team."""
    points_for: float
    points_against: float
    opponent: str | None
    """The team to play this week; none on a bye and out of season."""
    week: int | None
    waiting: int
    """Decisions that wait for an answer."""
    left: bool
    """True for a league the user is no longer in; its last known state is kept."""
    synced_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Team:
    roster_id: int
    name: str
    mine: bool
    row: Any


async def league_summaries(session: AsyncSession, user_id: str, now: datetime) -> list[LeagueSummary]:
    """The user's leagues: the newest season first, by name, those left last."""
    here = await get_user_leagues(session, user_id)
    left = await get_user_leagues(session, user_id, left=True)
    leagues = [*here, *left]
    gone = {league.id for league in left}
    weeks = {season: await current_week(session, season, now) for season in {lg.season for lg in leagues}}
    week_of = {league.id: _week(league, weeks[league.season]) for league in leagues}
    teams = await _teams(session, user_id, list(week_of))
    pairs = await _pairings(session, {lg.id: week_of[lg.id] for lg in leagues if lg.status in _PLAYING})
    waiting = await waiting_by_league(session, user_id, now)
    known = await ages(session)
    summaries = [
        _summary(
            league,
            teams.get(league.id, []),
            pairs.get(league.id, {}),
            week=week_of[league.id],
            waiting=waiting.get(league.id, 0),
            left=league.id in gone,
            synced_at=known.get(f"league/{league.id}/rosters"),
        )
        for league in leagues
    ]
    return sorted(summaries, key=lambda s: (s.left, _newest_first(s.season), s.name.casefold(), s.league_id))


def _newest_first(season: str) -> int:
    return -int(season) if season.isdecimal() else 0


def _week(league: League, scheduled: int | None) -> int | None:
    if league.status not in _PLAYING:
        return None
    return scheduled or (league.settings or {}).get("leg")


async def _teams(session: AsyncSession, user_id: str, league_ids: Sequence[str]) -> dict[str, list[_Team]]:
    """Every team of these leagues, the leader first."""
    sleeper_id = await session.scalar(select(User.sleeper_user_id).where(User.id == user_id))
    rows = await session.execute(
        select(
            Roster.league_id,
            Roster.roster_id,
            Roster.owner_id,
            Roster.co_owners,
            Roster.wins,
            Roster.losses,
            Roster.ties,
            Roster.fpts,
            Roster.fpts_against,
            LeagueMember.team_name,
            LeagueMember.display_name,
        )
        .outerjoin(
            LeagueMember,
            and_(LeagueMember.league_id == Roster.league_id, LeagueMember.user_id == Roster.owner_id),
        )
        .where(Roster.league_id.in_(league_ids))
    )
    teams: dict[str, list[_Team]] = {}
    for row in sorted(rows, key=lambda r: (-(r.wins + r.ties / 2), -r.fpts, r.roster_id)):
        name = row.team_name or row.display_name or f"Team {row.roster_id}"
        mine = sleeper_id is not None and sleeper_id in (row.owner_id, *(row.co_owners or ()))
        teams.setdefault(row.league_id, []).append(_Team(row.roster_id, name, mine, row))
    return teams


async def _pairings(session: AsyncSession, weeks: dict[str, int | None]) -> dict[str, dict[int, int | None]]:
    """By league, each roster's matchup_id in that league's week."""
    asked = [
        and_(Matchup.league_id == league_id, Matchup.week == week)
        for league_id, week in weeks.items()
        if week is not None
    ]
    if not asked:
        return {}
    rows = await session.execute(
        select(Matchup.league_id, Matchup.roster_id, Matchup.matchup_id).where(or_(*asked))
    )
    pairs: dict[str, dict[int, int | None]] = {}
    for row in rows:
        pairs.setdefault(row.league_id, {})[row.roster_id] = row.matchup_id
    return pairs


def _summary(
    league: League,
    teams: Sequence[_Team],
    pairs: dict[int, int | None],
    *,
    week: int | None,
    waiting: int,
    left: bool,
    synced_at: datetime | None,
) -> LeagueSummary:
    rank, mine = next(((place, team) for place, team in enumerate(teams, 1) if team.mine), (None, None))
    row = mine.row if mine is not None else None
    matchup = pairs.get(mine.roster_id) if mine is not None else None
    opponent = next(
        (
            team.name
            for team in teams
            if matchup is not None and team is not mine and pairs.get(team.roster_id) == matchup
        ),
        None,
    )
    return LeagueSummary(
        league_id=league.id,
        name=league.name,
        season=league.season,
        status=league.status,
        total_rosters=league.total_rosters,
        my_roster_id=mine.roster_id if mine is not None else None,
        team_name=mine.name if mine is not None else None,
        wins=row.wins if row is not None else 0,
        losses=row.losses if row is not None else 0,
        ties=row.ties if row is not None else 0,
        rank=rank,
        points_for=row.fpts if row is not None else 0.0,
        points_against=row.fpts_against if row is not None else 0.0,
        opponent=opponent,
        week=week,
        waiting=waiting,
        left=left,
        synced_at=synced_at,
    )
