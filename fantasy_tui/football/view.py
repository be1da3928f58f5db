"""One league in one week as plain values: all that an agent or a screen needs to reason about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fantasy_tui.football.availability import Availability, availability
from fantasy_tui.football.projection import NO_PROJECTION, Projection


@dataclass(frozen=True, slots=True)
class PlayerWeek:
    """A player in the view's week, with points in the view's league."""

    player_id: str
    name: str
    position: str | None
    positions: frozenset[str]
    """Positions he may fill, in the words of the starting slots."""
    team: str | None
    opponent: str | None = None
    at_home: bool | None = None
    injury_status: str | None = None
    kickoff: datetime | None = None
    kickoff_assumed: bool = False
    on_bye: bool = False
    projection: Projection = NO_PROJECTION
    points: float | None = None
    """League points scored so far this week; none before the game."""

    @property
    def availability(self) -> Availability:
        """How likely he is to play, and why not."""
        return availability(self.injury_status, has_team=self.team is not None, on_bye=self.on_bye)

    @property
    def expected(self) -> float:
        """Expected league points: the projection, weighed by the chance to play."""
        return self.projection.points * self.availability.play_probability

    def locked(self, now: datetime) -> bool:
        """True once his game has kicked off."""
        return self.kickoff is not None and self.kickoff <= now


@dataclass(frozen=True, slots=True)
class RosterWeek:
    """One team in the view's week."""

    roster_id: int
    owner_id: str | None
    team_name: str
    manager: str | None
    players: tuple[str, ...]
    starters: tuple[str | None, ...]
    """Parallel to the view's slots; none is an empty one."""
    reserve: tuple[str, ...] = ()
    taxi: tuple[str, ...] = ()
    wins: int = 0
    losses: int = 0
    ties: int = 0
    points_for: float = 0.0
    points_against: float = 0.0
    matchup_id: int | None = None
    points: float | None = None
    """League points scored so far this week."""

    @property
    def bench(self) -> tuple[str, ...]:
        """Players who are neither starters nor on reserve or taxi."""
        elsewhere = {*self.starters, *self.reserve, *self.taxi}
        return tuple(player for player in self.players if player not in elsewhere)


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from and how old they are."""

    name: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class LeagueView:
    """A league in a week at an instant."""

    league_id: str
    name: str
    season: str
    week: int
    status: str | None
    now: datetime
    slots: tuple[str, ...]
    """Starting slots in order, as in Sleeper's roster_positions."""
    scoring: Mapping[str, float]
    settings: Mapping[str, Any]
    rosters: Mapping[int, RosterWeek]
    players: Mapping[str, PlayerWeek]
    """Everyone on a roster of the league, and the free agents below."""
    my_roster_id: int | None
    free_agents: tuple[str, ...] = ()
    """The best players on no roster, by expected points at their position."""
    sources: tuple[Source, ...] = ()

    def player(self, player_id: str | None) -> PlayerWeek | None:
        """The player in this week; none for an empty slot or someone nothing is known about."""
        return self.players.get(player_id) if player_id is not None else None

    @property
    def mine(self) -> RosterWeek | None:
        """The user's own team."""
        return self.rosters.get(self.my_roster_id) if self.my_roster_id is not None else None

    @property
    def is_best_ball(self) -> bool:
        """True where Sleeper sets the line-up itself."""
        return bool(self.settings.get("best_ball"))

    def opponent_of(self, roster_id: int) -> RosterWeek | None:
        """The team this roster plays this week; none on a bye."""
        own = self.rosters.get(roster_id)
        if own is None or own.matchup_id is None:
            return None
        return next(
            (
                other
                for other in self.rosters.values()
                if other.matchup_id == own.matchup_id and other.roster_id != roster_id
            ),
            None,
        )

    def standings(self) -> list[RosterWeek]:
        """Rosters by wins (a tie is half a win), then points for; the first leads."""
        return sorted(
            self.rosters.values(), key=lambda r: (-(r.wins + r.ties / 2), -r.points_for, r.roster_id)
        )
