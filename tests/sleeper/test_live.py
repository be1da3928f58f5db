"""While games are on: the week's matchups of one's leagues, and nothing else."""

from datetime import timedelta

import pytest

from fantasy_tui.database.store import Store
from fantasy_tui.models import Matchup, SyncState
from fantasy_tui.sleeper.errors import SleeperUnreachable
from fantasy_tui.sleeper.live import EVERY, follow
from tests.sleeper.fake import CHOPPED, NOW, REDRAFT, FakeSleeper, body, client_of
from tests.sleeper.syncing import rows, run

POINTS = {league: f"/v1/league/{league}/matchups/3" for league in (REDRAFT, CHOPPED)}


async def test_only_the_matchups_of_the_week_are_asked_for(store: Store, sleeper: FakeSleeper) -> None:
    user = (await run(store, sleeper)).user_id
    before = dict(sleeper.asked)
    async with client_of(sleeper) as client:
        assert await follow(store, client, user, NOW + EVERY) == 0
    asked = {path for path, count in sleeper.asked.items() if count != before.get(path, 0)}
    assert asked == set(POINTS.values())


async def test_new_points_are_stored_with_their_age(store: Store, sleeper: FakeSleeper) -> None:
    user = (await run(store, sleeper)).user_id
    later = NOW + timedelta(minutes=5)
    teams = sleeper.answers[POINTS[REDRAFT]]
    teams[0]["points"] += 6.5
    async with client_of(sleeper) as client:
        assert await follow(store, client, user, later) == 1
    stored = (await rows(store, Matchup))[REDRAFT, 3, teams[0]["roster_id"]]
    assert stored.points == pytest.approx(teams[0]["points"])
    state = await rows(store, SyncState)
    assert {state[f"league/{league}/matchups/3"].checked_at for league in POINTS} == {later}


async def test_no_answer_is_said_and_what_is_stored_stays(store: Store, sleeper: FakeSleeper) -> None:
    user = (await run(store, sleeper)).user_id
    before = {key: row.points for key, row in (await rows(store, Matchup)).items()}
    async with client_of(body(b"", 503)) as client:
        with pytest.raises(SleeperUnreachable):
            await follow(store, client, user, NOW + EVERY)
    assert {key: row.points for key, row in (await rows(store, Matchup)).items()} == before
