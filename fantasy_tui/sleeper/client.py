"""The one place that talks to Sleeper: polite, patient, and with one clear sentence for each way to fail."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Generic, Self, TypeVar

import httpx
import msgspec
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from fantasy_tui import __version__
from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperError, SleeperNotFound, SleeperUnreachable

T = TypeVar("T")

IN_FLIGHT = 4
ATTEMPTS = 4
LONGEST_WAIT = 30.0
# Decoding more than this takes longer than a frame of the screen.
DECODE_IN_THREAD = 256 * 1024
USER_AGENT = f"fantasy-tui/{__version__} (terminal app; reads only)"


@cache
def trusted() -> ssl.SSLContext:
    """Whom to trust; read once, for reading takes longer than a frame of the screen."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """An answer; `value` is none when it is the one already known."""

    value: T | None
    etag: str | None
    digest: str | None

    @property
    def modified(self) -> bool:
        """False when Sleeper has nothing newer than what is known."""
        return self.value is not None


class _TryAgain(Exception):
    """An attempt that failed in a way that may pass; `error` is what the user reads when it does not."""

    def __init__(self, error: SleeperError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.after = after


class SleeperClient:
    """Sleeper's read-only API over httpx: at most four requests at once, with retries and ETags."""

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.requests = 0
        """Requests sent so far, attempts that failed included."""
        self._base_url = base_url.rstrip("/")
        self._sleep = sleep
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._http = httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json, text/csv;q=0.9"},
            timeout=httpx.Timeout(30.0, connect=10.0, pool=None),
            follow_redirects=True,
            verify=trusted() if transport is None else True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(
        self, resource: Resource[T], *, etag: str | None = None, digest: str | None = None
    ) -> Reply[T]:
        """Ask for a resource; `etag` and `digest` are those of the answer already known.

        Raises SleeperUnreachable, SleeperNotFound or SleeperBadAnswer.
        """
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_TryAgain),
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            response: httpx.Response = await retrying(self._ask, resource, etag)
        except _TryAgain as failure:
            raise failure.error from failure.__cause__
        if response.status_code == httpx.codes.NOT_MODIFIED:
            if etag is None:
                raise unreadable(resource, "nothing new, though nothing was known")
            return Reply(None, etag, digest)
        body = response.content
        large = len(body) > DECODE_IN_THREAD
        found = await asyncio.to_thread(_digest, body) if large else _digest(body)
        if found == digest:
            return Reply(None, response.headers.get("etag"), digest)
        value: T = await _decode(resource, body)
        return Reply(value, response.headers.get("etag"), found)

    async def _ask(self, resource: Resource[T], etag: str | None) -> httpx.Response:
        url = resource.path if "://" in resource.path else self._base_url + resource.path
        headers = {"If-None-Match": etag} if etag else {}
        async with self._slots:
            self.requests += 1
            try:
                response = await self._http.get(url, params=dict(resource.params) or None, headers=headers)
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                raise SleeperUnreachable(
                    f"{url} is not an address that can be asked: check the settings.", path=resource.path
                ) from error
            except httpx.RequestError as error:
                raise _TryAgain(_unreachable(resource, error)) from error
        _check(resource, response)
        return response


def _check(resource: Resource[T], response: httpx.Response) -> None:
    """Raise for every status that is not an answer."""
    status, who = response.status_code, _who(resource)
    detail = f"{status} from {response.url}"
    if status in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
        return
    if status == httpx.codes.NOT_FOUND:
        raise _not_found(resource)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        error = SleeperUnreachable(
            f"{who} asks to slow down (429): try again in a few minutes.", path=resource.path, detail=detail
        )
        raise _TryAgain(error, _seconds(response.headers.get("retry-after")))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        error = SleeperUnreachable(
            f"{who} is in trouble ({status}): try again later.", path=resource.path, detail=detail
        )
        raise _TryAgain(error, _seconds(response.headers.get("retry-after")))
    raise SleeperBadAnswer(
        f"{who} refused to give {resource.what} ({status}): try again later.",
        path=resource.path,
        detail=detail,
    )


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


async def _decode(resource: Resource[T], body: bytes) -> T:
    if body.strip() == b"null":
        if resource.empty is None:
            raise _not_found(resource)
        return resource.empty()
    try:
        if len(body) > DECODE_IN_THREAD:
            return await asyncio.to_thread(resource.decode, body)
        return resource.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise unreadable(resource, _form(body), str(error)) from error


def unreadable(resource: Resource[T], form: str, detail: str = "") -> SleeperBadAnswer:
    """What to tell about an answer that looks like `form` and says nothing that can be stored."""
    return SleeperBadAnswer(
        f"{_who(resource)} gave {resource.what} in a form that cannot be read ({form}): "
        "what is stored stays; try again later.",
        path=resource.path,
        detail=detail,
    )


def _form(body: bytes) -> str:
    """What an unreadable answer looks like, in a user's words."""
    start = body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "an empty answer"
    if start.startswith(b"<"):
        return "a web page; is a login page in front of the network?"
    return "broken off or changed"


def _not_found(resource: Resource[T]) -> SleeperNotFound:
    return SleeperNotFound(
        f"{_who(resource)} does not know {resource.what}: check the spelling.", path=resource.path
    )


def _unreachable(resource: Resource[T], error: httpx.RequestError) -> SleeperUnreachable:
    match error:
        case httpx.TimeoutException():
            why = "did not answer in time"
        case httpx.ConnectError():
            why = "cannot be reached: check the network"
        case _:
            why = f"broke off while sending {resource.what}"
    return SleeperUnreachable(
        f"{_who(resource)} {why}; what is stored stays.",
        path=resource.path,
        detail=f"{type(error).__name__}: {error}",
    )


def _who(resource: Resource[T]) -> str:
    """Who was asked: Sleeper, or the host of another address."""
    return httpx.URL(resource.path).host if "://" in resource.path else "Sleeper"


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds; its other form, a date, is left to the usual backoff."""
    return float(retry_after) if retry_after and retry_after.isdecimal() else None


_backoff = wait_exponential_jitter(multiplier=0.5, max=8.0, jitter=0.5)


def _wait(attempt: RetryCallState) -> float:
    failure = attempt.outcome.exception() if attempt.outcome is not None else None
    if isinstance(failure, _TryAgain) and failure.after is not None:
        return min(failure.after, LONGEST_WAIT)
    return _backoff(attempt)
