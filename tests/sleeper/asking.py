"""How tests of the client ask, and what comes back."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.errors import SleeperError
from tests.sleeper.fake import client_of

STATE = {"season": "2024", "week": 3, "display_week": 3}
HTML = b"\n<!DOCTYPE html><html><body>Log in to the hotel's network</body></html>"


def is_one_sentence(error: SleeperError) -> bool:
    said = str(error)
    return "\n" not in said and said.endswith(".") and len(said) < 200 and not re.search(r"\.\s+[A-Z]", said)


async def failure(answer: Callable[[httpx.Request], httpx.Response], resource: Resource[Any]) -> SleeperError:
    async with client_of(answer) as client:
        with pytest.raises(SleeperError) as caught:
            await client.get(resource)
    assert is_one_sentence(caught.value)
    return caught.value


class Script:
    """Answers in turn, the last one for ever."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer
