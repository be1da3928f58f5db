"""How likely an add is to pay: the spread of what the best line-ups gain, and the waiver curve."""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from .odds import (
    AGAINST_NOTHING,
    NOTHING,
    Difference,
    Outlook,
    calibrated,
    difference,
    lasting,
    outlook,
)
from .waiver import WIRE, Move, Wire, believed, candidate, delivered, horizon, points


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
        old = here.starters(week, here.anyway(week, add))
        joins, leaves = sorted(new - old), sorted(old - new)
        ins, outs = ([_outlook(here, player, week, stale) for player in side] for side in (joins, leaves))
        variance += difference(ins, outs).variance
        mean += believed(promise) if place == 0 else delivered(promise)
        alone = alone and not any(one.spread for one in outs)
        for sign, side, looks in ((1, joins, ins), (-1, leaves, outs)):
            for player_id, look in zip(side, looks, strict=True):
                spreads[player_id].append(sign * sqrt(look.spread))
    variance += lasting(spreads.values())
    spread = Difference(mean, max(0.0, variance))
    # A defence can score less than nothing.
    against_nothing = alone and move.promise > 0 and add.group != "DEF"
    probability = AGAINST_NOTHING if against_nothing else calibrated(spread.z, "waiver")
    return Chance(probability, Difference(move.gain, spread.variance), against_nothing)


def _outlook(here: Wire, player_id: str, week: int, stale: bool) -> Outlook:
    player = here.view.player(player_id)
    if player is None:
        group = player_id.removeprefix(f"{WIRE} ")
        return outlook(group, here.level.get(group, 0.0))
    if week == 0:
        return player.outlook(stale=stale)
    value = points(player, week)
    return outlook(player.group, value) if value > 0 else NOTHING
