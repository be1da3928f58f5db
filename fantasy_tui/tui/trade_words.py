"""An offer in words, for the screen and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fantasy_tui.plaintext import sanitise

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench
    from fantasy_tui.football.view import LeagueView

Names = Mapping[str, str]
"""Player id to name; an id that is missing stands for itself."""
_LONGEST = 30
_EVEN = 0.05
"""Points a week up to which neither side gets more."""


def names_of(view: LeagueView) -> Names:
    """The names of everyone in the league."""
    return {player_id: player.name for player_id, player in view.players.items()}


def listed(players: Iterable[str], names: Names) -> str:
    """ "A, B and C"; "nothing" for none."""
    *most, last = [_short(names.get(player, player)) for player in players] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def sentence(bench: Bench, names: Names) -> str:
    """ "Give A to the Bears for B and C"."""
    give, get = listed(bench.mine.gives, names), listed(bench.mine.gets, names)
    return f"Give {give} to {_short(bench.theirs.team_name)} for {get}"


def message(bench: Bench, names: Names, league: str) -> str:
    """The offer as one would write it to the partner."""
    give, get = listed(bench.mine.gives, names), listed(bench.mine.gets, names)
    return f"Trade offer in {_short(league)}: my {give} for your {get}."


def grounds(bench: Bench, names: Names) -> Iterator[str]:
    """In sentences: forced drops, both chances, and the market."""
    for who, side in (("You", bench.mine), (_short(bench.theirs.team_name), bench.theirs)):
        if side.drops:
            yield f"{who} would have to drop {listed(side.drops, names)}: counted in."
    if not (bench.mine.gives and bench.mine.gets):
        yield "One side gives nobody yet."
        return
    if bench.chance is not None:
        yield f"Your line-ups are better off in {round(100 * bench.chance)} of 100."
    if bench.acceptance is not None:
        accepted = round(100 * bench.acceptance)
        yield f"They accept in perhaps {accepted} of 100 (an estimate, not measured)."
    yield f"Market: {_market(bench.market)}."


def _market(points: float) -> str:
    """Who gets more, in points a week above replacement."""
    if abs(points) < _EVEN:
        return "even"
    who = "they get" if points > 0 else "you get"
    return f"{who} {abs(points):.1f} points a week above replacement more"


def _short(name: str) -> str:
    words = sanitise(name)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
