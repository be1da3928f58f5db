from collections.abc import Callable

import httpx
import pytest

from fantasy_tui.sleeper.client import SleeperClient
from tests.sleeper.asking import Script
from tests.sleeper.fake import FakeSleeper


@pytest.fixture
def sleeper() -> FakeSleeper:
    return FakeSleeper()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def patient(waits: list[float]) -> Callable[[Script], SleeperClient]:
    """A client that notes how long it would have waited."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return lambda script: SleeperClient(
        "https://sleeper.test/", transport=httpx.MockTransport(script), sleep=sleep
    )
