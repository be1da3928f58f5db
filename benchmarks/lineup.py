"""Exact line-ups against PuLP with CBC on the same random rosters: `python -m benchmarks.lineup`."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import perf_counter

import pulp

from benchmarks.row import Row
from fantasy_tui.football.lineup import Candidate, best_lineup, best_points
from fantasy_tui.football.seating import board
from fantasy_tui.football.slots import ELIGIBLE, fits, width

ROSTERS = 40
ROUNDS = 30
AIM = 500.0
SEED = 2024
SUNDAY = (datetime(2024, 9, 8, 17, tzinfo=UTC), datetime(2024, 9, 8, 20, 25, tzinfo=UTC))
KICKOFFS = (
    *SUNDAY,
    SUNDAY[0],
    SUNDAY[0],
    datetime(2024, 9, 6, 0, 20, tzinfo=UTC),
    datetime(2024, 9, 10, 0, 15, tzinfo=UTC),
)

LAYOUTS: dict[str, tuple[tuple[str, ...], int]] = {
    "9 slots, 15 players": (("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"), 15),
    "9 slots, overlapping flexes, 16 players": (
        ("QB", "RB", "RB", "WR", "WR", "TE", "WRRB_FLEX", "REC_FLEX", "DEF"),
        16,
    ),
    "10 slots, superflex, 22 players": (
        ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX", "SUPER_FLEX"),
        22,
    ),
    "11 slots, superflex, 30 players": (
        ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX", "SUPER_FLEX", "K"),
        30,
    ),
    "14 slots, defenders, 27 players": (
        ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "K", "DEF", "DL", "LB", "DB", "IDP_FLEX"),
        27,
    ),
}


def roster(slots: Sequence[str], size: int, rng: random.Random) -> list[Candidate]:
    """Return a random roster: somebody for every narrow slot, the rest of positions the layout starts."""
    narrow = [slot for slot in slots if width(slot) == 1]
    positions = narrow + rng.choices(
        [position for slot in slots for position in sorted(ELIGIBLE[slot])], k=size
    )
    return [
        Candidate(str(number), frozenset({position}), round(rng.uniform(0, 25), 2), rng.choice(KICKOFFS))
        for number, position in enumerate(positions[:size])
    ]


def solve_with_cbc(slots: Sequence[str], candidates: Sequence[Candidate]) -> float:
    """Return the best total as an integer programme: the usual way to write it down."""
    problem = pulp.LpProblem("lineup", pulp.LpMaximize)
    seats = {
        (seat, number): pulp.LpVariable(f"x_{seat}_{number}", cat="Binary")
        for seat, slot in enumerate(slots)
        for number, one in enumerate(candidates)
        if fits(slot, one.positions)
    }
    problem += pulp.lpSum(candidates[number].points * taken for (_, number), taken in seats.items())
    for seat in range(len(slots)):
        problem += pulp.lpSum(taken for (at, _), taken in seats.items() if at == seat) <= 1
    for number in range(len(candidates)):
        problem += pulp.lpSum(taken for (_, who), taken in seats.items() if who == number) <= 1
    problem.solve(pulp.PULP_CBC_CMD(msg=False))
    return float(pulp.value(problem.objective))


def seconds(call: Callable[[], object]) -> float:
    """Return the mean time of a call, after one that does not count."""
    call()
    start = perf_counter()
    for _ in range(ROUNDS):
        call()
    return (perf_counter() - start) / ROUNDS


def compare(name: str, slots: tuple[str, ...], rosters: Sequence[Sequence[Candidate]]) -> Iterator[Row]:
    """Time one layout; each roster is solved by both, and both must agree on the total."""
    solver, warm, cold, total_only = [], [], [], []
    for players in rosters:
        board.cache_clear()
        start = perf_counter()
        lineup = best_lineup(slots, players)
        cold.append(perf_counter() - start)
        start = perf_counter()
        total = solve_with_cbc(slots, players)
        solver.append(perf_counter() - start)
        if abs(total - lineup.points) > 1e-6:
            raise AssertionError(f"{name}: {lineup.points} is not the optimum {total}")
        warm.append(seconds(partial(best_lineup, slots, players, current=lineup.starters)))
        total_only.append(seconds(partial(best_points, slots, players)))
    cbc = median(solver)
    yield Row(f"{name}: PuLP/CBC", cbc * 1e6, "µs")
    for what, times, aim in (
        ("best_lineup", warm, AIM),
        ("best_lineup, layout never seen", cold, None),
        ("best_points", total_only, AIM),
    ):
        yield Row(f"{name}: {what}", median(times) * 1e6, "µs", aim, cbc / median(times), more_is_better=True)


def measure() -> Iterator[Row]:
    """Time every layout, on rosters that come out the same at every run."""
    rng = random.Random(SEED)
    for name, (slots, size) in LAYOUTS.items():
        yield from compare(name, slots, [roster(slots, size, rng) for _ in range(ROSTERS)])
