"""The demo in a store: on both engines, and worth deciding about."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.crud.overview import league_summaries
from fantasy_tui.database.base import Base
from fantasy_tui.database.store import Store
from fantasy_tui.demo import build as demo_build
from fantasy_tui.demo import past
from fantasy_tui.demo.advice import find_decisions
from fantasy_tui.demo.build import build
from fantasy_tui.demo.generate import Rows
from fantasy_tui.demo.leagues import LEAGUES
from fantasy_tui.demo.teams import NOW, PAST, WEEK, kickoff
from fantasy_tui.football.lineup import Candidate, is_legal
from fantasy_tui.models import AgentTaskType
from fantasy_tui.review.queue import waiting


async def test_every_row_is_written_on_both_engines(store: Store, rows: Rows) -> None:
    user_id = await build(store)
    async with store.read() as session:
        for name, found in rows.items():
            counted = await session.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
            assert counted == len(found), name
        summaries = await league_summaries(session, user_id, NOW, {})
    assert [s.name for s in summaries] == sorted(rules.name for rules in LEAGUES)
    assert all(s.week == WEEK and s.my_roster_id and s.opponent and s.rank for s in summaries)


@pytest.mark.parametrize("seed", [7, 1])
async def test_agents_find_decisions_in_every_league(sqlite_store: Store, seed: int) -> None:
    user_id = await build(sqlite_store, seed)
    written = await find_decisions(sqlite_store, user_id)
    queue = await waiting(sqlite_store, user_id, NOW)
    listed = await waiting(sqlite_store, user_id, NOW, actionable=False)
    assert len(queue) + len(listed) == written
    assert 20 <= len(queue) <= 45
    assert {item.league_id for item in queue} == {rules.league_id for rules in LEAGUES}
    assert all(item.expires_at > NOW for item in queue)
    # Whether a call is close enough to be told is chance.
    assert {item.decision_type for item in [*queue, *listed]} | {"sit_start"} == set(AgentTaskType)
    assert {item.decision_type for item in listed} >= {"opponent_analysis"}


async def test_the_default_demo_has_deadlines_on_sunday_and_later(sqlite_store: Store) -> None:
    user_id = await build(sqlite_store)
    await find_decisions(sqlite_store, user_id)
    queue = await waiting(sqlite_store, user_id, NOW)
    deadlines = Counter(item.expires_at for item in queue)
    assert deadlines.keys() >= {kickoff(WEEK, window) for window in ("early", "late")}
    assert len(deadlines) >= 4


async def test_my_views_have_troubles_locks_and_legal_lineups(sqlite_store: Store) -> None:
    user_id = await build(sqlite_store)
    statuses, locked, empty = set(), 0, 0
    async with sqlite_store.read() as session:
        views = [await load_league_view(session, rules.league_id, user_id, NOW) for rules in LEAGUES]
    for view in views:
        assert view.week == WEEK
        assert view.mine is not None
        assert view.opponent_of(view.mine.roster_id) is not None
        assert all(source.as_of is not None and source.as_of < NOW for source in view.sources)
        candidates = [Candidate(p.player_id, p.positions, 0.0) for p in view.players.values()]
        assert is_legal(view.slots, view.mine.starters, candidates)
        starters = [view.player(player) for player in view.mine.starters]
        statuses |= {p.injury_status or p.availability.reason for p in starters if p is not None}
        locked += sum(p is not None and p.locked(NOW) and p.points is not None for p in starters)
        empty += starters.count(None)
    assert {"Out", "Doubtful", "Questionable", "bye"} <= statuses
    assert locked > 0
    assert empty == 1


async def test_rows_are_stamped_with_the_demos_instant(sqlite_store: Store, rows: Rows) -> None:
    await build(sqlite_store)
    async with sqlite_store.read() as session:
        for name in rows:
            table: Any = Base.metadata.tables[name]
            if "created_at" in table.c:
                assert set(await session.scalars(select(table.c.created_at))) == {NOW}


def test_kickoffs_are_in_the_time_zone_of_the_season() -> None:
    assert kickoff(1, "early") == datetime(2025, 9, 7, 17, 0, tzinfo=UTC)
    assert kickoff(WEEK, "early") == datetime(2025, 11, 9, 18, 0, tzinfo=UTC)
    assert kickoff(WEEK, "monday") == datetime(2025, 11, 11, 1, 15, tzinfo=UTC)


async def test_every_week_is_told_of_while_it_is_made(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_advice(*_: Any) -> int:
        return 0

    for module in (past, demo_build):
        monkeypatch.setattr(module, "find_decisions", no_advice)
    told: list[tuple[int, int, str]] = []
    await demo_build.build_whole(sqlite_store, on_progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == list(range(len(PAST) + 2))
    assert {total for _, total, _ in told} == {len(PAST) + 2}
    assert [step for _, _, step in told[1:-1]] == [f"week {week}" for week in PAST]
