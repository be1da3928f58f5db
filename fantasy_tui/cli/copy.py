"""The commands `pull` and `conflicts`: the local copy of a shared database."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.crud.replay import conflicts as find_conflicts
from fantasy_tui.offline.told import lost


async def pull(context: Context) -> int:
    """Bring the local copy up to date with the shared database."""
    async with context.workspace() as workspace:
        done = await workspace.stores.pull(workspace.user_id)
        copy = workspace.stores.copy
    if context.json:
        file = str(copy.file) if copy is not None else None
        output.as_json({"written": done.written, "removed": done.removed, "file": file})
        return 0
    gone = f", {done.removed:,} gone" if done.removed else ""
    output.say(
        f"{done.written:,} rows copied{gone}." if done else "The copy is up to date: nothing has changed."
    )
    return 0


async def conflicts(context: Context) -> int:
    """List the answers that do not hold beside those of another machine."""
    async with context.workspace() as workspace:
        found = await find_conflicts(workspace.store, workspace.user_id)
    if context.json:
        output.as_json([msgspec.to_builtins(one) for one in found])
        return 0
    lines = [output.plain(lost(one, _when)) for one in found]
    output.say(*lines or ["No answer was in conflict with another."])
    return 0


def _when(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
