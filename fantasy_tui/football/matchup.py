"""Two line-ups against each other: the chance to win in closed form, and by draws the picture around it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from statistics import median
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from .lineup import Candidate, best_lineup
from .odds import NOTHING, Difference, Outlook, calibrated, correlation, difference
from .plan import available, locked_slots
from .view import LeagueView, PlayerWeek, RosterWeek

DRAWS = 10_000
LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
"""The quantiles of a picture."""
FAR = 20.0
"""A margin of so many points is a clear one."""
GAME_LASTS = timedelta(hours=3, minutes=15)
"""From kickoff to the final whistle; points are taken to come evenly over it."""

SKEW: Mapping[str, float] = MappingProxyType(
    {"QB": 0.2, "RB": 0.94, "WR": 0.97, "TE": 1.1, "K": 0.4, "DEF": 0.93}
)
"""Skewness of what a game's points differ from their projection (seasons 2021-25)."""
_USUAL_SKEW = 0.9
_KEPT_FIRST = 1_000.0
_Floats = npt.NDArray[np.float32]


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


@dataclass(frozen=True, slots=True)
class Picture:
    """How a matchup may end, by draws: league points at each of `LEVELS`, and chances from 0 to 1."""

    mine: tuple[float, ...]
    theirs: tuple[float, ...]
    margin: tuple[float, ...]
    """My points less theirs."""
    win: float
    """A tie counts as half a win."""
    clear_win: float
    """By twenty points or more."""
    clear_loss: float


def picture(mine: Side, theirs: Side, draws: int = DRAWS, seed: int = 1) -> Picture:
    """Draw both line-ups' points so often; the same seed gives the same picture."""
    own, other = totals(mine, theirs, draws, seed)
    ahead = own - other
    return Picture(
        mine=_quantiles(own),
        theirs=_quantiles(other),
        margin=_quantiles(ahead),
        win=float((ahead > 0).mean() + (ahead == 0).mean() / 2),
        clear_win=float((ahead >= FAR).mean()),
        clear_loss=float((ahead <= -FAR).mean()),
    )


def needed(rest: Side, theirs: Side, chances: Sequence[float], draws: int = DRAWS) -> tuple[float, ...]:
    """Points that my players outside `rest` must add for each of these chances (0 to 1) to win; at least 0."""
    own, other = totals(rest, theirs, draws)
    return tuple(max(0.0, float(points)) for points in np.quantile(other - own, chances))


def totals(mine: Side, theirs: Side, draws: int = DRAWS, seed: int = 1) -> tuple[_Floats, _Floats]:
    """Both line-ups' league points in each of so many draws (rounded up to an even number).

    Players' means, variances, skewness and correlations are those of the closed form: correlated standard
    normals z (every one also with its sign turned), bent to a z + b (z² - 1) with a² + 2 b² = 1 and the
    position's skewness 6 b - 4 b³. Whether somebody in doubt plays is drawn apart.
    """
    players = [*mine.ahead, *theirs.ahead]
    rng = np.random.default_rng(seed)
    bend = np.array([_BEND.get(player.position or "", _USUAL_BEND) for player in players])
    straight = np.sqrt(1 - 2 * bend**2)
    sd = np.sqrt([player.variance for player in players])
    means = np.array([player.mean for player in players])
    half = rng.standard_normal(((draws + 1) // 2, len(players)), dtype=np.float32)
    half = half @ _root(players, bend, straight)
    z = np.concatenate((half, -half))
    points = z * (bend * sd).astype(np.float32)
    points += (straight * sd).astype(np.float32)
    points *= z
    points += (means - bend * sd).astype(np.float32)
    for column, player in enumerate(players):
        if player.plays < 1:
            points[:, column] *= rng.random(len(z), dtype=np.float32) < player.plays
    weights = np.zeros((len(players), 2), dtype=np.float32)
    weights[: len(mine.ahead), 0] = weights[len(mine.ahead) :, 1] = 1
    both = points @ weights
    return both[:, 0] + np.float32(mine.scored), both[:, 1] + np.float32(theirs.scored)


def _quantiles(values: _Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in np.quantile(values, LEVELS))


def _bend_of(skew: float) -> float:
    """The b with 6 b - 4 b³ equal to the skewness."""
    bend = 0.0
    for _ in range(30):
        bend = (skew + 4 * bend**3) / 6
    return bend


_BEND = {position: _bend_of(skew) for position, skew in SKEW.items()}
_USUAL_BEND = _bend_of(_USUAL_SKEW)


def _root(
    players: Sequence[Outlook], bend: npt.NDArray[np.float64], straight: npt.NDArray[np.float64]
) -> _Floats:
    """The symmetric root of the normals' correlations, chosen so that the bent ones correlate as measured."""
    matrix = np.eye(len(players))
    for one in range(len(players)):
        for other in range(one):
            if rho := correlation(players[one], players[other]):
                # Bent normals with correlation r correlate by a a' r + 2 b b' r².
                linear, square = straight[one] * straight[other], 2 * bend[one] * bend[other]
                inner = max(0.0, linear * linear + 4 * square * rho)
                matrix[one, other] = matrix[other, one] = 2 * rho / (linear + sqrt(inner))
    values, vectors = np.linalg.eigh(matrix)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    # Correlations measured pair by pair need not go together; unit columns keep every variance.
    unit: _Floats = (root / np.sqrt((root**2).sum(axis=0))).astype(np.float32)
    return unit
