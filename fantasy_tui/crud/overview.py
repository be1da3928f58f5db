"""The user's leagues at a glance, in a fixed number of queries however many leagues there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.season import current_week
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.crud.teams import division
from fantasy_tui.football.standings import seeded
from fantasy_tui.football.view import RosterWeek
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
    """Place by the league's rule, as in `standings`; none without a team."""
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
class _Teams:
    """A league's teams, the leader first, and the user's own."""

    ranked: Sequence[RosterWeek]
    mine: RosterWeek | None


async def league_summaries(
    session: AsyncSession, user_id: str, now: datetime, waiting: Mapping[str, int]
) -> list[LeagueSummary]:
    """The user's leagues: the newest season first, by name, those left last.

    `waiting` is how many decisions wait in each, which the queue alone knows.
    """
    here = await get_user_leagues(session, user_id)
    left = await get_user_leagues(session, user_id, left=True)
    leagues = [*here, *left]
    gone = {league.id for league in left}
    weeks = {season: await current_week(session, season, now) for season in {lg.season for lg in leagues}}
    week_of = {league.id: _week(league, weeks[league.season]) for league in leagues}
    teams = await _teams(session, user_id, leagues)
    pairs = await _pairings(session, {lg.id: week_of[lg.id] for lg in leagues if lg.status in _PLAYING})
    known = await ages(session, [f"league/{league.id}/rosters" for league in leagues])
    summaries = [
        _summary(
            league,
            teams.get(league.id, _Teams((), None)),
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


async def _teams(session: AsyncSession, user_id: str, leagues: Collection[League]) -> dict[str, _Teams]:
    """The teams of these leagues, in the order of each league's table."""
    sleeper_id = await session.scalar(select(User.sleeper_user_id).where(User.id == user_id))
    by_id = {league.id: league for league in leagues}
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
            Roster.settings,
            LeagueMember.team_name,
            LeagueMember.display_name,
        )
        .outerjoin(
            LeagueMember,
            and_(LeagueMember.league_id == Roster.league_id, LeagueMember.user_id == Roster.owner_id),
        )
        .where(Roster.league_id.in_(by_id))
        .order_by(Roster.roster_id)
    )
    found: dict[str, list[RosterWeek]] = {}
    mine: dict[str, RosterWeek] = {}
    for row in rows:
        team = RosterWeek(
            roster_id=row.roster_id,
            owner_id=row.owner_id,
            team_name=row.team_name or row.display_name or f"Team {row.roster_id}",
            manager=row.display_name,
            players=(),
            starters=(),
            wins=row.wins,
            losses=row.losses,
            ties=row.ties,
            points_for=row.fpts,
            points_against=row.fpts_against,
            division=division(by_id[row.league_id], row.settings),
        )
        found.setdefault(row.league_id, []).append(team)
        if sleeper_id is not None and sleeper_id in (row.owner_id, *(row.co_owners or ())):
            mine.setdefault(row.league_id, team)
    return {key: _Teams(seeded(teams), mine.get(key)) for key, teams in found.items()}


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
    teams: _Teams,
    pairs: dict[int, int | None],
    *,
    week: int | None,
    waiting: int,
    left: bool,
    synced_at: datetime | None,
) -> LeagueSummary:
    mine = teams.mine
    matchup = pairs.get(mine.roster_id) if mine is not None else None
    opponent = next(
        (
            team.team_name
            for team in teams.ranked
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
        team_name=mine.team_name if mine is not None else None,
        wins=mine.wins if mine is not None else 0,
        losses=mine.losses if mine is not None else 0,
        ties=mine.ties if mine is not None else 0,
        rank=teams.ranked.index(mine) + 1 if mine is not None else None,
        points_for=mine.points_for if mine is not None else 0.0,
        points_against=mine.points_against if mine is not None else 0.0,
        opponent=opponent,
        week=week,
        waiting=waiting,
        left=left,
        synced_at=synced_at,
    )
