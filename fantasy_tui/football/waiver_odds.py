"""How likely an add is to pay: the spread of what the best line-ups gain, and the waiver curve."""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from .odds import AGAINST_NOTHING, NOTHING, Difference, Outlook, calibrated, difference, outlook
from .view import PlayerWeek
from .waiver import Move, Wire, believed, candidate, delivered, horizon, points

STANDING_SHARE = 0.18
"""Correlation between weeks of what a projection misses: single games are missed by 5.94 points, means of
four by 3.68 (measured), which leaves 6.3 of 35.3 points squared that do not average out."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a move is to score at least as much as doing nothing."""

    probability: float
    difference: Difference
    """Of the best line-ups over the horizon; its mean is the expected gain."""
    against_nothing: bool
    """True when nobody who would score is displaced."""


def chance(here: Wire, move: Move, *, stale: bool = False) -> Chance:
    """The chance that the best line-ups with the move score at least what they do without.

    Standardises the gain by the players who differ, week by week, and asks the waiver curve (of `odds`). The
    first week's promise counts unshrunk, later ones shrunk. For two receivers, promises spread as an exponential
    with the measured mean of 1.36, that gives .64, .70 and .76 where at least 1.5, 3 and 5 points are promised
    for one week; .64, .70 and .77 were measured (the shrunk promise would give .61, .65 and .71). For at least 2
    points a week over ten weeks it gives .72; .69 was measured, on trades. `stale` widens this week's spread.
    """
    add = here.view.players[move.add]
    variance, mean = 0.0, 0.0
    spreads: dict[str, list[float]] = defaultdict(list)
    alone = True
    for place, (week, promise) in enumerate(zip(horizon(here, add), move.promised, strict=True)):
        new = here.starters(week, candidate(add, week), move.drop)
        old = here.starters(week)
        joins, leaves = sorted(new - old), sorted(old - new)
        ins, outs = (
            [_outlook(here.view.players[player], week, stale) for player in side] for side in (joins, leaves)
        )
        variance += difference(ins, outs).variance
        mean += believed(promise) if place == 0 else delivered(promise)
        alone = alone and not any(one.spread for one in outs)
        for sign, side, looks in ((1, joins, ins), (-1, leaves, outs)):
            for player_id, look in zip(side, looks, strict=True):
                spreads[player_id].append(sign * sqrt(look.spread))
    for parts in spreads.values():
        variance += STANDING_SHARE * (sum(parts) ** 2 - sum(part * part for part in parts))
    spread = Difference(mean, max(0.0, variance))
    # A defence can score less than nothing.
    against_nothing = alone and move.promise > 0 and add.group != "DEF"
    probability = AGAINST_NOTHING if against_nothing else calibrated(spread.z, "waiver")
    return Chance(probability, Difference(move.gain, spread.variance), against_nothing)


def _outlook(player: PlayerWeek, week: int, stale: bool) -> Outlook:
    if week == 0:
        return player.outlook(stale=stale)
    value = points(player, week)
    return outlook(player.group, value) if value > 0 else NOTHING
