"""A matchup's picture and a season's odds against the plain draws they need: `python -m benchmarks.season`."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.row import Row
from fantasy_tui.football.draws import DRAWS, picture
from fantasy_tui.football.matchup import Side, win_probability
from fantasy_tui.football.odds import outlook
from fantasy_tui.football.simulation import SEASONS, Pair, Rules, Team, simulate

ROUNDS = 60
CLOSED_AIM, PICTURE_AIM, SEASON_AIM = 100.0, 5.0, 50.0
LINEUP = (
    ("QB", 18),
    ("RB", 14),
    ("RB", 11),
    ("WR", 14),
    ("WR", 12),
    ("TE", 9),
    ("WR", 10),
    ("K", 8),
    ("DEF", 7),
)
TEAMS, WEEKS = 12, 14


def side(offset: int) -> Side:
    """A line-up of nine from five games, so that some of them correlate, and with the other side's too."""
    return Side(
        0.0,
        tuple(
            outlook(
                position,
                points,
                team=f"{(number + offset) // 2}{'ab'[number % 2]}",
                opponent=f"{(number + offset) // 2}{'ba'[number % 2]}",
            )
            for number, (position, points) in enumerate(LINEUP)
        ),
    )


def schedule() -> list[tuple[Pair, ...]]:
    """A round robin by the circle method."""
    first, *rest = range(TEAMS)
    weeks = []
    for week in range(WEEKS):
        turn = week % len(rest)
        order = [first, *rest[turn:], *rest[:turn]]
        weeks.append(tuple((order[i], order[-1 - i]) for i in range(TEAMS // 2)))
    return weeks


def seconds(call: Callable[[], object]) -> float:
    """Return the median time of a call, after one that does not count."""
    call()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return median(times)


def plain_matchup() -> float:
    """Independent normals for 18 players, summed and compared: nothing else."""
    drawn = np.random.default_rng(1).standard_normal((DRAWS, 2 * len(LINEUP)))
    return float((drawn[:, :9].sum(axis=1) > drawn[:, 9:].sum(axis=1)).mean())


def plain_season() -> float:
    """Normals for every team and week, and who scored more than his neighbour: no table, no playoffs."""
    drawn = np.random.default_rng(1).standard_normal((WEEKS, TEAMS, SEASONS))
    return float((drawn[:, 0::2] > drawn[:, 1::2]).sum(axis=0).mean())


def measure() -> Iterator[Row]:
    """Time the closed form, the picture and the season, each beside its floor."""
    mine, theirs = side(0), side(3)
    closed = seconds(lambda: win_probability(mine, theirs))
    yield Row("matchup: chance in closed form, 18 players", closed * 1e6, "µs", CLOSED_AIM)
    floor, drawn = seconds(plain_matchup), seconds(lambda: picture(mine, theirs))
    yield Row("matchup: plain numpy, 10,000 independent draws", floor * 1e3, "ms")
    yield Row("matchup: picture, 10,000 correlated skewed draws", drawn * 1e3, "ms", PICTURE_AIM)
    yield Row("matchup: picture against plain numpy", drawn * 1e3, "ms", 3.0, drawn / floor)

    teams = [
        Team(number, 0, 0, (100.0 + number,) * (WEEKS + 3), (420.0,) * (WEEKS + 3)) for number in range(TEAMS)
    ]
    weeks = schedule()
    rules = Rules(6, ((WEEKS,), (WEEKS + 1,), (WEEKS + 2,)))
    median_game = Rules(6, rules.rounds, median_game=True)
    floor = seconds(plain_season)
    yield Row("season: plain numpy, 10,000 x 14 weeks x 12 teams", floor * 1e3, "ms")
    played = seconds(lambda: simulate(teams, weeks, rules))
    yield Row("season: seeds, byes and playoffs", played * 1e3, "ms", SEASON_AIM)
    yield Row("season: against plain numpy", played * 1e3, "ms", 2.0, played / floor)
    played = seconds(lambda: simulate(teams, weeks, median_game))
    yield Row("season: with median games", played * 1e3, "ms", SEASON_AIM)
    played = seconds(lambda: simulate(teams, [None] * WEEKS, rules))
    yield Row("season: with no pairing known", played * 1e3, "ms", SEASON_AIM)


if __name__ == "__main__":
    for row in measure():
        print(row)
