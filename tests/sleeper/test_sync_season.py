"""The players file, weeks and seasons that roll over, kickoffs."""

import copy
from datetime import UTC, datetime, timedelta

import pytest

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    Game,
    Matchup,
    PlayerStats,
    Projection,
    Roster,
    TrendingPlayer,
)
from tests.sleeper import paths
from tests.sleeper.fake import (
    CHOPPED,
    ME,
    NOW,
    REDRAFT,
    FakeSleeper,
    body,
    games_file,
    player,
)
from tests.sleeper.syncing import HTML, LATER, contents, rows, run


async def test_the_players_file_is_asked_for_once_a_day(store: Store, sleeper: FakeSleeper) -> None:
    monday = NOW - timedelta(days=4)
    for hours, asked in ((0, 1), (1, 1), (23.9, 1), (24, 2), (47, 2), (48.1, 3)):
        await run(store, sleeper, now=monday + timedelta(hours=hours))
        assert sleeper.asked[paths.PLAYERS] == asked, hours
    # A clock that was moved back does not keep the file for ever.
    await run(store, sleeper, now=monday)
    assert sleeper.asked[paths.PLAYERS] == 4


async def test_before_kickoff_the_players_file_is_asked_for_every_hour(
    store: Store, sleeper: FakeSleeper
) -> None:
    kickoff = datetime(2024, 9, 22, 17, 0, tzinfo=UTC)
    for hours, asked in ((-30, 1), (-19, 1), (-17, 2), (-16.5, 2), (-15.9, 3)):
        await run(store, sleeper, now=kickoff + timedelta(hours=hours))
        assert sleeper.asked[paths.PLAYERS] == asked, hours


async def test_a_players_file_that_cannot_be_read_is_asked_for_again(
    store: Store, sleeper: FakeSleeper
) -> None:
    sleeper.broken = {paths.PLAYERS: body(b'{"1": {"player_id"')}
    assert [one.resource for one in (await run(store, sleeper)).skipped] == ["players"]
    assert await rows(store, PlayerStats) == {}
    sleeper.broken = {}
    report = await run(store, sleeper, now=LATER)
    assert report.skipped == ()
    assert len(await rows(store, PlayerStats)) == 2


async def test_a_player_who_is_new_in_the_players_file(store: Store, sleeper: FakeSleeper) -> None:
    """What was said about him before he was known is read again, though Sleeper has nothing newer."""
    sleeper.answers[paths.PROJECTIONS]["99"] = {"pts_ppr": 12.0}
    await run(store, sleeper)
    assert ("99", "2024", 3, "sleeper") not in await rows(store, Projection)
    sleeper.answers[paths.PLAYERS]["99"] = player("99", "Just Signed", "RB", "SF")
    await run(store, sleeper, now=NOW + timedelta(days=1))
    assert (await rows(store, Projection))["99", "2024", 3, "sleeper"].stats == {"pts_ppr": 12.0}
    assert "99:2024:2" in await rows(store, PlayerStats)
    assert ("add", "99") in await rows(store, TrendingPlayer)


async def test_a_new_player_whose_numbers_come_later(store: Store, sleeper: FakeSleeper) -> None:
    """The sync that found him could not read what is said about him."""
    sleeper.answers[paths.PROJECTIONS]["99"] = {"pts_ppr": 12.0}
    await run(store, sleeper)
    sleeper.answers[paths.PLAYERS]["99"] = player("99", "Just Signed", "RB", "SF")
    sleeper.broken = {paths.PROJECTIONS: body(b"", 503), paths.STATS: body(HTML)}
    await run(store, sleeper, now=NOW + timedelta(days=1))
    sleeper.broken = {}
    await run(store, sleeper, now=NOW + timedelta(days=1, minutes=5))
    assert ("99", "2024", 3, "sleeper") in await rows(store, Projection)
    assert "99:2024:2" in await rows(store, PlayerStats)


@pytest.mark.parametrize(("week", "display_week"), [(3, 4), (4, 3)])
async def test_a_week_rolls_over(store: Store, sleeper: FakeSleeper, week: int, display_week: int) -> None:
    await run(store, sleeper)
    sleeper.answers["/v1/state/nfl"] |= {"week": week, "display_week": display_week}
    for league_id in (REDRAFT, CHOPPED):
        past = sleeper.answers[f"/v1/league/{league_id}/matchups/3"]
        sleeper.answers[f"/v1/league/{league_id}/matchups/4"] = copy.deepcopy(past)
        sleeper.answers[f"/v1/league/{league_id}/transactions/4"] = []
    report = await run(store, sleeper, now=NOW + timedelta(days=5))
    assert report.skipped == ()
    weeks = await rows(store, Matchup)
    assert (REDRAFT, 4, 1) in weeks
    assert (REDRAFT, 3, 1) in weeks
    assert report.inserted == 5


async def test_the_offseason(store: Store, sleeper: FakeSleeper) -> None:
    sleeper.answers["/v1/state/nfl"] |= {
        "week": 0,
        "display_week": 1,
        "season_type": "off",
        "season": "2025",
        "league_season": "2025",
    }
    sleeper.answers[f"/v1/user/{ME}/leagues/nfl/2025"] = [
        sleeper.answers[paths.LEAGUES][0]
        | {"league_id": "9101", "season": "2025", "previous_league_id": REDRAFT, "status": "pre_draft"}
    ]
    sleeper.answers |= {
        "/v1/league/9101/users": sleeper.answers[paths.MEMBERS],
        "/v1/league/9101/rosters": [{"roster_id": 1, "owner_id": ME, "settings": {}}],
        "/v1/league/9101/traded_picks": [],
        "/v1/league/9101/matchups/1": [],
        "/v1/league/9101/transactions/1": [],
    }
    report = await run(store, sleeper)
    assert report.skipped == ()
    assert (await rows(store, Roster))["9101:1"].fpts == 0.0
    assert await rows(store, Matchup) == {}


async def test_a_season_ends_and_the_next_begins(store: Store, sleeper: FakeSleeper) -> None:
    """A league of the season before stays, and is asked after until it is over."""
    first = await run(store, sleeper)
    sleeper.answers["/v1/state/nfl"] |= {"week": 0, "display_week": 1, "season": "2025"}
    sleeper.answers["/v1/state/nfl"] |= {"season_type": "off", "league_season": "2025"}
    sleeper.answers[f"/v1/league/{REDRAFT}"]["status"] = "complete"
    report = await run(store, sleeper, now=NOW + timedelta(days=150))
    assert report.skipped == ()
    async with store.read() as session:
        mine = {league.id: league.status for league in await get_user_leagues(session, first.user_id)}
    assert mine == {REDRAFT: "complete", CHOPPED: "in_season"}
    sleeper.asked.clear()
    await run(store, sleeper, now=NOW + timedelta(days=151))
    assert f"/v1/league/{REDRAFT}" not in sleeper.asked
    assert sleeper.asked[f"/v1/league/{CHOPPED}"] == 1


async def test_without_a_file_of_kickoffs_they_are_assumed_and_marked(
    store: Store, sleeper: FakeSleeper
) -> None:
    sleeper.broken = {"games.csv": body(b"", 404)}
    report = await run(store, sleeper)
    assert [one.skipped for one in report.skipped] == [
        "games.test does not know the file of kickoffs: check the spelling."
    ]
    games = await rows(store, Game)
    assert len(games) == 6
    assert all(game.kickoff_assumed for game in games.values())
    assert games["2024", 3, "LAR"].kickoff == datetime(2024, 9, 22, 13, 30, tzinfo=UTC)
    sleeper.broken = {}
    assert (await run(store, sleeper, now=LATER)).updated == 6
    assert not any(game.kickoff_assumed for game in (await rows(store, Game)).values())


async def test_a_file_of_kickoffs_that_lacks_a_week(store: Store, sleeper: FakeSleeper) -> None:
    sleeper.games = games_file(without=3)
    await run(store, sleeper)
    games = await rows(store, Game)
    assert {key[1]: game.kickoff_assumed for key, game in games.items()} == {1: False, 2: False, 3: True}


@pytest.mark.parametrize("cut", [10, 80, 130])
async def test_a_file_of_kickoffs_that_breaks_off(store: Store, sleeper: FakeSleeper, cut: int) -> None:
    await run(store, sleeper)
    before = await contents(store)
    sleeper.games = sleeper.games[:cut]
    report = await run(store, sleeper, now=LATER)
    assert [one.resource for one in report.skipped] == ["games"]
    assert await contents(store) == before


async def test_without_a_file_of_kickoffs_the_schedule_still_counts(
    store: Store, sleeper: FakeSleeper
) -> None:
    await run(store, sleeper)
    sleeper.answers[paths.SCHEDULE][4]["status"] = "canceled"
    sleeper.broken = {"games.csv": body(b"", 500)}
    report = await run(store, sleeper, now=LATER)
    assert (report.updated, [one.resource for one in report.skipped]) == (1, ["games"])
    game = (await rows(store, Game))["2024", 3, "BUF"]
    assert (game.status, game.kickoff_assumed, game.spread_line) == ("canceled", False, 2.5)


async def test_kickoffs_that_are_gone_from_the_file_stay(store: Store, sleeper: FakeSleeper) -> None:
    """A file that breaks off at the end of a line looks whole."""
    await run(store, sleeper)
    sleeper.games = b"".join(sleeper.games.splitlines(keepends=True)[:4])
    report = await run(store, sleeper, now=LATER)
    assert (report.changed, report.skipped) == (0, ())


async def test_without_a_schedule_a_cancelled_game_stays_cancelled(
    store: Store, sleeper: FakeSleeper
) -> None:
    sleeper.answers[paths.SCHEDULE][4]["status"] = "canceled"
    await run(store, sleeper)
    before = await contents(store)
    sleeper.broken = {paths.SCHEDULE: body(b"", 500)}
    report = await run(store, sleeper, now=LATER)
    assert [one.resource for one in report.skipped] == ["schedule/2024"]
    assert await contents(store) == before
