"""A week's matchup as it is shown: both line-ups slot by slot, what they end with, and how the odds moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from .curve import CurvePoint, curve
from .matchup import likely_lineup, side, win_probability
from .odds import weakened
from .projection import Basis
from .seat import AHEAD, OVER, PLAYING, UNKNOWN, Seat, seat
from .trust import lowered
from .view import LeagueView, RosterWeek, Source

if TYPE_CHECKING:
    from .shape import Shape  # imports numpy

Fielded = tuple[str | None, ...]
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Lineup:
    """A team's side of a matchup."""

    roster_id: int
    team_name: str
    manager: str | None
    mine: bool
    record: tuple[int, int, int]
    """Wins, losses, ties."""
    starters: tuple[Seat, ...]
    """Parallel to the slots; in best ball, the line-up that would score as things stand."""
    bench: tuple[Seat, ...]
    points: float | None
    """So far; none before the first game."""
    projected: float | None
    """What the line-up is expected to end with; none where nothing is projected."""
    playing: int
    to_play: int
    """Starters whose game is on, and whose game is ahead."""

    @property
    def done(self) -> bool:
        """True once the points so far are the final ones."""
        return self.points is not None and not self.playing and not self.to_play


@dataclass(frozen=True, slots=True)
class Total:
    """A team's week in one line."""

    roster_id: int
    team_name: str
    points: float | None
    projected: float | None


@dataclass(frozen=True, slots=True)
class OtherMatchup:
    """Another matchup of the league's week."""

    one: Total
    other: Total
    win: float | None
    """The chance (0 to 1) of the first."""


@dataclass(frozen=True, slots=True)
class MatchupBoard:
    """A team's matchup in one week."""

    league_id: str
    name: str
    season: str
    week: int
    now: datetime
    phase: str
    """before, live (a starter's game is on), between, over, or unknown without kickoffs."""
    mine: Lineup
    """The team that was asked for."""
    theirs: Lineup | None
    """None on a bye."""
    win: float | None
    """The chance (0 to 1) of `mine`, a tie as half; none without an opponent or with nothing projected."""
    curve: tuple[CurvePoint, ...]
    """How that chance moved until now, oldest first; empty where it is none."""
    shape: Shape | None
    """How often each total comes out; none where nothing is projected."""
    best_ball: bool
    next_kickoff: datetime | None
    """Of a starter on either side."""
    others: tuple[OtherMatchup, ...]
    stale: bool
    """Inputs are too old for a game day: the chance is drawn towards even."""
    lacks: tuple[str, ...]
    """What the odds do not know; sentences."""
    sources: tuple[Source, ...]


def board(view: LeagueView, roster_id: int) -> MatchupBoard:
    """The matchup of a team in the view's week; KeyError when there is no such team.

    The user's own line-up is the one that is set; others are those that will probably be fielded, see
    `matchup.likely_lineup`, and so are all in best ball.
    """
    from .shape import shape  # imports numpy

    me, foe = view.rosters[roster_id], view.opponent_of(roster_id)
    fielded = {roster.roster_id: _fielded(view, roster) for roster in view.rosters.values()}
    mine = _lineup(view, me, fielded[roster_id])
    theirs = _lineup(view, foe, fielded[foe.roster_id]) if foe is not None else None
    starters = (*mine.starters, *(theirs.starters if theirs is not None else ()))
    win: float | None = None
    moved: tuple[CurvePoint, ...] = ()
    if foe is not None and (win := _chance(view, fielded, me, foe)) is not None:
        moved = curve(view, me, foe, (fielded[roster_id], fielded[foe.roster_id]), win)
    sides = [side(view, fielded[one.roster_id]) for one in (me, foe) if one is not None]
    ahead = [seat.kickoff for seat in starters if seat.state == AHEAD and seat.kickoff is not None]
    return MatchupBoard(
        league_id=view.league_id,
        name=view.name,
        season=view.season,
        week=view.week,
        now=view.now,
        phase=_phase([seat.state for seat in starters]),
        mine=mine,
        theirs=theirs,
        win=win,
        curve=moved,
        shape=shape(sides[0], sides[1] if foe is not None else None) if mine.projected is not None else None,
        best_ball=view.is_best_ball,
        next_kickoff=min(ahead, default=None),
        others=_others(view, fielded, {roster_id, *((foe.roster_id,) if foe is not None else ())}),
        stale=view.stale,
        lacks=_lacks(mine, theirs, [seat.name for seat in starters if _guessed(view, seat)]),
        sources=view.sources,
    )


def _fielded(view: LeagueView, roster: RosterWeek) -> Fielded:
    padded = (*roster.starters, *([None] * len(view.slots)))[: len(view.slots)]
    if roster.roster_id == view.my_roster_id and not view.is_best_ball:
        return padded
    return likely_lineup(view, replace(roster, starters=padded))


def _lineup(view: LeagueView, roster: RosterWeek, fielded: Fielded) -> Lineup:
    starters = tuple(
        seat(view, slot, player, assumed=not view.is_best_ball and player not in roster.starters)
        for slot, player in zip(view.slots, fielded, strict=False)
    )
    apart = [("IR", p) for p in roster.reserve] + [("TAXI", p) for p in roster.taxi]
    bench = [("BN", p) for p in roster.players if p not in (*roster.reserve, *roster.taxi)]
    states = [one.state for one in starters]
    begun = PLAYING in states or OVER in states
    return Lineup(
        roster_id=roster.roster_id,
        team_name=roster.team_name,
        manager=roster.manager,
        mine=roster.roster_id == view.my_roster_id,
        record=(roster.wins, roster.losses, roster.ties),
        starters=starters,
        bench=tuple(seat(view, slot, player) for slot, player in (*bench, *apart) if player not in fielded),
        points=roster.points if begun else None,
        projected=_projected(view, fielded),
        playing=states.count(PLAYING),
        to_play=states.count(AHEAD),
    )


def _projected(view: LeagueView, fielded: Fielded) -> float | None:
    """The sum of what is expected of each; none where nothing is expected of anybody."""
    finals = [seat(view, "", player).final for player in fielded]
    known = [final for final in finals if final is not None]
    return sum(known) if known else None


def _chance(
    view: LeagueView, fielded: Mapping[int, Fielded], me: RosterWeek, foe: RosterWeek
) -> float | None:
    """The chance to win as it may be shown; once all is over, who has more points."""
    seats = [
        seat(view, slot, player)
        for roster in (me, foe)
        for slot, player in zip(view.slots, fielded[roster.roster_id], strict=False)
    ]
    if all(one.final is None for one in seats):
        return None
    if _phase([one.state for one in seats]) == OVER and me.points is not None and foe.points is not None:
        return 0.5 if me.points == foe.points else float(me.points > foe.points)
    mine, theirs = (side(view, fielded[one.roster_id]) for one in (me, foe))
    win = lowered(view, win_probability(mine, theirs))
    return weakened(win) if any(_guessed(view, one) for one in seats) else win


def _guessed(view: LeagueView, one: Seat) -> bool:
    """True of a starter who will play and of whom nothing is known to expect."""
    player = view.player(one.player_id)
    return (
        player is not None and player.projection.basis is Basis.NONE and not player.availability.is_dead
    ) and one.state in (AHEAD, PLAYING)


def _phase(states: Collection[str]) -> str:
    if PLAYING in states:
        return "live"
    if AHEAD in states:
        return "between" if OVER in states else "before"
    return OVER if OVER in states else UNKNOWN


def _others(
    view: LeagueView, fielded: Mapping[int, Fielded], apart: Collection[int]
) -> tuple[OtherMatchup, ...]:
    pairs = []
    for roster in view.rosters.values():
        foe = view.opponent_of(roster.roster_id)
        if foe is None or foe.roster_id < roster.roster_id or roster.roster_id in apart:
            continue
        one, other = (_total(view, team, fielded[team.roster_id]) for team in (roster, foe))
        pairs.append(OtherMatchup(one, other, _chance(view, fielded, roster, foe)))
    return tuple(pairs)


def _total(view: LeagueView, roster: RosterWeek, fielded: Fielded) -> Total:
    begun = any(player.locked(view.now) for player in map(view.player, fielded) if player is not None)
    points = roster.points if begun else None
    return Total(roster.roster_id, roster.team_name, points, _projected(view, fielded))


def _lacks(mine: Lineup, theirs: Lineup | None, guessed: Collection[str]) -> tuple[str, ...]:
    found = []
    if theirs is None:
        found.append("There is no opponent this week.")
    unknown = [one for team in (mine, theirs) if team for one in team.starters if one.state == UNKNOWN]
    if any(one.player_id is not None and one.position is None for one in unknown):
        found.append("Some starters are not in the players file: they count nothing until the next sync.")
    if guessed:
        names = ", ".join(guessed) if len(guessed) <= _NAMED else f"{len(guessed)} of the starters"
        found.append(f"Nothing is projected for {names}: what the line-ups will score is uncertain.")
    return tuple(found)
