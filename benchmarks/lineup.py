"""Exact line-ups: none wrong in 100,000 random rosters, and their speed against PuLP with CBC."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np
import pulp
from scipy.optimize import linear_sum_assignment

from benchmarks.row import Row
from fantasy_tui.football.lineup import Candidate, best_lineup, best_points, best_starters, is_legal
from fantasy_tui.football.seating import board
from fantasy_tui.football.slots import ELIGIBLE, fits, width

ROSTERS = 40
ROUNDS, REPEATS = 20, 6
CHECKED = 100_000
MOST_MICROSECONDS = 10.0
"""Aim for a line-up of a roster of 15."""
TIMES_FASTER = 1000.0
"""Aim against CBC for the optimum: its points, and who starts."""
TIMES_FASTER_SEATED = 500.0
"""The same for the optimum with everyone seated by the rules on ties, which CBC does not follow."""
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


def seconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the mean time of a call in the quietest of some rounds: other processes only ever add to it."""
    call()
    best = float("inf")
    for _ in range(REPEATS):
        start = perf_counter()
        for _ in range(rounds):
            call()
        best = min(best, (perf_counter() - start) / rounds)
    return best


CHECKED_LAYOUTS: tuple[tuple[str, ...], ...] = (
    ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX"),
    ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "FLEX", "SUPER_FLEX"),
    ("QB", "QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    ("QB", "RB", "RB", "WR", "WR", "TE", "WRRB_FLEX", "REC_FLEX"),
    ("QB", "RB", "WR", "TE", "WRRB_FLEX", "REC_FLEX", "FLEX", "SUPER_FLEX"),
    ("QB", "RB", "WR", "TE", "FLEX", "DL", "LB", "DB", "IDP_FLEX", "IDP_FLEX"),
    ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "FLEX", "K", "DEF", "DL", "LB", "DB", "IDP_FLEX"),
    ("FLEX", "SUPER_FLEX", "RB", "WR", "TE", "QB"),
    ("SUPER_FLEX", "FLEX", "FLEX", "REC_FLEX", "WRRB_FLEX"),
    ("RB", "RB", "FLEX", "REC_FLEX", "REC_FLEX", "WR"),
    ("QB", "WRRB_FLEX", "WRRB_FLEX", "FLEX", "TE", "IDP_FLEX", "DL", "DB"),
)
"""Nested, overlapping and oddly ordered ones."""
_SINGLE = tuple(frozenset({name}) for name in ("QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB"))
_DUAL = tuple(
    frozenset(names.split()) for names in ("RB WR", "RB TE", "QB TE", "WR TE", "DL LB", "WR DB", "QB RB WR")
)


def anyone(number: int, rng: random.Random) -> Candidate:
    """Return a random player: one in seven eligible at two positions or more, some with negative points."""
    positions = rng.choice(_DUAL) if rng.random() < 1 / 7 else rng.choice(_SINGLE)
    points = float(rng.randint(-3, 6)) if rng.random() < 0.3 else round(rng.uniform(-5, 30), 2)
    return Candidate(str(number), positions, points, rng.choice(KICKOFFS))


def optimum(slots: Sequence[str], candidates: Sequence[Candidate]) -> tuple[int, float]:
    """Return the most slots that can be filled and the most points of such line-ups, by SciPy's assignment."""
    if not slots or not candidates:
        return 0, 0.0
    fit = np.array([[fits(slot, one.positions) for one in candidates] for slot in slots])
    value = fit * (1e6 + np.array([one.points for one in candidates]))
    chosen = [at for at in zip(*linear_sum_assignment(value, maximize=True), strict=True) if fit[at]]
    return len(chosen), sum(candidates[column].points for _, column in chosen)


def is_right(slots: tuple[str, ...], rng: random.Random) -> bool:
    """Say whether the line-up of a random roster, some of it locked, is legal and the optimum."""
    players = [anyone(number, rng) for number in range(rng.randint(len(slots) // 2, 24))]
    before = best_lineup(slots, rng.sample(players, len(players) * 2 // 3)).starters
    locked = rng.sample(range(len(slots)), rng.choice((0, 0, 1, 2, 4)))
    fixed = {seat: before[seat] for seat in locked}
    held = {player_id for player_id in fixed.values() if player_id is not None}
    found = best_lineup(slots, players, fixed=fixed, current=before)
    number, total = optimum(
        [slot for seat, slot in enumerate(slots) if seat not in fixed],
        [one for one in players if one.player_id not in held],
    )
    total += sum(one.points for one in players if one.player_id in held)
    _, unlocked = optimum(slots, players)
    return (
        is_legal(slots, found.starters, players)
        and all(found.starters[seat] == player_id for seat, player_id in fixed.items())
        and sum(starter is not None for starter in found.starters) == number + len(held)
        and abs(found.points - total) < 1e-6
        and abs(best_points(slots, players) - unlocked) < 1e-6
    )


def wrong(number: int, seed: int = SEED) -> int:
    """Return how many of so many random rosters, spread over all layouts, get a wrong line-up."""
    rng = random.Random(seed)
    layouts = (CHECKED_LAYOUTS[index % len(CHECKED_LAYOUTS)] for index in range(number))
    return sum(not is_right(slots, rng) for slots in layouts)


def compare(name: str, slots: tuple[str, ...], rosters: Sequence[Sequence[Candidate]]) -> Iterator[Row]:
    """Time one layout; each roster is solved by both, and both must agree on the total."""
    solver, warm, cold, total_only, who = [], [], [], [], []
    for players in rosters:
        board.cache_clear()
        start = perf_counter()
        lineup = best_lineup(slots, players)
        cold.append(perf_counter() - start)
        if abs(solve_with_cbc(slots, players) - lineup.points) > 1e-6:
            raise AssertionError(f"{name}: {lineup.points} is not the optimum")
        solver.append(seconds(partial(solve_with_cbc, slots, players), rounds=1))
        warm.append(seconds(partial(best_lineup, slots, players, current=lineup.starters)))
        total_only.append(seconds(partial(best_points, slots, players)))
        who.append(seconds(partial(best_starters, slots, players)))
    cbc = median(solver)
    yield Row(f"{name}: PuLP/CBC", cbc * 1e6, "µs")
    for what, times, aim in (
        ("best_points", total_only, TIMES_FASTER),
        ("best_starters", who, TIMES_FASTER),
        ("best_lineup", warm, TIMES_FASTER_SEATED),
        ("best_lineup, layout never seen", cold, None),
    ):
        yield Row(f"{name}: {what}", median(times) * 1e6, "µs", aim, cbc / median(times), more_is_better=True)
    if len(rosters[0]) == 15:
        yield Row(f"{name}: best_lineup, by the clock", median(warm) * 1e6, "µs", MOST_MICROSECONDS)


def measure() -> Iterator[Row]:
    """Check random rosters, then time every layout; the rosters come out the same at every run."""
    layouts = len(CHECKED_LAYOUTS)
    yield Row(f"wrong line-ups of {CHECKED:,} rosters over {layouts} layouts", wrong(CHECKED), "", 0.0)
    rng = random.Random(SEED)
    for name, (slots, size) in LAYOUTS.items():
        yield from compare(name, slots, [roster(slots, size, rng) for _ in range(ROSTERS)])
