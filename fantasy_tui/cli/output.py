"""Writing to stdout and stderr: aligned plain text, or JSON."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TextIO

from rich.cells import cell_len, set_cell_size

from fantasy_tui.logs import redact
from fantasy_tui.plaintext import sanitise
from fantasy_tui.tui.times import age, local, until

WIDEST = 40
"""Cells of a table's column, the last one excepted."""


def say(*lines: str) -> None:
    """Write lines to stdout; text from outside must have passed `plain` or `table` before."""
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def ask(question: str) -> None:
    """Write a question to stdout; the answer follows on its line where somebody types it."""
    typed = sys.stdin is not None and sys.stdin.isatty()
    _write(sys.stdout, question if typed else f"{question.rstrip()}\n")


def warn(sentence: str) -> None:
    """Write one sentence to stderr, whatever is in it."""
    words = (sanitise(word) for word in redact(sentence).split())
    _write(sys.stderr, " ".join(words) + "\n")


def progress(text: str) -> None:
    """Write to stderr as it is."""
    _write(sys.stderr, text)


def as_json(value: Any) -> None:
    """Write JSON to stdout: in ASCII, so that no name in it can steer a terminal or fail to be encoded."""
    import json

    import msgspec

    say(json.dumps(msgspec.to_builtins(value), indent=2).replace("\x7f", "\\u007f"))


def plain(text: object, width: int | None = None) -> str:
    """One line of safe text; none is an empty one; cut to `width` cells with an ellipsis."""
    clean = "" if text is None else sanitise(str(text))
    if width is None or cell_len(clean) <= width:
        return clean
    return set_cell_size(clean, width - 1).rstrip() + "…"


def points(number: float | None) -> str:
    """Points with one decimal; nothing for none."""
    return "" if number is None else f"{number:.1f}"


def gain(number: float) -> str:
    """Points with a sign."""
    return f"{number:+.1f}"


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], right: str = "") -> list[str]:
    """Aligned lines, the headers first; `right` has an r for each column to be set flush right.

    Cells are sanitised; all but the last column are cut to `WIDEST` cells.
    """
    last = len(headers) - 1
    cells = [
        [plain(cell, WIDEST if place < last else None) for place, cell in enumerate(row)]
        for row in [headers, *rows]
    ]
    widths = [max(cell_len(row[place]) for row in cells) for place in range(len(headers))]
    flush = right.ljust(len(headers))
    return [
        "  ".join(
            _set(cell, widths[place], flush[place] == "r", place == last) for place, cell in enumerate(row)
        ).rstrip()
        for row in cells
    ]


def _set(cell: str, width: int, flush_right: bool, last: bool) -> str:
    if flush_right:
        return " " * (width - cell_len(cell)) + cell
    return cell if last else set_cell_size(cell, width)


def ago(instant: datetime | None, now: datetime) -> str:
    """ "5m ago", or "never"."""
    return f"{age(instant, now)} ago" if instant is not None else "never"


def deadline(instant: datetime, now: datetime) -> str:
    """How long it still is, and when in local time."""
    return f"{until(instant, now)} ({local(instant)})"


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()
