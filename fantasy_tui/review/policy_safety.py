"""What no rule may approve: whatever could give away somebody who counts."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean
from typing import Any

from fantasy_tui.agents.premises import premises
from fantasy_tui.football.view import LeagueView, PlayerWeek

GIVES_UP = "lets go of somebody who starts or is worth as much as the better half of the roster"
UNSAID = "needs something done first that it does not name"
LINKED = "cannot be done beside another decision"


def needs_look(document: Mapping[str, Any]) -> bool:
    """True when a checked recommendation lets a player go, so that the roster must be looked at."""
    return bool(premises(document).leaves)


def unsaid(document: Mapping[str, Any]) -> bool:
    """True when carrying a checked recommendation out needs a step that names nobody, such as making room."""
    return bool(document.get("first")) or bool(document.get("from_free_agency"))


def gives_up(document: Mapping[str, Any], view: LeagueView | None) -> bool:
    """True when a checked recommendation lets go of a starter or of one in the better half of the roster.

    Whoever nothing is known about counts as such.
    """
    leaves = premises(document).leaves
    if not leaves:
        return False
    if view is None or view.mine is None:
        return True
    known = [view.players[p] for p in view.mine.players if p in view.players]
    ranked = sorted((strength(player) for player in known), reverse=True)
    better = ranked[(len(ranked) - 1) // 2] if ranked else 0.0
    for player_id in leaves:
        player = view.player(player_id)
        if player is None or player_id in view.mine.starters or strength(player) >= better:
            return True
    return False


def strength(player: PlayerWeek) -> float:
    """The most league points a week there is reason to expect of him: a bye or an injury makes nobody worthless."""
    return max(
        player.expected,
        player.projection.points,
        fmean(player.past) if player.past else 0.0,
        *player.ahead,
    )
