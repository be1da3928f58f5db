"""Keeps what the queue shows for the next start, once nothing has changed for a moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App
from textual.timer import Timer

from fantasy_tui.tui.lastseen import LastSeen, keep

_QUIET = 0.5
"""Seconds without a change: writing at each of many quick answers would slow the next one down."""


class Keeper:
    """Holds the newest until it is written."""

    def __init__(self, app: App[Any], file: Path) -> None:
        self._app = app
        self._file = file
        self._newest: LastSeen | None = None
        self._timer: Timer | None = None

    def show(self, seen: LastSeen) -> None:
        """This is shown now; it is written in a thread when it stays."""
        self._newest = seen
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(_QUIET, self._write)

    def _write(self) -> None:
        self._app.run_worker(self.keep, thread=True, exit_on_error=False)

    def keep(self) -> None:
        """Write what is not written yet."""
        seen, self._newest = self._newest, None
        if seen is not None:
            keep(self._file, seen)
