"""The theme chooser: what is behind it shows the theme under the cursor. Imported when it is first opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import Command, DiscoveryHit, Hit, Hits, Provider
from textual.timer import Timer
from textual.widgets import OptionList

from fantasy_tui.tui.palette import Palette
from fantasy_tui.tui.themes import OURS

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp

_REST = 0.08
"""Seconds that the cursor rests on a theme before it is shown: drawing everything anew takes longer than a key."""


class ThemePalette(Palette):
    """Shows each theme as the cursor comes to it; leaving without a choice brings the former one back."""

    DEFAULT_CSS = """
    ThemePalette {
        background: transparent;
        & #--results, & CommandList { max-height: 12; }
    }
    """

    def __init__(self) -> None:
        super().__init__(providers=[ThemeCommands], placeholder="Search for themes…")
        self._former = ""
        self._preview: Timer | None = None

    def on_mount(self) -> None:
        """Remember what to come back to."""
        self._former = self.app.theme

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        """Show the theme, unless the cursor goes on at once."""
        self._forget()
        if isinstance(event.option, Command) and not self.app.no_color:
            self._preview = self.set_timer(_REST, partial(self._show, str(event.option.hit.text)))

    def _show(self, name: str) -> None:
        if self.is_active and name in self.app.available_themes:
            self.app.theme = name

    def _forget(self) -> None:
        if self._preview is not None:
            self._preview.stop()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave; what was chosen is shown by its command."""
        self._forget()
        if self.is_active and self._selected_command is None:
            self.app.theme = self._former
        return super().dismiss(result)


class ThemeCommands(Provider):
    """The themes for the command palette: the one in use, then the app's own."""

    async def discover(self) -> Hits:
        """All of them."""
        for name in self._names():
            yield DiscoveryHit(name, partial(self._choose, name))

    async def search(self, query: str) -> Hits:
        """Those whose name fits."""
        matcher = self.matcher(query)
        for name in self._names():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), partial(self._choose, name))

    def _names(self) -> list[str]:
        first = [self.app.theme, *(theme.name for theme in OURS)]
        return [*dict.fromkeys([*first, *sorted(self.app.available_themes)])]

    def _choose(self, name: str) -> None:
        cast("FantasyApp", self.app).themes.choose(name)
