"""The demo's past: advised by the agents, answered by the manager, settled by what was played."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from sqlalchemy import select

from fantasy_tui.clock import set_clock
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.database.store import Store
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.build import build
from fantasy_tui.demo.generate import Rows
from fantasy_tui.demo.leagues import LEAGUES
from fantasy_tui.demo.past import live_through
from fantasy_tui.demo.teams import NOW, PAST, SEASON, WEEK, kickoff
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentDecision, AgentTask, AgentTaskType, DecisionEvent
from fantasy_tui.review.record import KINDS, full_record
from fantasy_tui.review.settle import settle_final

SCORING = {rules.league_id: rules.scoring for rules in LEAGUES}


@pytest.fixture
def own_file(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / made.name))


@pytest.fixture
async def lived(own_file: Path) -> AsyncIterator[Store]:
    """The finished demo in a file of the test's own."""
    store = Store(f"sqlite+aiosqlite:///{own_file}")
    yield store
    await store.close()


async def every_decision(store: Store) -> list[AgentDecision]:
    async with store.read() as session:
        return list(await session.scalars(select(AgentDecision)))


async def audit(store: Store) -> dict[str, list[DecisionEvent]]:
    """Each decision's events by version."""
    events: dict[str, list[DecisionEvent]] = {}
    async with store.read() as session:
        for event in await session.scalars(select(DecisionEvent).order_by(DecisionEvent.version)):
            events.setdefault(event.decision_id, []).append(event)
    return events


Question = tuple[str, int, str, str]
"""League, week, kind and subject."""


def told(rows: Iterable[AgentDecision]) -> dict[Question, AgentDecision]:
    """Decisions by their question; there is one of each."""
    found: dict[Question, AgentDecision] = {}
    for row in rows:
        question = (row.league_id, row.week, row.decision_type.value, row.subject)
        assert question not in found
        found[question] = row
    return found


def numbers(row: AgentDecision) -> tuple[float, float, float]:
    """Confidence, expected gain, and what came of it."""
    return row.confidence_score, row.expected_gain, (row.outcome or {}).get("gain", 0.0)


def answers(row: AgentDecision) -> tuple[bool, bool | None, bool]:
    """Whether it asked for an answer, which one it got, and whether it is settled."""
    return row.actionable, row.user_approved, row.settled_at is not None


async def test_the_record_has_settled_calls_of_several_kinds(lived: Store) -> None:
    rows = await every_decision(lived)
    settled = [row for row in rows if row.settled_at is not None]
    assert len(settled) >= 60
    assert len({row.decision_type for row in settled}) == len(AgentTaskType) - 1
    asked = [row for row in settled if row.actionable and row.decision_type.value != "opponent_analysis"]
    given = Counter(row.user_approved for row in asked)
    assert given[True] > given[False] > 0
    assert given[None] > 0
    record = await full_record(lived, settled[0].user_id)
    assert record.of("overall").calls.n == len(asked)
    assert all(record.of(kind).calls.n for kind in KINDS if kind != "trade_analysis")


async def test_this_week_waits_and_the_past_is_closed(lived: Store) -> None:
    rows = await every_decision(lived)
    assert {row.week for row in rows} == {*PAST, WEEK}
    for row in rows:
        if row.week == WEEK:
            assert (row.closed_at, row.settled_at, row.outcome, row.user_approved) == (None,) * 4
        else:
            assert row.closed_at is not None
            assert row.settles_week is not None
            assert (row.settled_at is not None) == (row.settles_week < WEEK)
    assert await settle_final(lived, rows[0].user_id, NOW) == 0


async def test_every_decision_has_its_audit_in_order(lived: Store) -> None:
    events = await audit(lived)
    for row in await every_decision(lived):
        found = events[row.id]
        actions = [event.action.value for event in found]
        assert [event.version for event in found] == list(range(1, len(found) + 1))
        assert [event.at for event in found] == sorted(event.at for event in found)
        answer = {None: "expire", True: "approve", False: "reject"}[row.user_approved]
        past = ["propose", answer] + ["settle"] * (row.settled_at is not None)
        assert actions == (["propose"] if row.week == WEEK else past)
        if row.week == WEEK:
            continue
        first = kickoff(row.week, "thursday")
        assert 0 < (first - found[0].at).total_seconds() < 24 * 3600
        assert row.as_of is None or row.as_of <= found[0].at
        if row.user_approved is not None:
            assert found[0].at < found[1].at < min(first, row.expires_at)
            assert row.decided_at == found[1].at
        if row.settled_at is not None:
            assert found[-1].at == row.settled_at >= NOW


async def test_the_agents_ran_in_each_past_week(lived: Store) -> None:
    async with lived.read() as session:
        tasks = list(await session.scalars(select(AgentTask)))
    assert {task.status.value for task in tasks} == {"completed"}
    runs = Counter(task.task_type for task in tasks)
    assert runs.pop(AgentTaskType.TRADE_ANALYSIS) == len(LEAGUES)
    assert set(runs.values()) == {len(LEAGUES) * (len(PAST) + 1)}
    assert min(task.created_at for task in tasks) < kickoff(PAST[0], "thursday")


def scored(rows: Rows, league_id: str, week: int) -> dict[str, float]:
    """League points of everyone who played, by adding up his stats."""
    scoring = SCORING[league_id]
    return {
        row["player_id"]: round(sum(scoring.get(stat, 0) * count for stat, count in row["stats"].items()), 2)
        for row in rows["player_stats"]
        if (row["season"], row["week"]) == (SEASON, week)
    }


def total(points: Mapping[str, float], players: Sequence[str]) -> float:
    return sum(points.get(player, 0.0) for player in players)


def best(view: LeagueView, players: Sequence[str]) -> list[str]:
    """Who starts in the line-up with the most expected points, by a general solver."""
    listed = [player for player in players if player in view.players]
    # An empty slot is worth nothing, an eligible player a trifle more than that.
    worth = np.zeros((len(view.slots), len(listed) + len(view.slots)))
    for row, slot in enumerate(view.slots):
        for column, player in enumerate(listed):
            known = view.players[player]
            worth[row, column] = known.expected + 1e-9 if fits(slot, known.positions) else -1e6
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return [listed[column] for _, column in chosen if column < len(listed)]


async def views(
    store: Store, rows: Rows, settled: Sequence[AgentDecision]
) -> dict[tuple[str, int], LeagueView]:
    """By league and week, who could start and what was expected of him, where rosters are compared."""
    wanted: dict[tuple[str, int], set[str]] = {}
    for row in settled:
        rule = row.recommendation["settle"]
        for week in rule["weeks"] if rule["rule"] == "rosters" else ():
            wanted.setdefault((row.league_id, week), set()).update(rule["new"], rule["old"])
    starts = {week: kickoff(week, "thursday") for week in PAST}
    async with store.read() as session:
        return {
            (league, week): await load_league_view(
                session, league, None, starts[week] - timedelta(minutes=1), week, also=players
            )
            for (league, week), players in wanted.items()
        }


def gain_of(row: AgentDecision, rows: Rows, known: Mapping[tuple[str, int], LeagueView]) -> float:
    """What the advice brought, by the generated games and, of rosters, by what was expected of them."""
    rule = row.recommendation["settle"]
    if rule["rule"] == "win":
        points = {
            m["roster_id"]: m["points"]
            for m in rows["matchups"]
            if (m["league_id"], m["week"]) == (row.league_id, rule["week"])
        }
        return float(points[rule["roster_id"]] - points[rule["opponent_roster_id"]])
    if rule["rule"] == "starters":
        played = scored(rows, row.league_id, rule["week"])
        if rule["if_inactive"] and any(played.get(player) for player in rule["old"]):
            return 0.0
        return total(played, rule["new"]) - total(played, rule["old"])
    gain = 0.0
    for week in rule["weeks"]:
        played, view = scored(rows, row.league_id, week), known[row.league_id, week]
        gain += total(played, best(view, rule["new"])) - total(played, best(view, rule["old"]))
    return gain


async def test_every_outcome_is_what_was_played(lived: Store, rows: Rows) -> None:
    settled = [row for row in await every_decision(lived) if row.settled_at is not None]
    known = await views(lived, rows, settled)
    for row in settled:
        gain = gain_of(row, rows, known)
        assert row.outcome is not None
        assert row.outcome["gain"] == pytest.approx(gain, abs=0.006), row.recommendation["summary"]
        assert row.outcome["right"] == (round(gain, 2) >= 0)
    assert {row.recommendation["settle"]["rule"] for row in settled} == {"win", "starters", "rosters"}


async def test_the_same_past_again_on_postgres(postgres_url: str, lived: Store) -> None:
    weeks = PAST[:2]
    store = Store(postgres_url)
    try:
        await live_through(store, await build(store), 7, weeks)
        here = told(await every_decision(store))
    finally:
        set_clock(None)
        await store.close()
    there = told(row for row in await every_decision(lived) if row.week in weeks)
    assert here.keys() == there.keys()
    for question, row in here.items():
        assert answers(row) == answers(there[question])
        # Stored stat lines come back in another order: sums may fall on the other side of a half.
        assert numbers(row) == pytest.approx(numbers(there[question]), abs=1.01)


async def test_the_past_leaves_what_is_advised_now_alone(sqlite_store: Store, lived: Store) -> None:
    await find_decisions(sqlite_store, await build(sqlite_store))
    without = told(await every_decision(sqlite_store))
    now = told(row for row in await every_decision(lived) if row.week == WEEK)
    assert now.keys() == without.keys()
    for question, row in now.items():
        assert answers(row) == answers(without[question])
        # Rows come back in the order in which they were written: sums may fall on the other side of a half.
        assert numbers(row) == pytest.approx(numbers(without[question]), abs=0.02)
        assert row.recommendation["summary"] == without[question].recommendation["summary"]
