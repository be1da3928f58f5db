"""A week to come as it is foreseen today: sources project the next few only, and nobody's health is known."""

from dataclasses import replace

from .projection import Basis, Projection
from .view import LeagueView, PlayerWeek

LEVEL = "expected of him in weeks ahead"


def foreseen(later: LeagueView, today: LeagueView) -> LeagueView:
    """The view of a later week with what is expected of each player today (`PlayerWeek.ahead`).

    That expectation counts today's injuries as far as they last, so that designations are left out. A player of
    whom nothing is expected stays as he is.
    """
    if later.week not in today.weeks_ahead:
        return later
    index = today.weeks_ahead.index(later.week)
    return replace(
        later, players={p: _foreseen(one, today.player(p), index) for p, one in later.players.items()}
    )


def _foreseen(later: PlayerWeek, today: PlayerWeek | None, index: int) -> PlayerWeek:
    if today is None or index >= len(today.ahead) or today.ahead[index] <= 0:
        return later
    points = today.ahead[index]
    basis = later.projection.basis if later.projection.basis is not Basis.NONE else Basis.AVERAGE
    return replace(later, injury_status=None, projection=Projection(points, basis, ((LEVEL, points),)))
