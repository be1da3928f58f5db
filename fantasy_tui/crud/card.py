"""Queries for one player's card: his weeks of two seasons, his team's games, trend and players alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.player import PlayerDetail, player_detail, this_seasons_leagues, weekly_stats
from fantasy_tui.crud.similar import Similar, similar_players
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.football.player_card import (
    CardInLeague,
    Exposure,
    Fixture,
    Health,
    Trend,
    WeekLine,
    expected_next_week,
    expected_this_week,
    exposure,
    week_lines,
)
from fantasy_tui.football.scoring import league_points
from fantasy_tui.football.search import PlayerRow
from fantasy_tui.football.view import LeagueView, Source
from fantasy_tui.models import Game, Player, PlayerStats, TrendingPlayer

Fixtures = Mapping[int, Fixture | None]
"""Every scheduled week of a season; none for a bye."""


@dataclass(frozen=True, slots=True)
class PlayerCard:
    """All that is known about one player."""

    row: PlayerRow
    age: int | None
    number: int | None
    status: str | None
    """Sleeper's words: Active, Inactive, Injured Reserve …"""
    week: int | None
    """The week of the projections."""
    leagues: tuple[CardInLeague, ...]
    """The user's leagues of this season, by name."""
    trend: Trend
    similar: tuple[Similar, ...]
    """Players used like him, the most alike first; empty where too little is known of him."""
    exposure: Exposure
    health: Health
    sources: tuple[Source, ...]


async def load_card(
    session: AsyncSession, player_id: str, user_id: str, now: datetime, views: Mapping[str, LeagueView]
) -> PlayerCard | None:
    """A player's card from views (by league) that know him; none when no such player is stored."""
    detail = await player_detail(session, player_id, user_id, now)
    if detail is None:
        return None
    leagues = {league.id: league for league in await this_seasons_leagues(session, user_id)}
    season = next(iter(leagues.values())).season if leagues else None
    before = str(int(season) - 1) if season is not None and season.isdecimal() else None
    fixtures = await _fixtures(session, season, detail.row.team) if season is not None else {}
    last = await _last_season(session, before, player_id, detail.row.team) if before is not None else None
    known = await ages(
        session, ("trending/add", "trending/drop", "players", f"projections/{season}/{detail.week}")
    )
    return PlayerCard(
        row=detail.row,
        age=detail.age,
        number=detail.number,
        status=detail.status,
        week=detail.week,
        leagues=tuple(
            _in_league(
                detail,
                place,
                views.get(one.league_id),
                fixtures,
                last,
                leagues[one.league_id].scoring_settings,
                now,
            )
            for place, one in enumerate(detail.leagues)
        ),
        trend=await _trend(session, player_id, known),
        similar=tuple(await similar_players(session, player_id)),
        exposure=exposure(len(leagues), (one.owner for one in detail.leagues if one.owner is not None)),
        health=await _health(session, player_id),
        sources=_sources(season, detail.week, known),
    )


def _in_league(
    detail: PlayerDetail,
    place: int,
    view: LeagueView | None,
    fixtures: Fixtures,
    last: tuple[dict[int, dict[str, float]], Fixtures] | None,
    scoring: Mapping[str, float] | None,
    now: datetime,
) -> CardInLeague:
    one, player_id = detail.leagues[place], detail.row.player_id
    after = view.weeks_ahead[0] if view is not None and view.weeks_ahead else None
    on_bye = after in fixtures and fixtures[after] is None if after is not None else False
    return CardInLeague(
        league_id=one.league_id,
        league=one.league,
        owner=one.owner,
        season=week_lines(dict(one.weekly), fixtures, now),
        last_season=_scored(last, scoring or {}, now) if last is not None else None,
        this_week=expected_this_week(view, player_id) if view is not None else None,
        next_week=expected_next_week(view, player_id, on_bye=on_bye) if view is not None else None,
    )


def _scored(
    last: tuple[dict[int, dict[str, float]], Fixtures], scoring: Mapping[str, float], now: datetime
) -> tuple[WeekLine, ...]:
    lines, fixtures = last
    return week_lines(
        {week: round(league_points(line, scoring), 2) for week, line in lines.items()}, fixtures, now
    )


async def _fixtures(session: AsyncSession, season: str, team: str | None) -> Fixtures:
    """The team's game in each scheduled week; empty for who has no team."""
    if team is None:
        return {}
    games = await session.execute(
        select(Game.week, Game.home, Game.away, Game.kickoff).where(
            Game.season == season, or_(Game.status.is_(None), Game.status != "canceled")
        )
    )
    found: dict[int, Fixture | None] = {}
    for game in games:
        found.setdefault(game.week, None)
        if team in (game.home, game.away):
            found[game.week] = Fixture(
                game.away if team == game.home else game.home, team == game.home, game.kickoff
            )
    return found


async def _last_season(
    session: AsyncSession, season: str, player_id: str, team: str | None
) -> tuple[dict[int, dict[str, float]], Fixtures] | None:
    """His stat lines of that season with his team's games; none where nobody's are stored."""
    stored = await session.scalar(select(PlayerStats.id).where(PlayerStats.season == season).limit(1))
    if stored is None:
        return None
    return await weekly_stats(session, player_id, season), await _fixtures(session, season, team)


async def _health(session: AsyncSession, player_id: str) -> Health:
    """What Sleeper's file says about an injury; `news_updated` is in milliseconds since 1970."""
    names = ("injury_body_part", "practice_participation", "injury_notes", "news_updated")
    said = (
        await session.execute(
            select(*(Player.player_data[name].as_string() for name in names)).where(
                Player.player_id == player_id
            )
        )
    ).one()
    body_part, practice, notes, news = (one or None for one in said)
    stamp = datetime.fromtimestamp(int(news) / 1000, UTC) if news and news.isdecimal() else None
    return Health(body_part, practice, notes, stamp)


async def _trend(session: AsyncSession, player_id: str, known: Mapping[str, datetime]) -> Trend:
    rows = await session.execute(
        select(TrendingPlayer.kind, TrendingPlayer.count).where(TrendingPlayer.player_id == player_id)
    )
    counts = {row[0]: row[1] for row in rows}
    stamps = [stamp for kind in ("add", "drop") if (stamp := known.get(f"trending/{kind}")) is not None]
    return Trend(counts.get("add"), counts.get("drop"), min(stamps, default=None))


def _sources(season: str | None, week: int | None, known: Mapping[str, datetime]) -> tuple[Source, ...]:
    return (
        Source("Sleeper injuries", known.get("players")),
        Source(f"projections, week {week}", known.get(f"projections/{season}/{week}")),
        Source("Sleeper trends", known.get("trending/add")),
    )
