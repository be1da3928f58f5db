"""Players by a name as people write it: accents, case and punctuation do not matter."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from .search import normalise


class Named(Protocol):
    """Anybody with an id and a name."""

    @property
    def player_id(self) -> str:
        """Sleeper's id."""

    @property
    def name(self) -> str:
        """The name in full."""


Player = TypeVar("Player", bound=Named)


class NameBook(Generic[Player]):
    """Players to be found by id or by name."""

    def __init__(self, players: Iterable[Player]) -> None:
        self.by_id: dict[str, Player] = {}
        self._called: dict[str, list[Player]] = defaultdict(list)
        for player in players:
            self.by_id[player.player_id] = player
            self._called[normalise(player.name)].append(player)

    def called(self, name: str) -> list[Player]:
        """Those of this whole name; nobody for an empty one."""
        return list(self._called.get(normalise(name), ())) if normalise(name) else []

    def meant(self, typed: str) -> list[Player]:
        """Those whom an id, else a whole name, else a part of one can mean."""
        if typed in self.by_id:
            return [self.by_id[typed]]
        words = normalise(typed)
        if not words:
            return []
        return self.called(typed) or [
            player for name, players in self._called.items() if words in name for player in players
        ]
