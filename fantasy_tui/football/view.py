"""One league in one week as plain values: all that an agent or a screen needs to reason about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fantasy_tui.football.availability import Availability, availability
from fantasy_tui.football.forecast import NO_LINES, Lines
from fantasy_tui.football.freshness import is_stale
from fantasy_tui.football.odds import Outlook, outlook
from fantasy_tui.football.precedent import PastCall
from fantasy_tui.football.projection import NO_PROJECTION, Projection
from fantasy_tui.football.track import Band


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
    practice: str | None = None
    """How far he took part in the last practice, in the source's words."""
    body_part: str | None = None
    kickoff: datetime | None = None
    kickoff_assumed: bool = False
    on_bye: bool = False
    projection: Projection = NO_PROJECTION
    points: float | None = None
    """League points scored so far this week; none before the game."""
    lines: Lines = NO_LINES
    """What the betting lines expect of his team and its opponent."""
    ahead: tuple[float, ...] = ()
    """Expected league points in each of the view's `weeks_ahead`: 0 on bye, less while he may still be hurt."""
    past: tuple[float, ...] = ()
    """League points of the season's games he has played, in order."""
    past_weeks: tuple[int, ...] = ()
    """The weeks of those games."""
    profile: tuple[float, ...] | None = None
    """What kind of player he is, a unit vector for similarity; none without enough games."""

    @property
    def availability(self) -> Availability:
        """How likely he is to play, and why not."""
        return availability(
            self.injury_status,
            has_team=self.team is not None,
            on_bye=self.on_bye,
            position=self.position,
            practice=self.practice,
            body_part=self.body_part,
        )

    @property
    def group(self) -> str | None:
        """The fantasy position whose spread of points is his: a cornerback's is any defensive back's."""
        return self.position if self.position in self.positions else min(self.positions, default=None)

    @property
    def expected(self) -> float:
        """Expected league points: the projection, weighed by the chance to play and to play in full health."""
        return self.projection.points * self.availability.share

    def outlook(self, *, stale: bool = False) -> Outlook:
        """The distribution of his league points this week, the chance that he sits included."""
        return outlook(
            self.group,
            self.projection.points,
            self.availability.play_probability,
            stale=stale,
            basis=self.projection.basis,
            team=self.team,
            opponent=self.opponent,
        )

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
    waiver_position: int | None = None
    """Place in the order of claims; 1 is served first."""
    faab_left: int | None = None
    """Dollars left to bid; none where there is no bidding."""
    division: int | None = None
    """Counted from 1; none where the league has no divisions."""

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
class Bid:
    """A waiver claim of this season, won or lost."""

    week: int
    roster_id: int
    player_id: str
    position: str | None
    amount: int
    """Dollars; 0 where there is no bidding."""
    won: bool


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
    weeks_ahead: tuple[int, ...] = ()
    """The weeks after this one up to the season's last."""
    bench_slots: int = 0
    bids: tuple[Bid, ...] = ()
    """The season's waiver claims so far, oldest first."""
    on_waivers: frozenset[str] = frozenset()
    """Free agents who must be claimed; the others can be added at once."""
    waivers_run: datetime | None = None
    """When claims are next decided; none where it is not known."""
    pairings: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Week to the pairs of rosters that meet, this week and those ahead as far as they are known."""
    trades: Mapping[int, int] = field(default_factory=dict)
    """Roster to the number of trades it has made this season."""
    dropped_sources: tuple[str, ...] = ()
    """Projection sources left out of the mean because they failed or are stale."""
    track: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    """By kind of agent, how often settled decisions came true by confidence."""
    past_calls: tuple[PastCall, ...] = ()
    """The user's settled decisions, the latest first."""

    @property
    def as_of(self) -> datetime | None:
        """When the oldest of the sources was last confirmed; none when one never was."""
        stamps = [source.as_of for source in self.sources]
        known = [stamp for stamp in stamps if stamp is not None]
        return min(known) if known and len(known) == len(stamps) else None

    @property
    def stale(self) -> bool:
        """True on a game day whose inputs are older than six hours."""
        kickoffs = {player.kickoff for player in self.players.values() if player.kickoff is not None}
        return any(is_stale(self.as_of, kickoff, self.now) for kickoff in kickoffs)

    def for_roster(self, roster_id: int) -> "LeagueView":
        """The same league with another roster as the user's own."""
        return replace(self, my_roster_id=roster_id)

    def player(self, player_id: str | None) -> PlayerWeek | None:
        """The player in this week; none for an empty slot or someone nothing is known about."""
        return self.players.get(player_id) if player_id is not None else None

    @property
    def mine(self) -> RosterWeek | None:
        """The user's own team."""
        return self.rosters.get(self.my_roster_id) if self.my_roster_id is not None else None

    @property
    def keeps_players(self) -> bool:
        """True in keeper and dynasty leagues."""
        return self.settings.get("type") in (1, 2)

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
        """Rosters in the order of their seeds; the first leads."""
        from .standings import seeded  # which builds on this module

        return seeded(self.rosters.values())
