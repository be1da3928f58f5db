"""Progress on stderr: one line redrawn on a terminal, a line a step elsewhere, nothing beside JSON."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fantasy_tui.cli import output

_CELLS = 20
_CLEAR = "\r\x1b[K"


class Bar:
    """Shows how far something is."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._redraws = sys.stderr is not None and sys.stderr.isatty()
        self._drawn = False

    def show(self, done: int, total: int, text: str) -> None:
        """`done` of `total`, and what is being done."""
        if self._silent:
            return
        if not self._redraws:
            output.progress(f"{done}/{total} {output.plain(text)}\n")
            return
        filled = _CELLS * min(done, total) // max(total, 1)
        line = f"[{'#' * filled}{'.' * (_CELLS - filled)}] {done}/{total} {output.plain(text)}"
        width = max(shutil.get_terminal_size().columns - 1, 1)
        output.progress(_CLEAR + output.plain(line, width))
        self._drawn = True

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            output.progress(_CLEAR)
            self._drawn = False


@contextmanager
def bar(*, silent: bool) -> Iterator[Bar]:
    """A bar that is gone after the block, however it ends."""
    one = Bar(silent=silent)
    try:
        yield one
    finally:
        one.clear()
