"""Two managers of one league on one Postgres: the league is stored once, and neither disturbs the other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.agents.tasks import Tasks
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.league_view import leagues_of_season
from fantasy_tui.crud.sync_state import leagues_checked_at, record
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentDecision, AgentTask, League, Roster
from fantasy_tui.sleeper.live import follow
from tests.members import roles
from tests.sleeper.fake import CHOPPED, ME, NOW, REDRAFT, RIVAL, FakeSleeper, client_of, league, roster
from tests.sleeper.syncing import LATER, contents, rows, run

OTHER = "9003"
"""A league of the rival's alone."""


@pytest.fixture
def sleeper() -> FakeSleeper:
    """Both managers are in the first league, each in one more without the other."""
    fake = FakeSleeper()
    them = {"user_id": RIVAL, "username": "rival", "display_name": "Rival", "avatar": None}
    fake.answers |= {f"/v1/user/{name}": them for name in ("rival", RIVAL)}
    fake.answers[f"/v1/user/{RIVAL}/leagues/nfl/2024"] = [league(), league(OTHER)]
    fake.answers |= {
        f"/v1/league/{OTHER}": league(OTHER),
        f"/v1/league/{OTHER}/users": [{"user_id": RIVAL, "display_name": "Rival", "metadata": None}],
        f"/v1/league/{OTHER}/rosters": [
            roster(1, owner_id=RIVAL, players=["1"], starters=["1"], league_id=OTHER)
        ],
        f"/v1/league/{OTHER}/traded_picks": [],
    }
    for week in (1, 2, 3):
        fake.answers |= {f"/v1/league/{OTHER}/{kind}/{week}": [] for kind in ("matchups", "transactions")}
    return fake


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[tuple[Store, Store]]:
    """One for each manager."""
    mine, theirs = Store(database_url), Store(database_url)
    yield mine, theirs
    await mine.close()
    await theirs.close()


async def test_a_league_of_both_is_stored_once(stores: tuple[Store, Store], sleeper: FakeSleeper) -> None:
    mine, theirs = stores
    me = await run(mine, sleeper)
    before = await contents(mine)
    rival = await run(theirs, sleeper, name="rival", now=LATER)
    assert rival.skipped == ()
    after = await contents(mine)
    # Only what is the rival's was added, the rest is as it was to the last stamp.
    for table, stored in before.items():
        assert set(stored) <= set(after[table]), table
    assert {table for table, stored in before.items() if len(after[table]) != len(stored)} == {
        "users", "leagues", "league_members", "rosters", "observations",
    } - ({"observations"} if after["observations"] == before["observations"] else set())  # fmt: skip
    leagues = await rows(mine, League)
    assert {one.id: one.user_id for one in leagues.values()} == {
        REDRAFT: me.user_id, CHOPPED: me.user_id, OTHER: rival.user_id,
    }  # fmt: skip
    async with mine.read() as session:
        for user_id, ids in ((me.user_id, {REDRAFT, CHOPPED}), (rival.user_id, {REDRAFT, OTHER})):
            assert {one.id for one in await get_user_leagues(session, user_id)} == ids
            assert {one.id for one in await leagues_of_season(session, "2024", user_id)} == ids


async def test_both_at_once(stores: tuple[Store, Store], sleeper: FakeSleeper) -> None:
    for now in (NOW, LATER):
        reports = await asyncio.gather(
            run(stores[0], sleeper, now=now), run(stores[1], sleeper, name="rival", now=now)
        )
        assert [report.skipped for report in reports] == [(), ()]
    assert set(await rows(stores[0], League)) == {REDRAFT, CHOPPED, OTHER}
    assert len(await rows(stores[0], Roster)) == 6


async def test_one_who_leaves_takes_nothing_from_the_other(
    stores: tuple[Store, Store], sleeper: FakeSleeper
) -> None:
    mine, theirs = stores
    me, rival = await run(mine, sleeper), await run(theirs, sleeper, name="rival")
    sleeper.answers[f"/v1/user/{ME}/leagues/nfl/2024"] = []
    await run(mine, sleeper, now=LATER)
    async with mine.read() as session:
        assert await get_user_leagues(session, me.user_id) == []
        assert {one.id for one in await get_user_leagues(session, rival.user_id)} == {REDRAFT, OTHER}


async def test_each_is_told_the_age_of_ones_own_leagues(
    stores: tuple[Store, Store], sleeper: FakeSleeper
) -> None:
    mine, theirs = stores
    me, rival = await run(mine, sleeper), await run(theirs, sleeper, name="rival")
    await run(theirs, sleeper, name="rival", now=LATER)

    async def ages(session: AsyncSession) -> list[datetime | None]:
        return [await leagues_checked_at(session, user) for user in (me.user_id, rival.user_id, "nobody")]

    async with mine.read() as session:
        # The league of both was confirmed for both; the one of mine alone was not looked at again.
        assert await ages(session) == [NOW, LATER, None]
    gone = NOW - timedelta(days=300)
    await mine.write(lambda s: record(s, "league/1/rosters", etag=None, digest=None, at=gone, changed=True))
    async with mine.read() as session:
        assert await ages(session) == [NOW, LATER, None], "nor does a stranger's league count"


async def test_points_are_followed_of_ones_own_leagues(
    stores: tuple[Store, Store], sleeper: FakeSleeper
) -> None:
    mine, theirs = stores
    me = await run(mine, sleeper)
    await run(theirs, sleeper, name="rival")
    sleeper.asked.clear()
    async with client_of(sleeper) as client:
        await follow(mine, client, me.user_id, LATER)
    assert set(sleeper.asked) == {f"/v1/league/{one}/matchups/3" for one in (REDRAFT, CHOPPED)}


@pytest.mark.usefixtures("clock_reset")
async def test_decisions_are_for_ones_own_roster(
    cluster: Path, postgres_url: str, sleeper: FakeSleeper
) -> None:
    """Each by a role of one's own, on one and the same database."""
    set_clock(NOW)
    # Somebody better sits on the bench of each.
    sleeper.answers[f"/v1/league/{REDRAFT}/rosters"] = [
        roster(1, owner_id=ME, players=["1", "2"], starters=["0", "0"]),
        roster(2, owner_id=RIVAL, players=["3"], starters=["0", "0"]),
    ]
    sleeper.answers["/v1/projections/nfl/regular/2024/3"] = {
        player: {"pass_yd": 250.0, "rec_yd": 90.0, "pts_ppr": 10.0} for player in ("1", "2", "3")
    }
    sleeper.answers["/v1/players/nfl"]["3"]["team"] = "SF"
    async with roles(cluster, postgres_url) as made:
        mine, theirs = Store(await made.member("me")), Store(await made.member("rival"))
        me, rival = await run(mine, sleeper), await run(theirs, sleeper, name="rival")
        for store, user in ((mine, me.user_id), (theirs, rival.user_id)):
            outcome, failures = await Tasks(store, user).run(AGENTS, REDRAFT)
            assert failures == []
            assert outcome.written > 0
        for store, user, number in ((mine, me.user_id, 1), (theirs, rival.user_id, 2)):
            async with store.read() as session:
                found = (await session.scalars(sa.select(AgentDecision))).all()
                assert {(one.user_id, one.roster_id) for one in found} == {(user, number)}
                assert set(await session.scalars(sa.select(AgentTask.user_id))) == {user}
            await store.close()
