"""What the client tries again, how long it waits, and what it gives up at once."""

from collections.abc import Callable

import httpx
import pytest

from fantasy_tui.sleeper import client as client_module
from fantasy_tui.sleeper import endpoints
from fantasy_tui.sleeper.client import ATTEMPTS, SleeperClient
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperUnreachable
from tests.sleeper.asking import HTML, STATE, Script, failure, is_one_sentence
from tests.sleeper.fake import client_of


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_trouble_passes(
    status: int, patient: Callable[[Script], SleeperClient], waits: list[float]
) -> None:
    script = Script(httpx.Response(status, content=HTML), httpx.Response(200, json=STATE))
    async with patient(script) as client:
        assert (await client.get(endpoints.state())).value is not None
    assert client.requests == len(script.requests) == 2
    assert len(waits) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(429), "Sleeper asks to slow down (429): try again in a few minutes."),
        (httpx.Response(500), "Sleeper is in trouble (500): try again later."),
        (httpx.Response(503, content=HTML), "Sleeper is in trouble (503): try again later."),
        (httpx.ReadTimeout("slow"), "Sleeper did not answer in time; what is stored stays."),
        (httpx.ConnectTimeout("slow"), "Sleeper did not answer in time; what is stored stays."),
        (httpx.ConnectError("dns"), "Sleeper cannot be reached: check the network; what is stored stays."),
        (
            httpx.ReadError("reset"),
            "Sleeper broke off while sending the NFL season's state; what is stored stays.",
        ),
    ],
    ids=["429", "500", "503", "read timeout", "connect timeout", "no network", "reset"],
)
async def test_trouble_that_stays(
    answer: httpx.Response | Exception,
    said: str,
    patient: Callable[[Script], SleeperClient],
    waits: list[float],
) -> None:
    script = Script(answer)
    async with patient(script) as client:
        with pytest.raises(SleeperUnreachable) as caught:
            await client.get(endpoints.state())
    assert str(caught.value) == said
    assert is_one_sentence(caught.value)
    assert len(script.requests) == client.requests == ATTEMPTS
    assert len(waits) == ATTEMPTS - 1
    assert waits == sorted(waits), "each wait is longer than the one before"
    assert 0.5 <= waits[0] <= 1.0
    assert sum(waits) < 10


@pytest.mark.parametrize(
    ("header", "expected"),
    [("7", 7.0), ("0", 0.0), ("86400", client_module.LONGEST_WAIT)],
)
async def test_retry_after_is_obeyed_within_reason(
    header: str, expected: float, patient: Callable[[Script], SleeperClient], waits: list[float]
) -> None:
    slow = httpx.Response(429, headers={"Retry-After": header})
    async with patient(Script(slow, httpx.Response(200, json=STATE))) as client:
        await client.get(endpoints.state())
    assert waits == [expected]


@pytest.mark.parametrize("header", ["Wed, 21 Oct 2026 07:28:00 GMT", "-1", "soon"])
async def test_a_retry_after_that_is_no_number(
    header: str, patient: Callable[[Script], SleeperClient], waits: list[float]
) -> None:
    slow = httpx.Response(503, headers={"Retry-After": header})
    async with patient(Script(slow, httpx.Response(200, json=STATE))) as client:
        await client.get(endpoints.state())
    assert len(waits) == 1
    assert 0 < waits[0] <= 1


@pytest.mark.parametrize("status", [400, 401, 403, 418, 204])
async def test_a_refusal_is_not_repeated(status: int) -> None:
    script = Script(httpx.Response(status))
    error = await failure(script, endpoints.state())
    assert isinstance(error, SleeperBadAnswer)
    assert str(error) == f"Sleeper refused to give the NFL season's state ({status}): try again later."
    assert str(status) in error.detail
    assert len(script.requests) == 1


async def test_a_redirect_is_followed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/moved":
            return httpx.Response(200, json=STATE)
        return httpx.Response(301, headers={"Location": "https://sleeper.test/moved"})

    async with client_of(answer) as client:
        assert (await client.get(endpoints.state())).value is not None


async def test_redirects_in_a_circle() -> None:
    error = await failure(
        lambda request: httpx.Response(302, headers={"Location": str(request.url)}), endpoints.state()
    )
    assert isinstance(error, SleeperUnreachable)
