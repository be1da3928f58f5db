"""The command `projections`: one more source of projections, from a file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError

_MANY = 5


def _text(file: str) -> str:
    """What the file holds, or stdin; raises UsageError where that is no text."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as text: {error}.") from error


async def projections(context: Context) -> int:
    """Store a file of projections beside Sleeper's own."""
    from fantasy_tui.sources.projection_file import UnreadableFile

    arguments = context.arguments
    text = await asyncio.to_thread(_text, arguments.file)
    async with context.workspace() as workspace:
        try:
            found, changes, week = await workspace.import_projections(text, arguments.source, arguments.week)
        except UnreadableFile as error:
            raise UsageError(str(error)) from error
    if context.json:
        output.as_json(
            {
                "source": arguments.source,
                "week": week,
                "players": len(found.stats),
                "changed": changes.inserted + changes.updated + changes.deleted,
                "unknown": found.unknown,
                "ignored_columns": found.ignored,
            }
        )
        return 0
    output.say(
        f"{len(found.stats)} players of week {week} are projected by {output.plain(arguments.source)} too."
        " Run `fantasy-tui agents run` to use them."
    )
    for what, names in (("Players not known", found.unknown), ("Columns not used", found.ignored)):
        if names:
            more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
            output.say(f"{what}: {', '.join(map(output.plain, names[:_MANY]))}{more}.")
    return 0
