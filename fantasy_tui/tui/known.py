"""All players in memory, for whatever searches them."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fantasy_tui.football.search import PlayerIndex, PlayerRow
    from fantasy_tui.workspace import Workspace


class KnownPlayers:
    """One index for search and palette: read when first asked for, and anew once the store has changed."""

    def __init__(self) -> None:
        self._index: PlayerIndex | None = None
        self._players: list[PlayerRow] = []
        self._stored = 1
        self._read = 0
        """The change of the store that the index is of; less than `_stored` while a newer one is to be read."""
        self._one_at_a_time = asyncio.Lock()

    def outdate(self) -> None:
        """The store has changed."""
        self._stored += 1

    async def index(self, workspace: Workspace) -> PlayerIndex:
        """All players that are stored; raises StoreError."""
        async with self._one_at_a_time:
            stored = self._stored
            if self._index is None or self._read != stored:
                players = await workspace.browse.players()
                # In a thread: to compare so many players holds a key up, too.
                if self._index is None or not await asyncio.to_thread(self._players.__eq__, players):
                    self._index = await asyncio.to_thread(_build, players)
                    self._players = players
                self._read = stored
            return self._index


def _build(players: Sequence[PlayerRow]) -> PlayerIndex:
    from fantasy_tui.football.search import PlayerIndex

    index = PlayerIndex(players)
    index.warm()
    # Thousands of rows that stay for good: looking through them for garbage would hold keys up.
    gc.freeze()
    return index
