"""League scoring: statistics times the league's settings."""

from collections.abc import Mapping


def league_points(stats: Mapping[str, float], scoring: Mapping[str, float]) -> float:
    """Return the points of a stat line: the sum of stat times setting over the keys both have.

    This is Sleeper's own rule: the derived statistics it prices (`bonus_rec_te`, `pts_allow_0`, `fgm_50p`)
    are keys of the stat line, so nothing is added or capped here. Projected stat lines lack some: see
    `projection`.
    """
    return sum(value * scoring[stat] for stat, value in stats.items() if stat in scoring)
