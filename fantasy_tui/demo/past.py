"""The demo's past: weeks in which the agents advised, the manager answered, and games were played."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from random import Random

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.clock import set_clock, utcnow
from fantasy_tui.database.store import Store
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.generate import EDITION
from fantasy_tui.demo.teams import NOW, PAST, kickoff
from fantasy_tui.models import AgentTaskType, Door
from fantasy_tui.review.decide import approve, reject
from fantasy_tui.review.queue import waiting
from fantasy_tui.review.settle import settle_final

# What a trade brings is known at the season's end only: none could be settled yet.
_KINDS = tuple(kind for kind in AGENTS if kind is not AgentTaskType.TRADE_ANALYSIS)
_BEFORE_KICKOFF = timedelta(hours=5)
_UNTIL_ANSWERED = timedelta(minutes=40)
_AN_ANSWER = timedelta(seconds=20)
_APPROVES, _REJECTS = 0.7, 0.15


async def _nothing(_: int) -> None:
    """There is nothing to bring."""


async def live_through(
    store: Store,
    user_id: str,
    seed: int,
    weeks: Iterable[int] = PAST,
    bring: Callable[[int], Awaitable[None]] = _nothing,
) -> int:
    """Each of the weeks: agents run before its first kickoff, and the manager answers; then all of it is settled.

    Returns how many decisions were settled. The process's clock moves along and is left at the demo's instant.
    `bring` is called as a week begins.
    """
    for week in weeks:
        await bring(week)
        at = kickoff(week, "thursday") - _BEFORE_KICKOFF
        set_clock(at)
        await find_decisions(store, user_id, _KINDS)
        set_clock(at + _UNTIL_ANSWERED)
        await _answer(store, user_id, seed, week)
    set_clock(NOW)
    return await settle_final(store, user_id, utcnow())


async def _answer(store: Store, user_id: str, seed: int, week: int) -> None:
    """Approve most of what waits, reject some and leave some to expire, each by dice of its own."""
    at = utcnow()
    items = await waiting(store, user_id, at)
    for item in sorted(items, key=lambda i: (i.expires_at, i.league_id, i.decision_type, i.summary)):
        question = f"{week}/{item.league_id}/{item.decision_type}/{item.summary}"
        dice = Random(f"{EDITION}/{seed}/answers/{question}").random()
        if dice >= _APPROVES + _REJECTS:
            continue
        answer = approve if dice < _APPROVES else reject
        at += _AN_ANSWER
        await answer(store, item.id, actor=user_id, door=Door.TUI, now=at)
