"""What a person can look at, read from a store on either engine."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.browse import Browse
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.user import NoUser
from fantasy_tui.database.store import Store
from fantasy_tui.models import League, PlayerStats, SyncState, TrendingPlayer
from tests.leagues import NOW, build

PLAYOFFS = {"playoff_teams": 2, "playoff_week_start": 12}


async def _more(session: AsyncSession) -> None:
    """A season that can be simulated, last season's stats of one player, and trends."""
    league = await session.get_one(League, "A")
    league.settings = {**(league.settings or {}), **PLAYOFFS}
    session.add(
        PlayerStats(
            id="2:2023:3", player_id="2", season="2023", week=3, stats={"gp": 1, "rush_yd": 100, "rec": 2}
        )
    )
    session.add(TrendingPlayer(kind="add", player_id="12", count=321))
    at = NOW - timedelta(hours=2)
    session.add(SyncState(resource="trending/add", checked_at=at, changed_at=at))


@pytest.fixture
async def browse(store: Store, clock_reset: None) -> Browse:
    set_clock(NOW)
    user_id = await store.write(build)
    await store.write(_more)
    return Browse(store, user_id)


async def test_standings_with_and_without_odds(browse: Browse) -> None:
    quick = await browse.standings("A", odds=False)
    assert (quick.draws, quick.no_odds) == (None, None)
    assert all(team.odds is None for team in quick.teams)
    full = await browse.standings("A")
    assert full.draws == 10_000
    odds = {team.roster_id: team.odds for team in full.teams}
    mine, rival, empty = odds[1], odds[2], odds[3]
    assert mine is not None
    assert rival is not None
    assert empty is not None
    assert mine.playoffs + rival.playoffs + empty.playoffs == pytest.approx(2)
    assert rival.playoffs == 1.0
    assert {source.name for source in full.sources} >= {"Sleeper rosters", "projections, week 10"}
    assert (await browse.standings("B")).no_odds == "This league has no playoffs."


async def test_the_matchup_while_games_are_on(browse: Browse) -> None:
    found = await browse.matchup("A")
    assert found is not None
    assert found.theirs is not None
    assert (found.phase, found.mine.mine, found.theirs.mine) == ("live", True, False)
    assert [seat.player_id for seat in found.mine.starters] == ["1", "2", "5", "3"]
    assert [seat.state for seat in found.mine.starters] == ["playing", "ahead", "playing", "playing"]
    assert found.mine.starters[0].points == 10.4
    assert found.mine.points == pytest.approx(16.5)
    assert found.theirs.starters[-1].state == "empty"
    assert found.win is not None
    assert [point.at for point in found.curve] == [NOW - timedelta(minutes=30), found.now]
    assert found.curve[-1].win == found.win
    assert (await browse.matchup("A", roster_id=3)).theirs is None  # type: ignore[union-attr]
    assert await browse.matchup("A", roster_id=99) is None
    best_ball = await browse.matchup("B")
    assert best_ball is not None
    assert best_ball.best_ball


async def test_weeks_before_and_ahead(browse: Browse) -> None:
    before, ahead = await browse.matchup("A", 9), await browse.matchup("A", 11)
    assert before is not None
    assert ahead is not None
    assert (before.week, before.phase, before.win) == (9, "over", 0.5)
    assert (ahead.week, ahead.phase) == (11, "before")
    assert ahead.mine.projected is not None
    # There is no projection of week 11: what is expected of each in weeks ahead stands in.
    assert ahead.mine.projected > 20
    assert all(seat.injury is None for seat in ahead.mine.starters)


async def test_depth_and_byes(browse: Browse) -> None:
    found = await browse.depth("A")
    assert found is not None
    assert [position.position for position in found.positions] == ["QB", "RB", "WR", "TE"]
    wr = next(position for position in found.positions if position.position == "WR")
    assert [p.player_id for p in wr.players][:2] == ["3", "4"]
    assert {p.player_id: p.place for p in wr.players}["7"] == "taxi"
    # Dallas does not play in week 10.
    assert {p.player_id: p.bye for p in wr.players}["4"] == 10
    assert [week.week for week in found.byes][:2] == [10, 11]
    assert found.byes[0].scheduled
    assert await browse.depth("A", 99) is None


async def test_a_players_card(browse: Browse) -> None:
    found = await browse.card("2")
    assert found is not None
    assert (found.row.name, found.week) == ("Saquon Barkley", 10)
    assert (found.exposure.leagues, found.exposure.mine, found.exposure.free) == (2, 2, 0)
    alpha, beta = found.leagues
    assert [(w.week, w.state) for w in alpha.season] == [
        (8, "played"),
        (9, "played"),
        (10, "ahead"),
        (11, "ahead"),
    ]
    assert alpha.last_season is not None
    assert beta.last_season is not None
    assert [(w.week, w.points) for w in alpha.last_season] == [(3, 12.0)]
    assert [(w.week, w.points) for w in beta.last_season] == [(3, 11.0)]
    assert alpha.this_week is not None
    assert alpha.this_week.points == pytest.approx(13)
    assert alpha.next_week is not None
    assert alpha.owner is not None
    assert alpha.owner.mine
    assert (found.trend.adds, found.trend.as_of) == (None, NOW - timedelta(hours=2))
    assert await browse.card("nobody") is None


async def test_a_free_agents_trend(browse: Browse) -> None:
    found = await browse.card("12")
    assert found is not None
    assert (found.trend.adds, found.trend.drops) == (321, None)
    assert (found.exposure.mine, found.exposure.others, found.exposure.free) == (0, 0, 2)
    assert [one.this_week for one in found.leagues] == [None, None]


async def test_two_players_side_by_side(browse: Browse) -> None:
    found = await browse.compare("A", "2", "9")
    assert found is not None
    assert (found.one.row.player_id, found.other.row.player_id) == ("2", "9")
    assert found.outscores.chance is not None
    assert 0.5 < found.outscores.chance < 0.8
    assert await browse.compare("A", "2", "nobody") is None
    with pytest.raises(LeagueNotFound):
        await browse.compare("nowhere", "2", "9")


async def test_facts_of_all_players(browse: Browse) -> None:
    found = await browse.facts("A")
    assert (found.league, found.week) == ("Alpha League", 10)
    assert found.of("2").projected == pytest.approx(13)
    assert (found.of("2").games, found.of("12").trend, found.of("4").on_bye) == (2, 321, True)
    assert found.of("2").owner is not None
    assert found.of("12").owner is None
    assert (await browse.facts()).league_id == "A"
    assert (await browse.facts("B")).of("2").projected == pytest.approx(12)
    with pytest.raises(LeagueNotFound):
        await browse.facts("nowhere")


async def test_the_waiver_board(browse: Browse) -> None:
    found = await browse.waivers("A")
    assert found is not None
    assert (found.name, found.week, found.closed) == ("Alpha League", 10, None)
    assert {rival.roster_id for rival in found.rivals} == {2, 3}


async def test_the_trade_bench(browse: Browse) -> None:
    view = await browse.view("A")
    found = await browse.bench(view, 2, ["2"], ["9"])
    assert found.problem is None
    assert (found.mine.gives, found.theirs.gives) == (("2",), ("9",))
    assert await browse.counters(view, 2, ["2"], ["9"], stop=lambda: True) == []
    assert all(one.partner == 2 for one in await browse.deals(view, 2))


async def test_moves(browse: Browse) -> None:
    assert (await browse.transactions("A")).total == 0


async def test_without_a_user(browse: Browse, store: Store) -> None:
    nobody = Browse(store, None)
    assert len(await nobody.players()) == 13
    assert (await nobody.view("A")).my_roster_id is None
    assert await nobody.matchup("A") is None
    assert await nobody.waivers("A") is None
    assert not any(team.mine for team in (await nobody.standings("A", odds=False)).teams)
    for read in (nobody.leagues(), nobody.owners(), nobody.card("1"), nobody.facts(), nobody.player("1")):
        with pytest.raises(NoUser):
            await read
