"""Rules at work, after the agents: what they approve is marked as theirs, and can be taken back like any answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from fantasy_tui.agents.recommendation import readable
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import policy as crud
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.models import AgentTaskType, Door
from fantasy_tui.review.decide import approve
from fantasy_tui.review.links import links, touched
from fantasy_tui.review.policy import rules_in, stop
from fantasy_tui.review.policy_preview import stops
from fantasy_tui.review.policy_safety import gives_up, needs_look, unsaid
from fantasy_tui.review.preferences import chosen_in
from fantasy_tui.review.queue import DecisionNotFound, all_waiting, waiting_in
from fantasy_tui.review.verdict import DecisionConflict

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.policy import Rule
    from fantasy_tui.review.verdict import Verdict

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Applied:
    """What the rules did."""

    approved: tuple[Verdict, ...] = ()
    stopped: tuple[str, ...] = ()
    """Rules that switched themselves off, a sentence each; each is told this once."""


async def apply_policies(store: Store, user_id: str, now: datetime) -> Applied:
    """Approve what the user's rules admit and nobody has touched; rules whose odds do not hold stop first."""
    rules = await _acting(store, user_id, now)
    stopped = [told for rule in rules if (told := await _stop_if_off(store, user_id, rule)) is not None]
    rules = await _acting(store, user_id, now) if stopped else rules
    if not rules:
        return Applied(stopped=tuple(stopped))
    verdicts = []
    for item in await all_waiting(store, user_id, now):
        rule = next((one for one in rules if _wants(one, item, now)), None)
        if rule is None or not await _is_safe(store, user_id, rule, item, now):
            continue
        still = partial(_stands, user_id=user_id, rule=rule, item=item, now=now)
        try:
            verdicts.append(
                await approve(
                    store, item.id, actor=user_id, door=Door.POLICY, now=now, policy=rule.id, only_if=still
                )
            )
        except (DecisionConflict, DecisionNotFound) as conflict:
            log.info("rule %s left decision %s alone: %s", rule.id, item.id, conflict)
    return Applied(tuple(verdicts), tuple(stopped))


async def _acting(store: Store, user_id: str, now: datetime) -> list[Rule]:
    """The rules that are on and may act now; none while the master switch is off."""
    async with store.read() as session:
        if not (await chosen_in(session, user_id)).automatic:
            return []
        return [
            rule
            for rule in await rules_in(session, user_id)
            if rule.enabled and rule.previewed and rule.terms.acts_at(now)
        ]


async def _stop_if_off(store: Store, user_id: str, rule: Rule) -> str | None:
    """Switch a rule off whose stated odds have not held; returns what to tell, none where they hold."""
    terms = rule.terms
    async with store.read() as session:
        calls = await crud.past_calls(session, user_id, AgentTaskType(terms.kind), terms.league_id)
    why = stops(terms, calls)
    if why is None or not await store.write(lambda session: stop(session, user_id, rule.id, why)):
        return None
    return f"The rule for {rule.words} has switched itself off. {why}"


def _wants(rule: Rule, item: QueueItem, now: datetime) -> bool:
    """True when the rule's terms fit, as old as the numbers are now, and no other decision contradicts it."""
    terms = rule.terms
    return (
        item.decision_type == terms.kind
        and terms.league_id in (None, item.league_id)
        and item.confidence_at(now) >= terms.minimum_confidence
        and not item.conflicts
        and not item.overtaken
    )


async def _is_safe(store: Store, user_id: str, rule: Rule, item: QueueItem, now: datetime) -> bool:
    """True when the decision risks no more than the rule allows and lets go of nobody who counts."""
    async with store.read() as session:
        found = await decisions.find(session, item.id, user_id)
        document = readable(found[0].recommendation) if found is not None else None
        if document is None or not rule.terms.admits(item.confidence_score, _low(document["middle"])):
            return False
        if unsaid(document):
            return False
        if not needs_look(document):
            return True
        view = await load_league_view(session, item.league_id, user_id, now, item.week)
    return not gives_up(document, view.for_roster(item.roster_id))


async def _stands(session: AsyncSession, *, user_id: str, rule: Rule, item: QueueItem, now: datetime) -> bool:
    """Whether nothing has come between: asked in the transaction that approves.

    The rule is still on, no person has touched the decision, and none contradicts it that waits or was approved.
    """
    if not await _still_on(session, user_id, rule) or await crud.touched_by_person(session, item.id):
        return False
    here = next((one for one in await waiting_in(session, user_id, now) if one.id == item.id), None)
    if here is None or not _wants(rule, here, now):
        return False
    return not await _beside_snoozed(session, user_id, item, now)


async def _beside_snoozed(session: AsyncSession, user_id: str, item: QueueItem, now: datetime) -> bool:
    """True when one that is set aside touches the same players: it still waits for the person."""
    aside = await decisions.pending(session, user_id, now, snoozed=True)
    if not aside:
        return False
    found = await decisions.find(session, item.id, user_id)
    moves = {
        row.id: touched("", (row.league_id, row.roster_id), document)
        for row, _ in (*aside, *([found] if found is not None else []))
        if (document := readable(row.recommendation)) is not None
    }
    return bool(links(moves).get(item.id))


def _low(middle: Sequence[float] | None) -> float | None:
    return middle[0] if middle else None


async def _still_on(session: AsyncSession, user_id: str, rule: Rule) -> bool:
    """False when somebody has switched the rule, or all of them, off meanwhile."""
    if not (await chosen_in(session, user_id)).automatic:
        return False
    return any(one.id == rule.id and one.enabled for one in await rules_in(session, user_id))
