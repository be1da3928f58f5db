import asyncio
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.database.base import Base
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
from fantasy_tui.sleeper.client import IN_FLIGHT
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperError, SleeperNotFound, SleeperUnreachable
from fantasy_tui.sleeper.report import SyncProgress, SyncReport
from fantasy_tui.sleeper.sync import sync
from tests.sleeper.fake import (
    CHOPPED,
    GAMES_URL,
    HOSTILE,
    ME,
    NOW,
    REDRAFT,
    RIVAL,
    Answer,
    FakeSleeper,
    body,
    client_of,
    games_file,
    player,
    trade,
    user,
)

LATER = NOW + timedelta(minutes=10)
ROSTERS = f"/v1/league/{REDRAFT}/rosters"
MEMBERS = f"/v1/league/{REDRAFT}/users"
MOVES = f"/v1/league/{REDRAFT}/transactions/3"
PICKS = f"/v1/league/{REDRAFT}/traded_picks"
LEAGUES = f"/v1/user/{ME}/leagues/nfl/2024"
PLAYERS = "/v1/players/nfl"
SCHEDULE = "/schedule/nfl/regular/2024"
STATS = "/v1/stats/nfl/regular/2024/2"
PROJECTIONS = "/v1/projections/nfl/regular/2024/3"
HTML = b"<!DOCTYPE html><html>hotel</html>"


@pytest.fixture
def sleeper() -> FakeSleeper:
    return FakeSleeper()


async def run(
    store: Store,
    answer: Answer,
    *,
    name: str = "tester",
    now: datetime = NOW,
    on_progress: Callable[[SyncProgress], None] = lambda _: None,
) -> SyncReport:
    async with client_of(answer) as client:
        return await sync(store, client, name, games_url=GAMES_URL, now=now, on_progress=on_progress)


async def rows(store: Store, model: Any) -> dict[Any, Any]:
    """Stored rows by key."""
    names = [key.name for key in sa.inspect(model).primary_key]
    async with store.read() as session:
        found = (await session.scalars(sa.select(model))).all()
    keys = [tuple(getattr(row, name) for name in names) for row in found]
    return {key[0] if len(key) == 1 else key: row for key, row in zip(keys, found, strict=True)}


async def contents(store: Store) -> dict[str, list[str]]:
    """Everything stored, times of writing included; only what remembers requests is left out."""
    async with store.read() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in await session.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
            if table.name != "sync_state"
        }


def is_one_sentence(said: str) -> bool:
    return said.endswith(".") and "\n" not in said and ". " not in said and len(said) < 250


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
    answers[ROSTERS][0] |= {"players": ["1", "3"], "starters": ["1", "3"], "reserve": None}
    answers[ROSTERS][1] |= {"players": ["2"], "starters": ["0", "2"]}
    answers[MEMBERS][1] |= {"display_name": "Renamed", "metadata": {"team_name": "New"}}
    answers[LEAGUES][0] |= {"name": "New name", "scoring_settings": {"rec": 1.0}}
    answers[PLAYERS]["2"] |= {"team": None, "injury_status": None}
    answers[MOVES] = [trade() | {"transaction_id": "7005", "leg": 3, "type": "free_agent", "adds": None}]
    answers[PICKS] = []
    answers[SCHEDULE][4] |= {"status": "canceled"}
    answers[STATS]["1"] |= {"pass_yd": 270.0, "pts_ppr": 10.8}
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
    sleeper.answers[PICKS][0] |= {"owner_id": 3, "previous_owner_id": 1}
    assert (await run(store, sleeper, now=LATER)).updated == 1
    pick = (await rows(store, TradedPick))[REDRAFT, "2025", 1, 2]
    assert (pick.owner_id, pick.previous_owner_id) == (3, 1)


async def test_a_projection_remembers_when_it_changed(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.answers[PROJECTIONS]["2"] = {"pts_ppr": 7.0}
    await run(store, sleeper, now=LATER)
    found = await rows(store, Projection)
    assert found["1", "2024", 3, "sleeper"].as_of == NOW
    assert found["2", "2024", 3, "sleeper"].as_of == LATER


async def test_a_league_that_was_left_is_kept_but_marked(store: Store, sleeper: FakeSleeper) -> None:
    first = await run(store, sleeper)
    both = sleeper.answers[LEAGUES]
    sleeper.answers[LEAGUES] = both[:1]
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
    both = sleeper.answers[LEAGUES]
    sleeper.answers[LEAGUES] = []
    assert (await run(store, sleeper, now=LATER)).updated == 2
    sleeper.answers[LEAGUES] = both
    assert (await run(store, sleeper, now=LATER)).updated == 2
    async with store.read() as session:
        assert len(await get_user_leagues(session, first.user_id)) == 2
    assert (await run(store, sleeper, now=LATER)).changed == 0


async def test_a_member_who_left(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    rival = sleeper.answers[MEMBERS].pop()
    await run(store, sleeper, now=LATER)
    assert (await rows(store, LeagueMember))[REDRAFT, RIVAL].left_at == LATER
    sleeper.answers[MEMBERS].append(rival)
    await run(store, sleeper, now=LATER)
    assert (await rows(store, LeagueMember))[REDRAFT, RIVAL].left_at is None


async def test_answers_of_nothing_do_not_empty_the_store(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    before = await contents(store)
    for path in (ROSTERS, MEMBERS, MOVES, SCHEDULE, f"/v1/league/{REDRAFT}/matchups/2"):
        sleeper.answers[path] = []
    for path in (STATS, PROJECTIONS):
        sleeper.answers[path] = {}
    sleeper.answers[PLAYERS] = {}
    report = await run(store, sleeper, now=NOW + timedelta(days=2))
    assert report.changed == 0
    assert await contents(store) == before


BREAKS: dict[str, Answer] = {
    "web page": body(HTML),
    "cut": body(b'[{"roster_id": 1, "pla'),
    "empty": body(b""),
    "refused": body(b"{}", 403),
    "strange": body(b'[{"weird": true}, 5]'),
}
PARTS = [ROSTERS, MEMBERS, PICKS, MOVES, f"/v1/league/{REDRAFT}/matchups/3", PLAYERS, STATS, PROJECTIONS]
PARTS += ["/v1/players/nfl/trending/add", SCHEDULE, "games.csv"]


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
    sleeper.answers[ROSTERS][0]["players"] = ["3"]
    report = await run(store, sleeper, now=NOW + timedelta(days=1))
    assert (report.skipped, report.changed) == ((), 1)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (PLAYERS, {"7": {"first_name": "no id"}}),
        (PLAYERS, {"7": player("7", "A B", "WR", None, age="old")}),
        (PLAYERS, {"7": player("7", "A B", "WR", None, age=2**40)}),
        (ROSTERS, [{"roster_id": 1, "settings": {"fpts": "many"}}]),
        (ROSTERS, [{"roster_id": 2**40}]),
        (MOVES, [trade() | {"created": 10**20}]),
        (SCHEDULE, [{"week": 1, "date": "soon", "home": "BUF", "away": "KC"}]),
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


@pytest.mark.parametrize("path", ["/v1/user/tester", "/v1/state/nfl", LEAGUES])
async def test_without_user_season_or_leagues_there_is_no_sync(
    store: Store, sleeper: FakeSleeper, path: str
) -> None:
    await run(store, sleeper)
    before = await contents(store)
    sleeper.answers[ROSTERS][0]["players"] = ["3"]
    for name, answer in (BREAKS | {"down": body(b"", 503), "gone": body(b"", 404)}).items():
        sleeper.broken = {path: answer}
        with pytest.raises(SleeperError) as caught:
            await run(store, sleeper, now=LATER)
        assert is_one_sentence(str(caught.value)), name
        assert await contents(store) == before, name


async def test_sleeper_goes_down_half_way(store: Store, sleeper: FakeSleeper) -> None:
    await run(store, sleeper)
    sleeper.answers[ROSTERS][0]["players"] = ["3"]
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
    sleeper.broken = {ROSTERS: body(b"null", 404)}
    report = await run(store, sleeper, now=LATER)
    (skipped,) = report.skipped
    assert skipped.skipped == f"Sleeper does not know league {REDRAFT}: check the spelling."
    assert len(await rows(store, Roster)) == 5


async def test_an_unknown_user(store: Store, sleeper: FakeSleeper) -> None:
    with pytest.raises(SleeperNotFound, match="does not know user “nobody”"):
        await run(store, sleeper, name="nobody")
    assert await rows(store, User) == {}


async def test_the_players_file_is_asked_for_once_a_day(store: Store, sleeper: FakeSleeper) -> None:
    for hours, asked in ((0, 1), (1, 1), (23.9, 1), (24, 2), (47, 2), (48.1, 3)):
        await run(store, sleeper, now=NOW + timedelta(hours=hours))
        assert sleeper.asked[PLAYERS] == asked, hours
    # A clock that was moved back does not keep the file for ever.
    await run(store, sleeper, now=NOW)
    assert sleeper.asked[PLAYERS] == 4


async def test_a_players_file_that_cannot_be_read_is_asked_for_again(
    store: Store, sleeper: FakeSleeper
) -> None:
    sleeper.broken = {PLAYERS: body(b'{"1": {"player_id"')}
    assert [one.resource for one in (await run(store, sleeper)).skipped] == ["players"]
    assert await rows(store, PlayerStats) == {}
    sleeper.broken = {}
    report = await run(store, sleeper, now=LATER)
    assert report.skipped == ()
    assert len(await rows(store, PlayerStats)) == 2


async def test_a_player_who_is_new_in_the_players_file(store: Store, sleeper: FakeSleeper) -> None:
    """What was said about him before he was known is read again, though Sleeper has nothing newer."""
    sleeper.answers[PROJECTIONS]["99"] = {"pts_ppr": 12.0}
    await run(store, sleeper)
    assert ("99", "2024", 3, "sleeper") not in await rows(store, Projection)
    sleeper.answers[PLAYERS]["99"] = player("99", "Just Signed", "RB", "SF")
    await run(store, sleeper, now=NOW + timedelta(days=1))
    assert (await rows(store, Projection))["99", "2024", 3, "sleeper"].stats == {"pts_ppr": 12.0}
    assert "99:2024:2" in await rows(store, PlayerStats)
    assert ("add", "99") in await rows(store, TrendingPlayer)


async def test_a_new_player_whose_numbers_come_later(store: Store, sleeper: FakeSleeper) -> None:
    """The sync that found him could not read what is said about him."""
    sleeper.answers[PROJECTIONS]["99"] = {"pts_ppr": 12.0}
    await run(store, sleeper)
    sleeper.answers[PLAYERS]["99"] = player("99", "Just Signed", "RB", "SF")
    sleeper.broken = {PROJECTIONS: body(b"", 503), STATS: body(HTML)}
    await run(store, sleeper, now=NOW + timedelta(days=1))
    sleeper.broken = {}
    await run(store, sleeper, now=NOW + timedelta(days=1, minutes=5))
    assert ("99", "2024", 3, "sleeper") in await rows(store, Projection)
    assert "99:2024:2" in await rows(store, PlayerStats)


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
    sleeper.answers[f"/v1/user/{RIVAL}/leagues/nfl/2024"] = [sleeper.answers[LEAGUES][0]]
    second = await run(store, sleeper, name="rival", now=LATER)
    async with store.read() as session:
        assert [one.id for one in await get_user_leagues(session, second.user_id)] == [REDRAFT]
        assert len(await get_user_leagues(session, first.user_id)) == 2
    assert second.changed == 1


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
        sleeper.answers[LEAGUES][0]
        | {"league_id": "9101", "season": "2025", "previous_league_id": REDRAFT, "status": "pre_draft"}
    ]
    sleeper.answers |= {
        "/v1/league/9101/users": sleeper.answers[MEMBERS],
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
    sleeper.answers[SCHEDULE][4]["status"] = "canceled"
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
    sleeper.answers[SCHEDULE][4]["status"] = "canceled"
    await run(store, sleeper)
    before = await contents(store)
    sleeper.broken = {SCHEDULE: body(b"", 500)}
    report = await run(store, sleeper, now=LATER)
    assert [one.resource for one in report.skipped] == ["schedule/2024"]
    assert await contents(store) == before


async def test_a_sync_that_is_interrupted(store: Store, sleeper: FakeSleeper) -> None:
    hang = asyncio.Event()

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == STATS:
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

    async def write(self: Store, work: Any) -> Any:
        nonlocal now, most
        now += 1
        most = max(most, now)
        try:
            return await real(self, work)
        finally:
            now -= 1

    monkeypatch.setattr(Store, "write", write)
    store = Store(sqlite_url)
    await run(store, sleeper)
    await store.close()
    assert 1 <= most <= IN_FLIGHT


async def test_the_errors_of_several_tasks_are_one(store: Store, sleeper: FakeSleeper) -> None:
    down = body(json.dumps({}).encode(), 500)
    sleeper.broken = {ROSTERS: down, MEMBERS: down, f"/v1/league/{CHOPPED}/rosters": down}
    with pytest.raises(SleeperUnreachable, match=r"in trouble \(500\)"):
        await run(store, sleeper)


@pytest.mark.parametrize("known", [True, False])
async def test_one_league_that_cannot_be_read(store: Store, sleeper: FakeSleeper, known: bool) -> None:
    """The others go on, and it does not count as left."""
    if known:
        await run(store, sleeper)
    sleeper.answers[LEAGUES][1] |= {"scoring_settings": {"rec": "half"}}
    sleeper.answers[ROSTERS][0]["players"] = ["3"]
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
    del sleeper.answers[LEAGUES][1]["league_id"]
    with pytest.raises(SleeperBadAnswer, match="the leagues of 2024"):
        await run(store, sleeper, now=LATER)
    assert await contents(store) == before
