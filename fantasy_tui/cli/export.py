"""The command `export`: everything of mine as one JSON document, written as it is read."""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, Failed
from fantasy_tui.clock import utcnow
from fantasy_tui.crud.export import Piece, pieces

FORMAT, VERSION = "fantasy-tui export", 1
"""What stands at the head of the document; docs/export.md says what the version has."""
SECTIONS = ("leagues", "tasks", "policies", "decisions", "events")
"""The document's lists in their order, which is that of `pieces`."""

Write = Callable[[str], object]


async def export(context: Context) -> int:
    """Write the user's document to stdout, or to a file that only its owner can read."""
    given = context.arguments
    async with context.workspace() as workspace, workspace.store.read() as session:
        found = pieces(session, workspace.user_id)
        if given.file in (None, "-"):
            await _document(found, output.say)
            return 0
        with _private(Path(given.file), force=given.force) as write:
            written = await _document(found, write)
    told = ", ".join(f"{written[name]:,} {name}" for name in SECTIONS)
    output.say(f"Wrote {told} to {output.plain(given.file)}.")
    return 0


async def _document(found: AsyncIterator[Piece], write: Write) -> Counter[str]:
    """Write the document line by line, a piece a line; returns how many pieces each section has."""
    written: Counter[str] = Counter()
    write(f'{{"format": {_json(FORMAT)}, "version": {VERSION}, "exported_at": {_json(utcnow())}')
    opened = 0
    async for section, row in found:
        if section == "user":
            write(f', "user": {_json(row)}')
            continue
        while not opened or SECTIONS[opened - 1] != section:
            opened = _open_next(opened, write)
        write(f"{', ' if written[section] else ''}{_json(row)}")
        written[section] += 1
    while opened < len(SECTIONS):
        opened = _open_next(opened, write)
    write("]}")
    return written


def _open_next(opened: int, write: Write) -> int:
    write(f'{"]" if opened else ""}, "{SECTIONS[opened]}": [')
    return opened + 1


def _json(value: Any) -> str:
    """One line, in ASCII, so that no name in it can steer a terminal."""
    return json.dumps(msgspec.to_builtins(value)).replace("\x7f", "\\u007f")


@contextlib.contextmanager
def _private(file: Path, *, force: bool) -> Iterator[Write]:
    """Writes lines to a file of mode 0600 that is there once the block has ended well; raises Failed."""
    if file.exists() and not force:
        raise Failed(f"{file} exists already: name another file, or add --force.")
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}")
    try:
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as stream:
            yield lambda line: stream.write(line + "\n")
        beside.replace(file)
    except OSError as error:
        raise Failed(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
