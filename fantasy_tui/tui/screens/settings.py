"""What the user has chosen: when to be called, what to be asked, and the rules that answer by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.choices import CHOICES, OWN, Choice, choice
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import SETTINGS
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.review.policy import Rule
    from fantasy_tui.review.preferences import Chosen
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("what", "Setting", 36, most=44),
    Column("value", "Value", 14, most=40),
)
RULES = "rules"


class SettingsScreen(AppScreen):
    """A line a choice; enter changes it, or opens the rules."""

    CSS_PATH = "settings.tcss"
    HEADING = "Settings"
    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = SETTINGS.bindings

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Chosen | None = None
        self._rules: list[Rule] = []

    def content(self) -> ComposeResult:
        """The choices, and a sentence about the one under the cursor."""
        yield RowTable(id="choices")
        yield Static(id="about")
        yield Static(plain(nobody()), id="empty")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show what is chosen."""
        self.set_class(workspace.user is None, "-empty")
        if workspace.user is None:
            return
        self._chosen, self._rules = await workspace.preferences(), await workspace.rulebook.rules()
        self._show()

    def _show(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        rows = [(one.key, choice_row(one, chosen)) for one in CHOICES]
        told = rules_told(self._rules, chosen.automatic, utcnow())
        rows.insert(1, (RULES, {"what": Cell("Rules"), "value": Cell(told)}))
        self.query_one(RowTable).fill(COLUMNS, rows)
        self._tell()

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        key = self.query_one(RowTable).chosen_key
        about = f"{key_of('list.open')} shows the rules, what each would have done, and adds new ones."
        if key is not None and key != RULES:
            one = choice(key)
            about = f"{one.about} {key_of('list.open')} {'switches it' if one.switch else 'changes it'}."
        self.query_one("#about", Static).update(plain(about) if key is not None else Content())

    @on(RowTable.RowSelected)
    def action_change(self) -> None:
        """Switch what is on or off, ask for what is not, open the rules."""
        key = self.query_one(RowTable).chosen_key
        if self._chosen is None or key is None:
            return
        if key == RULES:
            self.action_rules()
            return
        one = choice(key)
        if one.switch:
            self._choose(one.key, "off" if one.shown(self._chosen) == "on" else "on")
        else:
            self._ask(one, one.shown(self._chosen))

    def _ask(self, one: Choice, value: str) -> None:
        from fantasy_tui.tui.screens.fields import Field, FieldsDialog

        def wrong(values: Sequence[str]) -> str | None:
            if self._chosen is not None:
                try:
                    one.put(self._chosen, values[0])
                except ValueError as error:
                    return str(error)
            return None

        def answered(values: list[str] | None) -> None:
            if values is not None:
                self._choose(one.key, values[0])

        shown = "" if value == OWN else value
        self.app.push_screen(FieldsDialog(one.title, one.about, [Field(one.title, shown)], wrong), answered)

    @work(group="choose", exit_on_error=False)
    async def _choose(self, key: str, text: str) -> None:
        if self.fantasy.workspace is not None:
            self._chosen = await self.fantasy.workspace.choose(key, text)
            self._show()
            self.fantasy.publish_change()

    def action_rules(self) -> None:
        """Show the rules over this screen."""
        from fantasy_tui.tui.screens.policy import PolicyScreen

        if self._chosen is not None:
            self.app.push_screen(PolicyScreen())


def nobody() -> str:
    """What is said while no user is known."""
    queue, sync = key_of("go.queue"), key_of("app.refresh")
    return f"No Sleeper user is known here yet: press {queue}, then {sync} to enter a username."


def choice_row(one: Choice, chosen: Chosen) -> Row:
    """A choice as a line."""
    value = one.shown(chosen)
    style = "bold $text-success" if value == "on" else "$foreground-muted" if value in ("off", OWN) else ""
    return {"what": Cell(one.title), "value": Cell(value, style)}


def rules_told(rules: list[Rule], automatic: bool, now: datetime) -> str:
    """How many rules there are, and how many of them act."""
    if not rules:
        return "none"
    states = [rule.state(now, automatic) for rule in rules]
    on, stopped = states.count("on"), states.count("stopped itself")
    return f"{len(rules)}, {on} on" + (f", {stopped} stopped" if stopped else "")
