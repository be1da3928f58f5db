"""One player as a card shows him: his weeks, what is expected of him, how wanted he is, and in whose hands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from .matchup import GAME_LASTS
from .odds import Outlook, difference, outlook
from .projection import Basis
from .search import Owner
from .view import LeagueView

BYE, PLAYED, PLAYING, MISSED, AHEAD, UNKNOWN = "bye", "played", "playing", "missed", "ahead", "unknown"


@dataclass(frozen=True, slots=True)
class Fixture:
    """A team's game of a week."""

    opponent: str
    at_home: bool
    kickoff: datetime


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A player's week."""

    week: int
    points: float | None
    """League points; none where he did not play, or not yet."""
    opponent: str | None
    """Of the team he is on today; none for weeks in which he was on another one."""
    at_home: bool | None
    state: str
    """played, playing, bye, missed (his team played without him), ahead, or unknown without a schedule."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What he is expected to score in a week, the chance that he sits counted."""

    week: int
    points: float
    low: float
    high: float
    """The middle 68 of 100 weeks."""
    basis: str
    """components, preset, lines, average; ahead for a week to come; bye."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How often he was added and dropped across Sleeper in the last day."""

    adds: int | None
    drops: int | None
    """None: not among the players added or dropped most."""
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """What Sleeper says about an injury, in its words; none for what it does not say."""

    body_part: str | None
    practice: str | None
    """How far he took part in the last practice."""
    notes: str | None
    news_at: datetime | None
    """When there was news of him last."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """In how many of the user's leagues of this season he is in whose hands."""

    leagues: int
    mine: int
    others: int

    @property
    def free(self) -> int:
        """Leagues in which nobody has him."""
        return self.leagues - self.mine - self.others


@dataclass(frozen=True, slots=True)
class CardInLeague:
    """A player in one of the user's leagues, in its scoring."""

    league_id: str
    league: str
    owner: Owner | None
    """None where he is free."""
    season: tuple[WeekLine, ...]
    """Every week of the schedule, in order."""
    last_season: tuple[WeekLine, ...] | None
    """None where that season's stats are not stored."""
    this_week: Expected | None
    next_week: Expected | None

    @property
    def games(self) -> int:
        """Games that he has played this season."""
        return sum(line.state == PLAYED for line in self.season)

    @property
    def per_game(self) -> float | None:
        """Mean points of those."""
        played = [line.points for line in self.season if line.state == PLAYED and line.points is not None]
        return fmean(played) if played else None


def week_lines(
    points: Mapping[int, float], fixtures: Mapping[int, Fixture | None], now: datetime
) -> tuple[WeekLine, ...]:
    """A season week by week: `fixtures` has every scheduled week, none for a bye of his team."""
    # Points in a week of the team's bye were made for another team; so were those before.
    moved = max((week for week in points if week in fixtures and fixtures[week] is None), default=0)
    found = []
    for week in sorted({*points, *fixtures}):
        fixture = fixtures.get(week) if week > moved else None
        state = _state(points.get(week), fixture, now, known=week in fixtures and week > moved)
        found.append(
            WeekLine(
                week,
                points.get(week) if state in (PLAYED, PLAYING) else None,
                fixture.opponent if fixture is not None else None,
                fixture.at_home if fixture is not None else None,
                state,
            )
        )
    return tuple(found)


def _state(points: float | None, fixture: Fixture | None, now: datetime, *, known: bool) -> str:
    if fixture is None:
        return PLAYED if points is not None else BYE if known else UNKNOWN
    if now < fixture.kickoff:
        return AHEAD
    if now < fixture.kickoff + GAME_LASTS:
        return PLAYING
    return PLAYED if points is not None else MISSED


def expected_this_week(view: LeagueView, player_id: str) -> Expected | None:
    """What he is expected to score in the view's week; none where nothing is known to expect."""
    player = view.player(player_id)
    if player is None:
        return None
    if player.on_bye:
        return Expected(view.week, 0.0, 0.0, 0.0, BYE)
    if player.projection.basis is Basis.NONE:
        return None
    return _range(view.week, player.outlook(stale=view.stale), player.projection.basis.value)


def expected_next_week(view: LeagueView, player_id: str, *, on_bye: bool) -> Expected | None:
    """The same of the week after."""
    player = view.player(player_id)
    if player is None or not view.weeks_ahead:
        return None
    week = view.weeks_ahead[0]
    if on_bye:
        return Expected(week, 0.0, 0.0, 0.0, BYE)
    if not player.ahead or player.ahead[0] <= 0:
        return None
    return _range(week, outlook(player.group, player.ahead[0], team=player.team), AHEAD)


def on_bye_next(view: LeagueView, player_id: str, schedule: Mapping[int, frozenset[str]]) -> bool:
    """True when his team is known not to play in the week after; `schedule` has the teams that do, by week."""
    player = view.player(player_id)
    if player is None or player.team is None or not view.weeks_ahead:
        return False
    playing = schedule.get(view.weeks_ahead[0], frozenset())
    return bool(playing) and player.team not in playing


def _range(week: int, look: Outlook, basis: str) -> Expected:
    low, high = difference([look], []).middle()
    return Expected(week, look.expected, low, high, basis)


def exposure(leagues: int, owners: Iterable[Owner]) -> Exposure:
    """Whose hands he is in; `owners` are those of so many leagues."""
    held = list(owners)
    return Exposure(leagues, sum(one.mine for one in held), sum(not one.mine for one in held))
