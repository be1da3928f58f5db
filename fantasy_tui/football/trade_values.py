"""What players are worth in trades: points in every week that a deal would last, and above replacement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import fmean

from .lineup import Candidate, best_points
from .slots import STREAMED
from .view import LeagueView, PlayerWeek, RosterWeek

LONGEST = 8
"""Weeks that a deal is judged by; fewer when the season ends earlier."""
_MORE_PLAYERS = 0.75


@dataclass(frozen=True)
class Ledger:
    """Expected league points of every player, week by week, and the teams they belong to.

    A week counts from its start only: once one of its games has kicked off its line-ups are partly played,
    and the ledger begins with the next. Players on reserve count nothing this week and what is expected of
    them from the next on; players on taxi count nothing for the team that keeps them there. Points below
    zero count as zero. On a bye a player is worth 0.

    Kickers and defences are left out, with their slots: who lacks one adds him from the wire for a week, so
    nobody gains by trading for one what an empty slot would seem to say.
    """

    view: LeagueView
    weeks: tuple[int, ...]
    candidates: Mapping[str, tuple[Candidate, ...]]
    """By player, one for each of the weeks."""
    season: Mapping[str, float]
    """Mean expected points of the season's remaining weeks."""
    _teams: dict[int, "Team"] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The starting slots that count: all but a kicker's and a defence's."""
        return tuple(slot for slot in self.view.slots if slot not in STREAMED)

    def team(self, roster_id: int) -> "Team":
        """The team of this roster; KeyError when there is none."""
        if roster_id not in self._teams:
            self._teams[roster_id] = Team(self, self.view.rosters[roster_id])
        return self._teams[roster_id]

    def points(self, players: Iterable[str]) -> tuple[float, ...]:
        """Points of the best line-up of these players, by week."""
        known = [self.candidates[p] for p in players if p in self.candidates]
        slots = self.slots
        return tuple(
            best_points(slots, [weekly[index] for weekly in known]) for index in range(len(self.weeks))
        )

    def expected(self, player: str) -> tuple[float, ...]:
        """A player's points by week; empty when nothing is known about him."""
        return tuple(candidate.points for candidate in self.candidates.get(player, ()))

    @cached_property
    def replacement(self) -> Mapping[str, float]:
        """By position, points a week of the best free agent, else of the least player on a roster."""
        held = {p for roster in self.view.rosters.values() for p in roster.players}
        free: dict[str, float] = {}
        least: dict[str, float] = {}
        for player_id, points in self.season.items():
            group = self.view.players[player_id].group or ""
            if player_id in held:
                least[group] = min(points, least.get(group, points))
            else:
                free[group] = max(points, free.get(group, points))
        return least | free

    def worth(self, player: str) -> float:
        """Points a week above a replacement at his position over the rest of the season, at least 0."""
        known = self.view.player(player)
        if known is None:
            return 0.0
        return max(0.0, self.season.get(player, 0.0) - self.replacement.get(known.group or "", 0.0))

    def package(self, players: Iterable[str]) -> float:
        """What several players are worth together on the market, in points a week above replacement.

        The best one counts in full and each further one three quarters of the rank before: managers pay for
        the best player of a deal. The share is an assumption, not a measurement.
        """
        ranked = sorted(map(self.worth, players), reverse=True)
        return sum(worth * _MORE_PLAYERS**rank for rank, worth in enumerate(ranked))


@dataclass(frozen=True)
class Team:
    """A roster as trades see it."""

    ledger: Ledger
    roster: RosterWeek

    @cached_property
    def players(self) -> tuple[str, ...]:
        """All who could be started in one of the weeks: everyone but taxi and those nothing is known about."""
        return tuple(
            p for p in self.roster.players if p in self.ledger.candidates and p not in self.roster.taxi
        )

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Players who hold a place on the active roster."""
        return tuple(p for p in self.players if p not in self.roster.reserve)

    @cached_property
    def room(self) -> int:
        """Free places on the active roster."""
        view = self.ledger.view
        return max(0, len(view.slots) + view.bench_slots - len(self.active(self.roster.players)))

    def active(self, players: Iterable[str]) -> list[str]:
        """Those of the players who hold a place on the active roster."""
        apart = {*self.roster.reserve, *self.roster.taxi}
        return [p for p in players if p not in apart]

    @cached_property
    def points(self) -> tuple[float, ...]:
        """Points of the best line-up as the roster stands, by week."""
        return self.ledger.points(self.players)


def ledger(view: LeagueView, longest: int = LONGEST) -> Ledger:
    """The ledger of a league for at most so many weeks; without weeks when none is left or known."""
    reserve = {p for roster in view.rosters.values() for p in roster.reserve}
    begun = any(player.locked(view.now) for player in view.players.values())
    known = max((len(player.ahead) for player in view.players.values()), default=0)
    every = (*(() if begun else (view.week,)), *view.weeks_ahead[:known])
    weekly = {
        p.player_id: _weekly(p, every, view.week, p.player_id in reserve) for p in view.players.values()
    }
    return Ledger(
        view=view,
        weeks=every[:longest],
        candidates={
            player_id: tuple(
                Candidate(player_id, view.players[player_id].positions, points) for points in row[:longest]
            )
            for player_id, row in weekly.items()
            if view.players[player_id].group not in STREAMED
        },
        season={player_id: fmean(row or (0.0,)) for player_id, row in weekly.items()},
    )


def _weekly(player: PlayerWeek, weeks: Sequence[int], current: int, on_reserve: bool) -> tuple[float, ...]:
    ahead = [max(0.0, points) for points in player.ahead]
    if weeks[:1] == (current,):
        ahead.insert(0, 0.0 if on_reserve else max(0.0, player.expected))
    return tuple(ahead[index] if index < len(ahead) else 0.0 for index in range(len(weeks)))
