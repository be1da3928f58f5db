"""What kind of player someone is, as a vector: two players alike have a cosine near 1.

Made from Sleeper's weekly stat lines alone: 37 measures of how a player was used and what he made of it, each
turned into a standard score by its rank among the players of the fit weeks, then the 24 principal components, each
divided by the root of its standard deviation, then unit length. The constants stand in `profile.json`; nothing of
them depends on a position. Neighbours tell who is used alike; they do not forecast points.
"""

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from operator import itemgetter, mul
from statistics import NormalDist, fmean, pstdev
from typing import Any

from .scoring import league_points

Line = Mapping[str, Any]
"""A player's stats of one week by Sleeper's names."""

POSITIONS = ("QB", "RB", "WR", "TE")
"""Positions that have profiles: kickers and defenders have none of the stats."""
SHARING = (*POSITIONS, "FB")
"""Positions whose lines make up their team's totals."""
LEAST_GAMES = 3
"""Games without which nothing is said."""
CLIP = 3.0
"""Standard scores end here."""

_KEPT = 0.85
"""Weight of a game relative to the one that followed it."""
_RECENT = 3
_SOFTENED = 2.0
"""Points added to the mean under the spread, so that a mean near nothing does not blow it up."""
_BOUND = 1e6
_NORMAL = NormalDist()
_FURTHEST = _NORMAL.cdf(CLIP)

_PPR = {
    "pass_yd": 0.04, "pass_td": 4.0, "pass_int": -1.0, "rush_yd": 0.1, "rush_td": 6.0, "rec": 1.0,
    "rec_yd": 0.1, "rec_td": 6.0, "fum_lost": -2.0,
}  # fmt: skip
"""The same points for everyone, whatever his league counts."""

_VOLUMES = (
    "pass_att", "pass_yd", "pass_td", "pass_int", "pass_sack", "rush_att", "rush_yd", "rush_td", "rush_fd",
    "rush_rz_att", "rec_tgt", "rec", "rec_yd", "rec_td", "rec_fd", "rec_air_yd", "rec_rz_tgt", "off_snp", "st_snp",
)  # fmt: skip
"""Stats a game."""
_USED = ("pass_att", "rush_att", "rec_tgt", "rec", "pass_yd", "rush_yd", "rec_yd", "off_snp")
"""Any of these makes a game of the offence's; special teams alone do not."""
_SNAPS = ("off_snp", "st_snp")
_TEAM_SNAPS = ("tm_off_snp", "tm_def_snp", "tm_st_snp")

_RATIOS = {
    "pass_cmp/pass_att": 30.0,
    "pass_yd/pass_att": 30.0,
    "pass_air_yd/pass_cmp": 20.0,
    "rush_yd/rush_att": 20.0,
    "rush_yac/rush_att": 20.0,
    "rec/rec_tgt": 10.0,
    "rec_yd/rec_tgt": 10.0,
    "rec_air_yd/rec": 8.0,
    "rec_yar/rec": 8.0,
    "rec_tgt/off_snp": 40.0,
}
"""Efficiencies, and the attempts at everyone's average that are added to a player's own."""
_SHARES = ("targets", "rushes", "air_yards", "red_zone")
_POINTS = ("points", "form", "volatility")

MEASURES = (*_VOLUMES, "snaps/team", *(f"{share}/team" for share in _SHARES), *_RATIOS, *_POINTS)
"""Names of the measures in order."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a team's players did together in one week."""

    targets: float = 0.0
    rushes: float = 0.0
    air_yards: float = 0.0
    red_zone: float = 0.0
    """Runs and targets inside the 20."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How one measure becomes a standard score."""

    name: str
    quantiles: tuple[float, ...]
    """At equal steps from 0 to 1, among players of the fit weeks who have the measure."""
    centre: float
    """Mean standard score of those players: not 0 where many share one value."""


@dataclass(frozen=True, slots=True)
class Constants:
    """All that was fitted."""

    version: str
    obtained: str
    """How the constants were obtained."""
    fit_weeks: str
    test_weeks: str
    """Weeks that took no part in the fit."""
    pooled: Mapping[str, float]
    """Everyone's efficiencies, as in `_RATIOS`."""
    measures: tuple[Measure, ...]
    components: tuple[tuple[float, ...], ...]
    """Loadings of each principal component; its largest is positive."""
    scales: tuple[float, ...]
    """What each component is divided by: the root of its standard deviation."""


def read(text: str) -> Constants:
    """Constants from the file's text; raises KeyError, TypeError or ValueError where it is not such a file."""
    values = json.loads(text)
    measures = tuple(
        Measure(one["name"], tuple(one["quantiles"]), one["centre"]) for one in values["measures"]
    )
    if tuple(one.name for one in measures) != MEASURES:
        raise ValueError("the constants are of other measures")
    return Constants(
        version=values["version"],
        obtained=values["obtained"],
        fit_weeks=values["fit_weeks"],
        test_weeks=values["test_weeks"],
        pooled=values["pooled"],
        measures=measures,
        components=tuple(tuple(row) for row in values["components"]),
        scales=tuple(values["scales"]),
    )


@cache
def shipped() -> Constants:
    """The constants of this release, read when first needed."""
    return read(files(__package__).joinpath("profile.json").read_text("utf-8"))


def profiles(
    weeks: Iterable[Mapping[str, Line]],
    teams: Mapping[str, str | None],
    constants: Constants | None = None,
) -> dict[str, tuple[float, ...]]:
    """The profile of everyone who has one, from each week's lines of a season's players, oldest first.

    `teams` has today's team of each player.
    """
    return {
        player: vector
        for player, games in history(weeks, teams).items()
        if (vector := profile([line for line, _ in games], [total for _, total in games], constants))
    }


def history(
    weeks: Iterable[Mapping[str, Line]], teams: Mapping[str, str | None]
) -> dict[str, list[tuple[Line, Totals]]]:
    """Each player's games in order, with what his team did in them."""
    games: dict[str, list[tuple[Line, Totals]]] = {}
    for lines in weeks:
        played = {player: line for player, line in lines.items() if is_game(line)}
        totals = week_totals(played, teams)
        for player, line in played.items():
            games.setdefault(player, []).append((line, totals[player]))
    return games


def is_game(line: Line) -> bool:
    """True where the player took part in the offence."""
    return any(_number(line, stat) for stat in _USED)


def week_totals(lines: Mapping[str, Line], teams: Mapping[str, str | None]) -> dict[str, Totals]:
    """For each player of a week, what his team of that week did; nothing where his team is not known."""
    groups: dict[object, list[str]] = {}
    # In an order of its own: neither sums nor ties may depend on the order of the lines.
    for player, team in sorted(_teams_of_week(lines, teams).items(), key=itemgetter(0)):
        groups.setdefault(team, []).append(player)
    found: dict[str, Totals] = {}
    for team, members in groups.items():
        total = _totals([lines[player] for player in members]) if team is not None else Totals()
        found.update(dict.fromkeys(members, total))
    return found


# As many players of one team as hardly ever move to another team together.
_A_TEAM = 6


def _teams_of_week(lines: Mapping[str, Line], teams: Mapping[str, str | None]) -> dict[str, object]:
    """What names each player's team of the week: a line tells how many snaps the team had, not which one it was.

    Its three numbers of snaps are hardly ever those of another team; where they are (three weeks of 2024), today's
    teams tell the two apart. Lines without them go by today's team.
    """
    groups: dict[tuple[float, ...], list[str]] = {}
    found: dict[str, object] = {}
    for player, line in lines.items():
        snaps = tuple(_number(line, stat) for stat in _TEAM_SNAPS)
        if all(snaps):
            groups.setdefault(snaps, []).append(player)
        else:
            found[player] = teams.get(player)
    for snaps, members in groups.items():
        today = Counter(team for player in members if (team := teams.get(player)) is not None)
        most = max(sorted(today), key=today.__getitem__, default=None)
        for player in members:
            own = teams.get(player)
            found[player] = (snaps, own if own is not None and today[own] >= _A_TEAM else most)
    return found


def _totals(lines: Sequence[Line]) -> Totals:
    def total(*stats: str) -> float:
        return sum(_number(line, stat) for line in lines for stat in stats)

    return Totals(
        total("rec_tgt"), total("rush_att"), total("rec_air_yd"), total("rush_rz_att", "rec_rz_tgt")
    )


def profile(
    lines: Sequence[Line], totals: Sequence[Totals], constants: Constants | None = None
) -> tuple[float, ...] | None:
    """The unit vector of a player's season so far, oldest game first; none from fewer than three games.

    `totals` has his team's totals of the same games. Numbers are rounded to 6 digits, so that 32 bits hold them.
    """
    constants = constants or shipped()
    found = measures(lines, totals, constants.pooled)
    if found is None:
        return None
    scores = [
        standard_score(value, one.quantiles) - one.centre if value is not None else 0.0
        for value, one in zip(found, constants.measures, strict=True)
    ]
    parts = [
        sum(map(mul, loadings, scores)) / scale
        for loadings, scale in zip(constants.components, constants.scales, strict=True)
    ]
    length = sqrt(sum(part * part for part in parts))
    if length < 1e-6:
        return None
    return tuple(round(part / length, 6) for part in parts)


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """How alike two profiles are, -1 to 1; neither may be all zeros."""
    lengths: float = sqrt(sum(map(mul, one, one)) * sum(map(mul, other, other)))
    product: float = sum(map(mul, one, other))
    return product / lengths


def standard_score(value: float, quantiles: Sequence[float]) -> float:
    """The normal score of a value's rank among the quantiles, within three; values many share get their middle rank."""
    left, right = bisect_left(quantiles, value), bisect_right(quantiles, value)
    if left < right:
        place = (left + right - 1) / 2
    elif left == 0 or left == len(quantiles):
        place = left
    else:
        below, above = quantiles[left - 1], quantiles[left]
        place = left - 1 + (value - below) / (above - below)
    share = place / (len(quantiles) - 1)
    return _NORMAL.inv_cdf(min(_FURTHEST, max(1 - _FURTHEST, share)))


def measures(
    lines: Sequence[Line], totals: Sequence[Totals], pooled: Mapping[str, float]
) -> tuple[float | None, ...] | None:
    """The 37 measures, in the order of `MEASURES`; none where he had no attempt, all none without three games."""
    games = [(line, total) for line, total in zip(lines, totals, strict=True) if is_game(line)]
    if len(games) < LEAST_GAMES:
        return None
    lines = [line for line, _ in games]
    weights = [_KEPT**age for age in reversed(range(len(games)))]
    whole = sum(weights)

    def weighed(numbers: Iterable[float]) -> float:
        return float(sum(map(mul, weights, numbers)))

    def summed(*stats: str) -> float:
        return weighed(sum(_number(line, stat) for stat in stats) for line in lines)

    counted = summed("tm_off_snp")
    values: list[float | None] = [
        summed(stat) / whole if counted or stat not in _SNAPS else None for stat in _VOLUMES
    ]
    values.append(summed("off_snp") / counted if counted else None)
    for own, name in (
        (summed("rec_tgt"), "targets"),
        (summed("rush_att"), "rushes"),
        (summed("rec_air_yd"), "air_yards"),
        (summed("rush_rz_att", "rec_rz_tgt"), "red_zone"),
    ):
        team = weighed(getattr(total, name) for _, total in games)
        values.append(own / team if team > 0 else None)
    for ratio, added in _RATIOS.items():
        made, tried = (summed(stat) for stat in ratio.split("/"))
        values.append((made + added * pooled[ratio]) / (tried + added) if tried > 0 else None)
    values += _points(lines, weights)
    return tuple(round(value, 6) if value is not None else None for value in values)


def _points(lines: Sequence[Line], weights: Sequence[float]) -> tuple[float, float, float]:
    """Weighed mean of points, the last three games' mean above the season's, and how much games differ."""
    points = [league_points({stat: _number(line, stat) for stat in _PPR}, _PPR) for line in lines]
    mean = sum(map(mul, weights, points)) / sum(weights)
    return mean, fmean(points[-_RECENT:]) - fmean(points), pstdev(points) / (abs(mean) + _SOFTENED)


def pooled(games: Iterable[Line]) -> dict[str, float]:
    """Everyone's efficiencies together; 0 where nobody had an attempt."""
    games = list(games)
    found = {}
    for ratio in _RATIOS:
        made, tried = (sum(_number(line, stat) for line in games) for stat in ratio.split("/"))
        found[ratio] = made / tried if tried > 0 else 0.0
    return found


def _number(line: Line, stat: str) -> float:
    value = line.get(stat)
    # A number out of all bounds, or none at all, is not a stat.
    return float(value) if isinstance(value, int | float) and -_BOUND < value < _BOUND else 0.0
