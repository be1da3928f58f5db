"""One league-week replayed: what is kept of a proposal, and what an agent that raises costs."""

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from fantasy_tui.agents.registry import AGENTS, agent
from fantasy_tui.backtest import replay as module
from fantasy_tui.backtest.replay import Replayed, Stopped, replay
from fantasy_tui.backtest.workers import workers
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentTaskType
from tests.views import league, player

LINEUP, INJURY = AgentTaskType.LINEUP_OPTIMIZATION, AgentTaskType.INJURY_MONITORING


def view(**options: Any) -> LeagueView:
    """A team that starts a player who is out, with a better one on the bench and one on reserve."""
    team = [player("qb", "QB", 20.0), player("out", "RB", 12.0, injury="Out"), player("rb", "RB", 11.0),
            player("hurt", "RB", 15.0, injury="IR")]  # fmt: skip
    return league("QB RB", team, ["qb", "out"], reserve=("hurt",), **options)


def test_what_is_kept_of_a_proposal() -> None:
    found = replay(view(), [LINEUP, INJURY])
    assert (found.league_id, found.week, found.runs) == ("L", 10, {LINEUP: 1, INJURY: 1})
    assert found.crashes == ()
    by_kind = {one.kind: one for one in found.advice}
    lineup = by_kind[LINEUP]
    assert lineup.rule == Starters(10, ("rb",), ("out",))
    assert (lineup.confidence, lineup.roster_id, lineup.listed, lineup.injured) == (97, 1, False, None)
    assert by_kind[INJURY].injured == "out"
    assert by_kind[INJURY].plays_probability == pytest.approx(0.001)
    (suggested,) = found.lineups
    assert suggested.starters == ("qb", "rb")
    assert (sorted(suggested.squad), sorted(suggested.aside)) == (["out", "qb", "rb"], ["hurt"])


def test_in_best_ball_nobody_sets_a_line_up() -> None:
    assert replay(view(settings={"best_ball": 1}), AGENTS).lineups == ()


def test_an_agent_that_raises_is_counted_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def recommend(_: LeagueView) -> None:
        raise ZeroDivisionError("no points")

    broken = SimpleNamespace(recommend=recommend)
    monkeypatch.setattr(module, "agent", lambda kind: broken if kind is INJURY else agent(kind))
    found = replay(view(), [INJURY, LINEUP])
    (crash,) = found.crashes
    assert (crash.kind, crash.league_id, crash.week, crash.roster_id) == (INJURY, "L", 10, 1)
    assert crash.trace.rstrip().endswith("ZeroDivisionError: no points")
    assert [one.kind for one in found.advice] == [LINEUP]


def test_a_replay_can_be_stopped() -> None:
    with pytest.raises(Stopped):
        replay(view(), [LINEUP], lambda: True)


@pytest.mark.parametrize("jobs", [1, 2])
async def test_workers_find_what_is_found_here(jobs: int) -> None:
    async with workers(jobs) as pool:
        found = await asyncio.gather(*(pool.replay(view(), [LINEUP, INJURY]) for _ in range(3)))
    assert found == [replay(view(), [LINEUP, INJURY])] * 3


async def test_cancelled_work_ends_after_the_run_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    begun = threading.Event()

    def recommend(_: LeagueView) -> list[Any]:
        runs.append(1)
        begun.set()
        time.sleep(0.02)
        return []

    slow = SimpleNamespace(recommend=recommend)
    monkeypatch.setattr(module, "agent", lambda _: slow)

    async def work() -> list[Replayed]:
        async with workers(1) as pool:
            return await asyncio.gather(*(pool.replay(view(), [LINEUP] * 500) for _ in range(5)))

    task = asyncio.create_task(work())
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(runs) < 400
