"""An offer in words, for the screen and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fantasy_tui.plaintext import sanitise
from fantasy_tui.tui.league_words import ordinal

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench, BenchSide
    from fantasy_tui.football.picks import Holding, Pick
    from fantasy_tui.football.view import LeagueView

Names = Mapping[str, str]
"""Player's id, or pick's key, to name; one that is missing stands for itself."""
_LONGEST = 30
_EVEN = 0.05
"""Points a week up to which neither side gets more."""


def names_of(view: LeagueView, holdings: Mapping[int, Holding]) -> Names:
    """The names of everyone in the league, and of every pick that can be traded."""
    picks = {
        pick.key: pick_name(view, pick, holder) for holder, held in holdings.items() for pick in held.picks
    }
    return {player_id: player.name for player_id, player in view.players.items()} | picks


def pick_name(view: LeagueView, pick: Pick, holder: int) -> str:
    """ "2027 1st", and whose it was where the holder had it from another team."""
    name = f"{pick.season} {ordinal(pick.round)}"
    if pick.roster_id == holder:
        return name
    origin = view.rosters.get(pick.roster_id)
    return f"{name} of {origin.team_name.strip() if origin is not None else f'team {pick.roster_id}'}"


def given(side: BenchSide, names: Names) -> str:
    """All that a side gives: "A, 2027 1st and $15"; "nothing" where it gives nothing."""
    extras = side.extras
    dollars = [f"${extras.faab} FAAB"] if extras.faab else []
    return listed([*side.gives, *(pick.key for pick in sorted(extras.picks)), *dollars], names)


def listed(players: Iterable[str], names: Names) -> str:
    """ "A, B and C"; "nothing" for none."""
    *most, last = [_short(names.get(player, player)) for player in players] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def sentence(bench: Bench, names: Names) -> str:
    """ "Give A to the Bears for B and C"."""
    give, get = given(bench.mine, names), given(bench.theirs, names)
    return f"Give {give} to {_short(bench.theirs.team_name)} for {get}"


def message(bench: Bench, names: Names, league: str) -> str:
    """The offer as one would write it to the partner."""
    give, get = given(bench.mine, names), given(bench.theirs, names)
    return f"Trade offer in {_short(league)}: my {give} for your {get}."


def grounds(bench: Bench, names: Names) -> Iterator[str]:
    """In sentences: forced drops, both chances, and the market."""
    for who, side in (("You", bench.mine), (_short(bench.theirs.team_name), bench.theirs)):
        if side.drops:
            yield f"{who} would have to drop {listed(side.drops, names)}: counted in."
    if bench.mine.gives_nothing or bench.theirs.gives_nothing:
        yield "One side gives nobody yet."
        return
    if bench.chance is not None:
        yield f"Your line-ups are better off in {round(100 * bench.chance)} of 100."
    if bench.acceptance is not None:
        accepted = round(100 * bench.acceptance)
        beside = bench.mine.extras or bench.theirs.extras
        alone = " for the players alone" if beside else ""
        yield f"They accept in perhaps {accepted} of 100{alone} (an estimate, not measured)."
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
