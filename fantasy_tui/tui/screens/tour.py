"""The tour: five steps over the queue as it stands. It bars nothing: any key it does not know ends it and acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Static

from fantasy_tui.tui.keys.dialogs import TOUR
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.screens.dialog import Dialog
from fantasy_tui.tui.text import plain


@dataclass(frozen=True, slots=True)
class Step:
    """What is said about one part of the queue's screen."""

    target: str
    """The part's selector; the rest is dimmed meanwhile."""
    title: str
    text: str


def steps() -> Sequence[Step]:
    """The tour, with the keys in force."""
    k = key_of
    return (
        Step(
            "#queue",
            "The queue",
            "Every decision that waits, in all your leagues, the nearest deadline first."
            " ! locks within the hour; ⇄ cannot be done beside another one.",
        ),
        Step(
            "#card",
            "The card",
            "What changes, what it is worth, how sure the agent is, and why."
            f" {k('pane.down')} and {k('pane.up')} scroll it, {k('list.open')} opens it in full.",
        ),
        Step(
            "#keys",
            "Your answer",
            f"{k('queue.approve')} approves, {k('queue.reject')} rejects, {k('queue.snooze')} sets aside,"
            f" {k('queue.edit')} offers something else. The cursor goes on by itself;"
            f" {k('app.undo')} takes the last answer back.",
        ),
        Step(
            "#queue",
            "The checklist",
            "Sleeper can only be read from here: what you approve you then do there. It stands on top, marked ▶,"
            f" until that is seen in Sleeper. {k('queue.copy')} copies the steps, {k('app.open')} opens the page.",
        ),
        Step(
            "StatusLine",
            "Where else to go",
            f"This line tells how old the data is. {k('go.leagues')} to {k('go.history')} are the other screens,"
            f" {k('app.search')} finds a player, {k('app.palette')} any command,"
            f" and {k('app.help')} tells the keys wherever you are.",
        ),
    )


class TourScreen(Dialog[None]):
    """A few lines beside the part of the screen below that they are about."""

    CSS_PATH = "tour.tcss"
    BINDINGS: ClassVar[list[BindingType]] = TOUR.bindings

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._below = below
        self._steps = steps()
        self._at = 0

    def compose(self) -> ComposeResult:
        """The lines."""
        yield Static(id="step")

    def on_mount(self) -> None:
        """Begin."""
        self._below.add_class("-touring")
        self._show()

    def on_unmount(self) -> None:
        """Leave the screen below as it was."""
        self._below.remove_class("-touring")
        self._below.query(".-toured").remove_class("-toured")

    def on_resize(self) -> None:
        """Keep clear of what it is about."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        step, shown = self._steps[self._at], self.query_one("#step", Static)
        self._below.query(".-toured").remove_class("-toured")
        try:
            target = self._below.query_one(step.target)
        except NoMatches:
            region = Region()
        else:
            target.add_class("-toured")
            region = target.region
        below = region.y + region.height / 2 < self.size.height / 2
        self.set_class(below, "-low")
        shown.border_title = f"{'▲' if below else '▼'} {step.title}"
        shown.border_subtitle = f"{self._at + 1} of {len(self._steps)}"
        shown.update(Content("\n").join([plain(step.text), plain(self._keys()).stylize("$text-muted")]))
        self.refresh()

    def _keys(self) -> str:
        last = self._at + 1 == len(self._steps)
        back = f"{key_of('tour.back')} goes back, " if self._at else ""
        leave = "" if last else f"{back}{key_of('tour.leave')} leaves the tour"
        return f"{key_of('tour.next')} {'begins' if last else 'goes on'}, {leave or back}".rstrip(", ")

    def action_step(self, steps: int) -> None:
        """Go on or back; the tour ends after its last step."""
        if self._at + steps >= len(self._steps):
            self.dismiss()
        else:
            self._at = max(self._at + steps, 0)
            self._show()

    def on_key(self, event: events.Key) -> None:
        """A key that is none of the tour's own ends it and does what it always does."""
        own = self.active_bindings.get(event.key)
        if own is not None and own.node is self:
            return
        event.stop()
        event.prevent_default()
        app = self.app
        self.dismiss()
        app.call_after_refresh(app.simulate_key, event.key)

    def on_click(self, event: events.Click) -> None:
        """A click on the lines goes on, one beside them ends the tour."""
        if event.widget is self:
            self.dismiss()
        else:
            self.action_step(1)
