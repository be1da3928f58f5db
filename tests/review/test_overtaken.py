"""What was approved stands in the way of what contradicts it, as long as it can still be done."""

from datetime import timedelta

import pytest

from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType
from fantasy_tui.review.queue import waiting
from tests.leagues import NOW, build
from tests.proving import claim, trade
from tests.settling import add


@pytest.mark.parametrize(("hours", "in_the_way"), [(3, True), (-3, False)])
async def test_only_while_it_can_still_be_done(store: Store, hours: int, in_the_way: bool) -> None:
    user = await store.write(build)
    kind = AgentTaskType.WAIVER_WIRE
    deadline = NOW + timedelta(hours=hours)
    await add(store, user, claim("10", "4"), answer="approved", kind=kind, week=10, expires_at=deadline)
    later = NOW + timedelta(hours=5)
    offer = trade(("4",), ("8",))
    await add(store, user, offer, answer="open", kind=AgentTaskType.TRADE_ANALYSIS, week=10, expires_at=later)
    (item,) = await waiting(store, user, NOW)
    assert (
        any(said.startswith("This cannot be done as it stands since") for said in item.linked) is in_the_way
    )


async def test_an_approved_one_that_cannot_be_read_hides_nothing(store: Store) -> None:
    user = await store.write(build)
    kind, later = AgentTaskType.TRADE_ANALYSIS, NOW + timedelta(hours=5)
    broken = {"summary": "Old words", "give": [{"player_id": "4"}]}
    await add(store, user, broken, answer="approved", kind=kind, week=10, expires_at=later)
    waits = await add(store, user, trade(("4",), ("8",)), answer="open", kind=kind, week=10, expires_at=later)
    assert [(item.id, item.linked) for item in await waiting(store, user, NOW)] == [(waits, ())]
