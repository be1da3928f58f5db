"""Leagues with free agents, for tests of waivers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from fantasy_tui.football.view import Bid, LeagueView, PlayerWeek, RosterWeek
from tests.random_views import random_view
from tests.views import league, player


def weekly(player_id: str, position: str, points: float, *ahead: float, **known: Any) -> PlayerWeek:
    """A player projected for `points` this week and expected to score the others ahead."""
    return replace(player(player_id, position, points, **known), ahead=ahead)


def scene(
    slots: str,
    mine: Sequence[PlayerWeek],
    free: Sequence[PlayerWeek],
    *,
    starters: Sequence[str | None] | None = None,
    bench: int | None = None,
    reserve: tuple[str, ...] = (),
    taxi: tuple[str, ...] = (),
    rivals: Sequence[Sequence[PlayerWeek]] = (),
    budgets: Sequence[int] = (),
    bids: tuple[Bid, ...] = (),
    on_waivers: tuple[str, ...] = (),
    run: datetime | None = None,
    settings: dict[str, int] | None = None,
    place: int | None = None,
) -> LeagueView:
    """A league in week 10 whose roster 1 is the user's own; without `bench` it has no room left.

    `budgets` are dollars left by roster, the user's first.
    """
    places = len(slots.split())
    line_up: list[str | None] = list(starters) if starters is not None else [None] * places
    view = league(slots, list(mine), line_up, reserve=reserve, taxi=taxi, free=list(free), settings=settings)
    held = {
        1: replace(view.rosters[1], faab_left=budgets[0] if budgets else None, waiver_position=place),
        **{
            number: RosterWeek(
                roster_id=number,
                owner_id=str(number),
                team_name=f"Team {number}",
                manager=None,
                players=tuple(p.player_id for p in roster),
                starters=(None,) * places,
                faab_left=budgets[number - 1] if budgets else None,
            )
            for number, roster in enumerate(rivals, start=2)
        },
    }
    everybody = [*mine, *free, *(p for roster in rivals for p in roster)]
    weeks = max((len(p.ahead) for p in everybody), default=0)
    full = len(mine) - len(reserve) - len(taxi) - places
    return replace(
        view,
        rosters=held,
        players={p.player_id: p for p in everybody},
        weeks_ahead=tuple(range(11, 11 + weeks)),
        bench_slots=max(0, full) if bench is None else bench,
        bids=bids,
        on_waivers=frozenset(on_waivers),
        waivers_run=run,
    )


def random_scene(rng: Random) -> LeagueView:
    """Any league, with weeks ahead, money and caps by position."""
    view = random_view(rng, teams=3)
    weeks = rng.choice((0, 1, 3, 7))
    players = {
        name: replace(p, ahead=tuple(rng.choice((0.0, round(rng.uniform(0, 20), 1))) for _ in range(weeks)))
        for name, p in view.players.items()
    }
    settings = {**view.settings, "waiver_type": rng.choice((0, 1, 2, 2)), "disable_adds": 0}
    if rng.random() < 0.3:
        settings[f"position_limit_{rng.choice(('qb', 'rb', 'wr', 'k'))}"] = rng.randint(0, 4)
    settings["waiver_bid_min"] = rng.choice((0, 0, 3))
    rosters = {
        number: replace(r, faab_left=rng.choice((None, 0, 2, 60)), waiver_position=number)
        for number, r in view.rosters.items()
    }
    bids = tuple(
        Bid(9, rng.randint(1, 3), f"x{rng.randint(0, 9)}", rng.choice(("RB", "WR")), rng.randint(0, 40), True)
        for _ in range(rng.choice((0, 30)))
    )
    mine = view.rosters[1]
    spots = len(mine.players) - len(mine.reserve) - len(mine.taxi) - len(view.slots)
    return replace(
        view,
        players=players,
        rosters=rosters,
        settings=settings,
        bids=bids,
        weeks_ahead=tuple(range(11, 11 + weeks)),
        bench_slots=max(0, spots + rng.choice((-1, 0, 0, 0, 1))),
    )
