"""What the agents did, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.plaintext import LONGEST
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import TASKS
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain, sanitise
from fantasy_tui.tui.times import age
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.crud.task import TaskRow
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("when", "Ago", 6, right=True),
    Column("agent", "Agent", 19),
    Column("league", "League", 10, most=28),
    Column("status", "Status", 11),
    Column("result", "What came of it", 20, most=48),
)
_STATUS = {
    "pending": ("○ waiting", "$foreground-muted"),
    "in_progress": ("● running", "$text-accent"),
    "completed": ("✓ done", "$text-success"),
    "failed": ("✗ failed", "bold $text-error"),
    "cancelled": ("– cancelled", "$foreground-muted"),
}
_BAR = 8
_AGES_GROW = 15.0
_FOLLOW = 0.5
"""Seconds between two looks at what is under way."""


def progress(percentage: int, step: str | None) -> str:
    """A bar, the percentage, and what is being done."""
    full = round(_BAR * max(0, min(percentage, 100)) / 100)
    return f"{'█' * full}{'░' * (_BAR - full)} {percentage}% {step or ''}".rstrip()


def outcome(task: TaskRow) -> str:
    """What came of a run: progress, counts of decisions, or the error."""
    if task.status in ("pending", "in_progress"):
        return progress(task.progress_percentage, task.current_step)
    if task.error_message:
        return task.error_message
    if task.status != "completed":
        return ""
    counts = [f"{count} {what}" for what, count in (task.result or {}).items() if count]
    return ", ".join(counts) or "nothing to decide"


class TasksScreen(AppScreen):
    """The agents' runs, newest first."""

    CSS_PATH = "tasks.tcss"
    HEADING = "Agents"
    BINDINGS: ClassVar[list[BindingType]] = [*TASKS.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self._tasks: dict[str, TaskRow] = {}

    def content(self) -> ComposeResult:
        """The runs, and all about the one under the cursor."""
        yield RowTable(id="tasks")
        with Pane(id="about"):
            yield Static(id="detail")
        run = f"Press {key_of('tasks.run')} to run all agents on your leagues in season."
        yield Static(plain(f"No agent has run yet. {run}"), id="empty")

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(_AGES_GROW, self._show)
        self.set_interval(_FOLLOW, self._follow)

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the runs."""
        tasks = await workspace.tasks.rows() if workspace.user is not None else []
        self._tasks = {task.id: task for task in tasks}
        self._show()

    def _follow(self) -> None:
        """Read again while something runs; runs of other processes are told of by the store."""
        if self.fantasy.status.busy or any(task.is_active for task in self._tasks.values()):
            self.reload()

    def _show(self) -> None:
        self.set_class(not self._tasks, "-empty")
        self.query_one(RowTable).fill(COLUMNS, [(key, task_row(task)) for key, task in self._tasks.items()])
        self._tell()

    @property
    def _chosen(self) -> TaskRow | None:
        return self._tasks.get(self.query_one(RowTable).chosen_key or "")

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        task = self._chosen
        self.query_one("#detail", Static).update(_detail(task) if task is not None else Content())

    def action_run_agents(self) -> None:
        """Run every agent."""
        self.fantasy.run_agents()

    @work(group="tasks", exit_on_error=False)
    async def action_cancel(self) -> None:
        """Stop the run under the cursor."""
        if (task := self._chosen) is not None and (workspace := self.fantasy.workspace) is not None:
            await workspace.tasks.cancel(task.id)
            self.fantasy.publish_change()

    @work(group="tasks", exit_on_error=False)
    async def action_retry(self) -> None:
        """Run the agent under the cursor again on its league."""
        if (task := self._chosen) is not None and (workspace := self.fantasy.workspace) is not None:
            try:
                await workspace.tasks.retry(task.id)
            finally:
                self.fantasy.publish_change()


def task_row(task: TaskRow) -> Row:
    """A run as a line."""
    word, style = _STATUS.get(task.status, (task.status, ""))
    return {
        "when": Cell(age(task.created_at, utcnow())),
        "agent": Cell(task.task_type.replace("_", " ")),
        "league": Cell(task.league or "all leagues"),
        "status": Cell(word, style),
        "result": Cell(outcome(task)),
    }


def _detail(task: TaskRow) -> Content:
    """The run's league, times and error in full."""
    took = f" · took {age(task.created_at, task.completed_at)}" if task.completed_at else ""
    head = f"{task.task_type.replace('_', ' ')} · {task.league or 'all leagues'}"
    lines = [plain(f"{head} · {task.created_at.astimezone():%a %d %b %H:%M}{took}").stylize("bold")]
    lines += [plain(line) for line in _in_full(task.error_message or outcome(task))]
    return Content("\n").join(lines)


def _in_full(text: str) -> list[str]:
    """A text of any length as lines that are short enough to be shown whole."""
    lines = text.splitlines() or [""]
    return [
        sanitise(line[at : at + LONGEST]) for line in lines for at in range(0, max(len(line), 1), LONGEST)
    ]
