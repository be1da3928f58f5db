"""The rest of a season in many draws: who makes the playoffs, on which seed, and who wins them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

SEASONS = 10_000
# Weeks without known pairings are paired anew in so many parts of the draws.
_SCHEDULES = 10
# More than any season's points, so that a win always comes first.
_WIN = 1e5
# More than any season's wins, so that winning a division comes before them.
_WINNER = 1e3 * _WIN
_Floats = npt.NDArray[np.float32]
_Ints = npt.NDArray[np.int8]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Team:
    """A team's standing, and mean and variance of its points in each week still to play, playoffs included."""

    roster_id: int
    wins: float
    """A tie counts as half a win."""
    points_for: float
    means: tuple[float, ...]
    variances: tuple[float, ...]
    division: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How the season ends: the playoffs' rounds, each as the indexes of its weeks among the teams' weeks."""

    playoff_teams: int
    rounds: tuple[tuple[int, ...], ...]
    median_game: bool = False
    """Each week every team also plays the league's median."""
    reseeds: bool = False
    """After each round the best seed left meets the worst; otherwise the bracket is fixed."""


@dataclass(frozen=True, slots=True)
class TeamOdds:
    """How a team's season ends; chances from 0 to 1."""

    playoffs: float
    bye: float
    champion: float
    wins: float
    """Mean wins at the end of the regular season."""
    seeds: tuple[float, ...]
    """The chance to finish first, second, and so on to last."""
    if_won: float | None
    """The chance to make the playoffs after winning this week's matchup; none without one."""
    if_lost: float | None
    final_wins: tuple[tuple[float, float], ...] = ()
    """Wins at the end of the regular season, a tie as half a win, each with its share of the draws; fewest first."""


def simulate(
    teams: Sequence[Team],
    schedule: Sequence[Sequence[Pair] | None],
    rules: Rules,
    *,
    seasons: int = SEASONS,
    seed: int = 1,
) -> dict[int, TeamOdds]:
    """Play the remaining regular season and the playoffs so often; the same seed gives the same odds.

    `schedule` holds for each regular week the pairs of rosters that meet; none is paired at random. Points
    are normal and independent; every draw is also played with its deviations turned. Seeds go by wins, then
    points, the winners of divisions before all others; the best get the byes where the playoff teams are no power
    of two. Raises ValueError where the rules have too few rounds for their playoff teams.
    """
    if len(rules.rounds) < rounds_for(min(rules.playoff_teams, len(teams))):
        raise ValueError(f"{len(rules.rounds)} rounds are too few for {rules.playoff_teams} playoff teams")
    rng = np.random.default_rng(seed)
    count, weeks = len(teams), len(schedule)
    means = np.array([team.means for team in teams], dtype=np.float32).reshape(count, -1).T
    spreads = np.sqrt(np.array([team.variances for team in teams], dtype=np.float32)).reshape(count, -1).T
    half = rng.standard_normal((weeks, count, (seasons + 1) // 2), dtype=np.float32)
    half *= spreads[:weeks, :, None]
    points = np.concatenate((half, -half), axis=-1)
    points += means[:weeks, :, None]

    index = {team.roster_id: number for number, team in enumerate(teams)}
    wins = np.empty((count, points.shape[-1]), dtype=np.float32)
    wins[:] = np.array([team.wins for team in teams], dtype=np.float32)[:, None]
    first: dict[int, npt.NDArray[np.bool_]] = {}
    for week, pairs in enumerate(schedule):
        if pairs is None:
            _play_at_random(points[week], wins, rng)
            continue
        for one, other in pairs:
            a, b = index[one], index[other]
            won = _meet(points[week], wins, a, b, slice(None))
            if week == 0:
                first[a], first[b] = won, ~won
    if rules.median_game and weeks:
        # The better half beats the median; the middle team of an odd number ties with it.
        behind = 2 * _places(points) + 1
        wins += ((behind < count) + (behind == count) / np.float32(2)).sum(axis=0, dtype=np.float32)

    start = np.array([team.points_for for team in teams])[:, None]
    table = wins * _WIN + (start + points.sum(axis=0))
    for division in {team.division for team in teams if team.division is not None}:
        members = [number for number, team in enumerate(teams) if team.division == division]
        winners = np.array(members)[table[members].argmax(axis=0)]
        table[winners, np.arange(table.shape[-1])] += _WINNER
    places = _places(table)
    champions = _champions(places, means, spreads, rules, rng)
    return {
        team.roster_id: _odds(team_places, wins[number], champions == number, rules, count, first.get(number))
        for number, (team, team_places) in enumerate(zip(teams, places, strict=True))
    }


def _meet(points: _Floats, wins: _Floats, a: int, b: int, part: slice) -> npt.NDArray[np.bool_]:
    won: npt.NDArray[np.bool_] = points[a, part] > points[b, part]
    tied = points[a, part] == points[b, part]
    wins[a, part] += won
    wins[b, part] += ~won
    if tied.any():
        wins[a, part] += tied * np.float32(0.5)
        wins[b, part] -= tied * np.float32(0.5)
    return won


def _play_at_random(points: _Floats, wins: _Floats, rng: np.random.Generator) -> None:
    """Pair the teams anew in each part of the draws; of an odd number one stays out."""
    edges = np.linspace(0, points.shape[-1], _SCHEDULES + 1).astype(int)
    for start, stop in pairwise(edges):
        order = rng.permutation(len(points))
        for a, b in zip(order[0::2], order[1::2], strict=False):
            _meet(points, wins, int(a), int(b), slice(start, stop))


def _places(values: npt.NDArray[np.floating]) -> _Ints:
    """How many teams are ahead of each, along the axis before the last; of equal ones the first is ahead."""
    places = np.zeros(values.shape, dtype=np.int8)
    for a, b in combinations(range(values.shape[-2]), 2):
        behind = values[..., a, :] < values[..., b, :]
        places[..., a, :] += behind
        places[..., b, :] += ~behind
    return places


def _champions(
    places: _Ints, means: _Floats, spreads: _Floats, rules: Rules, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """The index of each draw's champion; -1 where there are no playoffs."""
    count, seasons = places.shape
    entrants = min(rules.playoff_teams, count)
    if entrants < 1:
        return np.full(seasons, -1, dtype=np.intp)
    draws = np.arange(seasons)
    by_place = np.empty((count, seasons), dtype=np.intp)
    for number in range(count):
        by_place[places[number], draws] = number
    order = _bracket(entrants)
    left = np.repeat(np.array(order, dtype=np.int8)[:, None], seasons, axis=1)
    for weeks in rules.rounds[: rounds_for(entrants)]:
        mean = means[list(weeks)].sum(axis=0)
        spread = np.sqrt((spreads[list(weeks)] ** 2).sum(axis=0))
        # A place that nobody holds, the other side's bye, never wins.
        team = by_place[np.minimum(left, count - 1), draws]
        scored = mean[team] + spread[team] * rng.standard_normal(left.shape, dtype=np.float32)
        scored[left >= entrants] = -np.inf
        left = np.where(scored[0::2] >= scored[1::2], left[0::2], left[1::2])
        if rules.reseeds and len(left) > 2:
            left = np.sort(left, axis=0)[_bracket(len(left))]
    champion: npt.NDArray[np.intp] = by_place[left[0], draws]
    return champion


def _bracket(entrants: int) -> list[int]:
    """Places (0 leads) in the order of a full bracket, neighbours meeting: 0, 3, 1, 2 for four."""
    order = [0]
    while len(order) < entrants:
        size = 2 * len(order)
        order = [place for seed in order for place in (seed, size - 1 - seed)]
    return order


def rounds_for(entrants: int) -> int:
    """How many rounds it takes to find the champion among so many."""
    return len(_bracket(entrants)).bit_length() - 1


def byes(playoff_teams: int) -> int:
    """How many of the best seeds skip the first round."""
    return len(_bracket(playoff_teams)) - playoff_teams if playoff_teams > 0 else 0


def _odds(
    places: _Ints,
    wins: _Floats,
    champion: npt.NDArray[np.bool_],
    rules: Rules,
    count: int,
    won: npt.NDArray[np.bool_] | None,
) -> TeamOdds:
    entrants = min(rules.playoff_teams, count)
    inside = places < entrants

    def share(of: npt.NDArray[np.bool_] | None) -> float | None:
        return float(inside[of].mean()) if of is not None and of.any() else None

    return TeamOdds(
        playoffs=float(inside.mean()),
        bye=float((places < byes(entrants)).mean()),
        champion=float(champion.mean()),
        wins=float(wins.mean(dtype=np.float64)),
        seeds=tuple(float(n) / len(places) for n in np.bincount(places, minlength=count)),
        if_won=share(won),
        if_lost=share(~won if won is not None else None),
        final_wins=tuple(
            (float(total), float(n) / len(wins))
            for total, n in zip(*np.unique(wins, return_counts=True), strict=True)
        ),
    )
