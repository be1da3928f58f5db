"""Broken answers, a Sleeper that goes down, a sync that is interrupted."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    Game,
    PlayerStats,
    Projection,
    Roster,
    Transaction,
    User,
)
from fantasy_tui.sleeper.client import IN_FLIGHT
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperError, SleeperNotFound, SleeperUnreachable
from fantasy_tui.sleeper.sync import sync
from tests.sleeper import paths
from tests.sleeper.fake import (
    CHOPPED,
    GAMES_URL,
    NOW,
    REDRAFT,
    Answer,
    FakeSleeper,
    body,
    player,
    trade,
)
from tests.sleeper.syncing import HTML, LATER, contents, is_one_sentence, rows, run

BREAKS: dict[str, Answer] = {
    "web page": body(HTML),
    "cut": body(b'[{"roster_id": 1, "pla'),
    "empty": body(b""),
    "refused": body(b"{}", 403),
    "strange": body(b'[{"weird": true}, 5]'),
}
PARTS = [
    paths.ROSTERS,
    paths.MEMBERS,
    paths.PICKS,
    paths.MOVES,
    f"/v1/league/{REDRAFT}/matchups/3",
    paths.PLAYERS,
    paths.STATS,
    paths.PROJECTIONS,
]
PARTS += ["/v1/players/nfl/trending/add", paths.SCHEDULE, "games.csv"]


async def test_a_broken_answer_leaves_its_rows_as_they_are(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    before = await contents(store)
    for name, answer in BREAKS.items():
        sleeper.broken = dict.fromkeys(PARTS, answer)
        report = await run(store, sleeper, now=NOW + timedelta(days=1))
        assert await contents(store) == before, name
        assert report.changed == 0
        said = {one.resource: one.skipped for one in report.skipped}
        assert len(said) == len(PARTS), name
        assert all(one is not None and is_one_sentence(one) for one in said.values()), said
    sleeper.broken = {}
    sleeper.answers[paths.ROSTERS][0]["players"] = ["3"]
    report = await run(store, sleeper, now=NOW + timedelta(days=1))
    assert (report.skipped, report.changed) == ((), 1)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (paths.PLAYERS, {"7": {"first_name": "no id"}}),
        (paths.PLAYERS, {"7": player("7", "A B", "WR", None, age="old")}),
        (paths.PLAYERS, {"7": player("7", "A B", "WR", None, age=2**40)}),
        (paths.ROSTERS, [{"roster_id": 1, "settings": {"fpts": "many"}}]),
        (paths.ROSTERS, [{"roster_id": 2**40}]),
        (paths.MOVES, [trade() | {"created": 10**20}]),
        (paths.SCHEDULE, [{"week": 1, "date": "soon", "home": "BUF", "away": "KC"}]),
    ],
    ids=[
        "player without id",
        "player's age",
        "great age",
        "points",
        "roster",
        "time of a move",
        "day of a game",
    ],
)
async def test_values_that_make_no_sense_are_a_broken_answer(
    store: Store, sleeper: FakeSleeper, path: str, change: Any
) -> None:
    await run(store, sleeper)
    before = await contents(store)
    sleeper.answers[path] = change
    report = await run(store, sleeper, now=NOW + timedelta(days=1))
    assert await contents(store) == before
    (skipped,) = report.skipped
    assert is_one_sentence(skipped.skipped or "")
    assert "in a form that cannot be read" in (skipped.skipped or "")


async def test_a_broken_answer_in_the_first_sync_is_made_up_for(store: Store, sleeper: FakeSleeper) -> None:
    """Weeks that can no longer change are asked for until they were read."""
    moves, expected = f"/v1/league/{REDRAFT}/transactions/1", "/v1/projections/nfl/regular/2024/1"
    sleeper.answers[moves] = [trade() | {"transaction_id": "7000", "leg": 1}]
    sleeper.broken = {moves: body(HTML), expected: body(HTML)}
    assert len((await run(store, sleeper)).skipped) == 2
    sleeper.broken = {}
    report = await run(store, sleeper, now=LATER)
    assert report.skipped == ()
    assert "7000" in await rows(store, Transaction)
    assert ("1", "2024", 1, "sleeper") in await rows(store, Projection)


@pytest.mark.parametrize("path", ["/v1/user/tester", "/v1/state/nfl", paths.LEAGUES])
async def test_without_user_season_or_leagues_there_is_no_sync(
    store: Store, sleeper: FakeSleeper, path: str
) -> None:
    await run(store, sleeper)
    before = await contents(store)
    sleeper.answers[paths.ROSTERS][0]["players"] = ["3"]
    for name, answer in (BREAKS | {"down": body(b"", 503), "gone": body(b"", 404)}).items():
        sleeper.broken = {path: answer}
        with pytest.raises(SleeperError) as caught:
            await run(store, sleeper, now=LATER)
        assert is_one_sentence(str(caught.value)), name
        assert await contents(store) == before, name


async def test_sleeper_goes_down_half_way(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.answers[paths.ROSTERS][0]["players"] = ["3"]
    sleeper.broken = {f"/v1/league/{CHOPPED}/rosters": body(HTML, 502)}
    with pytest.raises(SleeperUnreachable, match=r"^Sleeper is in trouble \(502\): try again later\.$"):
        await run(store, sleeper, now=LATER)
    sleeper.broken = {}
    await run(store, sleeper, now=LATER)
    assert (await rows(store, Roster))[f"{REDRAFT}:1"].players == ["3"]


async def test_what_leagues_do_not_need_may_be_down(store: Store, sleeper: FakeSleeper) -> None:
    down = body(b"", 503)
    parts = [part for part in PARTS if f"/league/{REDRAFT}" not in part]
    sleeper.broken = dict.fromkeys(parts, down)
    report = await run(store, sleeper)
    assert len(await rows(store, Roster)) == 5
    assert {one.resource for one in report.skipped} >= {"players", "games", "schedule/2024"}
    sleeper.broken = {}
    report = await run(store, sleeper, now=LATER)
    assert report.skipped == ()
    assert len(await rows(store, Game)) == 6
    assert len(await rows(store, PlayerStats)) == 2


async def test_a_league_that_sleeper_no_longer_knows(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.broken = {paths.ROSTERS: body(b"null", 404)}
    report = await run(store, sleeper, now=LATER)
    (skipped,) = report.skipped
    assert skipped.skipped == f"Sleeper does not know league {REDRAFT}: check the spelling."
    assert len(await rows(store, Roster)) == 5


async def test_an_unknown_user(store: Store, sleeper: FakeSleeper) -> None:
    with pytest.raises(SleeperNotFound, match="does not know user “nobody”"):
        await run(store, sleeper, name="nobody")
    assert await rows(store, User) == {}


async def test_a_sync_that_is_interrupted(store: Store, sleeper: FakeSleeper) -> None:
    hang = asyncio.Event()

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == paths.STATS:
                hang.set()
                await asyncio.Event().wait()
            return sleeper(request)

    async def work() -> None:
        from fantasy_tui.sleeper.client import SleeperClient

        async with SleeperClient("https://sleeper.test", transport=Transport()) as client:
            await sync(store, client, "tester", games_url=GAMES_URL, now=NOW)

    task = asyncio.create_task(work())
    async with asyncio.timeout(20):
        await hang.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    report = await run(store, sleeper, now=LATER)
    assert report.skipped == ()
    assert len(await rows(store, PlayerStats)) == 2


async def test_answers_wait_for_their_turn_to_be_written(
    sqlite_url: str, sleeper: FakeSleeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait for SQLite's only writing connection ends in an error: few may wait there at a time."""
    now = most = 0
    real = Store.write

    async def write(self: Store, work: Any, **how: Any) -> Any:
        nonlocal now, most
        now += 1
        most = max(most, now)
        try:
            return await real(self, work, **how)
        finally:
            now -= 1

    monkeypatch.setattr(Store, "write", write)
    store = Store(sqlite_url)
    await run(store, sleeper)
    await store.close()
    assert 1 <= most <= IN_FLIGHT


async def test_the_errors_of_several_tasks_are_one(store: Store, sleeper: FakeSleeper) -> None:
    down = body(json.dumps({}).encode(), 500)
    sleeper.broken = {paths.ROSTERS: down, paths.MEMBERS: down, f"/v1/league/{CHOPPED}/rosters": down}
    with pytest.raises(SleeperUnreachable, match=r"in trouble \(500\)"):
        await run(store, sleeper)


@pytest.mark.parametrize("known", [True, False])
async def test_one_league_that_cannot_be_read(store: Store, sleeper: FakeSleeper, known: bool) -> None:
    """The others go on, and it does not count as left."""
    if known:
        await run(store, sleeper)
    sleeper.answers[paths.LEAGUES][1] |= {"scoring_settings": {"rec": "half"}}
    sleeper.answers[paths.ROSTERS][0]["players"] = ["3"]
    report = await run(store, sleeper, now=LATER)
    (skipped,) = report.skipped
    assert skipped.resource == f"league/{CHOPPED}"
    assert is_one_sentence(skipped.skipped or "")
    async with store.read() as session:
        stored = {one.id for one in await get_user_leagues(session, report.user_id)}
    assert stored == ({REDRAFT, CHOPPED} if known else {REDRAFT})
    assert (await rows(store, Roster))[f"{REDRAFT}:1"].players == ["3"]


async def test_a_league_without_an_id(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    before = await contents(store)
    del sleeper.answers[paths.LEAGUES][1]["league_id"]
    with pytest.raises(SleeperBadAnswer, match="the leagues of 2024"):
        await run(store, sleeper, now=LATER)
    assert await contents(store) == before
