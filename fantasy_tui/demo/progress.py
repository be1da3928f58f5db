"""The line on stderr that says how far the demo is made; only on a terminal, and gone when it is done."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OnProgress = Callable[[int, int, str], None]
"""Steps done, steps in all, and what is being done."""

_SAID = "Making the demo's leagues, once"
_CELLS = 16


def silent(done: int, total: int, step: str) -> None:
    """Show nothing."""


@contextmanager
def line() -> Iterator[OnProgress]:
    """Redrawn with each step; where lines cannot be redrawn it is one sentence."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield silent
    elif os.environ.get("TERM", "dumb") == "dumb":
        sys.stderr.write(f"{_SAID}. It takes some seconds.\n")
        yield silent
    else:
        try:
            yield _draw
        finally:
            _show("")


def _draw(done: int, total: int, step: str) -> None:
    filled = _CELLS * done // total
    _show(f"{_SAID} [{'#' * filled}{'.' * (_CELLS - filled)}] {step}")


def _show(text: str) -> None:
    width = max(1, shutil.get_terminal_size().columns - 1)
    fitting = text if len(text) <= width else f"{text[: width - 1]}…"
    sys.stderr.write(f"\r\x1b[K{fitting}")
    sys.stderr.flush()
