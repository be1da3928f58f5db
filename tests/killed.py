"""Programs that approve decisions one after the other and are killed in the middle of it."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from random import Random
from time import sleep

from sqlalchemy import select

from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, DecisionAction, DecisionEvent, Door
from fantasy_tui.review.decide import approve
from tests.review import world
from tests.views import NOW

_PROGRAMS = multiprocessing.get_context("forkserver")
_PROGRAMS.set_forkserver_preload(["tests.killed"])
_LONGEST = 0.03
_LONG_ENOUGH = 60.0


@dataclass
class Count:
    """What the kills came to."""

    kills: int = 0
    told: int = 0
    """Approvals that a program told of before it was killed."""
    untold: int = 0
    """Approvals that were stored, but whose program was killed before it could tell."""


def approve_all(url: str, user: str, ids: Sequence[str], tell: Connection) -> None:
    """Approve them in order and tell each id once it is committed."""

    async def work() -> None:
        store = Store(url)
        for n, one in enumerate(ids):
            await approve(store, one, actor=user, door=Door.CLI, now=NOW + timedelta(seconds=n))
            tell.send_bytes(one.encode())
        await asyncio.sleep(_LONG_ENOUGH)

    asyncio.run(work())


async def fill(store: Store, number: int) -> tuple[str, list[str]]:
    """A user with so many decisions that wait."""
    user = await world.build(store)
    return user, [await world.propose(store, user, world.SIT, subject=str(n)) for n in range(number)]


def kill_one(url: str, user: str, ids: Sequence[str], rng: Random) -> list[str]:
    """Start a program, kill it at a random moment after its first approval; what it told."""
    hear, tell = _PROGRAMS.Pipe(duplex=False)
    program = _PROGRAMS.Process(target=approve_all, args=(url, user, ids, tell), daemon=True)
    program.start()
    tell.close()
    told = [hear.recv_bytes().decode()]
    sleep(rng.random() * _LONGEST)
    program.kill()
    program.join()
    assert program.exitcode == -9
    try:
        while hear.poll():
            told.append(hear.recv_bytes().decode())
    except EOFError:
        pass  # everything it said has been read
    hear.close()
    return told


async def check(store: Store, user: str, ids: Sequence[str], told: set[str]) -> int:
    """Assert that what was told is stored with its event and that nothing is torn; how many were not told of."""
    async with store.read() as session:
        rows = (await session.scalars(select(AgentDecision).where(AgentDecision.user_id == user))).all()
        trail = (await session.scalars(select(DecisionEvent).order_by(DecisionEvent.version))).all()
    approved = {row.id for row in rows if row.user_approved}
    assert told <= approved
    assert {row.id for row in rows} == set(ids)
    trails: dict[str, list[DecisionEvent]] = {}
    for event in trail:
        trails.setdefault(event.decision_id, []).append(event)
    for row in rows:
        mine = trails[row.id]
        expected = [DecisionAction.PROPOSE] + [DecisionAction.APPROVE] * bool(row.user_approved)
        assert [event.action for event in mine] == expected
        assert [event.version for event in mine] == list(range(1, row.version + 1))
        assert mine[-1].after == decisions.state_of(row)
    return len(approved - told)


def kill_many(url: str, kills: int, *, each: int, seed: int) -> Count:
    """So many programs, one after the other on the same database, each with decisions of its own to approve."""
    rng, count = Random(seed), Count()

    async def prepare() -> tuple[str, list[str]]:
        store = Store(url)
        found = await fill(store, kills * each)
        await store.close()
        return found

    user, ids = asyncio.run(prepare())
    told: set[str] = set()
    for n in range(kills):
        told |= set(kill_one(url, user, ids[n * each : (n + 1) * each], rng))
        count.kills += 1

    async def verify() -> int:
        store = Store(url)
        untold = await check(store, user, ids, told)
        await store.close()
        return untold

    count.told, count.untold = len(told), asyncio.run(verify())
    return count
