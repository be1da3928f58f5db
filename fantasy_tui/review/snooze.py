"""Setting a decision aside until a time or an event; it is always back before its deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.premises import premises
from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.decision import BEFORE_DEADLINE
from fantasy_tui.crud.decision_events import next_instant, one_at_a_time
from fantasy_tui.crud.league import get_league
from fantasy_tui.crud.market import waivers_run
from fantasy_tui.crud.recheck import Who, who
from fantasy_tui.models import AgentDecision, DecisionAction, Door
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.queue import DecisionNotFound, queue_item
from fantasy_tui.review.verdict import DecisionConflict, Verdict

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

PRACTICE = "practice report"
INACTIVES = "inactives"
WAIVERS = "waivers run"
MORNING = "tomorrow morning"
NEWS = "news"
"""Stored as `news:PLAYER_ID:WHEN`, with what Sleeper called the time of its last news."""

_REPORTS_ON = (2, 3, 4)
_REPORTED_BY = time(21, 0)
_BEFORE_KICKOFF = timedelta(minutes=90)
_MORNING_AT = time(8, 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to set a decision aside."""

    label: str
    until: datetime
    """When it is back at the latest, already clipped to before the deadline."""
    event: str | None
    """What to pass on as the event."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the choices depend on beside the decision."""

    kickoffs: tuple[datetime, ...] = ()
    """Of the players who move."""
    waivers_run: datetime | None = None
    players: Mapping[str, Who] = field(default_factory=dict)
    """Those about whom news would matter."""


def choices(item: QueueItem, now: datetime, facts: Facts) -> list[Choice]:
    """The times and events that still lie before the deadline, the soonest first; news last."""
    last = item.expires_at - BEFORE_DEADLINE
    if last <= now:
        return []
    ahead = [kickoff for kickoff in facts.kickoffs if kickoff > now]
    kickoff = min(ahead, default=None)
    times = {
        PRACTICE: _next_report(now) if kickoff is not None else None,
        INACTIVES: kickoff - _BEFORE_KICKOFF if kickoff is not None else None,
        WAIVERS: facts.waivers_run,
        MORNING: _next_morning(now),
    }
    found = [
        Choice(event, min(at, last), event)
        for event, at in times.items()
        # A claim is due just when waivers run: it is back shortly before.
        if at is not None and at > now and (at <= last or (event == WAIVERS and at <= item.expires_at))
    ]
    news = [
        Choice(f"news about {player.name}", last, f"{NEWS}:{player_id}:{player.news}")
        for player_id, player in facts.players.items()
    ]
    return sorted(found, key=lambda choice: choice.until) + news


def _next_report(now: datetime) -> datetime:
    """The next Wednesday, Thursday or Friday, 21:00 UTC, when the day's practice reports are out."""
    days = (datetime.combine(now.date() + timedelta(days=n), _REPORTED_BY, now.tzinfo) for n in range(8))
    return next(day for day in days if day > now and day.weekday() in _REPORTS_ON)


def _next_morning(now: datetime) -> datetime:
    """Eight o'clock tomorrow in the zone of the machine."""
    tomorrow = now.astimezone().date() + timedelta(days=1)
    return datetime.combine(tomorrow, _MORNING_AT).astimezone().astimezone(now.tzinfo)


def said(event: str | None, document: Mapping[str, Any]) -> str | None:
    """A stored event in words."""
    if event is None or not event.startswith(f"{NEWS}:"):
        return event
    line = premises(document).movers.get(event.split(":")[1]) if document else None
    return f"news about {line['name']}" if line is not None else NEWS


async def choices_for(store: Store, decision_id: str, user_id: str, now: datetime) -> list[Choice]:
    """The choices for a decision that waits, none for others; raises DecisionNotFound."""
    async with store.read() as session:
        found = await decisions.find(session, decision_id, user_id)
        if found is None:
            raise DecisionNotFound(decision_id)
        item, document = queue_item(*found, now), readable(found[0].recommendation)
        if not decisions.waits_at(found[0], now):
            return []
        if document is None:
            return choices(item, now, Facts())
        rests_on = premises(document)
        league = await get_league(session, found[0].league_id)
        movers = rests_on.movers
        kickoffs = (line["kickoff"] for line in movers.values())
        facts = Facts(
            kickoffs=tuple(datetime.fromisoformat(kickoff) for kickoff in kickoffs if kickoff),
            waivers_run=waivers_run(league, now) if league is not None else None,
            players=await who(session, list(rests_on.watched | rests_on.sits)),
        )
    return choices(item, now, facts)


async def snooze(
    store: Store,
    decision_id: str,
    *,
    actor: str,
    door: Door,
    now: datetime,
    until: datetime,
    event: str | None = None,
) -> Verdict:
    """Set a waiting decision aside until then, or until ten minutes before its deadline where that is sooner.

    Raises DecisionNotFound, or DecisionConflict when it no longer waits or there is no time left for it.
    """

    async def work(session: AsyncSession) -> Verdict:
        await one_at_a_time(session, actor)
        found = await decisions.find(session, decision_id, actor)
        if found is None:
            raise DecisionNotFound(decision_id)
        decision, league = found
        summary = str(decision.recommendation["summary"])
        if not decisions.waits_at(decision, now):
            raise DecisionConflict(f"“{summary}” no longer waits; look at the queue again.")
        last = decision.expires_at - BEFORE_DEADLINE
        if last <= now:
            left = max(1, round((decision.expires_at - now) / timedelta(minutes=1)))
            minutes = "minute" if left == 1 else "minutes"
            raise DecisionConflict(f"“{summary}” locks in {left} {minutes}: too late to set it aside.")
        if until <= now:
            raise DecisionConflict(f"“{summary}” cannot be set aside until a time that has passed.")
        back = min(until, last)
        done = await decisions.change(
            session,
            decision,
            {"snoozed_until": back, "snoozed_for": event},
            action=DecisionAction.SNOOZE,
            actor=actor,
            door=door,
            at=await next_instant(session, actor, now, door),
            must_be_open_at=now,
        )
        if not done:
            raise DecisionConflict(f"“{summary}” was changed by someone else at this moment; look again.")
        return Verdict(decision.id, league, summary, DecisionAction.SNOOZE.value, now, until=back)

    return await store.write(work)


async def due(store: Store, user_id: str, now: datetime) -> int:
    """Wake the decisions whose news has come; returns how many. Those whose time has come are back by themselves."""
    async with store.read() as session:
        asleep = await decisions.asleep_for(session, user_id, now, f"{NEWS}:")
        if not asleep:
            return 0
        known = await who(session, {_player(decision) for decision in asleep})
    woken = {decision.id: why for decision in asleep if (why := _news(decision, known)) is not None}

    async def work(session: AsyncSession) -> int:
        return sum([await _wake(session, one, woken[one.id], now) for one in asleep if one.id in woken])

    return await store.write(work) if woken else 0


async def _wake(session: AsyncSession, read: AgentDecision, why: str, now: datetime) -> bool:
    """Compare-and-set: one that was answered or set aside anew meanwhile is left alone."""
    decision = await decisions.same_version(session, read)
    if decision is None:
        return False
    return await decisions.change(
        session,
        decision,
        {"snoozed_until": None, "snoozed_for": None},
        action=DecisionAction.SNOOZE,
        actor=decision.user_id,
        door=Door.SYNC,
        at=now,
        note=f"back: {why}",
    )


def _player(decision: AgentDecision) -> str:
    return (decision.snoozed_for or "").split(":")[1]


def _news(decision: AgentDecision, known: Mapping[str, Who]) -> str | None:
    """What is new about the player the decision was set aside for; none while nothing is."""
    _, player_id, seen = (decision.snoozed_for or "").split(":", 2)
    player, document = known.get(player_id), readable(decision.recommendation)
    if player is None or document is None:
        return None
    rests_on = premises(document)
    line = (rests_on.movers | rests_on.hurt).get(player_id)
    if line is not None and line["injury_status"] != player.injury_status:
        return f"{player.name} is {player.injury_status or 'off the injury report'} now"
    return f"there is news about {player.name}" if player.news != seen else None
