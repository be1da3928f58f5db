"""A league's teams in one week as plain values: rosters, line-ups, records and what they can spend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.observation import known
from fantasy_tui.football.view import RosterWeek
from fantasy_tui.models import League, LeagueMember, Matchup, ObservationKind, Roster, User

FAAB = 2
"""Sleeper's `waiver_type` of leagues that bid."""


@dataclass(frozen=True, slots=True)
class When:
    """Which week is asked for, and from where it is looked at."""

    week: int
    now: datetime
    over: bool = False
    """True when the week lies before the current one."""
    past: bool = False
    """True when the store has seen later things than `now`: nothing of them may show."""


async def my_roster_id(session: AsyncSession, league_id: str, user_id: str | None) -> int | None:
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


async def matchups(session: AsyncSession, league_id: str) -> dict[int, dict[int, Matchup]]:
    """Every stored week of the league, by week and roster."""
    found: dict[int, dict[int, Matchup]] = {}
    for row in await session.scalars(select(Matchup).where(Matchup.league_id == league_id)):
        found.setdefault(row.week, {})[row.roster_id] = row
    return found


async def teams(
    session: AsyncSession,
    league: League,
    when: When,
    slots: int,
    played: dict[int, dict[int, Matchup]],
    spent: dict[int, int],
) -> dict[int, RosterWeek]:
    """The teams by roster_id; `spent` has the dollars each had bid and won by then."""
    members = {
        member.user_id: member
        for member in await session.scalars(select(LeagueMember).where(LeagueMember.league_id == league.id))
    }
    seen: dict[str, dict[str, Any]] = {}
    if when.past:
        seen = await known(session, ObservationKind.LINEUP, f"{league.id}:{when.week}", when.now)
    rosters = await session.scalars(
        select(Roster).where(Roster.league_id == league.id).order_by(Roster.roster_id)
    )
    records = _records(league, played, when.week) if when.past else {}
    found = {}
    for roster in rosters:
        matchup = played.get(when.week, {}).get(roster.roster_id)
        today = _Record(roster.wins, roster.losses, roster.ties, roster.fpts, roster.fpts_against)
        standing = records.get(roster.roster_id, _Record()) if when.past else today
        found[roster.roster_id] = _team(
            league,
            roster,
            members.get(roster.owner_id or ""),
            _Lineup.of(roster, matchup, seen.get(str(roster.roster_id)), when, slots),
            standing,
            matchup,
            when,
            spent.get(roster.roster_id, 0),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Record:
    wins: int = 0
    losses: int = 0
    ties: int = 0
    points_for: float = 0.0
    points_against: float = 0.0


@dataclass(frozen=True, slots=True)
class _Lineup:
    players: tuple[str, ...]
    starters: tuple[str | None, ...]
    reserve: tuple[str, ...]
    taxi: tuple[str, ...]
    waiver_position: int | None

    @classmethod
    def of(
        cls, roster: Roster, matchup: Matchup | None, seen: dict[str, Any] | None, when: When, slots: int
    ) -> "_Lineup":
        """Who is on the team and who starts, as it is known from where one looks."""
        settings = roster.settings or {}
        # The matchup's line-up is the one that scores; a bye week or the offseason has none.
        listed = (matchup.starters if matchup is not None else None) or roster.starters or []
        players = roster.players or []
        if (when.over or when.past) and matchup is not None and matchup.players:
            players = matchup.players
        reserve, taxi = roster.reserve or [], roster.taxi or []
        position = settings.get("waiver_position")
        if seen is not None:
            players, listed = seen.get("players") or [], seen.get("starters") or []
            reserve, taxi = seen.get("reserve") or [], seen.get("taxi") or []
            position = seen.get("waiver_position")
        starters = [player if player and player != "0" else None for player in listed][:slots]
        starters += [None] * (slots - len(starters))
        there = set(players)
        return cls(
            tuple(players),
            tuple(starters),
            tuple(p for p in reserve if p in there),
            tuple(p for p in taxi if p in there),
            position if isinstance(position, int) else None,
        )


def _team(
    league: League,
    roster: Roster,
    member: LeagueMember | None,
    lineup: _Lineup,
    record: _Record,
    matchup: Matchup | None,
    when: When,
    spent: int,
) -> RosterWeek:
    manager = member.display_name if member is not None else None
    points = score(matchup) if matchup is not None and not when.past else None
    return RosterWeek(
        roster_id=roster.roster_id,
        owner_id=roster.owner_id,
        team_name=(member.team_name if member is not None else None) or manager or f"Team {roster.roster_id}",
        manager=manager,
        players=lineup.players,
        starters=lineup.starters,
        reserve=lineup.reserve,
        taxi=lineup.taxi,
        wins=record.wins,
        losses=record.losses,
        ties=record.ties,
        points_for=record.points_for,
        points_against=record.points_against,
        matchup_id=matchup.matchup_id if matchup is not None else None,
        points=points,
        waiver_position=lineup.waiver_position,
        faab_left=_faab_left(league, roster, when, spent),
        division=division(league, roster.settings),
    )


def division(league: League, settings: Mapping[str, Any] | None) -> int | None:
    """The division in a roster's settings, counted from 1; none where the league has no divisions."""
    if int((league.settings or {}).get("divisions") or 0) < 2:
        return None
    return int((settings or {}).get("division") or 0) or None


def _faab_left(league: League, roster: Roster, when: When, spent: int) -> int | None:
    settings = league.settings or {}
    if settings.get("waiver_type") != FAAB:
        return None
    used = spent if when.past else int((roster.settings or {}).get("waiver_budget_used") or 0)
    return max(0, int(settings.get("waiver_budget") or 0) - used)


def score(matchup: Matchup) -> float | None:
    """A roster's points of the week, the commissioner's correction first."""
    return matchup.custom_points if matchup.custom_points is not None else matchup.points


def _records(league: League, played: dict[int, dict[int, Matchup]], week: int) -> dict[int, _Record]:
    """Wins, losses and points of the weeks before this one."""
    median_counts = bool((league.settings or {}).get("league_average_match"))
    found: dict[int, _Record] = {}
    for number in sorted(w for w in played if w < week):
        rows = played[number]
        scores = {roster_id: score(row) or 0.0 for roster_id, row in rows.items()}
        median = _median(list(scores.values()))
        for roster_id, row in rows.items():
            foe = _foe(rows, row)
            against = [] if foe is None else [scores[foe]]
            marks = against + ([median] if median_counts else [])
            old = found.get(roster_id, _Record())
            mine = scores[roster_id]
            found[roster_id] = _Record(
                old.wins + sum(mine > mark for mark in marks),
                old.losses + sum(mine < mark for mark in marks),
                old.ties + sum(mine == mark for mark in marks),
                round(old.points_for + mine, 2),
                round(old.points_against + sum(against), 2),
            )
    return found


def _foe(rows: dict[int, Matchup], row: Matchup) -> int | None:
    return next(
        (
            other.roster_id
            for other in rows.values()
            if row.matchup_id is not None
            and other.matchup_id == row.matchup_id
            and other.roster_id != row.roster_id
        ),
        None,
    )


def _median(scores: Sequence[float]) -> float:
    ranked = sorted(scores)
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2 if ranked else 0.0


def pairings(
    played: dict[int, dict[int, Matchup]], weeks: Sequence[int]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Who meets whom in these weeks, as far as it is known."""
    found = {}
    for week in weeks:
        rows = played.get(week, {})
        pairs = {
            (min(row.roster_id, foe), max(row.roster_id, foe))
            for row in rows.values()
            if (foe := _foe(rows, row)) is not None
        }
        if pairs:
            found[week] = tuple(sorted(pairs))
    return found
