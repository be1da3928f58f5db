"""The whole back-test on a made-up season, against the same counted by other means."""

import logging
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.registry import AGENTS, agent
from fantasy_tui.backtest import replay, run
from fantasy_tui.backtest.before import stored_leagues, view_before
from fantasy_tui.backtest.results import Backtest
from fantasy_tui.backtest.run import Progress, WeeksNotStored, backtest, ranges
from fantasy_tui.database.store import Store
from fantasy_tui.football.settle import Rosters, Starters, Win
from fantasy_tui.football.slots import fits, starting_slots
from fantasy_tui.models import AgentTaskType, SyncState
from tests.backtest import season as made_up
from tests.backtest.season import FINAL, SLOTS, MadeUp

LINEUP = AgentTaskType.LINEUP_OPTIMIZATION
SETTLED_HERE = [kind for kind in AGENTS if kind is not AgentTaskType.TRADE_ANALYSIS]
"""A trade's horizon is longer than the season that is stored."""


@pytest.fixture
def season() -> MadeUp:
    return made_up.make()


@pytest.fixture
async def filled(sqlite_url: str, season: MadeUp) -> Any:
    store = Store(sqlite_url)
    await store.write(lambda session: made_up.fill(session, season, remembered=True))
    yield store
    await store.close()


def best(season: MadeUp, players: tuple[str, ...], worth: dict[str, float]) -> list[str]:
    """The best line-up by an assignment solver; every slot that can be filled is."""
    slots = starting_slots(SLOTS)
    cost = np.array(
        [
            [
                -(1000 + worth.get(p, 0.0)) if fits(slot, frozenset({season.positions[p]})) else 0.0
                for p in players
            ]
            for slot in slots
        ]
    )
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return [players[column] for row, column in pairs if cost[row][column]]


async def by_hand(
    store: Store, season: MadeUp, league_id: str
) -> dict[str, list[tuple[int, bool, float | None]]]:
    """By agent: week, whether it is listed only, and the gain of every proposal; none where it cannot be known."""
    found: dict[str, list[tuple[int, bool, float | None]]] = {kind.value: [] for kind in AGENTS}
    async with store.read() as session:
        (league,) = await stored_leagues(session, "2024", league_id)

        async def gain(proposal: Proposal, view: Any) -> float | None:
            rule = proposal.recommendation.settle
            if isinstance(rule, Win):
                week = rule.week
                mine, theirs = (
                    sum(season.points(week, p) for p in made_up.lineup(season, roster, week) if p != "0")
                    for roster in (rule.roster_id, rule.opponent_roster_id)
                )
                return mine - theirs
            if isinstance(rule, Starters):
                if rule.if_inactive and any(season.points(rule.week, p) for p in rule.old):
                    return 0.0
                return sum(season.points(rule.week, p) for p in rule.new) - sum(
                    season.points(rule.week, p) for p in rule.old
                )
            assert isinstance(rule, Rosters)
            if max(rule.weeks) > FINAL:
                return None
            total = 0.0
            for week in rule.weeks:
                then = await view_before(session, league, week, also={*rule.new, *rule.old})
                worth = {p: row.expected for p, row in then.players.items()}
                for sign, players in ((1, rule.new), (-1, rule.old)):
                    total += sign * sum(season.points(week, p) for p in best(season, players, worth))
            return total

        for week in range(2, FINAL + 1):
            view = await view_before(session, league, week)
            for kind in SETTLED_HERE:
                for roster in view.rosters:
                    for proposal in agent(kind).recommend(view.for_roster(roster)):
                        listed = not proposal.actionable and kind is not AgentTaskType.OPPONENT_ANALYSIS
                        found[kind.value].append((week, listed, await gain(proposal, view)))
    return found


async def test_every_proposal_is_settled_by_its_own_rule(filled: Store, season: MadeUp) -> None:
    found = await backtest(filled, "2024", league_id="A", kinds=SETTLED_HERE, jobs=1)
    expected = await by_hand(filled, season, "A")
    assert found.weeks == (2, 3, 4, 5)
    assert [one.kind for one in found.kinds] == list(AGENTS)
    for one in found.kinds:
        proposals = expected[one.kind.value]
        assert (one.runs, one.errors) == (4 * 4 if one.kind in SETTLED_HERE else 0, 0)
        assert one.decisions == sum(not listed for _, listed, _ in proposals), one.kind
        assert one.listed == sum(listed for _, listed, _ in proposals), one.kind
        for tally, which in ((one.calls, False), (one.toss_ups, True)):
            gains = [gain for _, listed, gain in proposals if gain is not None and listed is which]
            assert tally.n == len(gains), one.kind
            assert tally.right == sum(gain >= -0.005 for gain in gains), one.kind
            if gains:
                assert tally.mean_gain == pytest.approx(np.mean(gains), abs=0.02), one.kind
    by_kind = {one.kind: one for one in found.kinds}
    assert by_kind[LINEUP].calls.n > 3
    assert by_kind[AgentTaskType.WAIVER_WIRE].calls.n + by_kind[AgentTaskType.WAIVER_WIRE].toss_ups.n > 3
    assert (
        by_kind[AgentTaskType.OPPONENT_ANALYSIS].calls.n
        == by_kind[AgentTaskType.OPPONENT_ANALYSIS].decisions
        > 8
    )


async def test_line_ups_are_measured_where_people_set_them(filled: Store, season: MadeUp) -> None:
    found = await backtest(filled, "2024", kinds=[LINEUP], jobs=1)
    assert found.best_ball == ("League B",)
    assert found.lineups.team_weeks == 4 * 4
    hindsight, manager = 0.0, 0.0
    for roster, squad in season.squads.items():
        for week in range(2, FINAL + 1):
            scored = {p: season.points(week, p) for p in squad}
            hindsight += sum(scored[p] for p in best(season, tuple(squad), scored))
            manager += sum(scored[p] for p in made_up.lineup(season, roster, week) if p != "0")
    assert found.lineups.hindsight_points == pytest.approx(hindsight / 16, abs=0.05)
    assert found.lineups.manager == pytest.approx(manager / hindsight, abs=1e-3)
    assert found.lineups.agent is not None
    assert 0.5 < found.lineups.agent < 1
    assert 0 < found.no_dead_starter.team_weeks < 16
    # All kinds are there, the others without a run.
    assert [one.runs for one in found.kinds if one.kind is not LINEUP] == [0] * 5


async def test_a_horizon_beyond_what_is_stored_is_not_settled(filled: Store) -> None:
    found = await backtest(filled, "2024", weeks=[FINAL], league_id="A", jobs=1)
    trades = next(one for one in found.kinds if one.kind is AgentTaskType.TRADE_ANALYSIS)
    assert trades.calls.n == 0
    assert trades.calls.hit_rate is None


async def test_processes_find_the_same(filled: Store) -> None:
    kinds = [LINEUP, AgentTaskType.INJURY_MONITORING]
    seen: list[Progress] = []
    found = await backtest(filled, "2024", kinds=kinds, jobs=2, on_progress=seen.append)
    assert found == await backtest(filled, "2024", kinds=kinds, jobs=1)
    assert [at.done for at in seen] == list(range(1, 11))
    assert {at.total for at in seen} == {10}


async def test_which_inputs_were_seen(filled: Store) -> None:
    found = await backtest(filled, "2024", weeks=[2, 3], kinds=[LINEUP], jobs=1)
    inputs = {one.name: one for one in found.inputs}
    assert found.league_weeks == 4
    assert [inputs[name].seen for name in ("projections", "injuries", "betting lines")] == [4, 4, 4]
    # Only league A's line-ups were looked at.
    assert inputs["line-ups"].seen == 2
    assert list(inputs["line-ups"].stand_ins.values()) == [2]


async def test_without_memory_what_came_last_stands_in(sqlite_url: str, season: MadeUp) -> None:
    store = Store(sqlite_url)
    await store.write(lambda session: made_up.fill(session, season, as_of=made_up.NOW))
    found = await backtest(store, "2024", weeks=[2, 3], kinds=[LINEUP], league_id="A", jobs=1)
    await store.close()
    assert [(one.name, one.seen, dict(one.stand_ins)) for one in found.inputs] == [
        ("projections", 0, {"projections as last published": 2}),
        ("injuries", 0, {"no injury report of that week, teams as they are now": 2}),
        ("line-ups", 0, {"line-ups as they were played, reserve and taxi as last seen": 2}),
        ("betting lines", 0, {"betting lines as last seen": 2}),
    ]


async def test_weeks(filled: Store) -> None:
    async def weeks(*wanted: int) -> Backtest:
        return await backtest(filled, "2024", weeks=wanted, kinds=[LINEUP], jobs=1)

    found = await weeks(5, 1, 6)
    assert (found.weeks, found.left_out) == ((1, 5), (6,))
    with pytest.raises(WeeksNotStored, match=r"these are: 1-5\."):
        await weeks(6, 7)

    async def forget(session: AsyncSession) -> None:
        await session.execute(delete(SyncState).where(SyncState.resource == "league/B/matchups/3"))

    await filled.write(forget)
    found = await weeks(3, 4)
    assert (found.weeks, found.league_weeks) == ((3, 4), 3)


async def test_an_agent_that_raises_is_counted_and_logged(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def recommend(_: object) -> None:
        raise ZeroDivisionError("no points")

    monkeypatch.setattr(replay, "agent", lambda _: SimpleNamespace(recommend=recommend))
    with caplog.at_level(logging.ERROR):
        found = await backtest(filled, "2024", weeks=[2], kinds=[LINEUP], league_id="A", jobs=1)
    one = next(one for one in found.kinds if one.kind is LINEUP)
    assert (one.runs, one.errors, one.decisions) == (4, 4, 0)
    assert "lineup_optimization failed for team 1 of league A in week 2" in caplog.text
    assert "ZeroDivisionError: no points" in caplog.text


async def test_what_an_agent_raised_is_logged_even_where_the_rest_cannot_be_measured(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def recommend(_: object) -> None:
        raise ZeroDivisionError("no points")

    async def outcomes(*_: object) -> None:
        raise RuntimeError("not measurable")

    monkeypatch.setattr(replay, "agent", lambda _: SimpleNamespace(recommend=recommend))
    monkeypatch.setattr(run, "outcomes", outcomes)
    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError, match="measurable"):
        await backtest(filled, "2024", weeks=[2], kinds=[LINEUP], league_id="A", jobs=1)
    assert "ZeroDivisionError: no points" in caplog.text


def test_ranges() -> None:
    assert ranges([5, 2, 3, 9, 4, 11, 12]) == "2-5, 9, 11-12"
    assert ranges([]) == "none"
