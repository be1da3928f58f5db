"""The audit as a person reads it: every event with when, who, by which door, what, and about which decision."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import history as crud
from fantasy_tui.crud.history import Place, Wanted
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.models import AgentTaskType, DecisionAction, Door
from fantasy_tui.review.queue import DecisionNotFound

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store

PAGE = 2000
DOORS = {"tui": "app", "cli": "cli", "agent": "agent", "sync": "sync", "policy": "policy"}
"""How each door is called: the app, the command line, agents, syncs, a user's rule."""
KIND_WORDS = {
    "lineup": "lineup_optimization",
    "injury": "injury_monitoring",
    "start": "sit_start",
    "waiver": "waiver_wire",
    "trade": "trade_analysis",
    "matchup": "opponent_analysis",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of the audit."""

    decision_id: str
    version: int
    at: datetime
    who: str | None
    """Who did it, or for whom it was done; none where that user is no longer stored."""
    door: str
    """app, cli, policy, sync or agent."""
    action: str
    kind: str | None
    """None, as all that follows but the note, where the decision's league is no longer stored."""
    league_id: str | None
    league: str | None
    season: str | None
    week: int | None
    summary: str | None
    note: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    """Both states where they were asked for."""

    @property
    def key(self) -> str:
        """No other event has the same."""
        return f"{self.decision_id}/{self.version}"


def filter_of(text: str) -> Wanted:
    """What a filter as it is typed asks for: kinds, actions and doors by name, all else stands in the text."""
    kinds: set[AgentTaskType] = set()
    actions: set[DecisionAction] = set()
    doors: set[Door] = set()
    words: list[str] = []
    by_door = {shown: door for door, shown in DOORS.items()}
    for word in text.casefold().split():
        if word in KIND_WORDS or word in KIND_WORDS.values():
            kinds.add(AgentTaskType(KIND_WORDS.get(word, word)))
        elif word in set(DecisionAction):
            actions.add(DecisionAction(word))
        elif word in by_door:
            doors.add(Door(by_door[word]))
        else:
            words.append(word)
    return Wanted(
        kinds=frozenset(kinds) or None,
        actions=frozenset(actions) or None,
        doors=frozenset(doors) or None,
        words=tuple(words),
    )


async def events(
    store: Store,
    user_id: str,
    wanted: Wanted,
    *,
    limit: int,
    older_than: HistoryLine | None = None,
    states: bool = False,
) -> list[HistoryLine]:
    """A page of the user's audit, the newest event first."""
    place = None
    if older_than is not None:
        place = Place(older_than.at, older_than.decision_id, older_than.version)
    async with store.read() as session:
        rows = await crud.page(session, user_id, wanted, limit=limit, older_than=place, states=states)
    return [_line(row) for row in rows]


async def stream(
    store: Store, user_id: str, wanted: Wanted, *, limit: int | None = None, states: bool = False
) -> AsyncIterator[list[HistoryLine]]:
    """All pages in order; no more than one is held, and no transaction stays open between two."""
    last: HistoryLine | None = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        lines = await events(store, user_id, wanted, limit=size, older_than=last, states=states)
        if lines:
            yield lines
            last = lines[-1]
        if len(lines) < size:
            return
        left = left - size if left is not None else None


async def known_filter(
    store: Store,
    user_id: str,
    *,
    league_id: str | None = None,
    kind: str | None = None,
    decision_id: str | None = None,
) -> Wanted:
    """A filter by what is stored; raises LeagueNotFound or DecisionNotFound."""
    async with store.read() as session:
        if league_id is not None:
            here = await get_user_leagues(session, user_id)
            left = await get_user_leagues(session, user_id, left=True)
            if league_id not in {league.id for league in (*here, *left)}:
                raise LeagueNotFound(league_id)
        if decision_id is not None:
            found = await decisions.find(session, decision_id, user_id)
            if found is not None:
                decision_id = found[0].id
            elif not await crud.page(session, user_id, Wanted(decision_id=decision_id), limit=1):
                # The audit outlives its decision: a whole id is enough where that is gone.
                raise DecisionNotFound(decision_id)
    kinds = frozenset({AgentTaskType(kind)}) if kind is not None else None
    return Wanted(league_id=league_id, kinds=kinds, decision_id=decision_id)


class Audit:
    """The audit of one user in a store."""

    def __init__(self, store: Store, user_id: str) -> None:
        self._store, self._user_id = store, user_id

    async def page(
        self, wanted: Wanted, *, limit: int, older_than: HistoryLine | None = None
    ) -> list[HistoryLine]:
        """At most `limit` events, the newest first, older than the given one."""
        return await events(self._store, self._user_id, wanted, limit=limit, older_than=older_than)

    async def pages(
        self,
        *,
        league_id: str | None = None,
        kind: str | None = None,
        decision_id: str | None = None,
        limit: int | None = None,
        states: bool = False,
    ) -> AsyncIterator[list[HistoryLine]]:
        """All events, page after page; raises LeagueNotFound or DecisionNotFound."""
        wanted = await known_filter(
            self._store, self._user_id, league_id=league_id, kind=kind, decision_id=decision_id
        )
        async for lines in stream(self._store, self._user_id, wanted, limit=limit, states=states):
            yield lines


def _line(row: crud.EventRow) -> HistoryLine:
    return HistoryLine(
        decision_id=row.place.decision_id,
        version=row.place.version,
        at=row.place.at,
        who=row.who,
        door=DOORS[row.door.value],
        action=row.action.value,
        kind=row.kind.value if row.kind is not None else None,
        league_id=row.league_id,
        league=row.league,
        season=row.season,
        week=row.week,
        summary=row.summary,
        note=row.note,
        before=row.before,
        after=row.after,
    )
