"""The agents' runs."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.task import TaskRow
from fantasy_tui.models import AgentTask, AgentTaskStatus, AgentTaskType
from fantasy_tui.tui.screens.tasks import TasksScreen, outcome, progress
from fantasy_tui.workspace import Workspace
from tests.leagues import HOSTILE, NOW
from tests.tui.host import lines, press, settle, showing, shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_runs_newest_first_with_what_came_of_them(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, TasksScreen(), size) as (host, _):
        rows = lines(host)[2:5]
        assert [row.split()[:2] for row in rows] == [["28m", "waiver"], ["29m", "injury"], ["30m", "lineup"]]
        assert "● running" in rows[0]
        assert "█████░░░ 65% Re" in rows[0]
        assert "✗ failed" in rows[1]
        assert "No schedule for [/oo" in rows[1]
        assert "✓ done" in rows[2]
        assert "2 proposed" in rows[2]
        assert "all leagues" in rows[2]
        assert host.errors == []


async def test_the_error_of_the_run_under_the_cursor_in_full(workspace: Workspace) -> None:
    async def fail(session: AsyncSession) -> None:
        error = f"first line {HOSTILE[0]}\n" + "x" * 700 + " the end"
        session.add(
            AgentTask(
                user_id=workspace.user_id, league_id="A", task_type=AgentTaskType.SIT_START, created_at=NOW,
                status=AgentTaskStatus.FAILED, error_message=error, completed_at=NOW + timedelta(seconds=3),
            )
        )  # fmt: skip

    await workspace.store.write(fail)
    async with showing(workspace, TasksScreen(), (120, 40)) as (host, pilot):
        about = shown(host).split("─" * 40)[-1]
        assert "sit start · Alpha League" in about
        assert "took 3s" in about
        assert f"first line {HOSTILE[0]}" in about
        assert about.count("x") == 700
        assert "the end" in about
        await press(pilot, "j")
        assert "the end" not in shown(host)
        assert "Reading the league" in shown(host).split("─" * 40)[-1]


async def test_progress_of_another_process_is_shown_in_place(workspace: Workspace) -> None:
    async with showing(workspace, TasksScreen(), (120, 40)) as (host, pilot):
        running = next(task for task in await workspace.tasks.rows() if task.status == "in_progress")

        async def advance(session: AsyncSession) -> None:
            task = await session.get_one(AgentTask, running.id)
            task.progress_percentage, task.current_step = 80, HOSTILE[2]

        await press(pilot, "j")
        await workspace.store.write(advance)
        host.store_changed.publish(None)
        await settle(pilot)
        assert "██████░░ 80% ␛]0;owned␇name" in lines(host)[2]
        assert "injury monitoring · Alpha League" in shown(host)


async def test_capital_r_runs_the_agents(workspace: Workspace) -> None:
    async with showing(workspace, TasksScreen()) as (host, pilot):
        await press(pilot, "R")
        assert host.asked == [("agents",)]


async def test_nothing_run_says_what_to_press(bare_workspace: Workspace) -> None:
    async with showing(bare_workspace, TasksScreen()) as (host, pilot):
        assert "Press R to run all agents" in shown(host)
        await press(pilot, "R")
        assert host.asked == [("agents",)]


def task(**values: Any) -> TaskRow:
    given: dict[str, Any] = {
        "id": "t", "task_type": "sit_start", "league_id": None, "league": None, "status": "completed", "progress_percentage": 100,
        "current_step": None, "error_message": None, "created_at": NOW, "completed_at": NOW, "result": None,
    }  # fmt: skip
    return TaskRow(**given | values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"result": {"written": 2, "unchanged": 1, "superseded": 0, "withdrawn": 0}},
            "2 written, 1 unchanged",
        ),
        ({"result": {"written": 0}}, "nothing to decide"),
        ({"status": "cancelled"}, ""),
        ({"status": "pending", "progress_percentage": 0}, "░░░░░░░░ 0%"),
        ({"status": "failed", "error_message": "No."}, "No."),
    ],
)
def test_what_came_of_a_run(values: dict[str, Any], said: str) -> None:
    assert outcome(task(**values)) == said


@pytest.mark.parametrize(
    ("percentage", "bar"), [(-5, "░░░░░░░░ -5%"), (50, "████░░░░ 50%"), (250, "████████ 250%")]
)
def test_progress_stays_in_its_bar(percentage: int, bar: str) -> None:
    assert progress(percentage, None) == bar


async def test_a_run_is_cancelled_and_what_has_ended_is_tried_again(workspace: Workspace) -> None:
    async with showing(workspace, TasksScreen(), (120, 40)) as (host, pilot):
        await press(pilot, "c")
        await settle(pilot)
        assert "– cancelled" in lines(host)[2]
        await press(pilot, "c")
        assert "ended already" in str(host.errors[-1])
        await press(pilot, "j", "t")
        await settle(pilot)
        newest, *_ = await workspace.tasks.rows()
        assert (newest.task_type, newest.status) == ("injury_monitoring", "completed")
        assert "injury monitoring" in lines(host)[2]
        assert "✓ done" in lines(host)[2]
