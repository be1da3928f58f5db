"""Proposals against what stands: nothing twice, better advice with a link, nothing a person has answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.reconcile import Outcome, reconcile
from fantasy_tui.crud import task as tasks
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, Door
from fantasy_tui.review.decide import approve, reject
from fantasy_tui.review.queue import history, look_up, waiting
from tests.decisions import add_league, add_user, lineup_change
from tests.views import NOW, SUNDAY, league, player

KIND = AgentTaskType.LINEUP_OPTIMIZATION
VIEW = league("RB", [player("a", "RB", 5)], ["a"])
PROPOSAL = Proposal("lineup", lineup_change(), confidence=64, expected_gain=4.4, expires_at=SUNDAY)
OTHER_PLAYER = PROPOSAL.recommendation.model_copy(update={"after": PROPOSAL.recommendation.before})  # type: ignore[attr-defined]


@pytest.fixture
async def user(store: Store) -> str:
    user_id = await add_user(store)
    await add_league(store, user_id)
    return user_id


async def run(store: Store, user: str, proposals: list[Proposal], hours: float = 0) -> Outcome:
    view = replace(VIEW, now=NOW + timedelta(hours=hours))
    task = await store.write(lambda session: tasks.create_task(session, KIND, user, "L"))
    return await store.write(
        lambda session: reconcile(
            session, view, proposals, kind=KIND, model_version="test-1", task_id=task.id, user_id=user
        )
    )


async def test_the_same_advice_is_written_once(store: Store, user: str) -> None:
    assert await run(store, user, [PROPOSAL]) == Outcome(written=1)
    nearly = replace(PROPOSAL, expected_gain=4.6, confidence=65)
    assert await run(store, user, [nearly]) == Outcome(unchanged=1)
    [item] = await waiting(store, user, NOW)
    assert item.gain == 4.4


async def test_better_advice_supersedes_with_a_link(store: Store, user: str) -> None:
    await run(store, user, [PROPOSAL])
    [old] = await waiting(store, user, NOW)
    better = replace(PROPOSAL, recommendation=OTHER_PLAYER, expected_gain=9.0)
    assert await run(store, user, [better]) == Outcome(written=1, superseded=1)
    [new] = await waiting(store, user, NOW)
    assert new.gain == 9.0
    assert (await look_up(store, old.id, user, NOW)).status == "superseded"
    event = (await history(store, old.id))[-1]
    assert (event.action, event.note) == ("supersede", f"replaced by {new.id}")


async def test_the_same_advice_with_other_numbers_is_refreshed(store: Store, user: str) -> None:
    await run(store, user, [PROPOSAL])
    assert await run(store, user, [replace(PROPOSAL, expected_gain=7.0)]) == Outcome(written=1, superseded=1)


async def test_advice_that_no_longer_holds_is_withdrawn(store: Store, user: str) -> None:
    await run(store, user, [PROPOSAL])
    assert await run(store, user, []) == Outcome(withdrawn=1)
    assert await waiting(store, user, NOW) == []


@pytest.mark.parametrize("answer", [approve, reject])
async def test_answered_advice_comes_back_only_when_it_is_worth_more(
    store: Store, user: str, answer: object
) -> None:
    await run(store, user, [PROPOSAL])
    [item] = await waiting(store, user, NOW)
    await answer(store, item.id, actor=user, door=Door.TUI, now=NOW)  # type: ignore[operator]
    assert await run(store, user, [replace(PROPOSAL, expected_gain=5.0)]) == Outcome(unchanged=1)
    assert await run(store, user, [replace(PROPOSAL, expected_gain=8.0)]) == Outcome(written=1)


async def test_expired_advice_is_closed_as_such(store: Store, user: str) -> None:
    await run(store, user, [PROPOSAL])
    [item] = await waiting(store, user, NOW)
    assert await run(store, user, [], hours=10) == Outcome()
    assert (await look_up(store, item.id, user, NOW + timedelta(hours=10))).status == "expired"


async def test_two_subjects_stand_side_by_side(store: Store, user: str) -> None:
    both = [PROPOSAL, replace(PROPOSAL, subject="other")]
    assert await run(store, user, both) == Outcome(written=2)
    assert await run(store, user, both[:1]) == Outcome(unchanged=1, withdrawn=1)
