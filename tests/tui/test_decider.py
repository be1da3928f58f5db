"""Answers go to the store one after the other, in the order of the keys."""

import asyncio
from typing import Any, cast

import pytest

from fantasy_tui.review.decide import DecisionConflict
from fantasy_tui.tui.decider import Act, Decider
from fantasy_tui.workspace import Workspace

WORKSPACE = cast("Workspace", object())


def answer(done: list[Any], name: str, seconds: float = 0.0) -> Act:
    async def act(workspace: Workspace) -> Any:
        done.append(f"{name} begins")
        await asyncio.sleep(seconds)
        done.append(f"{name} ends")
        if name == "conflict":
            raise DecisionConflict("already decided")
        return name, workspace

    return act


async def test_in_order_and_never_two_at_once() -> None:
    decider, done = Decider(), list[Any]()
    first = asyncio.create_task(decider.carry_out(answer(done, "a", 0.01)))
    second = asyncio.create_task(decider.carry_out(answer(done, "b")))
    await asyncio.sleep(0)
    assert done == []
    decider.open(WORKSPACE)
    answers: Any = await asyncio.gather(first, second)
    assert list(answers) == [("a", WORKSPACE), ("b", WORKSPACE)]
    assert done == ["a begins", "a ends", "b begins", "b ends"]


async def test_a_failure_is_the_caller_s_and_the_next_goes_on() -> None:
    decider, done = Decider(), list[Any]()
    decider.open(WORKSPACE)
    with pytest.raises(DecisionConflict):
        await decider.carry_out(answer(done, "conflict"))
    second: Any = await decider.carry_out(answer(done, "b"))
    assert second == ("b", WORKSPACE)


async def test_settling_waits_for_all_of_them() -> None:
    decider, done = Decider(), list[Any]()
    decider.open(WORKSPACE)
    await decider.settle()
    tasks = [asyncio.create_task(decider.carry_out(answer(done, name, 0.01))) for name in "ab"]
    await asyncio.sleep(0)
    await decider.settle()
    assert done[-1] == "b ends"
    await asyncio.gather(*tasks)


async def test_leaving_before_the_store_is_open_waits_for_answers_alone() -> None:
    decider, done = Decider(), list[Any]()
    await decider.settle()
    answered = asyncio.create_task(decider.carry_out(answer(done, "a")))
    await asyncio.sleep(0)
    settled = asyncio.create_task(decider.settle())
    await asyncio.sleep(0)
    assert not settled.done()
    decider.open(WORKSPACE)
    await settled
    assert done == ["a begins", "a ends"]
    await answered


async def test_a_store_that_never_opens_lets_the_answers_go() -> None:
    decider, done = Decider(), list[Any]()
    answered = asyncio.create_task(decider.carry_out(answer(done, "a")))
    await asyncio.sleep(0)
    decider.give_up()
    await decider.settle()
    with pytest.raises(asyncio.CancelledError):
        await answered
    assert done == []
