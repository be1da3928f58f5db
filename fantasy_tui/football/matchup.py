"""Two line-ups against each other: whom the other side will field, the chance to win, where they are weak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from .lineup import Candidate, best_lineup
from .odds import NOTHING, Difference, Outlook, calibrated, difference
from .plan import available, locked_slots
from .view import LeagueView, PlayerWeek, RosterWeek

GAME_LASTS = timedelta(hours=3, minutes=15)
"""From kickoff to the final whistle; points are taken to come evenly over it."""

_KEPT_FIRST = 1_000.0


@dataclass(frozen=True, slots=True)
class Side:
    """A line-up's league points: those already scored, and the outlooks of what is still to come."""

    scored: float
    ahead: tuple[Outlook, ...]

    @property
    def expected(self) -> float:
        """What it is expected to end the week with."""
        return self.scored + sum(player.expected for player in self.ahead)


def side(view: LeagueView, lineup: Iterable[str | None]) -> Side:
    """The line-up as it stands now; players nothing is known about count nothing.

    A game under way leaves its remaining time's share of the projection, by mean and by variance; one that
    is over leaves nothing but the points scored.
    """
    parts = [_part(view, player) for player in map(view.player, lineup) if player is not None]
    return Side(sum(scored for scored, _ in parts), tuple(ahead for _, ahead in parts if ahead.variance > 0))


def expected_total(view: LeagueView, player: PlayerWeek) -> float:
    """Points he is expected to end the week with, those already scored included."""
    scored, ahead = _part(view, player)
    return scored + ahead.expected


def _part(view: LeagueView, player: PlayerWeek) -> tuple[float, Outlook]:
    whole = player.outlook()
    if not player.locked(view.now) or player.kickoff is None:
        return 0.0, whole
    scored = player.points or 0.0
    left = max(0.0, 1 - (view.now - player.kickoff) / GAME_LASTS)
    if left == 0:
        return scored, NOTHING
    # Whoever has scored is not in doubt any more.
    plays = whole.plays if scored == 0 else 1.0 if whole.plays else 0.0
    return scored, Outlook(
        left * whole.mean, left * whole.variance, plays, whole.position, whole.team, whole.opponent
    )


def margin(mine: Side, theirs: Side) -> Difference:
    """Mean and variance of my points less theirs.

    The sum of `odds.difference` over the games the players take part in: in different games they are
    independent, so that most pairs need not be looked at.
    """
    games: dict[frozenset[str | None], tuple[list[Outlook], list[Outlook]]] = {}
    for which, one in enumerate((mine, theirs)):
        for player in one.ahead:
            games.setdefault(frozenset((player.team, player.opponent)), ([], []))[which].append(player)
    parts = [difference(ins, outs) for ins, outs in games.values()]
    return Difference(
        mine.scored - theirs.scored + sum(part.mean for part in parts),
        sum(part.variance for part in parts),
    )


def win_probability(mine: Side, theirs: Side) -> float:
    """The chance (0 to 1) that my line-up outscores theirs, a tie as half a win.

    Normal sums by the curve calibrated for match-ups; on real ones it is as good as correlated draws (Brier
    score .2214 v .2211).
    """
    return calibrated(margin(mine, theirs).z, "matchup")


def likely_lineup(view: LeagueView, roster: RosterWeek) -> tuple[str | None, ...]:
    """The line-up a team will probably field: its starters as set, those who will not play replaced.

    Managers come so close to the best line-up by projections (85 % of hindsight v 87) that what they have
    set is the best guess. Holes are filled with the best players Sleeper would still accept, starters moved
    between slots where that is needed. In best ball it is the best line-up as expected now.
    """
    if view.is_best_ball:
        return _best_ball_lineup(view, roster)
    current = roster.starters
    if len(current) != len(view.slots):
        return current
    candidates = [
        Candidate(
            p.player_id,
            p.positions,
            # First as many of today's starters as possible, then points.
            p.expected + (_KEPT_FIRST if p.player_id in current else 0.0),
            p.kickoff,
        )
        for p in available(view, roster)
    ]
    fixed = {index: current[index] for index in locked_slots(view, roster)}
    best = best_lineup(view.slots, candidates, fixed=fixed, current=current).starters
    return tuple(
        was if now is None and was not in best else now for was, now in zip(current, best, strict=True)
    )


def _best_ball_lineup(view: LeagueView, roster: RosterWeek) -> tuple[str | None, ...]:
    barred = {*roster.reserve, *roster.taxi}
    players = [view.players[p] for p in roster.players if p in view.players and p not in barred]
    candidates = [Candidate(p.player_id, p.positions, expected_total(view, p), p.kickoff) for p in players]
    return best_lineup(view.slots, candidates).starters


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """A slot in which a team expects less than the league's median starter of the same rank there."""

    slot: str
    player_id: str | None
    expected: float
    usual: float
    """The median of the other teams, league points."""

    @property
    def short(self) -> float:
        """Points below the median."""
        return self.usual - self.expected


def weak_spots(
    view: LeagueView, lineup: Sequence[str | None], others: Sequence[Sequence[str | None]]
) -> list[WeakSpot]:
    """The slots still to be played in which a line-up falls short of the others' median, the worst first.

    Slots of one name are compared best with best, second with second, and so on.
    """
    ranks = [_by_rank(view, other) for other in others]
    found = []
    for key, (player_id, expected) in _by_rank(view, lineup).items():
        player = view.player(player_id)
        if player is not None and player.locked(view.now):
            continue
        elsewhere = [rank[key][1] for rank in ranks if key in rank]
        if elsewhere and (usual := median(elsewhere)) > expected:
            found.append(WeakSpot(key[0], player_id, expected, usual))
    return sorted(found, key=lambda spot: -spot.short)


def _by_rank(
    view: LeagueView, lineup: Sequence[str | None]
) -> dict[tuple[str, int], tuple[str | None, float]]:
    """(slot, rank among its namesakes) to who stands there and what he is expected to score."""
    held: dict[str, list[tuple[str | None, float]]] = {}
    for slot, player_id in zip(view.slots, lineup, strict=False):
        player = view.player(player_id)
        points = expected_total(view, player) if player is not None else 0.0
        held.setdefault(slot, []).append((player_id, points))
    return {
        (slot, rank): one
        for slot, group in held.items()
        for rank, one in enumerate(sorted(group, key=lambda each: -each[1]))
    }
