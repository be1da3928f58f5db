import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from fantasy_tui import __version__
from fantasy_tui.sleeper import endpoints
from fantasy_tui.sleeper.client import ATTEMPTS, IN_FLIGHT, SleeperClient
from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperNotFound, SleeperUnreachable
from tests.sleeper.asking import HTML, STATE, Script, failure, is_one_sentence
from tests.sleeper.fake import DEFENCE, GAMES_URL, HOSTILE, client_of, league, user


async def test_an_answer() -> None:
    script = Script(httpx.Response(200, json=STATE, headers={"ETag": 'W/"a"'}))
    async with client_of(script) as client:
        reply = await client.get(endpoints.state())
    assert reply.modified
    assert reply.value is not None
    assert (reply.value.season, reply.etag, len(reply.digest or "")) == ("2024", 'W/"a"', 32)
    assert str(script.requests[0].url) == "https://sleeper.test/v1/state/nfl"
    assert client.requests == 1


async def test_it_says_who_it_is() -> None:
    script = Script(httpx.Response(200, json=STATE))
    async with client_of(script) as client:
        await client.get(endpoints.state())
    agent = script.requests[0].headers["user-agent"]
    assert agent.startswith(f"fantasy-tui/{__version__}")
    assert "python" not in agent.lower()
    assert "gzip" in script.requests[0].headers["accept-encoding"]


async def test_a_compressed_answer() -> None:
    packed = httpx.Response(
        200, content=gzip.compress(json.dumps(STATE).encode()), headers={"Content-Encoding": "gzip"}
    )
    async with client_of(Script(packed)) as client:
        assert (await client.get(endpoints.state())).value is not None


async def test_an_unknown_username_is_a_null() -> None:
    error = await failure(Script(httpx.Response(200, content=b"null")), endpoints.user("nobdy"))
    assert isinstance(error, SleeperNotFound)
    assert str(error) == "Sleeper does not know user “nobdy”: check the spelling."


@pytest.mark.parametrize("body", [b"null", b"[]", b" null\n"], ids=["null", "empty list", "null with spaces"])
async def test_unknown_leagues_of_a_user_are_no_leagues(body: bytes) -> None:
    async with client_of(Script(httpx.Response(200, content=body))) as client:
        reply = await client.get(endpoints.user_leagues("101", "1999"))
    assert reply.value == []
    assert reply.modified


@pytest.mark.parametrize("status", [404, 200])
async def test_an_unknown_league(status: int) -> None:
    script = Script(httpx.Response(status, content=b"null"))
    error = await failure(script, endpoints.league("5"))
    assert isinstance(error, SleeperNotFound)
    assert str(error) == "Sleeper does not know league 5: check the spelling."
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "resource",
    [
        endpoints.matchups("5", 30),
        endpoints.transactions("5", 1),
        endpoints.winners_bracket("5"),
        endpoints.losers_bracket("5"),
        endpoints.traded_picks("5"),
        endpoints.weekly_stats("2024", 18),
        endpoints.weekly_projections("2024", 18),
        endpoints.trending("add"),
        endpoints.schedule("2030"),
        endpoints.league_drafts("5"),
        endpoints.user_drafts("101", "2024"),
        endpoints.draft_picks("5"),
        endpoints.draft_traded_picks("5"),
    ],
    ids=lambda resource: resource.key,
)
async def test_null_is_nothing_where_nothing_is_usual(resource: Resource[Any]) -> None:
    async with client_of(Script(httpx.Response(200, content=b"null"))) as client:
        assert not (await client.get(resource)).value


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (HTML, "a web page; is a login page in front of the network?"),
        (b"\xef\xbb\xbf<!-- hi --><HTML>", "a web page; is a login page in front of the network?"),
        (b"", "an empty answer"),
        (b"  \n", "an empty answer"),
        (b'{"season": "2024", "we', "broken off or changed"),
        (b'{"season": 2024}', "broken off or changed"),
        (b'{"week": 3}', "broken off or changed"),
        (b'["2024"]', "broken off or changed"),
        (b'{"season": "\xff"}', "broken off or changed"),
        (b'{"season": "2024", "x": ' + b"[" * 100_000, "broken off or changed"),
    ],
    ids=["html", "html with a mark", "empty", "blank", "cut", "type", "lacking", "list", "bytes", "deep"],
)
async def test_an_answer_that_cannot_be_read(content: bytes, form: str) -> None:
    script = Script(httpx.Response(200, content=content))
    error = await failure(script, endpoints.state())
    assert isinstance(error, SleeperBadAnswer)
    assert str(error) == (
        f"Sleeper gave the NFL season's state in a form that cannot be read ({form}):"
        " what is stored stays; try again later."
    )
    assert error.path == "/v1/state/nfl"
    assert len(script.requests) == 1


async def test_deeper_than_can_be_read() -> None:
    nested = b'{"1": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    error = await failure(Script(httpx.Response(200, content=nested)), endpoints.weekly_stats("2024", 1))
    assert isinstance(error, SleeperBadAnswer)


def _players_file() -> bytes:
    entry = {**DEFENCE, "filler": "x" * 1000}
    return json.dumps({str(number): entry for number in range(13_000)}).encode()


@pytest.fixture(scope="module")
def players_file() -> bytes:
    body = _players_file()
    assert len(body) > 14_000_000
    return body


async def test_the_players_file(players_file: bytes) -> None:
    async with client_of(Script(httpx.Response(200, content=players_file))) as client:
        reply = await client.get(endpoints.players())
    assert reply.value is not None
    assert len(reply.value) == 13_000


async def test_a_large_answer_that_stops_half_way_without_a_word(players_file: bytes) -> None:
    half = players_file[: len(players_file) // 2]
    error = await failure(Script(httpx.Response(200, content=half)), endpoints.players())
    assert isinstance(error, SleeperBadAnswer)
    assert "the players file in a form that cannot be read (broken off or changed)" in str(error)


async def test_a_large_answer_that_breaks_off(players_file: bytes) -> None:
    sent = 0

    def answer(_request: httpx.Request) -> httpx.Response:
        async def chunks() -> AsyncIterator[bytes]:
            nonlocal sent
            sent += 1
            for start in range(0, len(players_file) // 2, 1_000_000):
                yield players_file[start : start + 1_000_000]
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

        return httpx.Response(200, content=chunks())

    error = await failure(answer, endpoints.players())
    assert isinstance(error, SleeperUnreachable)
    assert str(error) == "Sleeper broke off while sending the players file; what is stored stays."
    assert sent == ATTEMPTS


async def test_over_a_real_socket_that_is_cut() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 14000000\r\n\r\n{"season": "2024", ')
        await writer.drain()
        writer.close()

    async def no_sleep(_seconds: float) -> None: ...

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, SleeperClient(f"http://127.0.0.1:{port}", sleep=no_sleep) as client:
        with pytest.raises(SleeperUnreachable, match="broke off while sending") as caught:
            await client.get(endpoints.state())
    assert is_one_sentence(caught.value)
    server.close()
    async with SleeperClient(f"http://127.0.0.1:{port}", sleep=no_sleep) as client:
        with pytest.raises(SleeperUnreachable, match="cannot be reached: check the network"):
            await client.get(endpoints.state())


async def test_what_is_known_is_not_sent_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == 'W/"a"':
            return httpx.Response(304)
        return httpx.Response(200, json=STATE, headers={"ETag": 'W/"a"'})

    async with client_of(answer) as client:
        first = await client.get(endpoints.state())
        second = await client.get(endpoints.state(), etag=first.etag, digest=first.digest)
    assert not second.modified
    assert (second.value, second.etag, second.digest) == (None, first.etag, first.digest)


async def test_the_same_answer_under_another_etag() -> None:
    script = Script(
        httpx.Response(200, json=STATE, headers={"ETag": '"a"'}),
        httpx.Response(200, json=STATE, headers={"ETag": '"b"'}),
    )
    async with client_of(script) as client:
        first = await client.get(endpoints.state())
        second = await client.get(endpoints.state(), etag=first.etag, digest=first.digest)
    assert not second.modified
    assert (second.etag, second.digest) == ('"b"', first.digest)
    assert script.requests[1].headers["if-none-match"] == '"a"'


async def test_nothing_new_where_nothing_was_known() -> None:
    error = await failure(Script(httpx.Response(304)), endpoints.state())
    assert isinstance(error, SleeperBadAnswer)
    assert "nothing new, though nothing was known" in str(error)


async def test_at_most_four_in_flight() -> None:
    now = most = 0

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, _request: httpx.Request) -> httpx.Response:
            nonlocal now, most
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.002)
            now -= 1
            return httpx.Response(200, json=STATE)

    async with SleeperClient("https://sleeper.test", transport=Slow()) as client:
        await asyncio.gather(*(client.get(endpoints.state()) for _ in range(20)))
    assert most == IN_FLIGHT == 4
    assert client.requests == 20


async def test_who_waits_holds_nobody_up() -> None:
    """Five requests are told to slow down; others pass while they wait."""
    resume = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await resume.wait()

    def answer(request: httpx.Request) -> httpx.Response:
        busy = "league" in request.url.path and not resume.is_set()
        return httpx.Response(429) if busy else httpx.Response(200, json={**STATE, **league()})

    async with SleeperClient(
        "https://sleeper.test", transport=httpx.MockTransport(answer), sleep=sleep
    ) as client:
        waiting = [asyncio.create_task(client.get(endpoints.league(str(n)))) for n in range(5)]
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await client.get(endpoints.state())
            resume.set()
            await asyncio.gather(*waiting)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/../b", "/v1/user/a%2F..%2Fb"),
        ("a?b#c", "/v1/user/a%3Fb%23c"),
        ("ünï", "/v1/user/%C3%BCn%C3%AF"),
        ("\udcff", "/v1/user/%3F"),
    ],
)
async def test_names_that_people_type(name: str, path: str) -> None:
    script = Script(httpx.Response(200, json=user()))
    async with client_of(script) as client:
        await client.get(endpoints.user(name))
    assert script.requests[0].url.raw_path.decode() == path


async def test_another_address_is_named() -> None:
    error = await failure(Script(httpx.Response(404)), endpoints.games(GAMES_URL))
    assert str(error) == "games.test does not know the file of kickoffs: check the spelling."
    error = await failure(Script(httpx.Response(200, content=HTML)), endpoints.games(GAMES_URL))
    assert str(error).startswith(
        "games.test gave the file of kickoffs in a form that cannot be read (a web page"
    )


@pytest.mark.parametrize("url", ["ftp://sleeper.test", "nonsense", "http://[::1"])
async def test_an_address_that_is_none(url: str) -> None:
    async with SleeperClient(url) as client:
        with pytest.raises(SleeperUnreachable, match="is not an address that can be asked"):
            await client.get(endpoints.state())


async def test_the_character_that_postgres_cannot_store() -> None:
    sent = rb'{"user_id": "1", "display_name": "a\u0000b\\u0000c\\\u0000d"}'
    async with client_of(Script(httpx.Response(200, content=sent))) as client:
        reply = await client.get(endpoints.user("1"))
    assert reply.value is not None
    assert reply.value.name == r"ab\u0000c\d"


async def test_hostile_names_are_only_text() -> None:
    async with client_of(Script(httpx.Response(200, json=league(name=HOSTILE)))) as client:
        reply = await client.get(endpoints.league("1"))
    assert reply.value is not None
    assert reply.value.name == HOSTILE


async def test_parameters() -> None:
    script = Script(httpx.Response(200, json=[]))
    async with client_of(script) as client:
        await client.get(endpoints.trending("drop"))
    assert script.requests[0].url.path == "/v1/players/nfl/trending/drop"
    assert dict(script.requests[0].url.params) == {"lookback_hours": "24", "limit": "50"}


async def test_a_request_that_is_given_up() -> None:
    """A cancelled request gives its place back."""

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if "league" in request.url.path:
                await asyncio.Event().wait()
            return httpx.Response(200, json=STATE)

    async with SleeperClient("https://sleeper.test", transport=Hanging()) as client:
        hanging = [asyncio.create_task(client.get(endpoints.league(str(n)))) for n in range(6)]
        await asyncio.sleep(0.01)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        async with asyncio.timeout(5):
            assert (await client.get(endpoints.state())).value is not None
