"""A league as it stood one minute before a week's first kickoff, without anything that was seen later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from fantasy_tui.crud import teams
from fantasy_tui.crud.known import is_past
from fantasy_tui.crud.league_view import LeagueNotFound, leagues_of_season, load_league_view
from fantasy_tui.crud.season import week_starts
from fantasy_tui.crud.settle import confirmed_weeks
from fantasy_tui.football.projection import Basis

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
    from fantasy_tui.models import Matchup

BEFORE = timedelta(minutes=1)
"""The agents stand so long before the week's first kickoff."""

UNREPORTED = "no injury report of that week"
"""What a view's sources say where nobody's team and designation of then is known."""

# Commissioners throw these at the end of a season; nobody remembers how they stood before.
_SWITCHES = MappingProxyType({"disable_adds": 0, "disable_trades": 0})


class SeasonNotStored(Exception):
    """There is nothing to replay; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class StoredLeague:
    """A league with the weeks that can be replayed."""

    league_id: str
    name: str
    season: str
    played: Mapping[int, Mapping[int, Matchup]]
    """Final week to roster to its row."""
    starts: Mapping[int, datetime]
    """Week to its first kickoff."""

    @property
    def weeks(self) -> tuple[int, ...]:
        """The final weeks, in order."""
        return tuple(sorted(self.played))

    def instant(self, week: int) -> datetime:
        """From where the week is looked at."""
        return self.starts[week] - BEFORE


async def stored_leagues(
    session: AsyncSession, season: str, league_id: str | None = None, user_id: str | None = None
) -> list[StoredLeague]:
    """The season's leagues (or one of them, or a user's) with their final weeks.

    Raises SeasonNotStored, LeagueNotFound.
    """
    leagues = await leagues_of_season(session, season, user_id)
    if not leagues:
        raise SeasonNotStored(
            f"No league of {season} is stored here; `fantasy-tui leagues` lists those that are."
        )
    if league_id is not None:
        leagues = [league for league in leagues if league.id == league_id]
        if not leagues:
            raise LeagueNotFound(league_id)
    starts = await week_starts(session, season)
    found = []
    for league in leagues:
        confirmed = await confirmed_weeks(session, league.id, season)
        played = {
            week: rows
            for week, rows in (await teams.matchups(session, league.id)).items()
            if week in confirmed
            and any(row.starters for row in rows.values())
            # What the store takes for the present would be shown with its results.
            and await is_past(session, starts[week] - BEFORE)
        }
        found.append(StoredLeague(league.id, league.name, season, played, starts))
    if not any(league.played for league in found):
        raise SeasonNotStored(f"No week of {season} is over and stored here yet; sync once it is.")
    return found


async def view_before(
    session: AsyncSession, league: StoredLeague, week: int, also: Collection[str] = ()
) -> LeagueView:
    """The league as it was known before the week; `also` names players to include."""
    view = await load_league_view(session, league.league_id, None, league.instant(week), week, also=also)
    return _without_hindsight(view)


def _without_hindsight(view: LeagueView) -> LeagueView:
    """The view without what no memory reaches back for and today's rows would tell.

    A starter was on neither reserve nor taxi, whatever the last roster says; profiles are made of later games
    too; a finished league was under way, and its switches stood open. Without an injury report of the week
    players' teams are today's as well: whoever was projected had a game, whatever his team of today did.
    """
    unreported = any(source.name == UNREPORTED for source in view.sources)
    players = {player_id: replace(player, profile=None) for player_id, player in view.players.items()}
    if unreported:
        players = {player_id: _as_projected(player) for player_id, player in players.items()}
    return replace(
        view,
        status="in_season",
        settings={**view.settings, **_SWITCHES},
        rosters={roster_id: _as_started(roster) for roster_id, roster in view.rosters.items()},
        players=players,
    )


def _as_projected(player: PlayerWeek) -> PlayerWeek:
    """Someone whom a source projects had a team and a game."""
    projected = player.projection.basis in (Basis.COMPONENTS, Basis.PRESET) and player.projection.points > 0
    if not projected or not (player.on_bye or player.team is None):
        return player
    if player.team is not None:
        return replace(player, on_bye=False)
    # A team of his own: that of nobody else is known to have been the same.
    team = f"?{player.player_id}"
    return replace(player, team=team, ahead=(player.projection.points,) * len(player.ahead))


def _as_started(roster: RosterWeek) -> RosterWeek:
    return replace(
        roster,
        reserve=tuple(player for player in roster.reserve if player not in roster.starters),
        taxi=tuple(player for player in roster.taxi if player not in roster.starters),
    )
