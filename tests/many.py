"""Many programs that answer the same decisions at once, each in an order of its own: machines of one manager."""

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from random import Random

from sqlalchemy import select, text

from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, DecisionAction, DecisionEvent, Door
from fantasy_tui.review.decide import DecisionConflict, approve, reject
from tests.killed import fill
from tests.views import NOW

POOL = 2
"""Connections a program may have."""

_PROGRAMS = multiprocessing.get_context("forkserver")
_PROGRAMS.set_forkserver_preload(["tests.many"])
_DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
_CONNECTIONS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)

Told = tuple[str, str | None, float]
"""A decision's id, why the answer was refused (none: it counts), and the seconds that the answer took."""


@dataclass
class Outcome:
    """What the programs were told, one after the other, and what the database saw meanwhile."""

    told: list[list[Told]] = field(default_factory=list)
    deadlocks: int = 0
    connections: int = 0
    """The most at once, ours that counts them left out."""
    seconds: float = 0.0

    @property
    def won(self) -> list[str]:
        """Ids of decisions, one an answer that counts."""
        return [one for program in self.told for one, refused, _ in program if refused is None]

    @property
    def lost(self) -> list[str]:
        """What those were told who came second."""
        return [refused for program in self.told for _, refused, _ in program if refused is not None]

    def quantile(self, share: float) -> float:
        """Seconds within which this share of all answers was there."""
        times = sorted(seconds for program in self.told for _, _, seconds in program)
        return times[min(int(share * len(times)), len(times) - 1)]


def answer_all(
    url: str, user: str, ids: Sequence[str], number: int, start: Barrier, tell: Connection
) -> None:
    """Approve or reject all of them, whatever others do meanwhile."""
    rng, told = Random(number), list[Told]()

    async def work() -> None:
        store = Store(url, pool_size=POOL, max_overflow=0)
        await store.changed_token()  # as the app does: one of the connections listens
        await asyncio.to_thread(start.wait)
        for one in rng.sample(ids, len(ids)):
            act, begun, refused = rng.choice((approve, reject)), time.perf_counter(), None
            try:
                await act(store, one, actor=user, door=Door.CLI, now=NOW)
            except DecisionConflict as conflict:
                refused = str(conflict)
            told.append((one, refused, time.perf_counter() - begun))
        await store.close()

    asyncio.run(work())
    tell.send(told)
    tell.close()


def answer_at_once(url: str, programs: int, items: int) -> tuple[Outcome, str, list[str]]:
    """So many programs on so many decisions of a new user's; what came of it, the user and the decisions' ids."""

    async def prepare() -> tuple[str, list[str]]:
        store = Store(url)
        found = await fill(store, items)
        await store.close()
        return found

    user, ids = asyncio.run(prepare())
    outcome, start = Outcome(), _PROGRAMS.Barrier(programs + 1)
    ends, running = [], []
    for number in range(programs):
        hear, tell = _PROGRAMS.Pipe(duplex=False)
        running.append(_PROGRAMS.Process(target=answer_all, args=(url, user, ids, number, start, tell)))
        running[-1].start()
        tell.close()
        ends.append(hear)
    start.wait(60)
    begun = time.perf_counter()
    asyncio.run(_watch(url, outcome, ends))
    outcome.seconds = time.perf_counter() - begun
    for program in running:
        program.join()
        assert program.exitcode == 0
    return outcome, user, ids


async def _watch(url: str, outcome: Outcome, ends: list[Connection]) -> None:
    """Count connections until every program has told what became of its answers."""
    store = Store(url, pool_size=1, max_overflow=0)
    left = list(ends)
    while left:
        for end in [one for one in left if one.poll()]:
            outcome.told.append(end.recv())
            left.remove(end)
        if store.dialect == "postgresql":
            async with store.read() as session:
                outcome.connections = max(outcome.connections, await session.scalar(_CONNECTIONS) or 0)
        await asyncio.sleep(0.02)
    if store.dialect == "postgresql":
        async with store.read() as session:
            outcome.deadlocks = await session.scalar(_DEADLOCKS) or 0
    await store.close()


async def check(url: str, outcome: Outcome, user: str, ids: Sequence[str]) -> None:
    """Assert that each was decided once, by an answer that was told it counts, and that all others know by whom."""
    store = Store(url)
    async with store.read() as session:
        rows = {row.id: row for row in await session.scalars(select(AgentDecision))}
        answers = (
            await session.scalars(
                select(DecisionEvent.decision_id).where(DecisionEvent.action != DecisionAction.PROPOSE)
            )
        ).all()
    await store.close()
    assert sorted(outcome.won) == sorted(answers) == sorted(ids) == sorted(rows)
    assert all((row.version, row.decided_by) == (2, user) for row in rows.values())
    assert len(outcome.lost) == (len(outcome.told) - 1) * len(ids)
    for told in outcome.lost:
        assert " by Manager at " in told, told
        assert "was already approved" in told or "was already rejected" in told
    assert outcome.deadlocks == 0
    assert outcome.connections <= len(outcome.told) * POOL
