"""The command `snooze`: set a decision aside until a time or an event."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError
from fantasy_tui.cli.output import plain
from fantasy_tui.cli.verdicts import tell
from fantasy_tui.clock import utcnow
from fantasy_tui.models import Door
from fantasy_tui.review.snooze import Choice
from fantasy_tui.tui.times import local


async def snooze(context: Context) -> int:
    """Set it aside; without a time or an event list those there are."""
    arguments = context.arguments
    async with context.workspace() as workspace:
        if arguments.until is not None:
            until = _instant(arguments.until, utcnow())
            return tell(context, await workspace.snooze(arguments.id, Door.CLI, until))
        choices = await workspace.snooze_choices(arguments.id)
        if arguments.event is None:
            return _list(context, choices)
        choice = _chosen(choices, arguments.event)
        return tell(context, await workspace.snooze(arguments.id, Door.CLI, choice.until, choice.event))


def _list(context: Context, choices: list[Choice]) -> int:
    if context.json:
        output.as_json([{"event": choice.label, "until": choice.until} for choice in choices])
        return 0
    if not choices:
        output.say("It cannot be set aside: it no longer waits, or locks too soon.")
        return 0
    rows = [(choice.label, local(choice.until)) for choice in choices]
    output.say(*output.table(("EVENT", "BACK AT THE LATEST"), rows))
    return 0


def _chosen(choices: list[Choice], wanted: str) -> Choice:
    """The one choice whose label has these words; raises UsageError."""
    words = wanted.casefold().strip()
    found = [choice for choice in choices if choice.label.casefold() == words]
    found = found or [choice for choice in choices if words and words in choice.label.casefold()]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"“{plain(choice.label)}”" for choice in (found or choices)) or "none"
    what = "could be several events" if found else "is no event before its deadline"
    raise UsageError(f"“{plain(wanted)}” {what}; there are: {named}.")


def _instant(text: str, now: datetime) -> datetime:
    """A time of day (the next one), or a day and time, in the zone of the machine unless it names one."""
    try:
        at = time.fromisoformat(text)
    except ValueError:
        pass
    else:
        here = now.astimezone()
        today = datetime.combine(here.date(), at.replace(tzinfo=None)).astimezone(at.tzinfo)
        return today if today > now else today + timedelta(days=1)
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{plain(text)}” is no time: write 18:30 or 2024-11-10T18:30.") from None
    return day.astimezone()
