"""The views of one screen in a line: which there are, and which is shown."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from fantasy_tui.tui.text import cut


class Views(Widget):
    """Titles beside each other, the one that is shown in brackets; a click asks for another."""

    DEFAULT_CSS = """
    Views { height: 1; width: 1fr; padding: 0 1; color: $foreground-muted; }
    """

    shown: reactive[str] = reactive("")

    class Asked(Message):
        """A view is asked for."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._titles = titles
        self.set_reactive(Views.shown, next(iter(titles)))

    def after(self, step: int) -> str:
        """The view so many steps on; after the last one the first."""
        views = list(self._titles)
        return views[(views.index(self.shown) + step) % len(views)]

    def render(self) -> RenderResult:
        """The titles, cut where there is no room for all."""
        room, parts = self.content_size.width, []
        for view, title in self._titles.items():
            here, told = view == self.shown, cut(title, max(room - 2, 0))
            room -= len(told) + 3
            shown = f"[{told}] " if here else f" {told}  "
            parts.append(Content.styled(shown, "bold $text-accent" if here else ""))
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Ask for the view whose title was hit."""
        end = self.styles.padding.left
        for view, title in self._titles.items():
            end += len(title) + 3
            if event.x < end:
                self.post_message(self.Asked(view))
                return
