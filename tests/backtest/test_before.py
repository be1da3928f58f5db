"""What the agents are told before a week: nothing of what came later, whatever it was."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.registry import AGENTS, agent
from fantasy_tui.backtest.before import SeasonNotStored, StoredLeague, stored_leagues, view_before
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.database.store import Store
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import (
    Game,
    League,
    Matchup,
    Observation,
    ObservationKind,
    Player,
    PlayerStats,
    Projection,
    Roster,
    SyncState,
    Transaction,
)
from tests.backtest import season as made_up
from tests.backtest.season import FINAL, NOW, kickoff

WEEK = 3


async def league_a(session: AsyncSession) -> StoredLeague:
    return (await stored_leagues(session, "2024", "A"))[0]


async def told(store: Store) -> tuple[LeagueView, dict[str, list[Proposal]]]:
    """The view before week 3, and every agent's proposals for every team."""
    async with store.read() as session:
        view = await view_before(session, await league_a(session), WEEK)
    proposals = {
        f"{kind} {roster}": agent(kind).recommend(view.for_roster(roster))
        for kind in AGENTS
        for roster in view.rosters
    }
    return view, proposals


async def results_change(session: AsyncSession) -> None:
    """Everything that the week and those after it brought, and what was planned after it."""
    await session.execute(
        update(PlayerStats).where(PlayerStats.week >= WEEK).values(stats={"gp": 1, "rush_yd": 300})
    )
    for row in await session.scalars(select(Matchup).where(Matchup.week >= WEEK)):
        row.points, row.custom_points = 1.0, 250.0
        row.players_points = dict.fromkeys(row.players or (), 77.0)
    for row in await session.scalars(select(Matchup).where(Matchup.week > WEEK)):
        row.players, row.starters = ["KC0"], ["KC0"]
        row.players_points = {"KC0": 1.0}
    late = Projection.as_of > kickoff(WEEK)
    await session.execute(
        update(Projection).where(late, Projection.week > WEEK).values(stats={"rush_yd": 999.0})
    )
    decided = Transaction.created > kickoff(WEEK)
    await session.execute(update(Transaction).where(decided).values(status="complete", type="trade"))
    session.add(
        Transaction(
            league_id="A", transaction_id="late", week=WEEK, type="free_agent", status="complete", roster_ids=[1],
            adds={"KC3": 1}, drops={"KC0": 1}, created=kickoff(WEEK), status_updated=kickoff(WEEK),
        )
    )  # fmt: skip
    await session.execute(update(Player).values(injury_status="Out", profile=[1.0] + [0.0] * 23))
    await session.execute(update(Roster).values(wins=9, losses=0, fpts=3000.0, fpts_against=1.0))


async def inputs_change(session: AsyncSession) -> None:
    """Everything that was seen before the week is now known otherwise."""
    await session.execute(update(Projection).values(stats={"rush_yd": 999.0}, as_of=NOW))
    await session.execute(update(Player).values(team="SF"))
    await session.execute(update(Game).values(spread_line=-20.0, total_line=70.0))
    await session.execute(
        update(Roster).values(players=["KC0"], starters=["KC0"], reserve=["KC0"], taxi=[], settings={})
    )
    for row in await session.scalars(select(Matchup).where(Matchup.week == WEEK)):
        row.players, row.starters = ["KC0"], ["KC0"]
    moved: list[tuple[ObservationKind, str, str, Any]] = [
        (ObservationKind.INJURY, "nfl", "KC1", {"team": "KC", "injury_status": "Out"}),
        (ObservationKind.LINEUP, f"A:{WEEK}", "1", {"players": ["KC0"], "starters": ["KC0"]}),
        (ObservationKind.LINES, f"2024:{WEEK}", "KC", {"spread": 30.0, "total": 80.0}),
        (ObservationKind.PROJECTION, f"2024:{WEEK}:sleeper", "KC1", {"rush_yd": 500.0}),
    ]
    for kind, scope, subject, value in moved:
        session.add(Observation(kind=kind, scope=scope, subject=subject, seen_at=kickoff(WEEK), value=value))


@pytest.mark.parametrize(
    ("remembered", "changes"),
    [(False, [results_change]), (True, [results_change, inputs_change])],
    ids=["stand-ins", "memory"],
)
async def test_nothing_later_reaches_an_agent(
    store: Store, remembered: bool, changes: list[Callable[[AsyncSession], Awaitable[None]]]
) -> None:
    as_of = None if remembered else NOW
    await store.write(lambda s: made_up.fill(s, made_up.make(), remembered=remembered, as_of=as_of))
    view, proposals = await told(store)
    assert any(proposals.values())
    for change in changes:
        await store.write(change)
    again, proposed_again = await told(store)
    assert again == view
    assert proposed_again == proposals


async def test_what_was_known_does_reach_them(store: Store) -> None:
    """The test above would pass on views that show nothing."""
    await store.write(lambda s: made_up.fill(s, made_up.make(), remembered=True))
    view, _ = await told(store)
    season = made_up.make()
    assert view.now == kickoff(WEEK) - timedelta(minutes=1)
    assert view.rosters[1].players == tuple(season.squads[1])
    assert {bid.week for bid in view.bids} == set(range(1, WEEK + 1))
    hurt = sorted(season.positions)[WEEK - 1]
    assert view.players[hurt].injury_status == "Questionable"
    assert view.players["KC1"].lines.team_total == (45.0 + 2.5) / 2
    for player, row in view.players.items():
        games = [season.points(week, player) for week in range(1, WEEK) if player in season.scored[week]]
        assert row.past == pytest.approx(games, abs=0.006)
    assert view.rosters[1].wins + view.rosters[1].losses + view.rosters[1].ties == WEEK - 1


async def test_todays_rows_tell_nothing_of_then(session: AsyncSession) -> None:
    await made_up.fill(session, made_up.make())
    league = await league_a(session)
    before = (await view_before(session, league, WEEK)).rosters[1]
    starter, benched = before.starters[0], before.bench[0]
    await session.execute(update(Roster).where(Roster.roster_id == 1).values(reserve=[starter, benched]))
    stored = await session.get(League, "A")
    assert stored is not None
    stored.settings = {**(stored.settings or {}), "disable_adds": 1}
    await session.flush()
    view = await view_before(session, league, WEEK)
    assert view.rosters[1].reserve == (benched,)
    assert view.settings["disable_adds"] == 0
    assert view.settings["waiver_budget"] == 100
    assert view.status == "in_season"


@pytest.mark.parametrize("remembered", [False, True])
async def test_whoever_was_projected_had_a_game_where_teams_are_todays(
    session: AsyncSession, remembered: bool
) -> None:
    season = made_up.make()
    await made_up.fill(session, season, remembered=remembered, as_of=NOW)
    left, moved, idle, gone = season.squads[1][:4]
    await session.execute(update(Player).where(Player.player_id.in_([left, idle, gone])).values(team=None))
    await session.execute(update(Player).where(Player.player_id == moved).values(team="T9"))
    await session.execute(delete(Projection).where(Projection.player_id == idle))
    league = await league_a(session)
    players = (await view_before(session, league, WEEK)).players
    for player in (left, moved):
        assert players[player].availability.play_probability == 1, player
        assert players[player].expected > 0
    assert max(players[left].ahead) > 0
    if not remembered:
        # Nobody knows which teams they were on: nothing makes team-mates of them.
        assert players[left].team != players[gone].team
    assert players[idle].availability.is_dead is not remembered


async def test_which_weeks_can_be_replayed(session: AsyncSession) -> None:
    await made_up.fill(session, made_up.make())
    leagues = await stored_leagues(session, "2024")
    assert [(league.league_id, league.weeks) for league in leagues] == [
        ("A", tuple(range(1, FINAL + 1))),
        ("B", tuple(range(1, FINAL + 1))),
    ]
    await session.execute(delete(SyncState).where(SyncState.resource == "stats/2024/4"))
    await session.execute(delete(SyncState).where(SyncState.resource == "league/B/matchups/5"))
    weeks = {league.league_id: league.weeks for league in await stored_leagues(session, "2024")}
    assert weeks == {"A": (1, 2, 3, 5), "B": (1, 2, 3)}


async def test_a_season_without_anything_to_replay(session: AsyncSession) -> None:
    with pytest.raises(SeasonNotStored, match="No league of 2024"):
        await stored_leagues(session, "2024")
    await made_up.fill(session, made_up.make())
    with pytest.raises(SeasonNotStored, match="No league of 2023"):
        await stored_leagues(session, "2023")
    with pytest.raises(LeagueNotFound):
        await stored_leagues(session, "2024", "C")
    await session.execute(delete(SyncState).where(SyncState.resource.like("stats/%")))
    with pytest.raises(SeasonNotStored, match="over and stored"):
        await stored_leagues(session, "2024")
