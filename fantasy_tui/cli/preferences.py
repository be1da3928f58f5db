"""The command `preferences`."""

from __future__ import annotations

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError
from fantasy_tui.review.choices import CHOICES, choice


async def preferences(context: Context) -> int:
    """Show what is chosen, all of it or one key, or set one."""
    given = context.arguments
    keys = [one.key for one in CHOICES]
    if given.act == "set" and given.value is None:
        raise UsageError("Say what to set and to what, as in `fantasy-tui preferences set quiet 22-7`.")
    if given.act == "get" and given.value is not None:
        raise UsageError("To set a value write `fantasy-tui preferences set KEY VALUE`.")
    async with context.workspace() as workspace:
        if given.key is not None:
            keys = [choice(given.key).key]
        if given.act == "set":
            chosen = await workspace.choose(given.key, given.value)
        else:
            chosen = await workspace.preferences()
    shown = [(one.key, one.shown(chosen), one.about) for one in CHOICES if one.key in keys]
    if context.json:
        output.as_json({key: value for key, value, _ in shown})
    else:
        output.say(*output.table(("KEY", "VALUE", "ABOUT"), shown))
    return 0
