"""The filters of the list of players, and its order, as chips."""

from __future__ import annotations

from collections.abc import Iterator

from fantasy_tui.football.sift import Sieve
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.text import cut
from fantasy_tui.tui.widgets.chips import Chip
from fantasy_tui.tui.widgets.player_columns import SORTS

_LEAGUE, _LEAGUE_WIDE, _NAME = 16, 32, 20
_BY = {
    "rank": "by Sleeper's rank",
    "projected": "by projection",
    "per_game": "by points a game",
    "trend": "by trend",
    "name": "by name",
}


def chips(sieve: Sieve, by: str, *, league: str, marked: str | None, wide: bool) -> Iterator[Chip]:
    """Who is marked, whose league, the filters, and where it is `wide` the order; the league may be empty."""
    if marked is not None:
        yield Chip(key_of("players.compare"), f"v {cut(marked, _NAME)}", "compare", True)
    if league:
        yield Chip(key_of("players.next_league"), cut(league, _LEAGUE_WIDE if wide else _LEAGUE), "league(1)")
    yield Chip(
        key_of("players.position"), sieve.position or "position", "position(1)", sieve.position is not None
    )
    yield Chip(key_of("players.whose"), sieve.whose or "anybody's", "whose", sieve.whose is not None)
    yield Chip(key_of("players.injured"), "injured", "injured", sieve.injured)
    yield Chip(key_of("players.bye"), "bye", "bye", sieve.on_bye)
    if wide:
        yield Chip(key_of("players.sort"), f"{_BY[by]} {SORTS[by][1]}", "sort(1)")
