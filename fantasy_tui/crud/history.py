"""Queries about the whole audit, page by page, the newest event first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import (
    AgentDecision,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
    League,
    User,
)


class Place(NamedTuple):
    """Where in the audit an event stands: no two have the same."""

    at: datetime
    decision_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events; none: any."""

    league_id: str | None = None
    kinds: frozenset[AgentTaskType] | None = None
    actions: frozenset[DecisionAction] | None = None
    doors: frozenset[Door] | None = None
    decision_id: str | None = None
    words: tuple[str, ...] = ()
    """Each stands in the decision's summary or its league's name."""

    @property
    def needs_decision(self) -> bool:
        """True where more must be known than the event itself."""
        return self.league_id is not None or self.kinds is not None or bool(self.words)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event with what is still known about its decision."""

    place: Place
    door: Door
    action: DecisionAction
    note: str | None
    who: str | None
    """Display name."""
    kind: AgentTaskType | None
    """None, as all that follows, where the decision's league is no longer stored."""
    league_id: str | None
    league: str | None
    summary: str | None
    week: int | None
    season: str | None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    """Both states where they were asked for."""


async def page(
    session: AsyncSession,
    user_id: str,
    wanted: Wanted,
    *,
    limit: int,
    older_than: Place | None = None,
    states: bool = False,
) -> list[EventRow]:
    """At most `limit` events of what the user did or what was done for the user, older than the given one."""
    rows = await session.execute(_told(_wanted(user_id, wanted, limit, older_than), states))
    return [EventRow(Place(*row[:3]), *row[3:]) for row in rows]


_NEWEST = (DecisionEvent.at.desc(), DecisionEvent.decision_id.desc(), DecisionEvent.version.desc())


def _wanted(user_id: str, wanted: Wanted, limit: int, older_than: Place | None) -> CTE:
    """The events of the page alone: what is told about them is looked up for these few only."""
    asked = select(DecisionEvent.id).where(DecisionEvent.actor == user_id, *_where(wanted))
    if wanted.needs_decision:
        asked = asked.join(AgentDecision, AgentDecision.id == DecisionEvent.decision_id)
    if wanted.words:
        asked = asked.join(League, League.id == AgentDecision.league_id)
    if older_than is not None:
        asked = asked.where(_before(older_than))
    return asked.order_by(*_NEWEST).limit(limit).cte("page")


def _told(page: CTE, states: bool) -> Select[Any]:
    columns: list[Any] = [
        DecisionEvent.at,
        DecisionEvent.decision_id,
        DecisionEvent.version,
        DecisionEvent.door,
        DecisionEvent.action,
        DecisionEvent.note,
        User.display_name,
        AgentDecision.decision_type,
        AgentDecision.league_id,
        League.name,
        AgentDecision.recommendation["summary"].as_string(),
        AgentDecision.week,
        AgentDecision.season,
    ]
    if states:
        columns += [DecisionEvent.before, DecisionEvent.after]
    return (
        select(*columns)
        .select_from(page)
        .join(DecisionEvent, DecisionEvent.id == page.c.id)
        .outerjoin(User, User.id == DecisionEvent.actor)
        .outerjoin(AgentDecision, AgentDecision.id == DecisionEvent.decision_id)
        .outerjoin(League, League.id == AgentDecision.league_id)
        .order_by(*_NEWEST)
    )


def _before(place: Place) -> ColumnElement[bool]:
    # As one row value: both databases then walk the index from there.
    return tuple_(DecisionEvent.at, DecisionEvent.decision_id, DecisionEvent.version) < tuple(place)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.league_id is not None:
        where.append(AgentDecision.league_id == wanted.league_id)
    if wanted.decision_id is not None:
        where.append(DecisionEvent.decision_id == wanted.decision_id)
    for column, values in (
        (AgentDecision.decision_type, wanted.kinds),
        (DecisionEvent.action, wanted.actions),
        (DecisionEvent.door, wanted.doors),
    ):
        if values is not None:
            where.append(column.in_(values))
    summary = AgentDecision.recommendation["summary"].as_string()
    for word in wanted.words:
        where.append(
            or_(summary.icontains(word, autoescape=True), League.name.icontains(word, autoescape=True))
        )
    return where
