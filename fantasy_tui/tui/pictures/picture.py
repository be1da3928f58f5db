"""What every drawn picture has: a canvas where there is room, and the same in a line of text below it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from fantasy_tui.tui.text import plain

if TYPE_CHECKING:
    from fantasy_tui.tui.pictures.paper import Canvas

_SHEET = 5
"""Rows that the words leave to the canvas."""
_BETWEEN = " · "
INKS = ("axis", "first", "second", "mark")


class Picture(Widget):
    """A canvas above a line of words; below `LEAST` cells the words stand alone.

    Drawing takes numpy, which the first frame must not wait for: it is imported in a thread once a picture is
    mounted, and the words stand there until then.
    """

    DEFAULT_CSS = """
    Picture {
        height: 10; color: $foreground;
        & > #sheet { height: 1fr; width: 1fr; }
        & > #words { height: auto; color: $foreground-muted; }
        &.-words > #sheet { display: none; }
        & > .picture--axis { color: $foreground-muted; }
        & > .picture--first { color: $text-success; }
        & > .picture--second { color: $text-warning; text-style: bold; }
        & > .picture--mark { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"picture--{ink}" for ink in INKS}
    LEAST: ClassVar[tuple[int, int]] = (30, 8)
    """Fewer cells than these (columns, rows) and only the words are shown."""

    _awaited = ""

    def compose(self) -> ComposeResult:
        """The words; the canvas comes before them once it can."""
        yield Static(id="words")

    def words(self) -> Sequence[str]:
        """What the picture says, the most important first; a sentence where there is nothing to draw."""
        raise NotImplementedError

    def wait_for(self, what: str) -> None:
        """Say what is being worked out, until it is there."""
        self._awaited = what
        self.renew()

    def show(self) -> None:
        """Show what is there now; whatever was waited for has come."""
        self._awaited = ""
        self.renew()

    def told(self) -> Content:
        """The words as they stand below: beside a picture only as many as leave room for it, else all."""
        if self._awaited:
            return plain(self._awaited)
        words = list(self.words())
        while self.drawn and len(words) > 1 and self._lines(words) > self.content_size.height - _SHEET:
            words.pop()
        return plain(_BETWEEN.join(words))

    def _lines(self, words: Sequence[str]) -> int:
        return len(plain(_BETWEEN.join(words)).wrap(self.content_size.width))

    @property
    def drawable(self) -> bool:
        """False while there is nothing to draw."""
        raise NotImplementedError

    @property
    def drawn(self) -> bool:
        """True where there is something to draw and room for it."""
        wide, high = self.LEAST
        return (
            self.drawable
            and not self._awaited
            and self.content_size.width >= wide
            and self.content_size.height >= high
        )

    def draw(self, canvas: Canvas, inks: dict[str, str]) -> None:
        """Draw on a blank canvas that is large enough."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say it, and fetch what draws it."""
        self.renew()
        self._fetch()

    @work(group="picture")
    async def _fetch(self) -> None:
        paper = await asyncio.to_thread(import_module, "fantasy_tui.tui.pictures.paper")
        if self.is_attached:
            await self.mount(paper.Canvas(1, 1, id="sheet"), before="#words")

    def on_resize(self, event: events.Resize) -> None:
        """Words alone where there is no room."""
        self.renew()

    def on_canvas_resize(self, event: Canvas.Resize) -> None:
        """Draw anew on a sheet of the new size."""
        event.stop()
        event.canvas.reset(event.size)
        self._paint()

    def notify_style_update(self) -> None:
        """Draw anew in another theme's colours."""
        super().notify_style_update()
        if self.is_mounted:
            self._paint()

    def renew(self) -> None:
        """Show what is known now."""
        if not self.is_mounted:
            return
        self.set_class(not self.drawn, "-words")
        self.query_one("#words", Static).update(self.told())
        self._paint()

    def _paint(self) -> None:
        for canvas in self.query("#sheet").results():
            self._paint_on(canvas)  # type: ignore[arg-type]

    def _paint_on(self, canvas: Canvas) -> None:
        with canvas.batch_refresh():
            canvas.reset()
            if self.drawable and canvas.size.area:
                self.draw(canvas, {ink: self._ink(ink) for ink in INKS})

    def _ink(self, name: str) -> str:
        return str(self.get_component_rich_style(f"picture--{name}"))
