"""Inputs as they were known at an instant: what is stored now, or what was remembered from before.

Nothing that was seen later is told, with one exception that callers name: where a week was fetched only
after it was played, what its sources had published last stands in for what was seen before kickoff.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.observation import known
from fantasy_tui.crud.paced import paced
from fantasy_tui.football.forecast import Lines, implied_totals
from fantasy_tui.models import Game, ObservationKind, Player, Projection, SyncState

# A program that is open for some hours still looks at the present.
PRESENT = timedelta(hours=12)
INJURIES = "nfl"
STALE_SOURCE = timedelta(hours=24)
"""A source not confirmed for so much longer than another drops out of the mean."""


async def is_past(session: AsyncSession, at: datetime) -> bool:
    """True when the store has seen much later things than this instant, so that its rows must not be trusted."""
    newest = await session.scalar(select(func.max(SyncState.checked_at)))
    return newest is not None and newest - at > PRESENT


@dataclass(frozen=True, slots=True)
class Projections:
    """Rows by week, player and source."""

    rows: dict[int, dict[str, dict[str, dict[str, Any]]]]
    dropped: tuple[str, ...] = ()
    """Sources of the asked-for week that are stale."""
    last_published: bool = False
    """True when some of the week's rows were fetched only later."""

    def of(self, week: int, player_id: str) -> dict[str, dict[str, Any]]:
        """A player's rows in a week, by source."""
        return self.rows.get(week, {}).get(player_id, {})


async def projections(
    session: AsyncSession, season: str, week: int, weeks: Collection[int], at: datetime, *, past: bool
) -> Projections:
    """What every source expected for these weeks at an instant within or before `week`."""
    found = await paced(
        session,
        select(
            Projection.week,
            Projection.player_id,
            Projection.source,
            # As text, to be parsed off the loop: there are thousands, and a screen may be waiting.
            cast(Projection.stats, Text).label("stats"),
            Projection.as_of,
        ).where(Projection.season == season, Projection.week.in_(weeks)),
    )
    seen: dict[tuple[int, str], dict[str, dict[str, Any]]] = {}
    for number, source in {(row.week, row.source) for row in found if past and row.as_of > at}:
        scope = f"{season}:{number}:{source}"
        seen[number, source] = await known(session, ObservationKind.PROJECTION, scope, at)
    rows, newest, late = await asyncio.to_thread(_gathered, found, seen, week, at if past else None)
    dropped = () if past else await _drop_stale(session, rows.get(week, {}), newest, season, week)
    return Projections(rows, dropped, late)


_Rows = dict[int, dict[str, dict[str, dict[str, Any]]]]
"""Stats by week, player and source."""


def _gathered(
    found: Iterable[Any],
    seen: Mapping[tuple[int, str], Mapping[str, dict[str, Any]]],
    week: int,
    at: datetime | None,
) -> tuple[_Rows, dict[str, datetime], bool]:
    """What was expected, each source's newest row of the week, and whether some of it was fetched only later.

    For an earlier instant what was `seen` until then, by week and source, stands in for what came after it.
    """
    decoder = msgspec.json.Decoder(dict[str, Any] | None)
    rows: _Rows = {}
    newest: dict[str, datetime] = {}
    late = False
    for row in found:
        stats: dict[str, Any] | None
        if at is not None and row.as_of > at:
            before = seen[row.week, row.source]
            if before:
                stats = before.get(row.player_id)
                if stats is None:
                    continue
            elif row.week > week:
                continue  # not published yet
            else:
                late = late or row.week == week
                stats = decoder.decode(row.stats) if row.stats else None
        else:
            stats = decoder.decode(row.stats) if row.stats else None
        if row.week == week:
            newest[row.source] = max(newest.get(row.source, row.as_of), row.as_of)
        rows.setdefault(row.week, {}).setdefault(row.player_id, {})[row.source] = stats or {}
    return rows, newest, late


async def _drop_stale(
    session: AsyncSession,
    rows: dict[str, dict[str, dict[str, Any]]],
    newest: dict[str, datetime],
    season: str,
    week: int,
) -> tuple[str, ...]:
    """Take sources out that have not been confirmed for a day longer than the freshest; returns their names."""
    if len(newest) < 2:
        return ()
    checked = await session.scalar(
        select(SyncState.checked_at).where(SyncState.resource == f"projections/{season}/{week}")
    )
    if checked is not None and "sleeper" in newest:
        newest["sleeper"] = max(newest["sleeper"], checked)
    limit = max(newest.values()) - STALE_SOURCE
    stale = tuple(sorted(source for source, at in newest.items() if at < limit))
    for sources in rows.values():
        for source in stale:
            if len(sources) > 1:
                sources.pop(source, None)
    return stale


@dataclass(frozen=True, slots=True)
class Health:
    """Team and designation of players as far as they are known."""

    by_player: dict[str, dict[str, Any]] = field(default_factory=dict)
    """player_id to team, injury_status, practice and body_part, each only where there is one."""
    known: bool = True
    """False when nothing was seen until then: teams are today's and nobody has a designation."""


async def health(session: AsyncSession, player_ids: Iterable[str], at: datetime, *, past: bool) -> Health:
    """Where players stood at an instant."""
    if past:
        remembered = await known(session, ObservationKind.INJURY, INJURIES, at)
        if remembered:
            return Health(remembered)
    rows = await paced(
        session,
        select(
            Player.player_id,
            Player.team,
            Player.injury_status,
            Player.player_data["practice_participation"].as_string().label("practice"),
            Player.player_data["injury_body_part"].as_string().label("body_part"),
        ).where(Player.player_id.in_(list(player_ids))),
    )
    fields = ("team",) if past else ("team", "injury_status", "practice", "body_part")
    return Health(
        {row.player_id: {name: value for name in fields if (value := getattr(row, name))} for row in rows},
        known=not past,
    )


@dataclass(frozen=True, slots=True)
class TeamGame:
    """A team's game of a week."""

    opponent: str
    at_home: bool
    kickoff: datetime
    assumed: bool
    lines: Lines


async def games(
    session: AsyncSession, season: str, weeks: Collection[int], week: int, at: datetime, *, past: bool
) -> dict[int, dict[str, TeamGame]]:
    """Each team's game by week; teams that are not in a week's games have a bye. Lines are those of `week` alone."""
    seen = await known(session, ObservationKind.LINES, f"{season}:{week}", at) if past else {}
    found: dict[int, dict[str, TeamGame]] = {}
    for game in await session.scalars(select(Game).where(Game.season == season, Game.week.in_(weeks))):
        if game.status == "canceled":
            continue
        spread, total = game.spread_line, game.total_line
        if game.week == week and game.home in seen:
            spread, total = seen[game.home].get("spread"), seen[game.home].get("total")
        totals = implied_totals(spread, total) if game.week == week else None
        home, away = totals or (None, None)
        of_week = found.setdefault(game.week, {})
        of_week[game.home] = TeamGame(game.away, True, game.kickoff, game.kickoff_assumed, Lines(home, away))
        of_week[game.away] = TeamGame(game.home, False, game.kickoff, game.kickoff_assumed, Lines(away, home))
    return found
