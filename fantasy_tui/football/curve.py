"""How the chance to win a matchup moved over the week, game window by game window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .lineup import Candidate, best_lineup
from .matchup import GAME_LASTS, Side, win_probability
from .odds import NOTHING, Outlook
from .view import LeagueView, PlayerWeek, RosterWeek

Lineup = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The chance to win at an instant, 0 to 1."""

    at: datetime
    win: float


def curve(
    view: LeagueView, me: RosterWeek, foe: RosterWeek, lineups: tuple[Lineup, Lineup], now: float
) -> tuple[CurvePoint, ...]:
    """The chance that `me` beats `foe` at the start and at the end of each window of games until the view's now.

    What is over by an instant counts with its points, all else with its distribution: of a game under way no
    points of that time are known, so a window moves the chance when it ends. Line-ups are those of today; in best
    ball, the best by what was known then. `now` is the chance at the view's now, which ends the curve until the
    last game is over. The future is left out.
    """
    known = [
        p
        for p in map(view.player, _in_play(view, me, foe, lineups))
        if p is not None and p.kickoff is not None
    ]
    starts = {p.kickoff for p in known if p.kickoff is not None}
    ends = {start + GAME_LASTS for start in starts}
    last = max(ends, default=view.now)
    instants = sorted(instant for instant in starts | ends if instant < view.now)
    before = [CurvePoint(at, _chance(view, me, foe, lineups, at)) for at in instants if at != last]
    return (*before, CurvePoint(min(view.now, last), now))


def _in_play(
    view: LeagueView, me: RosterWeek, foe: RosterWeek, lineups: tuple[Lineup, Lineup]
) -> list[str | None]:
    if view.is_best_ball:
        return [*me.players, *foe.players]
    return [*lineups[0], *lineups[1]]


def _chance(
    view: LeagueView, me: RosterWeek, foe: RosterWeek, lineups: tuple[Lineup, Lineup], at: datetime
) -> float:
    mine, theirs = (
        _side(view, _best_then(view, roster, at) if view.is_best_ball else lineup, at)
        for roster, lineup in zip((me, foe), lineups, strict=True)
    )
    return win_probability(mine, theirs)


def _side(view: LeagueView, lineup: Lineup, at: datetime) -> Side:
    parts = [_then(player, at) for player in map(view.player, lineup) if player is not None]
    return Side(sum(scored for scored, _ in parts), tuple(ahead for _, ahead in parts if ahead.variance > 0))


def _then(player: PlayerWeek, at: datetime) -> tuple[float, Outlook]:
    """Points scored by then in a game that was over, or the outlook of one that was not."""
    if player.kickoff is not None and player.kickoff + GAME_LASTS <= at:
        return player.points or 0.0, NOTHING
    # Whoever has scored since was not out then, whatever has been reported about him after the game.
    fit = replace(player, injury_status=None) if player.points else player
    return 0.0, fit.outlook()


def _best_then(view: LeagueView, roster: RosterWeek, at: datetime) -> Lineup:
    barred = {*roster.reserve, *roster.taxi}
    players = [view.players[p] for p in roster.players if p in view.players and p not in barred]
    worth = {p.player_id: _then(p, at) for p in players}
    return best_lineup(
        view.slots,
        [
            Candidate(
                p.player_id,
                p.positions,
                worth[p.player_id][0] + worth[p.player_id][1].expected,
                p.kickoff,
            )
            for p in players
        ],
    ).starters
