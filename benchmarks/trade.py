"""Every 1-1, 2-2, 2-1 and 1-2 deal with eleven teams, both line-ups exact each week: `python -m benchmarks.trade`."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import comb
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.row import Row
from fantasy_tui.football.lineup import best_points
from fantasy_tui.football.lineup_batch import Arrivals, Squad, layout
from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.trade_search import find
from fantasy_tui.football.trade_values import Ledger, ledger
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

TEAMS = 12
ROUNDS = 3
PEER_LINEUPS = 2_000
SEED = 2024
_BYE = 0.08


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of league: its slots, what a roster is made of in turn, its size, the horizon, and the aim."""

    name: str
    slots: str
    mix: str
    size: int
    weeks: int
    aim: float
    """Seconds."""


_SUPERFLEX = "QB RB RB WR WR WR TE FLEX FLEX SUPER_FLEX"
_SKILL = "QB RB RB WR WR WR TE RB WR QB RB WR WR TE RB WR"
CASES = (
    Case(
        "15 players, standard, 10 weeks",
        "QB RB RB WR WR TE FLEX K DEF",
        "QB RB RB WR WR TE K DEF RB WR RB WR WR RB QB TE",
        15,
        10,
        2.0,
    ),
    Case("22 players, superflex, 8 weeks", _SUPERFLEX, _SKILL, 22, 8, 2.0),
    Case("29 players, superflex, 8 weeks", _SUPERFLEX, _SKILL, 29, 8, 5.0),
    Case(
        "30 players, superflex and defenders, 8 weeks",
        f"{_SUPERFLEX} DL LB DB IDP_FLEX IDP_FLEX",
        f"{_SKILL} DL LB DB DL LB DB LB",
        30,
        8,
        5.0,
    ),
)
_MEAN = {"QB": 16.0, "RB": 9.0, "WR": 9.0, "TE": 7.0, "K": 8.0, "DEF": 7.0, "DL": 7.0, "LB": 9.0, "DB": 8.0}


def made_up(case: Case, rng: random.Random) -> LeagueView:
    """A league of full rosters whose players differ in level and, less, from week to week."""
    players: dict[str, PlayerWeek] = {}
    rosters: dict[int, RosterWeek] = {}
    mix = case.mix.split()

    def player(name: str, position: str, level: float) -> PlayerWeek:
        row = [
            0.0 if rng.random() < _BYE else round(level * rng.uniform(0.8, 1.2), 2) for _ in range(case.weeks)
        ]
        return PlayerWeek(
            player_id=name,
            name=name,
            position=position,
            positions=frozenset({position}),
            team="PHI",
            projection=Projection(row[0], Basis.COMPONENTS),
            ahead=tuple(row[1:]),
        )

    for team in range(1, TEAMS + 1):
        names = [f"{team}-{n}" for n in range(case.size)]
        for n, name in enumerate(names):
            position = mix[n % len(mix)]
            players[name] = player(name, position, _MEAN[position] * rng.gammavariate(4, 0.25))
        rosters[team] = RosterWeek(team, f"owner {team}", f"Team {team}", None, tuple(names), ())
    free = [player(f"free {position}", position, _MEAN[position] / 2) for position in sorted(set(mix))]
    slots = tuple(case.slots.split())
    return LeagueView(
        league_id="L",
        name=case.name,
        season="2024",
        week=8,
        status="in_season",
        now=datetime(2024, 10, 22, tzinfo=UTC),
        slots=slots,
        scoring={},
        settings={},
        rosters=rosters,
        players=players | {p.player_id: p for p in free},
        my_roster_id=1,
        free_agents=tuple(p.player_id for p in free),
        weeks_ahead=tuple(range(9, 8 + case.weeks)),
        bench_slots=case.size - len(slots),
    )


def peer(book: Ledger) -> float:
    """Seconds for one line-up by the fastest exact function for a single roster."""
    team = [book.candidates[p][0] for p in book.team(1).players]
    start = perf_counter()
    for _ in range(PEER_LINEUPS):
        best_points(book.view.slots, team)
    return (perf_counter() - start) / PEER_LINEUPS


def batch(book: Ledger) -> float:
    """Seconds for one line-up among all those of one exchange of two rosters, nothing left out."""
    players = [book.team(number).offered for number in (1, 2)]
    positions = [[book.view.players[p].positions for p in team] for team in players]
    shape = layout(book.view.slots, positions)
    squads = [
        Squad(
            shape,
            [shape.kind(p) for p in positions[n]],
            np.array([book.expected(p) for p in players[n]]),
            len(players[n]),
        )
        for n in (0, 1)
    ]
    start = perf_counter()
    give, get = (
        side.ravel() for side in np.indices((len(squads[0].parcels.first), len(squads[1].parcels.first)))
    )
    Arrivals(squads[0], squads[1].parcels).totals(give + 1, get)
    return (perf_counter() - start) / (len(give) * len(book.weeks))


def compare(case: Case, view: LeagueView) -> Iterator[Row]:
    """Time one kind of league; `find` searches what an agent searches."""
    book = ledger(view, longest=case.weeks)
    pauses: list[float] = []
    times = []
    for _ in range(ROUNDS):
        start = last = perf_counter()

        def told(_: float) -> None:
            nonlocal last
            now = perf_counter()
            pauses.append(now - last)
            last = now

        find(view, book=ledger(view, longest=case.weeks), on_progress=told)
        times.append(perf_counter() - start)
    deals = (TEAMS - 1) * (case.size + comb(case.size, 2)) ** 2
    yield Row(f"{case.name}: {deals:,} deals", median(times), "s", case.aim)
    yield Row(f"{case.name}: longest wait for progress", max(pauses), "s")
    one = batch(book)
    yield Row(
        f"{case.name}: one line-up in the batch", one * 1e9, "ns", 10, peer(book) / one, more_is_better=True
    )


def measure() -> Iterator[Row]:
    """Time every kind of league, the same at every run."""
    rng = random.Random(SEED)
    for case in CASES:
        yield from compare(case, made_up(case, rng))


if __name__ == "__main__":
    for row in measure():
        print(row)
