"""The screens with a key of their own: one line each drives keys, palette, help and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from textual.screen import Screen


class Place(Struct, frozen=True):
    """A screen that one goes to by key."""

    mode: str
    key: str
    title: str
    screen: str
    """Module and class below `screens`; imported when the screen is first shown."""

    def make(self) -> Screen[Any]:
        """The screen."""
        module, _, name = self.screen.partition(":")
        screen: Screen[Any] = getattr(import_module(f"fantasy_tui.tui.screens.{module}"), name)()
        return screen


PLACES = (
    Place("queue", "1", "Queue", "queue:QueueScreen"),
    Place("leagues", "2", "Leagues", "leagues:LeaguesScreen"),
    Place("roster", "3", "Roster", "roster:RosterScreen"),
    Place("matchup", "4", "Matchup", "matchup:MatchupScreen"),
    Place("players", "5", "Players", "players:PlayersScreen"),
    Place("trades", "6", "Trade bench", "trades:TradesScreen"),
    Place("waivers", "7", "Waiver board", "waivers:WaiversScreen"),
    Place("tasks", "8", "Agent tasks", "tasks:TasksScreen"),
    Place("record", "9", "Record", "record:RecordScreen"),
    Place("history", "0", "History", "history:HistoryScreen"),
    Place("settings", "comma", "Settings", "settings:SettingsScreen"),
)
"""In the order of their keys."""


def modes() -> dict[str, str | Callable[[], Screen[Any]]]:
    """What makes each screen, by mode."""
    return {place.mode: place.make for place in PLACES}
