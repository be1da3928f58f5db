from datetime import UTC, datetime, timedelta

import pytest

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    Game,
    LeagueMember,
    Matchup,
    Player,
    PlayerStats,
    Projection,
    Roster,
    SyncState,
    TradedPick,
    Transaction,
    TrendingPlayer,
    User,
)
from fantasy_tui.sleeper.errors import SleeperNotFound
from fantasy_tui.sleeper.report import SyncProgress
from tests.sleeper import paths
from tests.sleeper.fake import (
    CHOPPED,
    HOSTILE,
    ME,
    NOW,
    REDRAFT,
    RIVAL,
    FakeSleeper,
    trade,
    user,
)
from tests.sleeper.syncing import LATER, contents, rows, run


async def test_a_first_sync(store: Store, sleeper: FakeSleeper) -> None:
    report = await run(store, sleeper)
    assert report.skipped == ()
    assert (report.username, report.updated, report.deleted) == ("tester", 0, 0)
    assert report.requests == sum(sleeper.asked.values())

    users = await rows(store, User)
    assert users[report.user_id].sleeper_user_id == ME
    async with store.read() as session:
        mine = await get_user_leagues(session, report.user_id)
    assert {league.id for league in mine} == {REDRAFT, CHOPPED}
    chopped = next(league for league in mine if league.id == CHOPPED)
    assert chopped.name == HOSTILE
    assert chopped.settings == {
        "type": 3,
        "best_ball": 1,
        "league_average_match": 1,
        "playoff_week_start": 0,
    }
    assert chopped.previous_league_id is None

    teams = await rows(store, Roster)
    assert len(teams) == 5
    assert teams[f"{REDRAFT}:1"].starters == ["1", "0"]
    assert teams[f"{REDRAFT}:1"].fpts == pytest.approx(203.05)
    assert teams[f"{REDRAFT}:2"].players == ["3", "99"], "a player missing from the players file stays listed"
    assert (teams[f"{REDRAFT}:3"].owner_id, teams[f"{REDRAFT}:3"].players) == (None, None)
    assert teams[f"{CHOPPED}:1"].co_owners == [ME]
    members = await rows(store, LeagueMember)
    assert members[REDRAFT, ME].team_name == HOSTILE
    assert members[REDRAFT, ME].is_commissioner
    assert members[CHOPPED, "103"].team_name is None

    weeks = await rows(store, Matchup)
    assert len(weeks) == 15
    assert weeks[REDRAFT, 2, 2].custom_points == 8.5
    assert weeks[REDRAFT, 1, 3].matchup_id is None
    move = (await rows(store, Transaction))["7001"]
    assert (move.adds, move.drops, move.week) == ({"2": 1, "3": 2}, {"2": 2, "3": 1}, 2)
    assert move.created == datetime(2024, 9, 10, 20, 26, 40, 123000, UTC)
    assert (await rows(store, TradedPick))[REDRAFT, "2025", 1, 2].owner_id == 1

    assert set(await rows(store, Player)) == {"1", "2", "3", "BUF"}
    assert set(await rows(store, TrendingPlayer)) == {("add", "3")}
    lines = await rows(store, PlayerStats)
    assert set(lines) == {"1:2024:1", "1:2024:2"}
    assert (lines["1:2024:2"].fantasy_points, lines["1:2024:2"].projected_points) == (10.4, 10.0)
    expected = await rows(store, Projection)
    assert set(expected) == {("1", "2024", week, "sleeper") for week in (1, 2, 3)}
    assert expected["1", "2024", 3, "sleeper"].as_of == NOW
    games = await rows(store, Game)
    assert len(games) == 6
    assert games["2024", 3, "LAR"].kickoff == datetime(2024, 9, 22, 20, 25, tzinfo=UTC)
    assert not games["2024", 3, "LAR"].kickoff_assumed


@pytest.mark.parametrize("etags", [True, False])
async def test_a_second_sync_changes_nothing_and_says_so(
    store: Store, sleeper: FakeSleeper, etags: bool
) -> None:
    sleeper.etags = etags
    first = await run(store, sleeper)
    before = await contents(store)
    sleeper.asked.clear()
    second = await run(store, sleeper, now=LATER)
    assert (second.changed, second.inserted, second.updated, second.deleted) == (0, 0, 0, 0)
    assert second.skipped == ()
    assert await contents(store) == before
    assert second.requests < first.requests
    assert f"/v1/league/{REDRAFT}/matchups/1" not in sleeper.asked, "week 1 cannot change any more"
    assert sleeper.asked[f"/v1/league/{REDRAFT}/matchups/2"] == 1
    states = await rows(store, SyncState)
    assert states[f"league/{REDRAFT}/rosters"].checked_at == LATER
    assert states[f"league/{REDRAFT}/rosters"].changed_at == NOW


async def test_progress(store: Store, sleeper: FakeSleeper) -> None:
    steps: list[SyncProgress] = []
    report = await run(store, sleeper, on_progress=steps.append)
    assert [step.done for step in steps] == list(range(1, len(report.resources) + 1))
    assert all(step.done <= step.total for step in steps)
    assert steps[-1].done == steps[-1].total
    assert f"rosters of League {REDRAFT}" in {step.step for step in steps}


async def test_what_changed_is_right_after_the_next_sync(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    answers = sleeper.answers
    answers[paths.ROSTERS][0] |= {"players": ["1", "3"], "starters": ["1", "3"], "reserve": None}
    answers[paths.ROSTERS][1] |= {"players": ["2"], "starters": ["0", "2"]}
    answers[paths.MEMBERS][1] |= {"display_name": "Renamed", "metadata": {"team_name": "New"}}
    answers[paths.LEAGUES][0] |= {"name": "New name", "scoring_settings": {"rec": 1.0}}
    answers[paths.PLAYERS]["2"] |= {"team": None, "injury_status": None}
    answers[paths.MOVES] = [
        trade() | {"transaction_id": "7005", "leg": 3, "type": "free_agent", "adds": None}
    ]
    answers[paths.PICKS] = []
    answers[paths.SCHEDULE][4] |= {"status": "canceled"}
    answers[paths.STATS]["1"] |= {"pass_yd": 270.0, "pts_ppr": 10.8}
    answers["/v1/players/nfl/trending/add"] = [{"player_id": "1", "count": 2}]
    report = await run(store, sleeper, now=NOW + timedelta(days=1))
    assert report.skipped == ()
    teams = await rows(store, Roster)
    assert (teams[f"{REDRAFT}:1"].players, teams[f"{REDRAFT}:2"].players) == (["1", "3"], ["2"])
    assert teams[f"{REDRAFT}:1"].reserve is None
    member = (await rows(store, LeagueMember))[REDRAFT, RIVAL]
    assert (member.display_name, member.team_name, member.left_at) == ("Renamed", "New", None)
    async with store.read() as session:
        mine = {league.id: league for league in await get_user_leagues(session, report.user_id)}
    assert (mine[REDRAFT].name, mine[REDRAFT].scoring_settings) == ("New name", {"rec": 1.0})
    cut = (await rows(store, Player))["2"]
    assert (cut.team, cut.injury_status) == (None, None)
    assert set(await rows(store, Transaction)) == {"7001", "7005"}
    assert await rows(store, TradedPick) == {}
    assert (await rows(store, Game))["2024", 3, "BUF"].status == "canceled"
    line = (await rows(store, PlayerStats))["1:2024:2"]
    assert (line.fantasy_points, line.projected_points) == (10.8, 10.0)
    assert set(await rows(store, TrendingPlayer)) == {("add", "1")}
    assert report.inserted == 2
    # Two rosters, a member, a league, a player, a game, a stat line.
    assert report.updated == 7
    assert report.deleted == 2


async def test_a_traded_pick_that_moves_on(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.answers[paths.PICKS][0] |= {"owner_id": 3, "previous_owner_id": 1}
    assert (await run(store, sleeper, now=LATER)).updated == 1
    pick = (await rows(store, TradedPick))[REDRAFT, "2025", 1, 2]
    assert (pick.owner_id, pick.previous_owner_id) == (3, 1)


async def test_a_projection_remembers_when_it_changed(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.answers[paths.PROJECTIONS]["2"] = {"pts_ppr": 7.0}
    await run(store, sleeper, now=LATER)
    found = await rows(store, Projection)
    assert found["1", "2024", 3, "sleeper"].as_of == NOW
    assert found["2", "2024", 3, "sleeper"].as_of == LATER


async def test_a_league_that_was_left_is_kept_but_marked(store: Store, sleeper: FakeSleeper) -> None:
    first = await run(store, sleeper)
    both = sleeper.answers[paths.LEAGUES]
    sleeper.answers[paths.LEAGUES] = both[:1]
    report = await run(store, sleeper, now=LATER)
    assert report.updated == 1
    async with store.read() as session:
        assert [one.id for one in await get_user_leagues(session, first.user_id)] == [REDRAFT]
        assert [one.id for one in await get_user_leagues(session, first.user_id, left=True)] == [CHOPPED]
    assert len(await rows(store, Roster)) == 5
    assert (await rows(store, LeagueMember))[CHOPPED, ME].left_at == LATER
    assert (await run(store, sleeper, now=LATER)).changed == 0


async def test_a_league_that_was_joined_again(store: Store, sleeper: FakeSleeper) -> None:
    """Its list of people is the same as before it was left."""
    first = await run(store, sleeper)
    both = sleeper.answers[paths.LEAGUES]
    sleeper.answers[paths.LEAGUES] = []
    assert (await run(store, sleeper, now=LATER)).updated == 2
    sleeper.answers[paths.LEAGUES] = both
    assert (await run(store, sleeper, now=LATER)).updated == 2
    async with store.read() as session:
        assert len(await get_user_leagues(session, first.user_id)) == 2
    assert (await run(store, sleeper, now=LATER)).changed == 0


async def test_a_member_who_left(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    rival = sleeper.answers[paths.MEMBERS].pop()
    await run(store, sleeper, now=LATER)
    assert (await rows(store, LeagueMember))[REDRAFT, RIVAL].left_at == LATER
    sleeper.answers[paths.MEMBERS].append(rival)
    await run(store, sleeper, now=LATER)
    assert (await rows(store, LeagueMember))[REDRAFT, RIVAL].left_at is None


async def test_answers_of_nothing_do_not_empty_the_store(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    before = await contents(store)
    for path in (
        paths.ROSTERS,
        paths.MEMBERS,
        paths.MOVES,
        paths.SCHEDULE,
        f"/v1/league/{REDRAFT}/matchups/2",
    ):
        sleeper.answers[path] = []
    for path in (paths.STATS, paths.PROJECTIONS):
        sleeper.answers[path] = {}
    sleeper.answers[paths.PLAYERS] = {}
    report = await run(store, sleeper, now=NOW + timedelta(days=2))
    assert report.changed == 0
    assert await contents(store) == before


async def test_another_username(store: Store, sleeper: FakeSleeper) -> None:
    first = await run(store, sleeper)
    renamed = user(username="renamed") | {"display_name": "Renamed"}
    sleeper.answers |= {f"/v1/user/{ME}": renamed, "/v1/user/renamed": renamed}
    del sleeper.answers["/v1/user/tester"]
    report = await run(store, sleeper, name=ME, now=LATER)
    assert (report.user_id, report.username, report.updated) == (first.user_id, "renamed", 1)
    assert (await run(store, sleeper, name="renamed", now=LATER)).user_id == first.user_id
    users = list((await rows(store, User)).values())
    assert [(one.sleeper_username, one.display_name) for one in users] == [("renamed", "Renamed")]
    with pytest.raises(SleeperNotFound, match="does not know user “tester”"):
        await run(store, sleeper, name="tester", now=LATER)


async def test_two_people_of_one_league(store: Store, sleeper: FakeSleeper) -> None:
    first = await run(store, sleeper)
    sleeper.answers[f"/v1/user/{RIVAL}"] = sleeper.answers["/v1/user/rival"] = user(RIVAL, "rival")
    sleeper.answers[f"/v1/user/{RIVAL}/leagues/nfl/2024"] = [sleeper.answers[paths.LEAGUES][0]]
    second = await run(store, sleeper, name="rival", now=LATER)
    async with store.read() as session:
        assert [one.id for one in await get_user_leagues(session, second.user_id)] == [REDRAFT]
        assert len(await get_user_leagues(session, first.user_id)) == 2
    assert second.changed == 1
