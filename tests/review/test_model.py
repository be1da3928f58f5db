"""Whatever two programs do to one user's decisions, alone or at once, a small model in memory would do too."""

import asyncio
import copy
import os
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import dump
from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, DecisionEvent, Door
from fantasy_tui.review.decide import (
    DecisionConflict,
    NothingToUndo,
    Verdict,
    approve,
    redo,
    reject,
    snooze,
    undo,
)
from tests.decisions import add_user
from tests.review import world
from tests.views import NOW

DEADLINES = [NOW + timedelta(minutes=minutes) for minutes in (25, 60, 120, 165)]
EDIT = dump(
    world.SIT.model_copy(
        update={"start": world.line("Spare"), "after": world.lineup("Spare", "Catcher", "Flexer")}
    )
)
Step = tuple[str, int, int]
"""What, to which decision, and minutes: until when to snooze."""


@dataclass
class One:
    """A decision of the model."""

    deadline: datetime
    subject: int
    state: str = "open"
    until: datetime | None = None
    actions: list[str] = field(default_factory=lambda: ["propose"])


@dataclass
class Model:
    """The state as anybody would keep it: decisions, and two stacks of what was done and undone."""

    ones: list[One] = field(
        default_factory=lambda: [One(deadline, subject) for subject, deadline in enumerate(DEADLINES)]
    )
    done: list[int] = field(default_factory=list)
    undone: list[tuple[int, str, datetime | None]] = field(default_factory=list)

    def apply(self, step: Step, now: datetime) -> int | None:
        """Do it; which decision it was done to, none when it is refused."""
        what, number, minutes = step
        place = number % len(self.ones)
        one = self.ones[place]
        match what:
            case "undo":
                return self._undo(now)
            case "redo":
                return self._redo(now)
            case "expire":
                for index, late in enumerate(self.ones):
                    if late.state == "open" and late.deadline <= now:
                        self._close(index, "expired", "expire")
                return 0
            case "supersede" if one.state == "open":
                self._close(place, "superseded", "supersede")
                self.ones.append(One(one.deadline, one.subject))
                return place
            case "ask" if one.state != "open" and not self._asked(one.subject):
                self.ones.append(One(one.deadline, one.subject))
                return place
            case "supersede" | "ask":
                return None
        if one.state != "open" or one.deadline <= now:
            return None
        if what == "snooze":
            last = one.deadline - timedelta(minutes=10)
            if last <= now:
                return None
            one.until = min(now + timedelta(minutes=minutes), last)
        else:
            one.state, one.until = {"reject": "rejected"}.get(what, "approved"), None
            one.state += " as edited" * (what == "edit")
        one.actions += ["edit", "approve"] if what == "edit" else [what]
        self._push(place)
        self.undone.clear()
        return place

    def _asked(self, subject: int) -> bool:
        return any(other.state == "open" and other.subject == subject for other in self.ones)

    def _push(self, place: int) -> None:
        self.done = [other for other in self.done if other != place] + [place]

    def _close(self, place: int, state: str, action: str) -> None:
        self.ones[place].state = state
        self.ones[place].actions.append(action)
        self.done = [other for other in self.done if other != place]
        self.undone = [entry for entry in self.undone if entry[0] != place]

    def _undo(self, now: datetime) -> int | None:
        for place in reversed(self.done):
            one = self.ones[place]
            stands = one.deadline <= now or (one.state == "open" and (one.until is None or one.until <= now))
            if stands:
                continue
            if one.state != "open" and self._asked(one.subject):
                return None
            self.done.remove(place)
            self.undone.append((place, one.state, one.until))
            one.state, one.until = "open", None
            one.actions.append("undo")
            return place
        return None

    def _redo(self, now: datetime) -> int | None:
        for entry in reversed(self.undone):
            place, state, until = entry
            one = self.ones[place]
            if one.deadline <= now:
                continue
            self.undone.remove(entry)
            one.state, one.until = state, until
            one.actions.append("redo")
            self._push(place)
            return place
        return None


class Real:
    """The same on a database, by two programs."""

    def __init__(self, stores: list[Store], user: str) -> None:
        self.stores, self.user = stores, user
        self.ids: list[str] = []

    async def start(self) -> None:
        for subject, deadline in enumerate(DEADLINES):
            self.ids.append(
                await world.propose(
                    self.stores[0], self.user, world.SIT, subject=str(subject), expires_at=deadline
                )
            )

    async def apply(self, program: int, step: Step, now: datetime) -> int | None:
        store, (what, number, minutes) = self.stores[program], step
        known: dict[str, Any] = {"actor": self.user, "door": (Door.TUI, Door.CLI)[program], "now": now}
        one = self.ids[number % len(self.ids)]
        try:
            match what:
                case "approve":
                    verdict = await approve(store, one, **known)
                case "edit":
                    verdict = await approve(store, one, edit=EDIT, **known)
                case "reject":
                    verdict = await reject(store, one, **known)
                case "snooze":
                    verdict = await snooze(store, one, until=now + timedelta(minutes=minutes), **known)
                case "undo":
                    verdict = await undo(store, **known)
                case "redo":
                    verdict = await redo(store, **known)
                case "expire":
                    await store.write(lambda session: decisions.expire(session, self.user, now))
                    return 0
                case _:
                    return await self._agent(store, what, number % len(self.ids), now)
        except (DecisionConflict, NothingToUndo):
            return None
        assert isinstance(verdict, Verdict)
        return self.ids.index(verdict.decision_id)

    async def _agent(self, store: Store, what: str, place: int, now: datetime) -> int | None:
        """Newer advice, as an agent's run would write it."""

        async def work(session: AsyncSession) -> str | None:
            await decisions.lock_roster(session, "L", 1)
            old = await session.get_one(AgentDecision, self.ids[place])
            same = await decisions.of_subject(session, old)
            is_open = old.closed_at is None
            if is_open != (what == "supersede") or (not is_open and any(o.closed_at is None for o in same)):
                return None
            kept = ("task_id", "recommendation", "reasoning", "confidence_score", "expected_gain",
                    "model_version", "expires_at", "user_id", "league_id", "roster_id", "decision_type",
                    "season", "week", "subject")  # fmt: skip
            fresh = AgentDecision(id=str(uuid.uuid4()), **{name: getattr(old, name) for name in kept})
            if is_open:
                return (
                    fresh.id if await decisions.supersede(session, old, fresh, at=now, note="newer") else None
                )
            await decisions.add(session, fresh, door=Door.AGENT, at=now)
            return fresh.id

        fresh = await store.write(work)
        if fresh is None:
            return None
        self.ids.append(fresh)
        return place

    async def seen(self) -> list[tuple[str, datetime | None, list[str]]]:
        """State, snooze and audit of every decision; the audit itself is checked on the way."""
        async with self.stores[0].read() as session:
            rows = {
                row.id: row
                for row in await session.scalars(
                    select(AgentDecision).where(AgentDecision.user_id == self.user)
                )
            }
            told = (
                await session.scalars(
                    select(DecisionEvent)
                    .where(DecisionEvent.actor == self.user)
                    .order_by(DecisionEvent.version)
                )
            ).all()
        trails = {one: [event for event in told if event.decision_id == one] for one in self.ids}
        found = []
        for one, trail in trails.items():
            row = rows[one]
            assert [event.version for event in trail] == list(range(1, row.version + 1))
            for before, after in pairwise(trail):
                assert after.before == before.after
            assert decisions.state_of(row) == trail[-1].after
            assert row.recommendation == dump(world.SIT)
            found.append((_state(row), row.snoozed_until, [event.action.value for event in trail]))
        return found


def _state(row: AgentDecision) -> str:
    if row.user_approved is None:
        if row.closed_at is None:
            return "open"
        return "superseded" if row.superseded_by is not None else "expired"
    edited = (row.user_action_taken or {}).get("edit") is not None
    return ("approved" if row.user_approved else "rejected") + " as edited" * edited


WHAT = ("approve", "reject", "edit", "snooze", "undo", "undo", "redo", "expire", "supersede", "ask")
STEP = st.tuples(st.sampled_from(WHAT), st.integers(0, 5), st.sampled_from((5, 30, 200)))
MOVE = st.tuples(st.lists(STEP, min_size=1, max_size=2), st.integers(0, 1), st.sampled_from((1, 60, 900)))
Moves = list[tuple[list[Step], int, int]]


async def run(url: str, moves: Moves) -> None:
    stores = [Store(url), Store(url)]
    try:
        name = uuid.uuid4().hex
        real = Real(stores, await add_user(stores[0], name, name))
        await real.start()
        possible, now = [Model()], NOW
        for steps, program, seconds in moves:
            now += timedelta(seconds=seconds)
            if len(steps) == 2 and any(what in ("supersede", "ask", "expire") for what, _, _ in steps):
                steps = steps[:1]  # agents and people at once are another test's matter
            results = await asyncio.gather(
                *(real.apply((program + n) % 2, step, now) for n, step in enumerate(steps))
            )
            seen = await real.seen()
            possible = [
                model
                for before in possible
                for order in ([0, 1], [1, 0])[: len(steps)]
                if (model := _after(before, steps, order[: len(steps)], list(results), now, seen)) is not None
            ]
            assert possible, f"no order of {steps} leads to {results} and {seen}"
            possible = possible[:8]
    finally:
        for store in stores:
            await store.close()


def _after(
    before: Model,
    steps: list[Step],
    order: list[int],
    results: list[int | None],
    now: datetime,
    seen: list[tuple[str, datetime | None, list[str]]],
) -> Model | None:
    """The model once the steps were done in this order, if that is what was seen."""
    model = copy.deepcopy(before)
    if any(model.apply(steps[n], now) != results[n] for n in order):
        return None
    told = [(one.state, one.until, one.actions) for one in model.ones]
    return model if told == seen else None


@pytest.fixture(params=["sqlite", "postgres"])
def prepared(request: pytest.FixtureRequest) -> str:
    """A database with the league in which the decisions are."""
    url = str(request.getfixturevalue(f"{request.param}_url"))

    async def prepare() -> None:
        store = Store(url)
        await world.build(store)
        await store.close()

    asyncio.run(prepare())
    return url


QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


def test_what_happens_is_what_the_model_says(prepared: str) -> None:
    examples = int(os.environ.get("MODEL_EXAMPLES", "15" if prepared.startswith("sqlite") else "5"))

    @settings(max_examples=examples, deadline=None, suppress_health_check=QUIET, database=None)
    @given(st.lists(MOVE, min_size=5, max_size=18))
    def check(moves: Moves) -> None:
        asyncio.run(run(prepared, moves))

    check()
