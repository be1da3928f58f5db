"""A sign that something is under way, for what takes longer than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.widgets import Static

from fantasy_tui.tui.text import plain

SLOW = 0.2
"""Seconds that nobody takes for a wait."""


class Waiting(Static):
    """Hidden until something has been under way for `SLOW` seconds."""

    DEFAULT_CSS = """
    Waiting { display: none; width: auto; height: 1; padding: 0 1; color: $text-accent; }
    Waiting.-on { display: block; }
    """

    @contextmanager
    def saying(self, text: str) -> Iterator[None]:
        """Say this while the block takes long."""
        timer = self.set_timer(SLOW, lambda: self._say(text))
        try:
            yield
        finally:
            timer.stop()
            self.remove_class("-on")

    def _say(self, text: str) -> None:
        self.update(plain(f"◌ {text} …"))
        self.add_class("-on")
