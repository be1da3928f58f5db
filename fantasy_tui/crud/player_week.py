"""Players of one league's week: games, projections and points in the league's own scoring."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

import msgspec
from sqlalchemy import Text, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import known
from fantasy_tui.crud.paced import paced
from fantasy_tui.football.availability import returns
from fantasy_tui.football.forecast import NO_LINES, SEASON_AVERAGE, forecast, is_projected_weekly, level
from fantasy_tui.football.projection import Basis, Projection, project
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.slots import ELIGIBLE, fantasy_positions
from fantasy_tui.football.usual import steadied, usual_points
from fantasy_tui.football.view import PlayerWeek
from fantasy_tui.models import League, Player, PlayerStats

FREE_AGENTS_A_POSITION = 6
_RECENT = 2
"""Weeks before this one whose projections tell a player's level."""
_REGULAR_GAMES = 3


@dataclass(frozen=True, slots=True)
class Players:
    """Everyone a view needs."""

    by_id: dict[str, PlayerWeek]
    free: tuple[str, ...]
    """The best free agents, of this week and of the weeks ahead, by position."""
    dropped_sources: tuple[str, ...]
    assumed: tuple[str, ...]
    """Inputs that were not seen at the time and are taken from later, in a user's words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose week it is about."""

    week: int
    ahead: tuple[int, ...]
    now: datetime
    past: bool
    slots: Sequence[str]
    owned: frozenset[str]
    also: frozenset[str]
    scored: Mapping[str, float]
    """League points of those who have played."""


async def load_players(session: AsyncSession, league: League, wanted: Wanted) -> Players:
    """The owned players, those asked for and the best free agents. A player Sleeper's file lacks is left out."""
    usable = frozenset().union(*(ELIGIBLE.get(slot, frozenset()) for slot in wanted.slots))
    week, at, past = wanted.week, wanted.now, wanted.past
    recent = range(max(1, week - _RECENT), week)
    expected = await known.projections(
        session, league.season, week, [*recent, week, *wanted.ahead], at, past=past
    )
    games = await known.games(session, league.season, [week, *wanted.ahead], week, at, past=past)
    named = {player for weekly in expected.rows.values() for player in weekly}
    rows = await _rows(session, wanted.owned | wanted.also | named)
    health = await known.health(session, [row.player_id for row in rows], at, past=past)
    stats = await _past_stats(session, league.season, week, [row.player_id for row in rows])
    scoring = league.scoring_settings or {}

    def build() -> Players:
        makers = []
        for row in rows:
            positions = fantasy_positions(row.position, row.fantasy_positions)
            if row.player_id not in wanted.owned | wanted.also and not positions & usable:
                continue
            games_of = stats.get(row.player_id, {})
            points = tuple(round(league_points(line, scoring), 2) for line in games_of.values())
            known_of = health.by_player.get(row.player_id, {})
            lately = max(games_of, default=0) >= week - _RECENT
            makers.append(_Maker(row, positions, points, tuple(games_of), lately, known_of, scoring))
        usual = usual_points((maker.row.position, maker.past) for maker in makers)
        players = {maker.row.player_id: maker.player(wanted, expected, games, usual) for maker in makers}
        free = _best_free(players, wanted.owned)
        kept = wanted.owned | wanted.also | set(free)
        return Players(
            {p: players[p] for p in players if p in kept},
            free,
            expected.dropped,
            _assumed(expected.last_published, health.known),
        )

    return await asyncio.to_thread(build)


def _assumed(projections: bool, injuries_known: bool) -> tuple[str, ...]:
    found = []
    if projections:
        found.append("projections as last published")
    if not injuries_known:
        found.append("no injury report of that week")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Maker:
    """One player's row with what is known about him."""

    row: Any
    positions: frozenset[str]
    past: tuple[float, ...]
    weeks: tuple[int, ...]
    lately: bool
    """True when he has played in one of the last two weeks."""
    health: Mapping[str, Any]
    scoring: Mapping[str, float]

    def player(
        self,
        wanted: Wanted,
        expected: known.Projections,
        games: Mapping[int, Mapping[str, known.TeamGame]],
        usual: Mapping[str, float],
    ) -> PlayerWeek:
        """The player in his week."""
        row, team = self.row, self.health.get("team")
        of_week = games.get(wanted.week, {})
        game = of_week.get(team or "")
        lines = game.lines if game is not None else NO_LINES
        started = game is not None and game.kickoff <= wanted.now
        sources = expected.of(wanted.week, row.player_id)
        projection = forecast(sources, self.scoring, self.positions, self.past, lines)
        if projection.basis is Basis.NONE and game is not None and self._overlooked(expected, wanted.week):
            projection = Projection(
                round(fmean(self.past), 2), Basis.AVERAGE, ((SEASON_AVERAGE, fmean(self.past)),)
            )
        return PlayerWeek(
            player_id=row.player_id,
            name=row.full_name or f"{row.first_name or ''} {row.last_name or ''}".strip() or row.player_id,
            position=row.position,
            positions=self.positions,
            team=team,
            opponent=game.opponent if game else None,
            at_home=game.at_home if game else None,
            injury_status=self.health.get("injury_status"),
            practice=self.health.get("practice"),
            body_part=self.health.get("body_part"),
            kickoff=game.kickoff if game else None,
            kickoff_assumed=game.assumed if game else False,
            on_bye=bool(of_week) and team is not None and game is None,
            projection=steadied(projection, row.position, len(self.past), usual),
            # Sleeper says 0.0 both for "scored nothing" and for "has not played".
            points=wanted.scored.get(row.player_id) if started and not wanted.past else None,
            lines=lines,
            ahead=self._ahead(wanted, expected, games, team, usual),
            past=self.past,
            past_weeks=self.weeks,
            # A profile holds all games of the season: of an earlier instant there is none.
            profile=tuple(row.profile) if row.profile is not None and not wanted.past else None,
        )

    def _ahead(
        self,
        wanted: Wanted,
        expected: known.Projections,
        games: Mapping[int, Mapping[str, known.TeamGame]],
        team: str | None,
        usual: Mapping[str, float],
    ) -> tuple[float, ...]:
        """Points expected in each week ahead: projected where a source says so, else his level; 0 on bye."""
        if team is None:
            return (0.0,) * len(wanted.ahead)
        weeks = range(max(1, wanted.week - _RECENT), wanted.week + 1)
        projected = [self._projected(expected, week) for week in weeks]
        status = self.health.get("injury_status")
        told = (
            is_projected_weekly(self.positions)
            and bool(expected.rows.get(wanted.week))
            and not self._overlooked(expected, wanted.week)
        )
        healthy_now = status is None and team in games.get(wanted.week, {})
        rate = level(projected, self.past, projected[-1] if told and healthy_now else None)
        if rate and not any(projected):
            average = Projection(rate, Basis.AVERAGE)
            rate = steadied(average, self.row.position, len(self.past), usual).points
        found = []
        for distance, week in enumerate(wanted.ahead, 1):
            of_week = games.get(week, {})
            plays = returns(status, distance) if not of_week or team in of_week else 0.0
            found.append(round((self._projected(expected, week) or rate) * plays, 2))
        return tuple(found)

    def _overlooked(self, expected: known.Projections, week: int) -> bool:
        """True for a regular whom sources leave out week after week: 9 of 10 such play.

        Of those they named until lately hardly one in three does (recorded season 2024).
        """
        recent = range(max(1, week - _RECENT), week)
        return (
            self.lately
            and len(self.past) >= _REGULAR_GAMES
            and not self.health.get("injury_status")
            and not any(expected.of(number, self.row.player_id) for number in recent)
        )

    def _projected(self, expected: known.Projections, week: int) -> float:
        """The mean of what sources expect of him in a week, without lines and form; 0 where none does."""
        rows = expected.of(week, self.row.player_id).values()
        points = [project(row, self.scoring, self.positions, self.past).points for row in rows]
        return sum(points) / len(points) if points else 0.0


def _best_free(players: Mapping[str, PlayerWeek], owned: Collection[str]) -> tuple[str, ...]:
    """The best at each position by this week and by the weeks ahead, the best of this week first."""
    free = [player for player in players.values() if player.player_id not in owned]
    chosen = {
        *_best(free, {player.player_id: player.expected for player in free}),
        *_best(free, {player.player_id: sum(player.ahead) for player in free}),
    }
    return tuple(sorted(chosen, key=lambda p: (-players[p].expected, p)))


def _best(free: Sequence[PlayerWeek], worth: Mapping[str, float]) -> list[str]:
    """A few of each position who are worth something."""
    taken: dict[str, int] = {}
    best = []
    for player in sorted(free, key=lambda p: (-worth[p.player_id], p.player_id)):
        position = player.position or ""
        if worth[player.player_id] > 0 and taken.get(position, 0) < FREE_AGENTS_A_POSITION:
            taken[position] = taken.get(position, 0) + 1
            best.append(player.player_id)
    return best


async def _rows(session: AsyncSession, player_ids: Collection[str]) -> Sequence[Any]:
    """Descriptions of these players, of every kicker and of every defence."""
    columns = (
        Player.player_id,
        Player.full_name,
        Player.first_name,
        Player.last_name,
        Player.position,
        Player.fantasy_positions,
        Player.profile,
    )
    return await paced(
        session,
        select(*columns).where(
            or_(
                Player.player_id.in_(player_ids),
                Player.position.in_(("K", "DEF")) & Player.team.is_not(None),
            )
        ),
    )


async def _past_stats(
    session: AsyncSession, season: str, week: int, player_ids: Iterable[str]
) -> dict[str, dict[int, dict[str, Any]]]:
    """Raw stats by week, in order, of the weeks before this one in which the player was active."""
    rows = await paced(
        session,
        # As text, to be parsed off the loop: there are thousands, and a screen may be waiting.
        select(PlayerStats.player_id, PlayerStats.week, cast(PlayerStats.stats, Text))
        .where(
            PlayerStats.season == season, PlayerStats.week < week, PlayerStats.player_id.in_(list(player_ids))
        )
        .order_by(PlayerStats.week),
    )
    return await asyncio.to_thread(_active, rows)


def _active(rows: Iterable[Any]) -> dict[str, dict[int, dict[str, Any]]]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    past: dict[str, dict[int, dict[str, Any]]] = {}
    for player_id, week, text in rows:
        stats = decoder.decode(text) if text is not None and text != "null" else None
        if stats and stats.get("gp"):
            past.setdefault(player_id, {})[week] = stats
    return past
