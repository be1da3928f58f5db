"""What every full screen has: the status line, the footer, and reading from the store in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer
from textual.worker import Worker

from fantasy_tui.tui.keys.shared import SCREEN
from fantasy_tui.tui.widgets.scrolling import Pane
from fantasy_tui.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp
    from fantasy_tui.workspace import Workspace


class AppScreen(Screen[None]):
    """A full screen: `content` is what it holds, `read` fetches what it shows."""

    DEFAULT_CSS = """
    AppScreen > #keys { dock: bottom; height: 1; }
    """
    HEADING: ClassVar[str] = ""
    """What the status line calls the screen."""
    TELLS_WAITING: ClassVar[bool] = False
    """True for a screen that reads the queue and tells the status line itself."""

    BINDINGS: ClassVar[list[BindingType]] = SCREEN.bindings

    @property
    def fantasy(self) -> FantasyApp:
        """The app, by its own type."""
        return cast("FantasyApp", self.app)

    def _post_register(self, app: App[Any]) -> None:
        """Tell Textual that a new screen has the styles in force: it would give all screens theirs anew."""
        super()._post_register(app)
        # The first screen comes before the app itself has its colours, which the screen's texts inherit.
        app.stylesheet.apply(app)
        self._css_update_count = app._css_update_count

    def compose(self) -> ComposeResult:
        """Status line, the screen's own content, footer."""
        yield StatusLine(self.HEADING)
        yield from self.content()
        yield Container(id="keys")

    def content(self) -> ComposeResult:
        """The widgets between status line and footer."""
        raise NotImplementedError

    async def read(self, workspace: Workspace) -> None:
        """Fetch what the screen shows and show it; runs in a worker, and again when the store has changed."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Follow the store; the footer, which is slow to style, comes after the first frame."""
        self.app.call_after_refresh(self._show_keys)
        self.fantasy.store_changed.subscribe(self, lambda _: self.reload())

    async def _show_keys(self) -> None:
        keys = self.query_one_optional("#keys", Container)
        if keys is None:  # left in the moment it came
            return
        await keys.mount(Footer(show_command_palette=False, compact=True))
        self.refresh_bindings()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The app tells what fails; the event goes no further than its own screen."""
        self.fantasy.on_worker_state_changed(event)

    def on_screen_resume(self) -> None:
        """What changed while the screen was away is shown when it comes back."""
        self.reload()

    def reload(self) -> None:
        """Read again, unless the screen is out of sight or no store is open yet."""
        if self.is_current and self.fantasy.workspace is not None:
            self._read()

    @work(exclusive=True, group="read", exit_on_error=False)
    async def _read(self) -> None:
        if self.fantasy.workspace is not None:
            await self.read(self.fantasy.workspace)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to go back to on the first screen of a stack."""
        return action != "back" or self.can_go_back

    @property
    def can_go_back(self) -> bool:
        """True where the key for going back does something."""
        return self.app.screen_stack[0] is not self

    def action_pane(self, lines: int) -> None:
        """Move the text beside the list by lines."""
        self.query_one(Pane).read_on(lines)

    def action_back(self) -> None:
        """Leave a screen that was opened from another; the first one of a stack stays."""
        # Pressed twice in one moment it would leave whatever is on top by then, too.
        if self.is_active and self.app.screen_stack[0] is not self:
            self.dismiss()
