"""Leagues of several teams, and rivals' arithmetic, for tests of trades."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
from scipy.optimize import linear_sum_assignment

from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from tests.views import league, player


def weekly(player_id: str, position: str, points: Sequence[float], **known: object) -> PlayerWeek:
    """A player projected for the first of the points this week and expected to score the others ahead."""
    positions = frozenset(position.split("/"))
    first = position.split("/")[0]
    made = player(player_id, first, points[0], positions=set(positions), **known)  # type: ignore[arg-type]
    return replace(made, ahead=tuple(points[1:]))


def teams(
    slots: str,
    rosters: Mapping[int, Sequence[PlayerWeek]],
    *,
    free: Sequence[PlayerWeek] = (),
    bench: int = 0,
    reserve: Iterable[str] = (),
    taxi: Iterable[str] = (),
    trades: Mapping[int, int] | None = None,
    settings: dict[str, int] | None = None,
) -> LeagueView:
    """A league of these rosters; the user's is number 1. As many weeks ahead as the players know."""
    everybody = [p for roster in rosters.values() for p in roster]
    view = league(slots, everybody, [], free=list(free), settings=settings)
    ahead = max((len(p.ahead) for p in everybody), default=0)
    held = {
        number: RosterWeek(
            roster_id=number,
            owner_id=f"owner {number}",
            team_name=f"Team {number}",
            manager=f"manager {number}",
            players=tuple(p.player_id for p in roster),
            starters=(None,) * len(view.slots),
            reserve=tuple(p.player_id for p in roster if p.player_id in reserve),
            taxi=tuple(p.player_id for p in roster if p.player_id in taxi),
        )
        for number, roster in rosters.items()
    }
    return replace(
        view,
        rosters=held,
        weeks_ahead=tuple(range(view.week + 1, view.week + 1 + ahead)),
        bench_slots=bench,
        trades=trades or {},
    )


def random_league(
    slots: str,
    rng: Random,
    *,
    number: int = 3,
    size: int = 6,
    weeks: int = 3,
    positions: Sequence[str] = ("QB", "RB", "WR", "TE"),
    bench: int | None = None,
) -> LeagueView:
    """Random teams without room unless `bench` says otherwise; one game in ten is a bye."""

    def points() -> list[float]:
        return [0.0 if rng.random() < 0.1 else round(rng.uniform(1, 25), 2) for _ in range(weeks)]

    rosters = {
        team: [weekly(f"t{team}p{n:02}", rng.choice(positions), points()) for n in range(size)]
        for team in range(1, number + 1)
    }
    free = [weekly(f"free {p}", p, [3.0] * weeks) for p in positions]
    return teams(slots, rosters, free=free, bench=size - len(slots.split()) if bench is None else bench)


def by_assignment(view: LeagueView, players: Iterable[str], week: int) -> float:
    """Most points of these players in the view's week (0) or the n-th ahead, by SciPy's assignment solver."""
    known = [view.players[p] for p in players]
    values = [max(0.0, (p.expected, *p.ahead)[week]) for p in known]
    table = np.array(
        [
            [v if fits(slot, p.positions) else 0.0 for p, v in zip(known, values, strict=True)]
            for slot in view.slots
        ]
    ).reshape(len(view.slots), len(known))
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum())


def total(view: LeagueView, players: Iterable[str]) -> float:
    """The same over this week and all ahead."""
    players = list(players)
    return sum(by_assignment(view, players, week) for week in range(1 + len(view.weeks_ahead)))


def sets(players: Sequence[str]) -> list[tuple[str, ...]]:
    """Every one and every two of the players."""
    return [*((p,) for p in players), *combinations(players, 2)]
