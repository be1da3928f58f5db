"""What the agents did, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.plaintext import LONGEST
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain, sanitise
from fantasy_tui.tui.times import age
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

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
NO_TASKS = "No agent has run yet. Press R to run all agents on your leagues in season."
_STATUS = {
    "pending": ("○ waiting", "$foreground-muted"),
    "in_progress": ("● running", "$text-accent"),
    "completed": ("✓ done", "$text-success"),
    "failed": ("✗ failed", "bold $text-error"),
    "cancelled": ("– cancelled", "$foreground-muted"),
}
_BAR = 8
_AGES_GROW = 15.0


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
    BINDINGS: ClassVar[list[BindingType]] = [Binding("R", "run_agents", "Run agents")]

    def __init__(self) -> None:
        super().__init__()
        self._tasks: dict[str, TaskRow] = {}

    def content(self) -> ComposeResult:
        """The runs, and all about the one under the cursor."""
        yield RowTable(id="tasks")
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="detail")
        yield Static(plain(NO_TASKS), id="empty")

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(_AGES_GROW, self._show)

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the runs."""
        tasks = await workspace.tasks() if workspace.user is not None else []
        self._tasks = {task.id: task for task in tasks}
        self._show()

    def _show(self) -> None:
        self.set_class(not self._tasks, "-empty")
        self.query_one(RowTable).fill(COLUMNS, [(key, task_row(task)) for key, task in self._tasks.items()])
        self._tell()

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        task = self._tasks.get(self.query_one(RowTable).chosen_key or "")
        self.query_one("#detail", Static).update(_detail(task) if task is not None else Content())

    def action_run_agents(self) -> None:
        """Run every agent."""
        self.fantasy.run_agents()


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
